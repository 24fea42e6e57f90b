// The cache lines of a structure with how often each was written, as a table for Qt's views.
#pragma once
#include "engine/tell/structures/heat.h"
#include <QAbstractTableModel>

namespace sockwalk {

class HeatModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Line, Bytes, Writes, Writers, Members, ColumnCount };
  enum Role { HeatRole = Qt::UserRole, OffsetRole }; // HeatRole: 0 to 1, of the hottest line
  using QAbstractTableModel::QAbstractTableModel;

  void show(tell::Heat heat);
  void setStretch(tell::HeatStretch stretch);
  tell::HeatStretch stretch() const { return m_stretch; }
  const tell::Heat& heat() const { return m_heat; }
  QString summary() const; // "214 writes, the hottest line 3: 58"

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  QString cell(const tell::LineHeat& line, int column) const;
  tell::Heat m_heat;
  tell::HeatStretch m_stretch = tell::HeatStretch::Walk;
};

} // namespace sockwalk
