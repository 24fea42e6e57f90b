#include "app/classroom/class_seat.h"
#include "engine/tell/position.h"
#include "views/walk/text.h"
#include <QCoreApplication>
#include <QPointer>
#include <QTimer>
#include <thread>

namespace sockwalk {

namespace {

// Back in the window's thread, if the window is still there.
template <class Act> void later(QPointer<ClassSeat> seat, Act act) {
  QMetaObject::invokeMethod(
      qApp,
      [seat, act] {
        if (seat) act(*seat);
      },
      Qt::QueuedConnection);
}

} // namespace

ClassSeat::ClassSeat(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk) {
  connect(&walk, &Walk::moved, this, [this] {
    if (!m_seated || m_led || m_away) return;
    m_away = true; // who steps oneself wanders off
    emit changed();
  });
  connect(&walk, &Walk::recorded, this, [this] {
    if (following() && m_walk.position() < m_teacher.position) follow();
  });
  connect(&walk, &Walk::opened, this, [this] {
    if (m_seated) leave();
  });
}

ClassSeat::~ClassSeat() {
  if (m_follower) m_follower->stop();
}

void ClassSeat::join(const share::ClassAddress& address) {
  leave();
  m_follower = std::make_shared<share::ClassFollower>(address);
  std::thread([seat = QPointer<ClassSeat>(this), follower = m_follower] {
    const auto session = follower->fetchSession();
    later(seat, [follower, session](ClassSeat& s) {
      if (s.m_follower != follower) return; // given up meanwhile
      if (session) emit s.fetched(QByteArray::fromStdString(*session));
      else emit s.refused(QString::fromStdString(session.error().message));
    });
  }).detach();
}

void ClassSeat::sit() {
  if (!m_follower) return;
  m_seated = true;
  m_away = m_heard = false;
  const QPointer<ClassSeat> seat(this);
  m_follower->start(
      {.state = [seat](const share::RoomState& state) { later(seat, [state](ClassSeat& s) { s.hear(state); }); },
       .connection = [seat](bool there) { later(seat, [there](ClassSeat& s) { s.setHeard(there); }); },
       .end =
           [seat] {
             later(seat, [](ClassSeat& s) {
               if (!s.m_seated) return;
               s.leave();
               emit s.over();
             });
           }});
  emit changed();
}

void ClassSeat::leave() {
  const bool was = std::exchange(m_seated, false);
  if (auto follower = std::move(m_follower)) // its thread may wait for the network
    std::thread([follower = std::move(follower)] { follower->stop(); }).detach();
  m_follower.reset();
  m_teacher = {};
  if (was) emit changed();
}

void ClassSeat::setHeard(bool there) {
  m_heard = there;
  if (m_seated) emit changed();
}

void ClassSeat::hear(const share::RoomState& state) {
  if (!m_seated) return;
  const bool another = state.view != m_teacher.view;
  m_teacher = state;
  if (following()) {
    if (another && !state.view.empty()) emit viewWanted(QString::fromStdString(state.view));
    follow();
  }
  emit changed();
}

// As far as the record goes here: a stranger may say any number, and ours may still be growing.
EventIndex ClassSeat::teacherPosition() const {
  return EventIndex(std::min<u64>(m_teacher.position, m_walk.journal().size()));
}

QString ClassSeat::teacherPlace() const { return shown(tell::stepName(m_walk.journal(), teacherPosition(), NoEvent)); }

void ClassSeat::follow() {
  m_led = true;
  m_walk.pause();
  m_walk.seek(teacherPosition());
  m_led = false;
}

void ClassSeat::comeBack() {
  m_away = false;
  if (!m_teacher.view.empty()) emit viewWanted(QString::fromStdString(m_teacher.view));
  follow();
  emit changed();
}

void ClassSeat::answer(int choice) {
  if (!m_seated || !m_teacher.question) return;
  std::thread([seat = QPointer<ClassSeat>(this), follower = m_follower, id = m_teacher.question->id, choice] {
    const auto counted = follower->answer(id, choice);
    if (!counted)
      later(seat, [why = counted.error().message](ClassSeat& s) { emit s.refused(QString::fromStdString(why)); });
  }).detach();
}

} // namespace sockwalk
