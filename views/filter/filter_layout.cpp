#include "views/filter/filter_layout.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QFontMetricsF>

namespace sockwalk {

using tell::FilterLine, tell::FilterTold;

namespace {
constexpr u32 WordsOfMemory = 16, FewestBytes = 256, MostBytes = 4096;

double margin() { return theme().scaled(12); }
double row() { return theme().scaled(21); }
double digit() { return QFontMetricsF(theme().mono(12)).horizontalAdvance('0'); }
double lane() { return theme().scaled(11); }
double besideListing() { return theme().scaled(26 + 8) + 3 * lane(); } // its order, the lanes of its jumps

double outcomeWidth(const FilterTold& told) {
  const QFontMetricsF words(theme().mono(11));
  double widest = theme().scaled(150); // of "A = 0x1b58, X = 0x18": it shall not jump while one steps
  for (const FilterLine& l : told.lines) widest = std::max(widest, words.horizontalAdvance(shown(l.outcome)));
  return std::min(widest, theme().scaled(260));
}

// As tcpdump writes them, "(001) jeq      #0x800           jt 2\tjf 10", but for the room that no instruction of this
// program needs before where its jumps lead.
QStringList listingOf(const FilterTold& told) {
  static const QString Jump = QStringLiteral(" jt ");
  std::vector<QString> what, where;
  qsizetype widest = 0;
  for (const FilterLine& l : told.lines) {
    const QString whole = text(l.text);
    const qsizetype jump = whole.indexOf(Jump);
    what.push_back((jump < 0 ? whole : whole.left(jump)).trimmed());
    where.push_back(jump < 0 ? QString() : whole.mid(jump + 1).replace('\t', QStringLiteral("  ")));
    widest = std::max(widest, what.back().size());
  }
  QStringList out;
  for (size_t i = 0; i < what.size(); ++i)
    out << (where[i].isEmpty() ? what[i] : what[i].leftJustified(widest + 2) + where[i]);
  return out;
}

double listedWidth(const QStringList& listing) {
  qsizetype widest = 0;
  for (const QString& line : listing) widest = std::max(widest, line.size());
  return digit() * double(widest + 1);
}

// All of a short packet; of a long one its beginning, and as far as the program has looked.
u32 bytesShown(const FilterPicture& filter) {
  u32 furthest = FewestBytes;
  for (const tell::FilterLook& look : filter.told.looks) furthest = std::max(furthest, look.from + look.size);
  return std::min({furthest, MostBytes, static_cast<u32>(filter.packet.size())});
}
} // namespace

FilterLayout::FilterLayout(const std::vector<FilterPicture>& filters, double width)
    : m_hasOutcomes(width >= leastWidthWithOutcomes(filters)) {
  m_height = theme().scaled(8);
  for (const FilterPicture& filter : filters) put(filter, width);
}

double FilterLayout::leastWidth(const std::vector<FilterPicture>& filters) {
  double widest = 0;
  for (const FilterPicture& f : filters) widest = std::max(widest, listedWidth(listingOf(f.told)));
  return 2 * margin() + besideListing() + widest;
}

double FilterLayout::leastWidthWithOutcomes(const std::vector<FilterPicture>& filters) {
  double widest = 0;
  for (const FilterPicture& f : filters)
    widest = std::max(widest, listedWidth(listingOf(f.told)) + outcomeWidth(f.told));
  return 2 * margin() + besideListing() + widest;
}

void FilterLayout::put(const FilterPicture& filter, double width) {
  FilterBlock& block = m_blocks.emplace_back();
  block.heading = {margin(), m_height, width - 2 * margin(), theme().scaled(22)};
  block.run = {margin(), block.heading.bottom(), width - 2 * margin(), theme().scaled(20)};
  const double top = block.run.bottom() + theme().scaled(8);
  const double bottom = putProgram(block, filter.told, top);
  const double right = block.rows.empty() ? margin() : block.rows[0].right() + theme().scaled(18);
  const double narrowest = theme().scaled(16) + 29 * digit(); // eight bytes in a row, and their offset
  const bool beside = width - margin() - right >= narrowest;
  const QRectF room = beside ? QRectF(right, top, width - margin() - right, 0)
                             : QRectF(margin(), bottom + theme().scaled(10), width - 2 * margin(), 0);
  const double end = putPacket(block, filter, {room.left(), putRegisters(block, filter, room), room.width(), 0});
  m_height = std::max(bottom, end) + theme().scaled(24);
}

double FilterLayout::putProgram(FilterBlock& block, const FilterTold& told, double top) {
  block.order = margin() + theme().scaled(4);
  block.text = block.order + theme().scaled(24) + 3 * lane();
  block.listing = listingOf(told);
  block.outcome = block.text + listedWidth(block.listing);
  const double right = block.outcome + (m_hasOutcomes ? outcomeWidth(told) : 0) + theme().scaled(8);
  double y = top;
  for (size_t i = 0; i < told.lines.size(); ++i, y += row())
    block.rows.emplace_back(margin(), y, right - margin(), row());
  putJumps(block, told);
  return y;
}

// A run goes forward, so the jumps that were taken never lie beside one another. The two ways of the jump that is next do.
void FilterLayout::putJumps(FilterBlock& block, const FilterTold& told) {
  const auto arrow = [&](size_t from, size_t to, int inLane, Tense tense) {
    if (to <= from + 1 || to >= block.rows.size()) return;
    const double edge = block.text - theme().scaled(3), x = edge - lane() * (inLane + 1);
    const double a = block.rows[from].center().y() + theme().scaled(3),
                 b = block.rows[to].center().y() - theme().scaled(3);
    block.jumps.push_back({{{edge, a}, {x, a}, {x, b}, {edge, b}}, tense});
  };
  int coming = told.begun == NoEvent || told.over ? -1 : 0; // the instruction that runs next
  for (size_t i = 0; i < told.lines.size(); ++i) {
    const FilterLine& l = told.lines[i];
    if (l.order && l.next >= 0) arrow(i, static_cast<size_t>(l.next), 0, l.latest ? Tense::Active : Tense::Past);
    if (l.latest) coming = l.next;
  }
  if (coming < 0 || coming >= static_cast<int>(told.lines.size())) return;
  int inLane = 1;
  for (const u32 to : told.lines[size_t(coming)].leadsTo) arrow(size_t(coming), to, inLane++, Tense::Future);
}

double FilterLayout::putRegisters(FilterBlock& block, const FilterPicture& filter, QRectF room) {
  const double gap = theme().scaled(8), high = theme().scaled(40);
  const double wide = std::min((room.width() - gap) / 2, theme().scaled(190));
  block.a = {room.left(), room.top(), wide, high};
  block.x = {room.left() + wide + gap, room.top(), wide, high};
  double y = room.top() + high + gap;
  if (!filter.told.usesWords) return y;
  constexpr u32 InARow = 4;
  const double cell = (room.width() - (InARow - 1) * gap / 2) / InARow;
  for (u32 i = 0; i < WordsOfMemory; ++i)
    block.words.emplace_back(room.left() + (i % InARow) * (cell + gap / 2), y + (i / InARow) * (row() + gap / 2), cell,
                             row());
  return y + (row() + gap / 2) * (WordsOfMemory / InARow) + gap;
}

double FilterLayout::putPacket(FilterBlock& block, const FilterPicture& filter, QRectF room) {
  if (filter.packet.empty()) return room.top();
  block.packetTitle = {room.left(), room.top(), room.width(), theme().scaled(22)};
  double y = block.packetTitle.bottom();
  const double pitch = digit() * 3, offset = digit() * 5;
  const u32 inARow = room.width() >= offset + 16 * pitch ? 16 : 8, all = bytesShown(filter);
  for (u32 from = 0; from < all; from += inARow, y += theme().scaled(19))
    block.bytes.push_back({{room.left(), y, room.width(), theme().scaled(19)},
                           from,
                           std::min(inARow, all - from),
                           room.left() + offset,
                           pitch});
  return y;
}

} // namespace sockwalk
