#include "views/buffer/beside_canvas.h"
#include "engine/tell/values.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QFontMetricsF>
#include <QKeyEvent>

namespace sockwalk {

using tell::BesideJoint, tell::BesideRow;

namespace {
constexpr double Side = 10;
double lineHeight() { return QFontMetricsF(theme().sans(11.5)).height() + theme().scaled(3); }
double leastStrip() { return 2 * QFontMetricsF(theme().sans(11)).height() + theme().scaled(10); }
double jointHeight() { return lineHeight() + theme().scaled(10); }
double pageWidth() { return theme().scaled(118); }
constexpr size_t MostPages = 2; // drawn of one row; the others are a number
} // namespace

BesideCanvas::BesideCanvas(QWidget* parent) : PictureCanvas(parent) { setAccessibleName(tr("Buffers side by side")); }

void BesideCanvas::show(tell::SideBySide rows, int lit) {
  m_rows = std::move(rows);
  m_lit = lit;
  refit();
  if (m_lit >= 0) bringIntoSight(rectOfItem(m_lit));
  changed();
}

// ---- where all of it lies
std::vector<u32> BesideCanvas::ends() const {
  std::vector<u32> out;
  for (const BesideRow& row : m_rows.rows) {
    if (!row.there()) continue;
    out.push_back(row.picture.rangeFrom), out.push_back(row.picture.rangeTo);
    for (const auto* bands : {&row.picture.rangeBands, &row.picture.bands})
      for (const tell::BufferBand& band : *bands) out.push_back(band.from), out.push_back(band.to);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Each stretch is one thing in each row.
OffsetScale BesideCanvas::scaleOver(double left, double width) const {
  const QFontMetricsF bold(theme().sans(11.5, QFont::Bold));
  const std::vector<u32> at = ends();
  std::vector<OffsetScale::Stretch> stretches;
  for (size_t i = 1; i < at.size(); ++i) {
    double least = theme().scaled(16);
    for (const BesideRow& row : m_rows.rows)
      for (const tell::BufferBand& band : row.picture.bands)
        if (row.there() && band.from == at[i - 1] && band.to == at[i])
          least = std::max(least, bold.horizontalAdvance(shown(band.name)) + 12);
    stretches.push_back({at[i - 1], at[i], least});
  }
  return OffsetScale(stretches, left, width);
}

// What the rows have over, the strips get, as far as that serves.
double BesideCanvas::stripHeight() const {
  const double rows = double(std::max(m_rows.rows.size(), size_t(1)));
  const double over = fullHeight() - theme().scaled(18) - rows * (2 * lineHeight() + 2 + jointHeight()) + jointHeight();
  return std::clamp(over / rows, leastStrip(), 2 * leastStrip());
}

double BesideCanvas::widthOfPages() const {
  const bool any = std::ranges::any_of(m_rows.rows, [](const BesideRow& r) { return !r.picture.fragments.empty(); });
  return any ? double(MostPages) * (pageWidth() + theme().scaled(6)) + theme().scaled(8) : 0;
}

double BesideCanvas::leastWidth() const { return theme().scaled(200) + 2 * Side + widthOfPages(); }

void BesideCanvas::layOut() {
  const double all = contentWidth(), wide = all - 2 * Side - widthOfPages();
  m_scale = scaleOver(Side, wide);
  m_places.assign(m_rows.rows.size(), {});
  const std::vector<u32> offsets = ends();
  const u32 last = offsets.empty() ? 0 : offsets.back();
  double y = theme().scaled(6);
  for (size_t i = 0; i < m_places.size(); ++i) {
    const BesideRow& row = m_rows.rows[i];
    Row& place = m_places[i];
    const double cross = lineHeight();
    place.caption = {Side, y, all - 2 * Side - cross, lineHeight()};
    place.remove = {all - Side - cross, y, cross, cross};
    place.flags = {Side, y + lineHeight(), wide, lineHeight()};
    const double right = row.there() ? m_scale.x(std::min(last, row.picture.shape.end)) : Side + wide;
    place.strip = {Side, place.flags.bottom() + 2, right - Side, stripHeight()};
    placePages(i, Side + wide + theme().scaled(12), pageWidth());
    place.whole = {0, y - 3, all, place.strip.bottom() + 3 - (y - 3)};
    y = place.strip.bottom() + jointHeight();
  }
  m_height = m_places.empty() ? 0 : m_places.back().strip.bottom() + theme().scaled(12);
}

void BesideCanvas::placePages(size_t index, double left, double wide) {
  Row& place = m_places[index];
  const auto& fragments = m_rows.rows[index].picture.fragments;
  for (size_t f = 0; f < std::min(fragments.size(), MostPages); ++f) {
    const tell::BufferFragment& one = fragments[f];
    const bool more = f + 1 == MostPages && fragments.size() > MostPages;
    const QRectF rect(left + double(f) * (wide + theme().scaled(6)), place.strip.top(), wide, place.strip.height());
    const QString tip = tr("%1 bytes at %2 of %3").arg(one.size).arg(one.offset).arg(text(one.page));
    place.pages.push_back({rect, more ? tr("and %1 more").arg(fragments.size() - f) : text(one.page),
                           more ? QString() : tr("%1 at %2").arg(one.size).arg(one.offset), more ? QString() : tip,
                           one.page});
  }
}

QRectF BesideCanvas::joint(size_t upper) const {
  if (m_rows.joints[upper].kind != BesideJoint::SameBytes) return {};
  const QRectF &above = m_places[upper].strip, &below = m_places[upper + 1].strip;
  const double left = std::max(above.left(), below.left()), right = std::min(above.right(), below.right());
  return {left, above.bottom(), right - left, below.top() - above.bottom()};
}

// ---- mouse and keys
void BesideCanvas::clicked(QPointF at, int row) {
  if (row < 0) return;
  if (m_places[size_t(row)].remove.contains(at + scrolled())) emit removeWanted(row);
  else emit chosen(row);
}
void BesideCanvas::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete && stoodOn() >= 0) return emit removeWanted(stoodOn());
  PictureCanvas::keyPressEvent(event);
}
QString BesideCanvas::tipAt(QPointF room, int row) const {
  if (row < 0) return {};
  const QPointF at = room + scrolled();
  const Row& place = m_places[size_t(row)];
  const BesideRow& which = m_rows.rows[size_t(row)];
  if (place.remove.contains(at)) return tr("Leave it out (Delete)");
  for (const Page& page : place.pages)
    if (page.rect.contains(at)) return page.tip;
  if (place.strip.contains(at))
    if (const auto* band = tell::bandAt(which.picture.bands, u32(m_scale.offset(at.x()))))
      return tr("%1: bytes %2 to %3 of the buffer").arg(shown(band->name)).arg(band->from).arg(band->to - 1);
  return shown(which.picture.subtitle);
}

// ---- words
QString BesideCanvas::stateOf(const BesideRow& row) const {
  if (!row.there()) return tr("not there at this moment");
  return row.gone() ? shown(row.picture.fate) : QString();
}
QString BesideCanvas::numbersOf(const BesideRow& row) const {
  const tell::BufferShape& s = row.picture.shape;
  QString words = s.dataLen ? tr("len %1 (%2 in fragments)").arg(s.len).arg(s.dataLen) : tr("len %1").arg(s.len);
  words += QStringLiteral(" · users %1").arg(s.users);
  if (row.picture.dataref) words += QStringLiteral(" · dataref %1").arg(row.picture.dataref);
  return words;
}

QStringList BesideCanvas::headings() const {
  return {tr("Buffer"), tr("Moment"), tr("data"), tr("tail"), tr("end"), tr("Numbers"), tr("With the next one")};
}

DescribedItem BesideCanvas::item(int index) const {
  const BesideRow& row = m_rows.rows[size_t(index)];
  const tell::BufferShape& s = row.picture.shape;
  const auto number = [&](u32 n) { return row.there() ? QString::number(n) : QString(); };
  DescribedItem out;
  out.cells << text(row.name) << (row.where.empty() ? stateOf(row) : shown(row.where)) << number(s.data)
            << number(s.tail) << number(s.end) << (row.there() ? numbersOf(row) : stateOf(row))
            << (size_t(index) < m_rows.joints.size() ? shown(m_rows.joints[size_t(index)].words) : QString());
  out.rect = rectOfItem(index).toAlignedRect();
  out.role = QAccessible::Button;
  out.lit = index == m_lit;
  out.press = [canvas = const_cast<BesideCanvas*>(this), index] { emit canvas->chosen(index); };
  return out;
}

} // namespace sockwalk
