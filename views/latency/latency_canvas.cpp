#include "views/latency/latency_canvas.h"
#include "engine/feed/summary.h"
#include "engine/tell/in_words.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace sockwalk {

LatencyCanvas::LatencyCanvas(Walk& walk, RecordReader& reader, QWidget* parent)
    : QAbstractScrollArea(parent), m_walk(walk), m_reader(reader) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Where the time of packets went"));
  setAccessibleDescription(tr("A line for each packet. Up and down go from one to the next."));
  viewport()->setMouseTracking(true);
}

int LatencyCanvas::packets() const { return m_reader.record().packets.size(); }

void LatencyCanvas::forget() {
  m_journeys.clear();
  m_told.clear();
  m_now = -1;
  refresh();
}

void LatencyCanvas::refresh() {
  const int content = static_cast<int>(packets() * rowHeight() + 8);
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight()));
  verticalScrollBar()->setRange(0, std::max(0, content - viewport()->height()));
  m_now = m_walk.isOpen() ? m_reader.record().packets.before(m_walk.position()) : -1;
  const bool out = m_now >= 0 && (y(m_now) < 0 || y(m_now) + 2 * rowHeight() > viewport()->height());
  if (out) verticalScrollBar()->setValue(static_cast<int>(m_now * rowHeight() - viewport()->height() / 2.5));
  viewport()->update();
}
void LatencyCanvas::resizeEvent(QResizeEvent*) { refresh(); }

double LatencyCanvas::rowHeight() const { return std::round(theme().scaled(26)); }
double LatencyCanvas::y(int packet) const { return 4 + packet * rowHeight() - verticalScrollBar()->value(); }
QRectF LatencyCanvas::stripRoom(int packet) const {
  const double left = std::clamp(viewport()->width() * 0.34, theme().scaled(150), theme().scaled(330)),
               right = theme().scaled(90);
  return {left, y(packet) + 4, viewport()->width() - left - right, rowHeight() - 8};
}
std::pair<int, int> LatencyCanvas::seen() const {
  const int first = static_cast<int>(verticalScrollBar()->value() / rowHeight());
  const int last = static_cast<int>((verticalScrollBar()->value() + viewport()->height()) / rowHeight()) + 1;
  return {std::clamp(first, 0, packets()), std::clamp(last, 0, packets())};
}
int LatencyCanvas::packetAt(QPoint at) const {
  const int packet = static_cast<int>(std::floor((at.y() - 4 + verticalScrollBar()->value()) / rowHeight()));
  return packet >= 0 && packet < packets() ? packet : -1;
}

const LatencyCanvas::Told* LatencyCanvas::toldOf(int packet) {
  constexpr size_t Most = 4000; // remembered at once
  const tell::PacketList& list = m_reader.record().packets;
  const int life = list.lifeOf(packet);
  if (life < 0) return nullptr;
  if (const auto known = m_told.find(packet); known != m_told.end()) return &known->second;
  if (m_told.size() > Most) m_told.clear();
  const tell::BufferJourney& journey = m_journeys.of(m_walk.journal(), list.lives(), life);
  return &(m_told[packet] = {journey.spans(), journey.times().total, journey.times().total - journey.times().waiting});
}

// One scale for all that are seen: the longest fills its line.
double LatencyCanvas::perNs() {
  double best = 1e9;
  const auto [first, last] = seen();
  for (int packet = first; packet < last; ++packet) {
    const Told* told = toldOf(packet);
    if (!told || !told->work) continue;
    const double room = stripRoom(packet).width() - widthOfWaits(m_walk.journal(), told->spans);
    best = std::min(best, std::max(20.0, room) / double(told->work));
  }
  return best;
}

std::vector<LatencyPiece> LatencyCanvas::stripOf(int packet) {
  const Told* told = toldOf(packet);
  return told ? latencyStrip(m_walk.journal(), told->spans, stripRoom(packet), perNs()) : std::vector<LatencyPiece>();
}

QString LatencyCanvas::nameOf(int packet) const {
  const ByteView frame = m_walk.journal().frame(m_walk.journal()[m_reader.record().packets.eventOf(packet)]);
  return text(summarize(frame, static_cast<u32>(frame.size())).info);
}

// ---- painting
void LatencyCanvas::paintEvent(QPaintEvent*) {
  QPainter p(viewport());
  p.setRenderHint(QPainter::Antialiasing);
  p.fillRect(viewport()->rect(), theme().color(Role::Card));
  if (!m_walk.isOpen()) return;
  const auto [first, last] = seen();
  for (int packet = first; packet < last; ++packet) paintRow(p, packet);
}

static QString elided(const QFont& font, const QString& words, double width) {
  return QFontMetricsF(font).elidedText(words, Qt::ElideRight, width);
}

void LatencyCanvas::paintRow(QPainter& p, int packet) {
  const QRectF strip = stripRoom(packet);
  if (packet == m_now)
    p.fillRect(QRectF(0, y(packet), viewport()->width(), rowHeight()), theme().color(Role::AccentTint));
  const tell::PacketList& list = m_reader.record().packets;
  const bool ahead = list.eventOf(packet) >= m_walk.position();
  const double number = theme().scaled(44), way = theme().scaled(18);
  p.setFont(theme().mono(11, QFont::Bold));
  p.setPen(theme().color(ahead ? Role::Muted : Role::Accent));
  p.drawText(QRectF(4, y(packet), number - 8, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
             QString::number(packet + 1));
  p.setPen(theme().color(ahead ? Role::Muted : Role::Text));
  p.drawText(QRectF(number, y(packet), way, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
             list.cameIn(packet) ? "↓" : "↑");
  p.setFont(theme().sans(11));
  const QRectF name(number + way, y(packet), strip.left() - number - way - 10, rowHeight());
  p.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, elided(p.font(), nameOf(packet), name.width()));
  const Told* told = toldOf(packet);
  if (!told) {
    p.setPen(theme().color(Role::Muted));
    return p.drawText(strip, Qt::AlignLeft | Qt::AlignVCenter, tr("in no sk_buff"));
  }
  for (const LatencyPiece& piece : stripOf(packet)) paintPiece(p, piece);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Muted));
  p.drawText(QRectF(strip.right() + 6, y(packet), viewport()->width() - strip.right() - 12, rowHeight()),
             Qt::AlignRight | Qt::AlignVCenter, text(tell::duration(told->total)));
}

void LatencyCanvas::paintPiece(QPainter& p, const LatencyPiece& piece) const {
  const LayerColors& colours = theme().layer(piece.span.layer);
  const QRectF box = piece.rect.adjusted(0.5, 0.5, -0.5, -0.5);
  if (!piece.span.waiting) {
    p.fillRect(box, colours.fill);
    const QString name = shown(tell::layerText(piece.span.layer));
    p.setFont(theme().sans(10.5));
    p.setPen(colours.textOnFill);
    if (QFontMetricsF(p.font()).horizontalAdvance(name) + 6 < box.width()) p.drawText(box, Qt::AlignCenter, name);
    return;
  }
  p.setPen(QPen(colours.line, 1, Qt::DashLine));
  p.setBrush(Qt::NoBrush);
  p.drawRect(box);
  p.setFont(theme().sans(10.5));
  p.setPen(theme().color(Role::Muted));
  p.drawText(box, Qt::AlignCenter, text(tell::duration(piece.ns)));
}

// ---- mouse and keys
void LatencyCanvas::mousePressEvent(QMouseEvent* event) {
  const int packet = event->button() == Qt::LeftButton ? packetAt(event->pos()) : -1;
  if (packet < 0) return;
  for (const LatencyPiece& piece : stripOf(packet))
    if (piece.rect.contains(event->position())) return emit goTo(piece.span.from + 1);
  emit goTo(m_reader.record().packets.eventOf(packet) + 1);
}

void LatencyCanvas::keyPressEvent(QKeyEvent* event) {
  const int page = std::max(1, static_cast<int>(viewport()->height() / rowHeight()) - 2);
  const auto go = [&](int packet) {
    if (packets()) emit goTo(m_reader.record().packets.eventOf(std::clamp(packet, 0, packets() - 1)) + 1);
  };
  switch (event->key()) {
  case Qt::Key_Up: return go(m_now - 1);
  case Qt::Key_Down: return go(m_now + 1);
  case Qt::Key_PageUp: return go(m_now - page);
  case Qt::Key_PageDown: return go(m_now + page);
  case Qt::Key_Home: return go(0);
  case Qt::Key_End: return go(packets() - 1);
  default: return QAbstractScrollArea::keyPressEvent(event);
  }
}

bool LatencyCanvas::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int packet = packetAt(help->pos());
  QString words;
  if (packet >= 0) {
    words = nameOf(packet);
    for (const LatencyPiece& piece : stripOf(packet))
      if (piece.rect.contains(help->pos()))
        words += '\n' + (piece.span.waiting ? tr("waits for %1 in the %2 layer") : tr("%1 in the %2 layer"))
                            .arg(text(tell::duration(piece.ns)), shown(tell::layerText(piece.span.layer)));
  }
  QToolTip::showText(help->globalPos(), words, viewport());
  return true;
}

} // namespace sockwalk
