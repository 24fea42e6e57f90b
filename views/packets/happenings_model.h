// What happened here, a row each; and a filter that leaves only what is a problem.
#pragma once
#include "engine/tell/happenings/happenings.h"
#include <functional>
#include <QAbstractListModel>
#include <QSortFilterProxyModel>

namespace sockwalk {

class HappeningsModel final : public QAbstractListModel {
  Q_OBJECT
public:
  enum Role { EventRole = Qt::UserRole, LevelRole, NumberRole, FlowRole, CurrentRole };
  using Numbering = std::function<QString(const tell::Happening&)>;

  explicit HappeningsModel(QObject* parent = nullptr);
  void reset(const Journal* journal);
  void update();                         // takes in what was recorded since
  void setPosition(EventIndex position); // marks the last that had happened there
  void setNumbering(Numbering numbering);
  const tell::Happenings& happenings() const { return m_happenings; }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

private:
  const tell::Happening& at(int row) const { return m_happenings.all()[static_cast<size_t>(row)]; }
  QString spoken(int row) const;
  QString explained(int row) const;
  void changed(int first, int last);

  const Journal* m_journal = nullptr;
  tell::Happenings m_happenings;
  Numbering m_numbering;
  int m_shown = 0; // rows that the views know of
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
