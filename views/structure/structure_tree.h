// A tree whose rows are coloured over their whole width, the room in front of a branch included.
#pragma once
#include <QTreeView>

namespace sockwalk {

class StructureTree final : public QTreeView {
  Q_OBJECT
public:
  using QTreeView::QTreeView;
  // The bytes that are selected everywhere, from the structure's beginning; to <= from: none.
  void setLinked(quint32 from, quint32 to);
  bool isLinked(const QModelIndex& index) const;

protected:
  void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
  quint32 m_linkedFrom = 0, m_linkedTo = 0;
};

} // namespace sockwalk
