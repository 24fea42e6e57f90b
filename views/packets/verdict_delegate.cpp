#include "views/packets/verdict_delegate.h"
#include "engine/tell/relive/verdict.h"
#include "views/packets/packets_model.h"
#include "views/theme/theme.h"
#include <QPainter>

namespace sockwalk {

static Role roleOf(tell::Verdict verdict) {
  return verdict == tell::Verdict::Same         ? Role::Good
         : verdict == tell::Verdict::Equivalent ? Role::Changed
                                                : Role::Danger;
}

void VerdictDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QStyleOptionViewItem empty = option;
  initStyleOption(&empty, index);
  empty.text.clear();
  empty.widget->style()->drawControl(QStyle::CE_ItemViewItem, &empty, p, empty.widget);
  const auto verdict = static_cast<tell::Verdict>(index.data(PacketsModel::VerdictRole).toInt());
  if (verdict == tell::Verdict::None) return;
  const QColor colour = theme().color(roleOf(verdict));
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  const QRectF pill = QRectF(option.rect).adjusted(4, 2.5, -6, -2.5);
  p->setPen(QPen(colour, 1.2));
  p->drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
  p->setFont(theme().sans(10.5, verdict == tell::Verdict::Different ? QFont::Bold : QFont::DemiBold));
  p->drawText(pill, Qt::AlignCenter, index.data().toString());
  p->restore();
}

} // namespace sockwalk
