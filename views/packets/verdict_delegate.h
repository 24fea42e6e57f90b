// A verdict on a frame as a pill: same, equivalent, different.
#pragma once
#include <QStyledItemDelegate>

namespace sockwalk {

class VerdictDelegate final : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sockwalk
