// Which packets are listed: those that have every word of the filter somewhere. "in", "out" and "dropped" mean what they
// say; "no.12" is not needed, numbers match ports, addresses and packet numbers alike.
#pragma once
#include <QSortFilterProxyModel>
#include <QStringList>

namespace sockwalk {

class PacketsFilter final : public QSortFilterProxyModel {
  Q_OBJECT
public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setWords(const QString& text);

protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
  QStringList m_words;
};

} // namespace sockwalk
