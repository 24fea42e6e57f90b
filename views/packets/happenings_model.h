// What happened here, a row each; on wish with the smaller moments between: who waits, who is woken, what changes its state.
// And a filter that leaves only what is a problem.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/happenings/details.h"
#include "engine/tell/happenings/happenings.h"
#include <functional>
#include <memory>
#include <QAbstractListModel>
#include <QSortFilterProxyModel>

namespace sockwalk {

class HappeningsModel final : public QAbstractListModel {
  Q_OBJECT
public:
  static constexpr int DetailLevel = -1; // of a smaller moment, for LevelRole
  enum Role { EventRole = Qt::UserRole, LevelRole, NumberRole, FlowRole, CurrentRole, ClockRole, HostRole, AheadRole };
  using Numbering = std::function<QString(const tell::Happening&)>;
  using HostOf = std::function<QString(EventIndex)>; // "": the walk has but one

  explicit HappeningsModel(QObject* parent = nullptr);
  void reset(const Journal* journal, EventIndex until = NoEvent);
  void update(EventIndex until = NoEvent); // takes in what was recorded since
  void setPosition(EventIndex position);   // marks the last that had happened there
  int current() const { return m_current; }
  void setNumbering(Numbering numbering);
  void setHosts(HostOf hostOf);
  void setEverything(bool everything); // the smaller moments, too
  const tell::Happenings& happenings() const { return m_happenings; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

private:
  struct Row {
    EventIndex event;
    int happening; // -1: it is a smaller moment
  };
  const tell::Happening* at(int row) const {
    const int happening = m_rows[static_cast<size_t>(row)].happening;
    return happening < 0 ? nullptr : &m_happenings.all()[static_cast<size_t>(happening)];
  }
  std::vector<Row> readRows() const;
  QString words(int row) const;
  QString spoken(int row) const;
  QString explained(int row) const;
  QString clockOf(int row) const; // in s
  QString hostOf(int row) const;
  void changed(int first, int last);

  const Journal* m_journal = nullptr;
  tell::Happenings m_happenings;
  Numbering m_numbering;
  HostOf m_hostOf;
  tell::Details m_details;
  mutable std::unique_ptr<Playhead> m_past; // to say a smaller moment as it was
  bool m_everything = false;
  std::vector<Row> m_rows;
  int m_current = -1;
};

class HappeningsFilter final : public QSortFilterProxyModel {
  Q_OBJECT
public:
  explicit HappeningsFilter(HappeningsModel& model, QObject* parent = nullptr);
  void setProblemsOnly(bool only);

private:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool m_problemsOnly = false;
};

} // namespace sockwalk
