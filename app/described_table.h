// What a picture or a list of the window shows, as a table: the rows of its description, to be sorted and copied.
#pragma once
#include "views/theme/described.h"
#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

class QAbstractItemView;

namespace sockwalk {

// The rows of a list, table or tree that are unfolded, each with what activating it does.
Description describeItems(QAbstractItemView& view);

class DescribedTable final : public QAbstractTableModel {
  Q_OBJECT
public:
  using QAbstractTableModel::QAbstractTableModel;
  void show(const Description& description); // keeps rows in place where there are as many as before
  void press(int row) const;
  QString tabbed(const QList<int>& rows) const; // with the headings, for a spreadsheet

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  QStringList m_headings;
  std::vector<DescribedItem> m_rows;
};

// Numbers by their size, words as the language has them.
class DescribedSorting final : public QSortFilterProxyModel {
  Q_OBJECT
public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

} // namespace sockwalk
