#include "views/latency/latency_canvas.h"
#include "engine/feed/summary.h"
#include "engine/memory/arena.h"
#include "engine/tell/in_words.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>
#include <QPainter>

namespace sockwalk {

LatencyCanvas::LatencyCanvas(Walk& walk, RecordReader& reader, QWidget* parent)
    : PictureCanvas(parent), m_walk(walk), m_reader(reader) {
  setAccessibleName(tr("Where the time of packets went"));
  setAccessibleDescription(tr("A line for each packet. Up and down go from one to the next, Return goes there."));
}

int LatencyCanvas::packets() const { return m_walk.isOpen() ? m_reader.record().packets.size() : 0; }

void LatencyCanvas::forget() {
  m_journeys.clear();
  m_told.clear();
  m_now = -1;
  refresh();
}

void LatencyCanvas::refresh() {
  refit();
  m_now = m_walk.isOpen() ? m_reader.record().packets.before(m_walk.position()) : -1;
  if (m_now >= 0) bringIntoSight(rectOfItem(m_now));
  changed();
}

double LatencyCanvas::rowHeight() const { return std::round(theme().scaled(26)); }
double LatencyCanvas::y(int packet) const { return 4 + packet * rowHeight() - scrolled().y(); }
QRectF LatencyCanvas::rectOfItem(int packet) const { return {-scrolled().x(), y(packet), contentWidth(), rowHeight()}; }
QRectF LatencyCanvas::stripRoom(int packet) const {
  const double left = std::clamp(contentWidth() * 0.34, theme().scaled(150), theme().scaled(330)),
               right = theme().scaled(90);
  return {left - scrolled().x(), y(packet) + 4, contentWidth() - left - right, rowHeight() - 8};
}
std::pair<int, int> LatencyCanvas::seenItems() const {
  const int first = static_cast<int>(scrolled().y() / rowHeight());
  const int last = static_cast<int>((scrolled().y() + room().height()) / rowHeight()) + 1;
  return {std::clamp(first, 0, packets()), std::clamp(last, 0, packets())};
}
int LatencyCanvas::itemIn(QPointF at) const {
  const int packet = static_cast<int>(std::floor((at.y() - 4 + scrolled().y()) / rowHeight()));
  return packet >= 0 && packet < packets() ? packet : -1;
}
bool LatencyCanvas::isMarked(int packet) const {
  const tell::PacketList& list = m_reader.record().packets;
  if (!marked() || list.lifeOf(packet) < 0) return false;
  const tell::BufferLife& life = list.lives().life(list.lifeOf(packet));
  return life.knownAt(m_walk.position()) && Arena::addressOf(life.offset) == marked();
}

const LatencyCanvas::Told* LatencyCanvas::toldOf(int packet) const {
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
double LatencyCanvas::perNs() const {
  double best = 1e9;
  const auto [first, last] = seenItems();
  for (int packet = first; packet < last; ++packet) {
    const Told* told = toldOf(packet);
    if (!told || !told->work) continue;
    const double room = stripRoom(packet).width() - widthOfWaits(m_walk.journal(), told->spans);
    best = std::min(best, std::max(20.0, room) / double(told->work));
  }
  return best;
}

std::vector<LatencyPiece> LatencyCanvas::stripOf(int packet) const {
  const Told* told = toldOf(packet);
  return told ? latencyStrip(m_walk.journal(), told->spans, stripRoom(packet), perNs()) : std::vector<LatencyPiece>();
}

QString LatencyCanvas::nameOf(int packet) const {
  const ByteView frame = m_walk.journal().frame(m_walk.journal()[m_reader.record().packets.eventOf(packet)]);
  return text(summarize(frame, static_cast<u32>(frame.size())).info);
}

// ---- painting
void LatencyCanvas::paint(QPainter& p) {
  if (!m_walk.isOpen()) return;
  const auto [first, last] = seenItems();
  for (int packet = first; packet < last; ++packet) paintRow(p, packet);
}

static QString elided(const QFont& font, const QString& words, double width) {
  return QFontMetricsF(font).elidedText(words, Qt::ElideRight, width);
}

void LatencyCanvas::paintRow(QPainter& p, int packet) const {
  const QRectF strip = stripRoom(packet);
  if (packet == m_now) p.fillRect(rectOfItem(packet), theme().color(Role::AccentTint));
  if (isMarked(packet)) {
    p.setPen(QPen(theme().color(Role::AccentLine), 2));
    p.setBrush(Qt::NoBrush);
    p.drawRoundedRect(rectOfItem(packet).adjusted(2, 1, -2, -1), 4, 4);
  }
  const tell::PacketList& list = m_reader.record().packets;
  const bool ahead = list.eventOf(packet) >= m_walk.position();
  const double number = theme().scaled(44), way = theme().scaled(18), left = -scrolled().x();
  p.setFont(theme().mono(11, QFont::Bold));
  p.setPen(theme().color(ahead ? Role::Muted : Role::Accent));
  p.drawText(QRectF(left + 4, y(packet), number - 8, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
             QString::number(packet + 1));
  p.setPen(theme().color(ahead ? Role::Muted : Role::Text));
  p.drawText(QRectF(left + number, y(packet), way, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
             list.cameIn(packet) ? "↓" : "↑");
  p.setFont(theme().sans(11));
  const QRectF name(left + number + way, y(packet), strip.left() - left - number - way - 10, rowHeight());
  p.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, elided(p.font(), nameOf(packet), name.width()));
  const Told* told = toldOf(packet);
  if (!told) {
    p.setPen(theme().color(Role::Muted));
    return p.drawText(strip, Qt::AlignLeft | Qt::AlignVCenter, tr("in no sk_buff"));
  }
  for (const LatencyPiece& piece : stripOf(packet)) paintPiece(p, piece);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Muted));
  p.drawText(QRectF(strip.right() + 6, y(packet), left + contentWidth() - strip.right() - 12, rowHeight()),
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

// ---- mouse
// On a piece, to where it begins.
void LatencyCanvas::clicked(QPointF at, int packet) {
  if (packet >= 0)
    for (const LatencyPiece& piece : stripOf(packet))
      if (piece.rect.contains(at)) return emit goTo(piece.span.from + 1);
  PictureCanvas::clicked(at, packet);
}

double LatencyCanvas::leastWidth() const { return theme().scaled(400); }

// ---- in words
QStringList LatencyCanvas::headings() const {
  return {tr("Packet"), tr("Way"), tr("In all"), tr("Waits"), tr("Piece by piece"), tr("State")};
}

QString LatencyCanvas::itemText(int packet) const { return QString("%1: %2").arg(packet + 1).arg(nameOf(packet)); }

static QString wordsOf(const tell::BufferSpan& span, s64 ns) {
  return (span.waiting ? LatencyCanvas::tr("waits for %1 in the %2 layer") : LatencyCanvas::tr("%1 in the %2 layer"))
      .arg(text(tell::duration(ns)), shown(tell::layerText(span.layer)));
}

DescribedItem LatencyCanvas::item(int packet) const {
  const tell::PacketList& list = m_reader.record().packets;
  const Journal& journal = m_walk.journal();
  const EventIndex event = list.eventOf(packet);
  DescribedItem out;
  out.cells << itemText(packet) << (list.cameIn(packet) ? tr("in") : tr("out"));
  if (const Told* told = toldOf(packet)) {
    QStringList pieces;
    for (const tell::BufferSpan& span : told->spans)
      pieces << wordsOf(span, journal.timeAt(span.to) - journal.timeAt(span.from));
    out.cells << text(tell::duration(told->total)) << text(tell::duration(told->total - told->work))
              << pieces.join(QStringLiteral("; "));
  } else {
    out.cells << QString() << QString() << tr("in no sk_buff");
  }
  out.cells << (event >= m_walk.position() ? tr("to come") : tr("done"));
  out.rect = rectOfItem(packet).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = packet == m_now;
  out.press = [canvas = const_cast<LatencyCanvas*>(this), event] { emit canvas->goTo(event + 1); };
  return out;
}

QString LatencyCanvas::tipAt(QPointF at, int packet) const {
  if (packet < 0) return {};
  QString words = nameOf(packet);
  for (const LatencyPiece& piece : stripOf(packet))
    if (piece.rect.contains(at)) words += '\n' + wordsOf(piece.span, piece.ns);
  return words;
}

} // namespace sockwalk
