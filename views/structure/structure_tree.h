// A tree whose rows are coloured over their whole width, the room in front of a branch included.
#pragma once
#include <QTreeView>

namespace sockwalk {

class StructureTree final : public QTreeView {
  Q_OBJECT
public:
  using QTreeView::QTreeView;

protected:
  void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
};

} // namespace sockwalk
