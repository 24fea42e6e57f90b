#include "views/queues/queues_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <QPainter>

namespace sockwalk {

QueuesCanvas::QueuesCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Queues and rings"));
  setAccessibleDescription(tr("Arrows go from one to the next, Return looks at it."));
}

void QueuesCanvas::setTables(std::vector<tell::KernelTable> tables) {
  m_tables = std::move(tables);
  refit();
  changed();
}

void QueuesCanvas::layOut() {
  m_layout = QueuesLayout(m_tables, contentWidth());
  m_items.clear();
  for (const QueueLine& line : m_layout.lines()) {
    m_items.push_back({&line, nullptr});
    for (const QueueCell& cell : line.cells) m_items.push_back({&line, &cell});
  }
}

static void put(QPainter& p, const QRectF& where, const QFont& font, Role role, const QString& words) {
  p.setFont(font);
  p.setPen(theme().color(role));
  p.drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(font).elidedText(words, Qt::ElideRight, where.width()));
}

void QueuesCanvas::paint(QPainter& p) {
  p.translate(-scrolled());
  const QRectF seen(scrolled(), room());
  for (const QueueHeading& heading : m_layout.headings())
    put(p, heading.rect, theme().title(), Role::Title, heading.words);
  for (const QueueLine& line : m_layout.lines())
    if (line.rect.intersects(seen)) paintLine(p, line);
  p.translate(scrolled());
}

void QueuesCanvas::paintLine(QPainter& p, const QueueLine& line) const {
  const bool empty = line.cells.empty(), chosen = line.address && line.address == marked();
  const LayerColors& colours = theme().layer(Layer::Socket);
  p.setPen(QPen(line.mark == tell::RowMark::None ? empty ? theme().color(Role::Hairline) : colours.line
                                                 : theme().color(Role::ChangedLine),
                chosen ? 2.6 : 1.3));
  p.setBrush(chosen ? theme().color(Role::AccentTint) : empty ? theme().color(Role::Card) : colours.band);
  p.drawRoundedRect(line.head, 6, 6);
  const double pad = theme().scaled(9), half = line.head.height() / 2;
  const QRectF upper(line.head.left() + pad, line.head.top() + 1, line.head.width() - 2 * pad, half);
  const QString title = line.owner.isEmpty() ? line.title : line.title + QStringLiteral("  ") + line.owner;
  put(p, upper, theme().sans(11.5, QFont::DemiBold), empty ? Role::Muted : Role::Title, title);
  put(p, upper.translated(0, half - 2), theme().sans(10.5), Role::Muted, line.detail);
  if (empty) return;
  const QPointF from(line.cells.front().rect.left() - 2, line.head.center().y()), to(line.head.right() + 2, from.y());
  drawEdge(p, QPolygonF({from, from + (to - from) / 3, from + (to - from) * 2 / 3, to}), Tense::Past);
  for (const QueueCell& cell : line.cells) paintCell(p, cell);
}

void QueuesCanvas::paintCell(QPainter& p, const QueueCell& cell) const {
  const bool touched = cell.mark != tell::RowMark::None, chosen = cell.address && cell.address == marked();
  p.setPen(QPen(theme().color(touched  ? Role::ChangedLine
                              : chosen ? Role::Accent
                                       : Role::AccentLine),
                chosen    ? 2.6
                : touched ? 1.8
                          : 1));
  p.setBrush(theme().color(touched ? Role::ChangedFill : Role::AccentTint));
  p.drawRoundedRect(cell.rect, 4, 4);
  const double pad = theme().scaled(7), half = cell.rect.height() / 2;
  const QRectF upper(cell.rect.left() + pad, cell.rect.top() + 1, cell.rect.width() - 2 * pad, half);
  put(p, upper, theme().mono(11), Role::Title, cell.upper);
  put(p, upper.translated(0, half - 2), theme().sans(10.5), Role::Muted, cell.lower);
}

// ---- items
QRectF QueuesCanvas::rectOfItem(int index) const { return m_items[size_t(index)].rect().translated(-scrolled()); }

// They follow one another down the picture.
std::pair<int, int> QueuesCanvas::seenItems() const {
  const double top = scrolled().y(), bottom = top + room().height();
  const auto first = std::ranges::partition_point(m_items, [&](const Item& i) { return i.line->rect.bottom() < top; });
  const auto last = std::ranges::partition_point(m_items, [&](const Item& i) { return i.line->rect.top() < bottom; });
  return {static_cast<int>(first - m_items.begin()), static_cast<int>(last - m_items.begin())};
}

void QueuesCanvas::clicked(QPointF, int index) {
  if (index < 0) return;
  if (const u64 address = m_items[size_t(index)].address()) emit focusWanted(address);
}

double QueuesCanvas::leastWidth() const { return theme().scaled(360); }

QStringList QueuesCanvas::headings() const {
  return {tr("What"), tr("In which queue"), tr("Whose"), tr("How it is"), tr("Step")};
}

QString QueuesCanvas::itemText(int index) const {
  const Item& i = m_items[size_t(index)];
  return i.cell ? i.cell->tip : QStringList({i.line->title, i.line->owner, i.line->detail}).join(' ');
}

DescribedItem QueuesCanvas::item(int index) const {
  const Item& i = m_items[size_t(index)];
  const tell::RowMark mark = i.cell ? i.cell->mark : i.line->mark;
  const QString step = mark == tell::RowMark::None ? QString() : mark == tell::RowMark::New ? tr("new") : tr("changed");
  DescribedItem out;
  if (i.cell) out.cells << i.cell->upper << i.line->title << i.line->owner << i.cell->lower << step;
  else out.cells << i.line->title << QString() << i.line->owner << i.line->detail << step;
  out.rect = rectOfItem(index).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = i.address() && i.address() == marked();
  if (i.address())
    out.press = [canvas = const_cast<QueuesCanvas*>(this), to = i.address()] { emit canvas->focusWanted(to); };
  return out;
}

QString QueuesCanvas::summary() const {
  QStringList words;
  for (const QueueHeading& heading : m_layout.headings()) words << heading.words;
  return words.join('\n');
}

} // namespace sockwalk
