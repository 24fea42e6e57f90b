#include "views/buffer/journey_model.h"
#include "engine/journal/layers.h"
#include "engine/tell/in_words.h"
#include "views/buffer/strip_scale.h"
#include "views/buffer/unwritten.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QPainter>
#include <QTextLayout>
#include <utility>

namespace sockwalk {

static constexpr double LargeWidth = 640; // px of the large picture whose proportions the small ones have

JourneyModel::JourneyModel(QObject* parent) : QAbstractListModel(parent) {}

void JourneyModel::clear() {
  beginResetModel();
  m_stops.clear();
  m_small.clear();
  m_pictureAt = nullptr;
  m_life = m_current = -1;
  endResetModel();
}

JourneyModel::Small JourneyModel::Small::of(const tell::BufferPicture& p) {
  return {p.shape.dataInside(), p.shape.tailInside(), p.rangeFrom, p.rangeTo, p.bands, p.rangeBands};
}

void JourneyModel::show(const Journal& journal, const tell::BufferJourney& journey, const tell::BufferPicture& now,
                        std::function<tell::BufferPicture(EventIndex)> pictureAt) {
  const auto& stops = journey.stops();
  m_pictureAt = std::move(pictureAt);
  m_now = Small::of(now);
  if (now.life != m_life || stops.size() != m_stops.size()) {
    beginResetModel();
    m_life = now.life;
    m_stops.clear();
    for (const tell::BufferStop& s : stops)
      m_stops.push_back({text(journal.function(journal[s.call]).name), s.call, s.layer});
    m_small.assign(m_stops.size(), {});
    m_current = now.stop;
    return endResetModel();
  }
  const int before = std::exchange(m_current, now.stop);
  for (const int row : {before, m_current})
    if (row >= 0 && row < rowCount()) emit dataChanged(index(row), index(row));
}

const JourneyModel::Small& JourneyModel::small(int row) const {
  if (row == m_current) return m_now;
  std::optional<Small>& made = m_small[static_cast<size_t>(row)];
  if (!made) made = Small::of(m_pictureAt(m_stops[static_cast<size_t>(row)].call + 1));
  return *made;
}

QString JourneyModel::shape(int row) const { return QStringLiteral("%1…%2").arg(small(row).data).arg(small(row).tail); }

int JourneyModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_stops.size());
}

QVariant JourneyModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Stop& s = m_stops[static_cast<size_t>(index.row())];
  switch (role) {
  case Qt::DisplayRole: return said(s.name);
  case Qt::ToolTipRole:
    return said(tr("%1(): data %2, tail %3, layer %4. Click to go there.")
                    .arg(s.name)
                    .arg(small(index.row()).data)
                    .arg(small(index.row()).tail)
                    .arg(shown(tell::layerText(s.layer))));
  case Qt::AccessibleTextRole:
    return tr("stop %1 of %2: %3, data %4, tail %5")
               .arg(index.row() + 1)
               .arg(rowCount())
               .arg(said(s.name))
               .arg(said(QString::number(small(index.row()).data)))
               .arg(said(QString::number(small(index.row()).tail))) +
           (index.row() == m_current ? tr(", here now") : QString());
  case EventRole: return s.call;
  case LayerRole: return static_cast<int>(s.layer);
  case ShapeRole: return said(shape(index.row()));
  case CurrentRole: return index.row() == m_current;
  default: return {};
  }
}

QSize JourneyDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
  const double line = QFontMetricsF(theme().mono(10.5)).height();
  return {int(theme().scaled(100)), int(3 * line + theme().scaled(34))};
}

// A kernel name over two lines, parted behind an underscore where that can be.
static QStringList twoLines(const QString& name, const QFontMetricsF& m, double width) {
  if (m.horizontalAdvance(name) <= width) return {name};
  qsizetype cut = -1;
  for (qsizetype i = 1; i < name.size() && m.horizontalAdvance(name.left(i)) <= width; ++i)
    if (name[i - 1] == '_' && i > 2) cut = i;
  if (cut < 0)
    for (cut = name.size() - 1; cut > 1 && m.horizontalAdvance(name.left(cut)) > width;) --cut;
  return {name.left(cut), m.elidedText(name.mid(cut), Qt::ElideRight, width)};
}

void JourneyDelegate::paint(QPainter* p, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto* model = qobject_cast<const JourneyModel*>(index.model());
  if (!model) return;
  const Theme& t = theme();
  const LayerColors& layer = t.layer(static_cast<Layer>(index.data(JourneyModel::LayerRole).toInt()));
  const bool current = index.data(JourneyModel::CurrentRole).toBool();
  const bool focus = option.state & QStyle::State_HasFocus;
  const bool past = index.row() < model->current();
  p->save();
  p->setRenderHint(QPainter::Antialiasing);
  const QRectF card = QRectF(option.rect).adjusted(2, 2, -4, -2);
  p->setPen(QPen(current ? t.color(Role::Accent)
                 : focus ? t.color(Role::AccentLine)
                         : t.color(Role::Hairline),
                 current ? 2 : 1));
  p->setBrush(current ? t.color(Role::AccentTint) : t.color(Role::Card));
  p->drawRoundedRect(card, 5, 5);
  const double line = QFontMetricsF(t.mono(10.5)).height();
  double y = card.top() + t.scaled(4);
  p->setFont(t.mono(10.5));
  p->setPen(t.color(Role::Muted));
  p->drawText(QRectF(card.left(), y, card.width(), line), Qt::AlignCenter,
              index.data(JourneyModel::ShapeRole).toString());
  y += line + t.scaled(3);
  // The small picture: the stretch that the packet ever used, its bands, blue data and red tail.
  const QRectF bar(card.left() + 7, y, card.width() - 14, t.scaled(14));
  p->fillRect(bar, t.color(Role::Page));
  const JourneyModel::Small& small = model->small(index.row());
  const OffsetScale large = stripScale(small.from, small.to, small.rangeBands, 0, LargeWidth);
  const auto x = [&](double offset) { return bar.left() + large.x(offset) * bar.width() / LargeWidth; };
  for (const tell::BufferBand& b : small.bands) {
    const LayerColors c = t.packet(b.part);
    const QRectF place(x(b.from), bar.top(), std::max(1.0, x(b.to) - x(b.from)), bar.height());
    if (b.written) p->fillRect(place, b.pulled ? c.faintFill : c.fill);
    else paintUnwritten(*p, place);
  }
  p->fillRect(QRectF(x(small.data) - 1, bar.top() - 2, 2, bar.height() + 4), t.color(Role::Accent));
  p->fillRect(QRectF(x(small.tail) - 1, bar.top() - 2, 2, bar.height() + 4), t.color(Role::Danger));
  y += t.scaled(14) + t.scaled(5);
  p->setFont(t.mono(10.5, current ? QFont::Bold : QFont::Normal));
  p->setPen(current ? t.color(Role::Title) : past ? t.color(Role::Text) : t.color(Role::Muted));
  for (const QString& s : twoLines(index.data().toString(), QFontMetricsF(p->font()), card.width() - 10)) {
    p->drawText(QRectF(card.left(), y, card.width(), line), Qt::AlignCenter, s);
    y += line;
  }
  p->fillRect(QRectF(card.left() + 6, card.bottom() - 3, card.width() - 12, 2), layer.fill);
  p->restore();
}

} // namespace sockwalk
