// Times that a person would feel: from a key to its picture, and how long the window is deaf meanwhile.
#pragma once
#include <functional>
#include <QObject>
#include <QTimer>
#include <vector>

class QWidget;

namespace sockwalk::bench {

// A clock of what a person waits; or of the processor's time alone, for a machine that has other work to do.
class Clock {
public:
  static void countProcessorOnly() { s_processor = true; }
  Clock() { restart(); }
  void restart() { m_begin = now(); }
  double ms() const { return now() - m_begin; }

private:
  static double now();
  static inline bool s_processor = false;
  double m_begin = 0;
};

// Milliseconds, many of them.
class Times {
public:
  void add(double ms) { m_all.push_back(ms); }
  double at(double share) const; // 0.5: the median
  double longest() const { return at(1); }
  bool empty() const { return m_all.empty(); }
  int count() const { return int(m_all.size()); }

private:
  std::vector<double> m_all;
};

// Sees a window being painted.
class Painting final : public QObject {
  Q_OBJECT
public:
  explicit Painting(QWidget& window);
  int count() const { return m_count; }
  // From `act` until the window has been painted and nothing more is waiting: ms until its first picture.
  double toPicture(const std::function<void()>& act);
  void rest(); // until nothing is waiting any more

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  QWidget& m_window;
  QTimer m_wake; // should nothing be painted at all
  int m_count = 0;
};

// The longest stretch, in ms, in which a key would have waited, from `act` until `quiet` is true.
double longestWait(const std::function<void()>& act, const std::function<bool()>& quiet);

// A line of the report: what, the figure, what is aimed at, and whether it is met.
void report(const char* what, double figure, const char* unit, double aim, bool atMost = true);

} // namespace sockwalk::bench
