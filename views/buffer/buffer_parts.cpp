#include "views/buffer/buffer_parts.h"
#include "views/buffer/strip_scale.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QMouseEvent>
#include <QPainter>

namespace sockwalk {

namespace {
constexpr double Side = 2;        // px left and right, as the strip has them
constexpr size_t MostSharers = 3; // rows; the others are counted
constexpr size_t MostInChain = 24;
} // namespace

BufferParts::BufferParts(QWidget* parent) : QWidget(parent), Described(*static_cast<QWidget*>(this)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("What the packet has besides its linear bytes"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BufferParts::show(const tell::BufferPicture& picture) {
  m_picture = picture;
  forget();
  describedAnew();
  setVisible(rows(m_most) > 0);
  updateGeometry();
}

void BufferParts::setMostRows(int rows) {
  if (rows == m_most) return;
  m_most = rows;
  show(tell::BufferPicture(m_picture));
}

void BufferParts::forget() {
  m_laidOut = false;
  describedElsewhere();
  update();
}
void BufferParts::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  forget();
}

// ---- measures
int BufferParts::sharedRows(int most) const {
  const tell::BufferPicture& p = m_picture;
  const bool shared = !p.fragments.empty() || !p.parts.empty() || p.gsoSize || p.dataref > 1;
  return std::min(most, int(shared) + int(!p.parts.empty()));
}
size_t BufferParts::shownSharers(int most) const {
  return std::min({m_picture.sharers.size(), MostSharers, static_cast<size_t>(most - sharedRows(most))});
}
int BufferParts::rows(int most) const { return sharedRows(most) + int(shownSharers(most)); }
int BufferParts::heightFor(int most) const {
  return rows(most) ? int(rows(most) * (rowHeight() + theme().scaled(4)) + 2) : 0;
}
double BufferParts::rowHeight() const { return QFontMetricsF(theme().sans(11)).height() * 2 + theme().scaled(6); }
QRectF BufferParts::row(int index) const {
  const double each = rowHeight() + theme().scaled(4);
  return {Side, index * each + 1, width() - 2 * Side, rowHeight()};
}
QSize BufferParts::sizeHint() const { return {int(theme().scaled(640)), heightFor(m_most)}; }
QSize BufferParts::minimumSizeHint() const { return {int(theme().scaled(NarrowestStrip)), sizeHint().height()}; }

QString BufferParts::sharedWords() const {
  QStringList words;
  const auto add = [&words](std::string_view name, size_t value) {
    words << QStringLiteral("%1 %2").arg(text(name)).arg(value);
  };
  for (const tell::SharedMember& member : m_picture.sharedMembers) add(member.name, member.value);
  if (!m_picture.parts.empty() && sharedRows(m_most) < 2) add(m_picture.partsMember, m_picture.parts.size());
  return said(words.join(QStringLiteral(" · ")));
}

// ---- where everything stands
const std::vector<BufferParts::Box>& BufferParts::boxes() const {
  if (m_laidOut) return m_boxes;
  m_boxes.clear();
  m_laidOut = true;
  if (!rows(m_most)) return m_boxes;
  layOutShared();
  layOutSharers();
  return m_boxes;
}

void BufferParts::layOutShared() const {
  QRectF first = row(0);
  const double wide = QFontMetricsF(theme().sans(11)).horizontalAdvance(sharedWords()) + theme().scaled(18);
  const double own =
      std::max(wide, QFontMetricsF(theme().mono(11, QFont::Bold)).horizontalAdvance(text(m_picture.sharedName)) +
                         theme().scaled(18));
  m_boxes.push_back({Kind::SharedInfo, QRectF(first.left(), first.top(), own, first.height()),
                     text(m_picture.sharedName), sharedWords()});
  std::vector<Box> pages;
  for (const tell::BufferFragment& f : m_picture.fragments)
    pages.push_back({Kind::Page, {}, text(f.page), said(tr("%1 bytes at %2").arg(f.size).arg(f.offset))});
  first.setLeft(first.left() + own);
  layOutChain(first, pages);
  if (sharedRows(m_most) < 2) return;
  std::vector<Box> parts;
  for (const tell::BufferPart& part : m_picture.parts)
    parts.push_back({Kind::Part, {}, text(part.name), said(tr("len %1").arg(part.len)), part.address});
  QRectF second = row(1);
  second.setLeft(second.left() + own);
  layOutChain(second, parts);
}

// From left to right, each as wide as its words; what finds no room is counted in the last box.
void BufferParts::layOutChain(const QRectF& place, std::vector<Box> chain) const {
  const QFontMetricsF bold(theme().mono(11, QFont::Bold)), plain(theme().sans(11));
  const double gap = theme().scaled(22), more = plain.horizontalAdvance(tr("and %1 more").arg(99)) + theme().scaled(16);
  double x = place.left() + gap;
  for (size_t i = 0; i < chain.size(); ++i) {
    Box& box = chain[i];
    const double wide =
        std::max(bold.horizontalAdvance(box.name), plain.horizontalAdvance(box.words)) + theme().scaled(14);
    const bool last = i + 1 == chain.size();
    if (x + wide + (last ? 0 : gap + more) > place.right() || i == MostInChain) {
      m_boxes.push_back({Kind::More,
                         QRectF(x, place.top(), std::min(more, std::max(0.0, place.right() - x)), place.height()),
                         tr("and %1 more").arg(chain.size() - i),
                         {}});
      return;
    }
    box.place = QRectF(x, place.top(), wide, place.height());
    m_boxes.push_back(box);
    x += wide + gap;
  }
}

void BufferParts::layOutSharers() const {
  const OffsetScale scale =
      stripScale(m_picture.rangeFrom, m_picture.rangeTo, m_picture.rangeBands, Side, width() - 2 * Side);
  const size_t shownOnes = shownSharers(m_most);
  const int above = sharedRows(m_most);
  for (size_t i = 0; i < shownOnes; ++i) {
    const tell::BufferSharer& s = m_picture.sharers[i];
    QString words = said(tr("data %1 · tail %2 · len %3").arg(s.data).arg(s.tail).arg(s.len));
    if (i + 1 == shownOnes && m_picture.sharers.size() > shownOnes)
      words += QStringLiteral(" · ") + tr("and %1 more").arg(m_picture.sharers.size() - shownOnes);
    m_boxes.push_back(
        {Kind::Sharer, row(above + int(i)), text(s.name), words, s.address, scale.x(s.data), scale.x(s.tail)});
  }
}

// ---- painting
void BufferParts::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  const Box* before = nullptr;
  for (const Box& box : boxes()) {
    if (box.kind == Kind::Sharer) paintSharer(p, box);
    else paintBox(p, box, before);
    before = &box;
  }
  paintCurrentItem(p);
}

// An arrow leads to each from the one before it, to the first of frag_list from the shared info.
void BufferParts::paintBox(QPainter& p, const Box& box, const Box* before) const {
  const Theme& t = theme();
  const bool shared = box.kind == Kind::SharedInfo;
  const QRectF& r = box.place;
  if (!shared) {
    const bool own = before && before->place.top() == r.top();
    const QPointF end(r.left() - 1, r.center().y());
    const QPointF begin = own ? QPointF(before->place.right() + 1, r.center().y())
                              : QPointF(m_boxes.front().place.center().x(), m_boxes.front().place.bottom());
    p.setPen(QPen(t.color(Role::PathEdge), 1.4));
    if (own) p.drawLine(begin, end);
    else p.drawPolyline(QPolygonF{begin, QPointF(begin.x(), end.y()), end});
    p.setPen(Qt::NoPen);
    p.setBrush(t.color(Role::PathEdge));
    p.drawPolygon(QPolygonF{end, end + QPointF(-6, -4), end + QPointF(-6, 4)});
    if (!own) {
      p.setFont(t.mono(10.5));
      p.setPen(t.color(Role::Muted));
      p.drawText(QRectF(begin.x() + 4, r.top(), end.x() - begin.x() - 8, r.height() / 2 - 2),
                 Qt::AlignLeft | Qt::AlignBottom, text(m_picture.partsMember));
    }
  }
  const LayerColors payload = t.packet(PacketPart::Payload);
  p.setPen(QPen(shared ? t.color(Role::Info) : payload.line, 1.2));
  p.setBrush(shared ? t.color(Role::InfoFill) : box.kind == Kind::Page ? payload.faintFill : t.color(Role::Card));
  p.drawRoundedRect(r, 3, 3);
  p.setPen(t.color(Role::Title));
  p.setFont(t.mono(11, QFont::Bold));
  const bool one = box.words.isEmpty();
  p.drawText(QRectF(r.left(), r.top(), r.width(), one ? r.height() : r.height() / 2), Qt::AlignCenter, box.name);
  p.setFont(t.sans(11));
  p.setPen(t.color(Role::Text));
  if (!one) p.drawText(QRectF(r.left(), r.center().y(), r.width(), r.height() / 2), Qt::AlignCenter, box.words);
}

// The other structure's own pointers over the same bytes: a bar from its data to its tail, on the strip's scale.
void BufferParts::paintSharer(QPainter& p, const Box& box) const {
  const Theme& t = theme();
  const QRectF& r = box.place;
  const double y = r.top() + t.scaled(5);
  p.setPen(QPen(t.color(Role::PathEdge), 3));
  p.drawLine(QPointF(box.from, y), QPointF(box.to, y));
  p.setPen(QPen(t.color(Role::Accent), 2.5));
  p.drawLine(QPointF(box.from, y - t.scaled(5)), QPointF(box.from, y + t.scaled(5)));
  p.setPen(QPen(t.color(Role::Danger), 2.5));
  p.drawLine(QPointF(box.to, y - t.scaled(5)), QPointF(box.to, y + t.scaled(5)));
  const QFont bold = t.mono(11, QFont::Bold), plain = t.sans(11);
  const double name = QFontMetricsF(bold).horizontalAdvance(box.name) + t.scaled(10);
  const double wide = name + QFontMetricsF(plain).horizontalAdvance(box.words);
  const double left = std::clamp((box.from + box.to - wide) / 2, r.left(), std::max(r.left(), r.right() - wide));
  const QRectF line(left, y + t.scaled(6), wide + 4, r.bottom() - y - t.scaled(6));
  p.setFont(bold);
  p.setPen(t.color(Role::Title));
  p.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, box.name);
  p.setFont(plain);
  p.setPen(t.color(Role::Text));
  p.drawText(line.adjusted(name, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, box.words);
}

// ---- as words, by mouse and by keyboard
Description BufferParts::describe() const {
  Description out;
  out.headings << tr("What") << tr("Name") << tr("Says");
  for (const Box& box : boxes()) {
    DescribedItem item;
    const QString what = box.kind == Kind::SharedInfo ? tr("shared info")
                         : box.kind == Kind::Page     ? tr("page fragment")
                         : box.kind == Kind::Part     ? tr("part of the packet")
                         : box.kind == Kind::Sharer   ? tr("the same bytes")
                                                      : tr("left out");
    item.cells << what << box.name << box.words;
    item.name = box.name;
    item.rect = box.place.toAlignedRect();
    if (box.address) {
      item.role = QAccessible::Button;
      item.press = [parts = const_cast<BufferParts*>(this), address = box.address] { emit parts->chosen(address); };
    }
    out.items.push_back(std::move(item));
  }
  return out;
}

static const BufferParts::Box* boxAt(const std::vector<BufferParts::Box>& boxes, const QPointF& at) {
  const auto it = std::ranges::find_if(boxes, [&](const auto& b) { return b.place.contains(at); });
  return it == boxes.end() ? nullptr : &*it;
}
void BufferParts::mouseMoveEvent(QMouseEvent* e) {
  const Box* box = boxAt(boxes(), e->position());
  setCursor(box && box->address ? Qt::PointingHandCursor : Qt::ArrowCursor);
  setToolTip(!box           ? QString()
             : box->address ? tr("%1: %2. Click to show it.").arg(box->name, box->words)
                            : box->name + ' ' + box->words);
}
void BufferParts::mousePressEvent(QMouseEvent* e) {
  const Box* box = boxAt(boxes(), e->position());
  if (box && box->address) emit chosen(box->address);
}
void BufferParts::keyPressEvent(QKeyEvent* event) {
  if (!moveByKey(event)) QWidget::keyPressEvent(event);
}

} // namespace sockwalk
