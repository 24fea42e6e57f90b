// The members that a person watches, in their order; of some a change stops a run. They are kept with the session.
#pragma once
#include "engine/tell/structures/watched.h"
#include <QJsonArray>
#include <QObject>

namespace sockwalk {

struct Watch {
  tell::WatchedMember member;
  bool stops = false;
  bool operator==(const Watch&) const = default;
};

class Watches final : public QObject {
  Q_OBJECT
public:
  using QObject::QObject;
  const std::vector<Watch>& all() const { return m_all; }
  int indexOf(const tell::WatchedMember& member) const;            // -1: it is not watched
  bool add(const tell::WatchedMember& member, bool stops = false); // false: it is watched already
  void remove(int index);
  void setStops(int index, bool stops);
  QJsonArray json() const;
  void read(const QJsonArray& json); // of another session, which watches nothing if the array is empty

  // Where a run has to stop on its way from one position to another, and at which of them; NoEvent: nowhere.
  struct Stop {
    EventIndex position = NoEvent;
    int watch = -1;
  };
  Stop stopBetween(const Journal& journal, EventIndex from, EventIndex to) const;

signals:
  void changed();
  void edited(); // by a person

private:
  void edit(std::vector<Watch> all);
  std::vector<Watch> m_all;
};

} // namespace sockwalk
