// Draws the rows of a structure: changed ones in amber with the word, holes hatched, cache lines as rules,
// members of a union with a bracket, pointers as links.
#pragma once
#include <QStyledItemDelegate>

namespace sockwalk {

class StructureDelegate final : public QStyledItemDelegate {
  Q_OBJECT
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
  void paintBorder(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
};

// One write of a member: when, by whom, from what to what.
class HistoryDelegate final : public QStyledItemDelegate {
  Q_OBJECT
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sockwalk
