// Which entries are listed: those that have every word of the filter somewhere, in themselves or in their table's name.
#pragma once
#include <QSortFilterProxyModel>
#include <QStringList>

namespace sockwalk {

class TablesFilter final : public QSortFilterProxyModel {
  Q_OBJECT
public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setWords(const QString& text);
  bool filters() const { return !m_words.isEmpty(); }
  int entries() const; // that pass

protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
  bool accepts(const QModelIndex& entry) const;
  QStringList m_words;
};

} // namespace sockwalk
