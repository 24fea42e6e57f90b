// Layouts for a use each: a walk, packets, TCP, memory, a class. Which docks are open, which stage and which tab below, how
// large the type is. A person changes one as he likes and finds it so again; "reset" brings back what is written here.
#pragma once
#include <functional>
#include <QObject>
#include <QStringList>

class QActionGroup;
class QMenu;

namespace sockwalk {

struct Perspective {
  const char *id, *title;
  QStringList stages; // the first that there is, from the best on; "a|b": side by side
  const char* bottom;
  QStringList closed, folded; // docks
  bool tall = false, wide = false;
  double type = 1; // at least as large
};

class Perspectives final : public QObject {
  Q_OBJECT
public:
  struct Window { // what it does with the window
    std::function<QString()> state;
    std::function<void(const QString&)> restore;
    std::function<void(const Perspective&)> make;
  };
  Perspectives(Window window, QObject* parent);

  static QStringList ids();
  QString current() const { return m_current; }
  void go(const QString& id); // as the person has left it
  void reset();               // as it is written here
  // Called when a layout was restored that belongs to this one.
  void setCurrent(const QString& id);
  void keep(); // what the person has made of the current one
  void fill(QMenu* menu);

signals:
  void edited(const QString& what);

private:
  static const QList<Perspective>& all();
  static const Perspective& find(const QString& id);
  void enter(const Perspective& perspective); // its type
  void check();

  Window m_window;
  QString m_current;
  double m_typeBefore = 0; // of the perspectives that leave it alone; 0: it is as the person has it
  QActionGroup* m_actions = nullptr;
};

} // namespace sockwalk
