#include "views/queues/queues_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include <cmath>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sockwalk {

QueuesCanvas::QueuesCanvas(QWidget* parent) : QWidget(parent) { setAccessibleName(tr("Queues and rings")); }

void QueuesCanvas::setTables(std::vector<tell::KernelTable> tables) {
  m_tables = std::move(tables);
  layOut();
}

void QueuesCanvas::layOut() {
  m_layout = QueuesLayout(m_tables, width());
  setMinimumHeight(static_cast<int>(std::ceil(m_layout.height())));
  update();
}

static void put(QPainter& p, const QRectF& where, const QFont& font, Role role, const QString& words) {
  p.setFont(font);
  p.setPen(theme().color(role));
  p.drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(font).elidedText(words, Qt::ElideRight, where.width()));
}

void QueuesCanvas::paintEvent(QPaintEvent* event) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.fillRect(rect(), theme().color(Role::Card));
  for (const QueueHeading& heading : m_layout.headings())
    put(p, heading.rect, theme().title(), Role::Title, heading.words);
  for (const QueueLine& line : m_layout.lines())
    if (line.rect.intersects(event->rect())) paintLine(p, line);
}

void QueuesCanvas::paintLine(QPainter& p, const QueueLine& line) const {
  const bool empty = line.cells.empty();
  const LayerColors& colours = theme().layer(Layer::Socket);
  p.setPen(QPen(line.mark == tell::RowMark::None ? empty ? theme().color(Role::Hairline) : colours.line
                                                 : theme().color(Role::ChangedLine),
                1.3));
  p.setBrush(empty ? theme().color(Role::Card) : colours.band);
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
  const bool marked = cell.mark != tell::RowMark::None;
  p.setPen(QPen(theme().color(marked ? Role::ChangedLine : Role::AccentLine), marked ? 1.8 : 1));
  p.setBrush(theme().color(marked ? Role::ChangedFill : Role::AccentTint));
  p.drawRoundedRect(cell.rect, 4, 4);
  const double pad = theme().scaled(7), half = cell.rect.height() / 2;
  const QRectF upper(cell.rect.left() + pad, cell.rect.top() + 1, cell.rect.width() - 2 * pad, half);
  put(p, upper, theme().mono(11), Role::Title, cell.upper);
  put(p, upper.translated(0, half - 2), theme().sans(10.5), Role::Muted, cell.lower);
}

void QueuesCanvas::mousePressEvent(QMouseEvent* event) {
  for (const QueueLine& line : m_layout.lines()) {
    for (const QueueCell& cell : line.cells)
      if (cell.rect.contains(event->position()) && cell.address) return emit focusWanted(cell.address);
    if (line.head.contains(event->position()) && line.address) return emit focusWanted(line.address);
  }
}

bool QueuesCanvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QString words;
  for (const QueueLine& line : m_layout.lines()) {
    if (line.head.contains(help->pos())) words = QStringList({line.title, line.owner, line.detail}).join('\n');
    for (const QueueCell& cell : line.cells)
      if (cell.rect.contains(help->pos())) words = cell.tip;
  }
  QToolTip::showText(help->globalPos(), words, this);
  return true;
}

} // namespace sockwalk
