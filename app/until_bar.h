// The line of "run until", above the stage: a condition, two directions, what came of it. Return runs forward, Shift+Return
// backward; Escape stops a run, and closes the line when none is under way.
#pragma once
#include "app/until_run.h"
#include <QFrame>

class QLabel;
class QProgressBar;
class QStackedLayout;
class QToolButton;

namespace sockwalk {

class FilterLine;

class UntilBar final : public QFrame {
  Q_OBJECT
public:
  explicit UntilBar(Walk& walk, QWidget* parent = nullptr);
  void open(); // to be typed into
  void run(const QString& condition, bool forward = true);
  void close();
  UntilRun& search() { return m_run; }
  FilterLine* line() { return m_line; }
  QString said() const; // under the line

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void build();
  void begin(bool forward);
  bool check(); // says what is wrong
  void say(const QString& words, const char* role);
  void showWords();
  void showState();

  Walk& m_walk;
  UntilRun m_run;
  FilterLine* m_line;
  QLabel* m_words;
  QString m_said;
  QProgressBar* m_progress;
  QStackedLayout* m_below;
  QToolButton *m_back, *m_forward, *m_stop;
};

} // namespace sockwalk
