// Below the structure: who wrote the chosen member, when, and what it said before; steps from write to write, and a run
// that stops at the next one.
#pragma once
#include "views/structure/member_history.h"
#include <QWidget>

class QListView;
class QPushButton;

namespace sockwalk {

class ElidedLabel;
class Walk;

class HistoryPane final : public QWidget {
  Q_OBJECT
public:
  explicit HistoryPane(Walk& walk, QWidget* parent = nullptr);
  MemberHistory* model() const { return m_history; }

  void clear(); // another walk
  // The member at `place`, which its path `name` names. With none, or without `room`, the pane is away.
  void show(const tell::StructureSubject& subject, const tell::MemberPlace& place, const QString& name, bool room);
  void restyle();
  // The playhead came this way by a run: stop if the watched member was written.
  void stopAtWatched(EventIndex from, EventIndex position);

private:
  QWidget* buildHead();
  void setTitle(const QString& name);
  void toWrite(bool forward);
  void watch(bool on);

  struct Bytes {
    u32 offset = 0, size = 0; // in the arena; size 0: none
  };
  struct Shown { // what the list was read for
    u32 base = 0, offset = 0, size = 0;
    u8 bit = 0, bits = 0;
    EventIndex born = 0, events = 0;
    bool operator==(const Shown&) const = default;
  };
  Walk& m_walk;
  MemberHistory* m_history;
  tell::MemberPlace m_place;
  Bytes m_watched;
  Shown m_shown;
  ElidedLabel* m_title;
  QListView* m_writes;
  QPushButton *m_watch, *m_previous, *m_next;
};

} // namespace sockwalk
