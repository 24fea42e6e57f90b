#include "views/structure/structure_delegate.h"
#include "views/structure/member_history.h"
#include "views/structure/structure_model.h"
#include "views/theme/theme.h"
#include <QPainter>

namespace sockwalk {

// Of a member and of a write alike.
static int rowHeight() { return int(QFontMetricsF(theme().mono(11.5)).height() + theme().scaled(4)); }

QSize StructureDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  return {int(theme().scaled(60)), rowHeight()};
}

// The rule itself is the row's (StructureTree); here are its words, on a gap in it.
void StructureDelegate::paintBorder(QPainter* p, const QStyleOptionViewItem& o, const QModelIndex& index) const {
  if (index.column() != StructureModel::MemberColumn) return;
  const Theme& t = theme();
  p->setFont(t.sans(10));
  const QString words = index.data().toString();
  const double wide = QFontMetricsF(p->font()).horizontalAdvance(words);
  p->fillRect(QRectF(o.rect.left(), o.rect.top() + 1, wide + 8, o.rect.height() - 2), t.color(Role::Card));
  p->setPen(t.color(Role::Muted));
  p->drawText(o.rect.adjusted(3, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, words);
}

void StructureDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  using Model = StructureModel;
  const Theme& t = theme();
  const QModelIndex first = index.siblingAtColumn(0);
  const auto kind = static_cast<Model::Kind>(first.data(Model::KindRole).toInt());
  const auto change = static_cast<Model::Change>(first.data(Model::ChangeRole).toInt());
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  p->setClipRect(option.rect);
  if (kind == Model::Kind::Border) {
    paintBorder(p, option, index);
    p->restore();
    return;
  }
  QRectF r = QRectF(option.rect).adjusted(3, 0, -4, 0);
  const bool link = index.column() == Model::ValueColumn && first.data(Model::PointerRole).toULongLong();
  QColor color = t.color(index.column() <= Model::SizeColumn ? Role::Muted : Role::Text);
  if (kind != Model::Kind::Member || index.column() == Model::TypeColumn) color = t.color(Role::Muted);
  if (link) color = t.color(Role::Accent);
  if (index.column() == Model::ValueColumn && change != Model::Change::Untouched) {
    const QString word = change == Model::Change::Changed ? tr("changed") : tr("written");
    p->setFont(t.sans(10.5, QFont::Bold));
    p->setPen(t.color(change == Model::Change::Changed ? Role::Changed : Role::Muted));
    const double wide = QFontMetricsF(p->font()).horizontalAdvance(word);
    p->drawText(r, Qt::AlignRight | Qt::AlignVCenter, word);
    r.setRight(r.right() - wide - 6);
  }
  if (index.column() == Model::MemberColumn && first.data(Model::UnionRole).toBool()) {
    p->setPen(QPen(t.color(Role::Info), 1.6));
    const bool top = index.row() == 0, bottom = index.row() == index.model()->rowCount(index.parent()) - 1;
    const double x = r.left() + 1, y1 = top ? r.top() + 4 : r.top(), y2 = bottom ? r.bottom() - 3 : r.bottom() + 1;
    p->drawLine(QPointF(x, y1), QPointF(x, y2));
    if (top) p->drawLine(QPointF(x, y1), QPointF(x + 4, y1));
    if (bottom) p->drawLine(QPointF(x, y2), QPointF(x + 4, y2));
    r.setLeft(r.left() + 8);
  }
  QFont font = kind == Model::Kind::Member
                   ? t.mono(11.5, change == Model::Change::Changed || (link && change != Model::Change::Untouched)
                                      ? QFont::Bold
                                      : QFont::Normal)
                   : t.sans(11, kind == Model::Kind::Theme && index.column() == Model::MemberColumn ? QFont::DemiBold
                                                                                                    : QFont::Normal);
  if (kind == Model::Kind::Theme && index.column() == Model::MemberColumn) color = t.color(Role::Title);
  p->setFont(font);
  p->setPen(color);
  const QString words = QFontMetricsF(font).elidedText(index.data().toString(), Qt::ElideRight, r.width());
  p->drawText(r, index.data(Qt::TextAlignmentRole).toInt(), words);
  if (link && (option.state & QStyle::State_MouseOver)) {
    const double wide = QFontMetricsF(font).horizontalAdvance(words),
                 y = r.center().y() + QFontMetricsF(font).ascent() / 2 + 1;
    p->drawLine(QPointF(r.left(), y), QPointF(r.left() + wide, y));
  }
  p->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  return {int(theme().scaled(200)), rowHeight()};
}

void HistoryDelegate::paint(QPainter* p, const QStyleOptionViewItem& o, const QModelIndex& index) const {
  const Theme& t = theme();
  const bool now = index.data(MemberHistory::CurrentRole).toBool(), same = index.data(MemberHistory::SameRole).toBool();
  p->save();
  p->setClipRect(o.rect);
  if (o.state & (QStyle::State_Selected | QStyle::State_MouseOver)) p->fillRect(o.rect, t.color(Role::AccentTint));
  if (now) p->fillRect(QRectF(o.rect.left(), o.rect.top() + 2, 3, o.rect.height() - 4), t.color(Role::ChangedLine));
  const QFont font = t.mono(11.5, now ? QFont::Bold : QFont::Normal);
  const QFontMetricsF m(font);
  p->setFont(font);
  QRectF r = QRectF(o.rect).adjusted(8, 0, -4, 0);
  const auto put = [&](const QString& words, Role role, double wide) {
    p->setPen(t.color(role));
    p->drawText(QRectF(r.left(), r.top(), wide, r.height()), Qt::AlignLeft | Qt::AlignVCenter,
                m.elidedText(words, Qt::ElideRight, wide));
    r.setLeft(r.left() + wide + 8);
  };
  const QString step = index.data(MemberHistory::StepRole).toString();
  put(step, Role::Muted,
      std::clamp(m.horizontalAdvance(step), m.horizontalAdvance(tr("step %1").arg(100)), r.width() * 0.36));
  const QString function = index.data(MemberHistory::FunctionRole).toString();
  put(function, now ? Role::Title : Role::Text,
      std::min(m.horizontalAdvance(function), std::max(60.0, r.width() * 0.45)));
  const QString after = index.data(MemberHistory::AfterRole).toString();
  put(same ? tr("%1 again").arg(after)
           : QStringLiteral("%1 → %2").arg(index.data(MemberHistory::BeforeRole).toString(), after),
      now ? Role::Changed : Role::Muted, std::max(10.0, r.width()));
  p->restore();
}

} // namespace sockwalk
