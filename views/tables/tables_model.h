// The tables that engine/tell reads, as a tree of two levels: a table, and its entries in the order of their buckets. From one moment to the
// next rows come, go and change singly, so that what the person has folded, selected and scrolled to stays.
#pragma once
#include "engine/tell/tables/tables.h"
#include <functional>
#include <QAbstractItemModel>

namespace sockwalk {

class TablesModel final : public QAbstractItemModel {
  Q_OBJECT
public:
  enum Column { Place, Key, Object, State, Detail, Space, ColumnCount };
  enum Role {
    AddressRole = Qt::UserRole,
    MarkRole,
    IndentRole,
    SummaryRole,
    SymbolRole,
    FocusedRole,
    WordsRole,
    HeadingRole,
    SideBySideRole // of columns that have names of their own

  };

  explicit TablesModel(QObject* parent = nullptr) : QAbstractItemModel(parent) {}
  // A table that comes without words is given them by `withWords` when they are asked for.
  using WithWords = std::function<tell::KernelTable(const tell::KernelTable&)>;
  // The same tables as before, or the first time; empty: forget all.
  void setTables(std::vector<tell::KernelTable> tables, WithWords withWords = {});
  void setFocus(u64 address);
  QModelIndex rowOf(u64 address) const; // the first that is of this object; invalid: none is
  const std::vector<tell::KernelTable>& tables() const { return m_tables; }
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
  QVariant tableData(const tell::KernelTable& table, int column, int role) const;
  QVariant rowData(const tell::KernelTable& table, const tell::TableRow& row, int column, int role) const;
  void takeRows(int table, tell::KernelTable fresh);
  void said(int table); // it may say something else now
  void leaveOut(tell::KernelTable& table, const QModelIndex& parent, const std::vector<tell::TableRow>& staying);
  std::size_t insertAt(tell::KernelTable& table, const QModelIndex& parent, std::vector<tell::TableRow>& fresh,
                       std::size_t from);

  const tell::KernelTable& inWords(std::size_t table) const;

  mutable std::vector<tell::KernelTable> m_tables;
  WithWords m_withWords;
  bool m_taking = false; // rows come and go: what they say is not known before they have
  u64 m_focus = 0;
};

} // namespace sockwalk
