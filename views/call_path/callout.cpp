#include "views/call_path/callout.h"

#include "views/theme/theme.h"
#include "views/walk/text.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sockwalk {

// Whether a line touches a rectangle: what is left of it inside the four borders.
static bool crosses(const QLineF& line, const QRectF& rect) {
  double from = 0, to = 1;
  const auto clip = [&](double along, double room) {
    if (along == 0) return room >= 0;
    const double at = room / along;
    if (along > 0) to = std::min(to, at);
    else from = std::max(from, at);
    return from <= to;
  };
  return clip(-line.dx(), line.x1() - rect.left()) && clip(line.dx(), rect.right() - line.x1()) &&
         clip(-line.dy(), line.y1() - rect.top()) && clip(line.dy(), rect.bottom() - line.y1());
}

static bool leaderCrosses(const QRectF& card, const QRectF& anchor, const std::vector<Obstacle>& obstacles) {
  const QLineF line = leaderBetween(card, anchor);
  return !line.isNull() && std::ranges::any_of(obstacles, [&](const Obstacle& o) {
    return o.weight >= NeverCovered && o.rect != anchor && crosses(line, o.rect);
  });
}

QRectF placeCallout(const QSizeF& size, const QRectF& anchor, const std::vector<Obstacle>& obstacles,
                    const QRectF& bounds) {
  const double step = 16, gap = 10;
  QRectF best(bounds.topLeft(), size);
  double bestCost = 1e300;
  const auto consider = [&](const QPointF& at) {
    const QRectF rect(at, size);
    const QRectF touching = anchor.adjusted(-gap, -gap, gap, gap) & rect;
    double cost = touching.isEmpty() ? 0 : 1e6 + touching.width() * touching.height();
    for (const Obstacle& o : obstacles) {
      const QRectF covered = o.rect & rect;
      if (!covered.isEmpty()) cost += o.weight * (400 + covered.width() * covered.height());
    }
    const double dx = std::max({0.0, rect.left() - anchor.right(), anchor.left() - rect.right()});
    const double dy = std::max({0.0, rect.top() - anchor.bottom(), anchor.top() - rect.bottom()});
    cost += 16 * std::hypot(dx, dy) + 0.5 * std::abs(rect.left() - anchor.left());
    if (cost < bestCost && leaderCrosses(rect, anchor, obstacles)) cost += NeverCovered * 400;
    if (cost < bestCost) bestCost = cost, best = rect;
  };
  const double right = std::max(bounds.left(), bounds.right() - size.width());
  const double bottom = std::max(bounds.top(), bounds.bottom() - size.height());
  for (double y = bounds.top(); y <= bottom; y += step)
    for (double x = bounds.left(); x <= right; x += step) consider({x, y});
  const auto inside = [&](double x, double y) {
    consider({std::clamp(x, bounds.left(), right), std::clamp(y, bounds.top(), bottom)});
  };
  inside(anchor.left(), anchor.bottom() + gap);
  inside(anchor.right() + gap, anchor.center().y() - size.height() / 2);
  inside(anchor.left() - gap - size.width(), anchor.center().y() - size.height() / 2);
  inside(anchor.left(), anchor.top() - gap - size.height());
  return best;
}

bool coversNothing(const QRectF& card, const QRectF& anchor, const std::vector<Obstacle>& obstacles) {
  return !card.intersects(anchor) && !leaderCrosses(card, anchor, obstacles) &&
         std::ranges::none_of(obstacles,
                              [&](const Obstacle& o) { return o.weight >= NeverCovered && card.intersects(o.rect); });
}

std::vector<tell::TableCard> smallerCards(const tell::TableCard& card) {
  tell::TableCard taken = card;
  std::erase_if(taken.rows, [](const auto& row) { return !row.taken; });
  if (taken.rows.empty()) return {}; // the rows are what it is about: none has been chosen yet
  tell::TableCard bare = taken;
  bare.reached.clear();
  return {taken, bare};
}

namespace {

double pad() { return theme().scaled(8); }
double rowHeight() { return theme().scaled(20); }
QFont argumentFont() { return theme().mono(11); }
QFont wordsFont() { return theme().sans(12); }

void drawBox(QPainter& painter, const QRectF& rect, Role border) {
  QColor fill = theme().color(Role::Card);
  fill.setAlphaF(0.96F);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().color(border), 1));
  painter.setBrush(fill);
  painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

struct Part {
  const QString* text;
  QFont font;
  Role role;
};
std::vector<Part> partsOf(const Caption& c) {
  std::vector<Part> parts;
  if (!c.loss.isEmpty()) parts.push_back({&c.loss, theme().sans(12, QFont::Bold), Role::Danger});
  if (!c.sentence.isEmpty()) parts.push_back({&c.sentence, wordsFont(), Role::Text});
  if (!c.arguments.isEmpty()) parts.push_back({&c.arguments, argumentFont(), Role::Muted});
  return parts;
}
constexpr int wrapped = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

QRectF partRect(const Part& part, double width) {
  return QFontMetricsF(part.font).boundingRect(QRectF(0, 0, width, 4000), wrapped, *part.text);
}

} // namespace

QSizeF captionSize(const Caption& caption, double maxWidth) {
  double width = 0, height = 2 * pad() * 0.6;
  for (const Part& part : partsOf(caption)) {
    const QRectF r = partRect(part, maxWidth - 2 * pad());
    width = std::max(width, r.width());
    height += r.height() + 2;
  }
  return {std::ceil(width + 2 * pad()) + 1, std::ceil(height)};
}

void drawCaption(QPainter& painter, const QRectF& rect, const Caption& caption) {
  painter.save();
  drawBox(painter, rect, caption.loss.isEmpty() ? Role::Hairline : Role::Danger);
  double y = rect.top() + pad() * 0.6;
  const double width = rect.width() - 2 * pad();
  for (const Part& part : partsOf(caption)) {
    const double height = partRect(part, width).height();
    painter.setFont(part.font);
    painter.setPen(theme().color(part.role));
    painter.drawText(QRectF(rect.left() + pad(), y, width + 1, height + 1), wrapped, *part.text);
    y += height + 2;
  }
  painter.restore();
}

namespace {

std::vector<double> columnWidths(const tell::TableCard& card) {
  const QFontMetricsF metrics(theme().mono(11, QFont::Bold));
  std::vector<double> widths(card.headings.size(), 0);
  const auto widen = [&](const std::vector<tell::Text>& cells) {
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i)
      widths[i] = std::max(widths[i], metrics.horizontalAdvance(shown(cells[i])) + 14);
  };
  widen(card.headings);
  for (const auto& row : card.rows) widen(row.cells);
  return widths;
}

QString reachedLine(const tell::TableCard& card, std::size_t i) {
  return QString(i ? QStringLiteral("%1→ ").arg(QString(2 * static_cast<int>(i) - 1, ' ')) : QString()) +
         text(card.reached[i]);
}

void drawCells(QPainter& painter, double x, double y, const std::vector<tell::Text>& cells,
               const std::vector<double>& widths) {
  for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
    painter.drawText(QRectF(x, y, widths[i], rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, shown(cells[i]));
    x += widths[i];
  }
}

} // namespace

QSizeF tableCardSize(const tell::TableCard& card) {
  const QFontMetricsF title(theme().mono(12.5, QFont::Bold)), small(theme().small()),
      mono(theme().mono(11, QFont::Bold));
  double width = title.horizontalAdvance(shown(card.title)) + small.horizontalAdvance(shown(card.kind)) + 24;
  double columns = 16;
  for (double w : columnWidths(card)) columns += w;
  width = std::max(width, columns);
  for (std::size_t i = 0; i < card.reached.size(); ++i)
    width = std::max(width, mono.horizontalAdvance(reachedLine(card, i)) + 8);
  double rows = 1.2 + static_cast<double>(card.rows.size()) + (card.headings.empty() ? 0 : 1);
  if (!card.reached.empty()) rows += 1 + 0.85 * static_cast<double>(card.reached.size());
  return {std::ceil(width + 2 * pad()), std::ceil(rows * rowHeight() + 2 * pad())};
}

void drawTableCard(QPainter& painter, const QRectF& rect, const tell::TableCard& card) {
  painter.save();
  drawBox(painter, rect, Role::AccentLine);
  const double x = rect.left() + pad(), width = rect.width() - 2 * pad();
  double y = rect.top() + pad() * 0.75;
  const auto line = [&](const QFont& font, Role role, const QString& words, int align) {
    painter.setFont(font);
    painter.setPen(theme().color(role));
    painter.drawText(QRectF(x, y, width, rowHeight()), align | Qt::AlignVCenter, words);
  };
  line(theme().mono(12.5, QFont::Bold), Role::Title, shown(card.title), Qt::AlignLeft);
  line(theme().small(), Role::Muted, shown(card.kind), Qt::AlignRight);
  y += rowHeight() * 1.2;
  const auto widths = columnWidths(card);
  if (!card.headings.empty()) {
    painter.fillRect(QRectF(x, y, width, rowHeight()), theme().color(Role::Raised));
    painter.setFont(theme().mono(11));
    painter.setPen(theme().color(Role::Muted));
    drawCells(painter, x + 8, y, card.headings, widths);
    y += rowHeight();
  }
  const LayerColors& taken = theme().layer(Layer::Transport);
  for (const auto& row : card.rows) {
    if (row.taken) {
      painter.setPen(QPen(taken.line, 1.5));
      painter.setBrush(taken.band);
      painter.drawRoundedRect(QRectF(x, y + 1, width, rowHeight() - 2), 4, 4);
    }
    painter.setFont(theme().mono(11, row.taken ? QFont::Bold : QFont::Normal));
    painter.setPen(row.taken ? taken.text : theme().color(Role::Text));
    drawCells(painter, x + 8, y, row.cells, widths);
    y += rowHeight();
  }
  if (!card.reached.empty()) {
    line(theme().small(), Role::Muted, QObject::tr("reached through"), Qt::AlignLeft);
    y += rowHeight();
    for (std::size_t i = 0; i < card.reached.size(); ++i, y += rowHeight() * 0.85) {
      const bool last = i + 1 == card.reached.size();
      line(theme().mono(11, last ? QFont::Bold : QFont::Normal), last ? Role::Accent : Role::Text, reachedLine(card, i),
           Qt::AlignLeft);
    }
  }
  painter.restore();
}

QLineF leaderBetween(const QRectF& card, const QRectF& anchor) {
  const auto near = [](const QRectF& r, const QPointF& p) {
    return QPointF(std::clamp(p.x(), r.left(), r.right()), std::clamp(p.y(), r.top(), r.bottom()));
  };
  const QPointF from = near(card, anchor.center()), to = near(anchor, from);
  const QLineF line(from, to);
  return line.length() < 4 ? QLineF() : line;
}

void drawLeader(QPainter& painter, const QRectF& card, const QRectF& anchor) {
  const QLineF line = leaderBetween(card, anchor);
  if (line.isNull()) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().color(Role::AccentLine), 1.2));
  painter.drawLine(line);
  painter.restore();
}

} // namespace sockwalk
