// One line of the list of calls: indented, with the colour of its layer; the running function is filled.
#pragma once
#include <QStyledItemDelegate>

namespace sockwalk {

class CallRow final : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sockwalk
