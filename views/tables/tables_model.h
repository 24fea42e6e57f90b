// The tables as a tree of two levels: a table, and its entries in the order of their buckets. From one moment to the
// next rows come, go and change singly, so that what the person has folded, selected and scrolled to stays.
#pragma once
#include "views/tables/table_rows.h"
#include <QAbstractItemModel>

namespace sockwalk {

class TablesModel final : public QAbstractItemModel {
  Q_OBJECT
public:
  enum Column { Place, Key, Object, State, Detail, Space, ColumnCount };
  enum Role { AddressRole = Qt::UserRole, MarkRole, IndentRole, SummaryRole, SymbolRole, FocusedRole, WordsRole };

  explicit TablesModel(QObject* parent = nullptr) : QAbstractItemModel(parent) {}
  void setTables(std::vector<KernelTable> tables); // the same tables as before, or the first time; empty: forget all
  void setFocus(u64 address);
  const std::vector<KernelTable>& tables() const { return m_tables; }
  int entries() const;
  bool severalSpaces() const; // entries of more than one network namespace
  // The first entry that the last step made or wrote; invalid if it touched none.
  QModelIndex firstMarked() const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& = {}) const override { return ColumnCount; }
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  QVariant tableData(const KernelTable& table, int column, int role) const;
  QVariant rowData(const KernelTable& table, const TableRow& row, int column, int role) const;
  void takeRows(int table, KernelTable fresh);

  std::vector<KernelTable> m_tables;
  u64 m_focus = 0;
};

} // namespace sockwalk
