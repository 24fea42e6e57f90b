#include "views/structure/structure_tree.h"
#include "views/structure/structure_model.h"
#include "views/theme/linked.h"
#include "views/theme/theme.h"
#include <QPainter>

namespace sockwalk {

static bool isChanged(const QModelIndex& first) {
  return first.data(StructureModel::ChangeRole).toInt() == static_cast<int>(StructureModel::Change::Changed);
}

void StructureTree::setLinked(quint32 from, quint32 to) {
  m_linkedFrom = from;
  m_linkedTo = to;
  viewport()->update();
}

bool StructureTree::isLinked(const QModelIndex& index) const {
  const QModelIndex first = index.siblingAtColumn(0);
  const quint32 from = first.data(StructureModel::OffsetRole).toUInt(),
                size = first.data(StructureModel::SizeRole).toUInt();
  return size && from < m_linkedTo && m_linkedFrom < from + size &&
         (!model()->hasChildren(first) || (from == m_linkedFrom && from + size == m_linkedTo));
}

void StructureTree::drawRow(QPainter* p, const QStyleOptionViewItem& o, const QModelIndex& index) const {
  const Theme& t = theme();
  const QModelIndex first = index.siblingAtColumn(0);
  const auto kind = static_cast<StructureModel::Kind>(first.data(StructureModel::KindRole).toInt());
  const bool changed = isChanged(first);
  const bool selected = selectionModel()->isRowSelected(index.row(), index.parent());
  if (selected) p->fillRect(o.rect, t.color(Role::AccentTint));
  if (kind == StructureModel::Kind::Hole)
    p->fillRect(o.rect, QBrush(mix(t.color(Role::Muted), t.color(Role::Card), 0.22), Qt::BDiagPattern));
  if (changed) {
    p->fillRect(o.rect, t.color(Role::ChangedFill));
    p->setPen(QPen(t.color(Role::ChangedLine), 1));
    p->drawLine(o.rect.topLeft(), o.rect.topRight());
    p->drawLine(o.rect.bottomLeft(), o.rect.bottomRight());
  }
  if (isLinked(index)) {
    p->fillRect(o.rect, linkedFill());
    p->fillRect(QRect(o.rect.left(), o.rect.top(), 3, o.rect.height()), linkedColor());
  }
  if (kind == StructureModel::Kind::Border) { // the ruler of a cache line runs through, but for its words
    p->setPen(QPen(t.color(Role::Hairline), 1));
    p->drawLine(o.rect.left(), o.rect.center().y(), o.rect.right(), o.rect.center().y());
  }
  QStyleOptionViewItem plain = o;
  plain.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus);
  plain.backgroundBrush = Qt::NoBrush;
  QTreeView::drawRow(p, plain, index);
}

void StructureTree::drawBranches(QPainter* p, const QRect& rect, const QModelIndex& index) const {
  // The style has marked a selected row here: a changed one stays amber.
  if (isChanged(index.siblingAtColumn(0))) {
    p->fillRect(rect.adjusted(0, 1, 0, -1), theme().color(Role::ChangedFill));
  }
  if (!model()->hasChildren(index)) return;
  const double s = theme().scaled(3.2), x = rect.right() - indentation() / 2.0, y = rect.center().y() + 0.5;
  const QPolygonF open{{x - s, y - s * 0.6}, {x + s, y - s * 0.6}, {x, y + s * 0.8}};
  const QPolygonF closed{{x - s * 0.6, y - s}, {x - s * 0.6, y + s}, {x + s * 0.8, y}};
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  p->setPen(Qt::NoPen);
  p->setBrush(theme().color(Role::Muted));
  p->drawPolygon(isExpanded(index) ? open : closed);
  p->restore();
}

} // namespace sockwalk
