// The places that a search through memory has found, as a table for Qt's views.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/structures/member_search.h"
#include <QAbstractTableModel>

namespace sockwalk {

class FoundModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Object, Member, Value, How, ColumnCount };
  enum Role { AddressRole = Qt::UserRole };
  using QAbstractTableModel::QAbstractTableModel;

  // Those of a search that goes on: the first rows are the ones that stand there already, or else clear() comes first.
  void grow(const std::vector<tell::FoundMember>& found);
  void clear();
  void setCovers(const tell::Covers* covers) { m_covers = covers; } // what a lesson's questions ask for

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  QString cell(const tell::FoundMember& found, int column) const;
  std::vector<tell::FoundMember> m_found;
  const tell::Covers* m_covers = nullptr;
};

} // namespace sockwalk
