#include "views/lesson/call_row.h"
#include "views/lesson/call_list.h"
#include "views/theme/theme.h"
#include <QPainter>

namespace sockwalk {

QSize CallRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {100, static_cast<int>(theme().scaled(20))};
}

void CallRow::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto& colors = theme().layer(static_cast<Layer>(index.data(CallList::LayerRole).toInt()));
  const bool now = index.data(CallList::NowRole).toBool();
  // Deep calls must not run out of the column: past six levels the indent grows by little, past twenty no more.
  const int depth = std::min(index.data(CallList::DepthRole).toInt(), 20);
  const double s = theme().typeScale();
  const double indent = std::min((std::min(depth, 6) * 9 + std::max(depth - 6, 0) * 2) * s, option.rect.width() * 0.22);
  QRectF r = QRectF(option.rect).adjusted(indent, 1, -2, -1);
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  if (now || option.state & QStyle::State_MouseOver) {
    p->setPen(Qt::NoPen);
    p->setBrush(now ? colors.fill : theme().color(Role::Page));
    p->drawRoundedRect(r, 4, 4);
  }
  if (option.state & QStyle::State_Selected) { // found
    p->setPen(QPen(theme().color(Role::Accent), 1.5));
    p->setBrush(Qt::NoBrush);
    p->drawRoundedRect(r, 4, 4);
  }
  p->setPen(Qt::NoPen);
  p->setBrush(now ? colors.textOnFill : colors.fill);
  p->drawEllipse(QPointF(r.left() + 8 * s, r.center().y()), 3 * s, 3 * s);
  p->setFont(theme().mono(11.5, now ? QFont::DemiBold : QFont::Normal));
  p->setPen(now ? colors.textOnFill : theme().color(Role::Text));
  QRectF text = r.adjusted(16 * s, 0, -4, 0);
  if (const QString lane = index.data(CallList::LaneRole).toString(); !lane.isEmpty()) {
    const QFontMetricsF metrics(theme().small());
    const double wide = std::min(metrics.horizontalAdvance(lane) + 2, text.width() / 2);
    p->save();
    p->setFont(theme().small());
    if (!now) p->setPen(theme().color(Role::Muted));
    p->drawText(text, Qt::AlignVCenter | Qt::AlignRight, metrics.elidedText(lane, Qt::ElideRight, wide));
    p->restore();
    text.setRight(text.right() - wide - 6);
  }
  p->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
              p->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, int(text.width())));
  p->restore();
}

} // namespace sockwalk
