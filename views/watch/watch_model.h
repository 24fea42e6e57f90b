// What is watched, a row a member: what it is now, and what the last step made of it.
#pragma once
#include "views/walk/walk.h"
#include <QAbstractTableModel>

namespace sockwalk {

class WatchModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Member, Value, Before, Writer, Stops, ColumnCount };
  enum DataRole { ChangedRole = Qt::UserRole, AddressRole };

  explicit WatchModel(Walk& walk, QObject* parent = nullptr);
  void show(tell::StepRange step); // the moment at which the playhead stands
  void reread();                   // others are watched

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
  void read();
  QString textOf(int row, int column) const;
  Walk& m_walk;
  tell::StepRange m_step;
  std::vector<tell::WatchedNow> m_now;
};

} // namespace sockwalk
