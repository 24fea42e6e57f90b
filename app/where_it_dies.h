// Of a walk in which something goes wrong it is asked, in the line above the stage, where it dies; the answer is shown when
// the person wants it.
#pragma once
#include <QObject>

namespace sockwalk {

class Banner;
class Walk;

class WhereItDies final : public QObject {
  Q_OBJECT
public:
  WhereItDies(Walk& walk, Banner& banner, QObject* parent);
  bool canAsk() const; // what is open is such a walk
  void ask();          // nothing happens if it is none
  void show(int answer);

private:
  void again(); // what it says, in another language

  Walk& m_walk;
  Banner& m_banner;
  int m_shown = -1; // the answer; -1: the question
  QString m_said;   // "": nothing
};

} // namespace sockwalk
