// The tree of the tables: a table's own line reaches from edge to edge, an entry that the step touched is marked.
#pragma once
#include <QStyledItemDelegate>
#include <QTreeView>

namespace sockwalk {

class TablesTree final : public QTreeView {
  Q_OBJECT
public:
  explicit TablesTree(QWidget* parent = nullptr);
  void layOutColumns(bool severalSpaces);
  void setSideBySide(bool sideBySide); // only tables of functions are shown

protected:
  void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {} // the line draws its own
  void resizeEvent(QResizeEvent* event) override;

private:
  void drawTable(QPainter* painter, const QRect& rect, const QModelIndex& index) const;
  void layOutSideBySide();
  bool m_severalSpaces = false, m_sideBySide = false;
};

class TablesDelegate final : public QStyledItemDelegate {
  Q_OBJECT
public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sockwalk
