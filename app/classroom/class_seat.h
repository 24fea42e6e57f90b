// A student's side of a class: the walk is fetched, and the window follows the teacher's playhead until the student wanders
// off; then it waits to be brought back.
#pragma once
#include "engine/share/class_follower.h"
#include "views/walk/walk.h"
#include <QObject>

namespace sockwalk {

class ClassSeat final : public QObject {
  Q_OBJECT
public:
  explicit ClassSeat(Walk& walk, QObject* parent = nullptr);
  ~ClassSeat() override;

  void join(const share::ClassAddress& address); // fetched() or refused() follows
  void sit();                                    // the fetched walk is open: from here on it is followed
  void leave();
  bool seated() const { return m_seated; }
  bool following() const { return m_seated && !m_away; }
  bool heard() const { return m_heard; } // the teacher's machine answers
  void comeBack();
  const share::RoomState& teacher() const { return m_teacher; }
  QString teacherPlace() const; // "step 14 of socket()"
  void answer(int choice);

signals:
  void fetched(const QByteArray& session);
  void refused(const QString& why);
  void changed(); // where the teacher is, what is asked, whether one follows
  void viewWanted(const QString& name);
  void over(); // the teacher has ended it

private:
  void hear(const share::RoomState& state);
  void setHeard(bool there);
  EventIndex teacherPosition() const;
  void follow();

  Walk& m_walk;
  std::shared_ptr<share::ClassFollower> m_follower;
  share::RoomState m_teacher;
  bool m_seated = false, m_away = false, m_led = false, m_heard = false;
};

} // namespace sockwalk
