// Below the structure: who wrote the chosen member, when, and what it said before; steps from write to write; whether it
// is watched, and whether a run stops where it changes.
#pragma once
#include "engine/tell/structures/watched.h"
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
  const tell::WatchedMember& member() const { return m_member; } // the one whose history shows

  void clear(); // another walk
  // The member at `place`, which its path `name` names. With none, or without `room`, the pane is away.
  void show(const tell::StructureSubject& subject, const tell::MemberPlace& place, const QString& name, bool room);
  void restyle();

private:
  QWidget* buildHead();
  void showTitle();
  void showCurrent();
  void toWrite(bool forward);
  void watch(bool on);
  void stopOnChange(bool on);
  void showWatch();

  struct Shown { // what the list was read for
    u32 base = 0, offset = 0, size = 0;
    u8 bit = 0, bits = 0;
    EventIndex born = 0, events = 0;
    bool operator==(const Shown&) const = default;
  };
  Walk& m_walk;
  MemberHistory* m_history;
  tell::MemberPlace m_place;
  tell::WatchedMember m_member;
  Shown m_shown;
  QString m_name;
  ElidedLabel* m_title;
  QListView* m_writes;
  QPushButton *m_watch, *m_stop, *m_previous, *m_next;
};

} // namespace sockwalk
