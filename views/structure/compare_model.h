// Two objects, or one at two moments, member by member, as a table for Qt's views.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/structures/compare.h"
#include <QAbstractTableModel>

namespace sockwalk {

class CompareModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Member, Left, LeftWriter, Right, RightWriter, ColumnCount };
  enum Role { DiffersRole = Qt::UserRole, OffsetRole };
  using QAbstractTableModel::QAbstractTableModel;

  void show(tell::Comparison comparison);
  tell::Comparison& sought() { return m_comparison; } // by whoever looks for its writers
  void writersFound();
  void setCovers(const tell::Covers* covers, u32 left,
                 u32 right); // what a lesson's questions ask for; the objects' bases
  void setAll(bool all);     // members that are alike, too
  const tell::Comparison& comparison() const { return m_comparison; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  void choose();
  QString cell(const tell::ComparedMember& member, int column) const;
  QString value(const tell::ComparedMember& member, const tell::ComparedValue& value, u32 base) const;
  tell::Comparison m_comparison;
  std::vector<size_t> m_rows; // of m_comparison.members
  const tell::Covers* m_covers = nullptr;
  u32 m_left = 0, m_right = 0;
  bool m_all = false;
};

} // namespace sockwalk
