#include "views/filter/filter_canvas.h"
#include "engine/base/digits.h"
#include "engine/tell/values.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QAccessible>

namespace sockwalk {

using tell::FilterLine, tell::FilterLook, tell::FilterTold;

FilterCanvas::FilterCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Filters of sockets"));
  setAccessibleDescription(tr("Arrows go from one instruction to the next, Return goes to where it ran."));
}

void FilterCanvas::show(std::vector<FilterPicture> filters) {
  m_filters = std::move(filters);
  refit();
  if (const int here = itemHere(); here >= 0) bringIntoSight(rectOfItem(here));
  changed();
}

void FilterCanvas::layOut() {
  m_layout = FilterLayout(m_filters, contentWidth());
  m_items.clear();
  for (size_t f = 0; f < m_filters.size(); ++f) {
    const FilterBlock& block = m_layout.blocks()[f];
    m_items.push_back({f, Part::Program});
    for (u32 i = 0; i < block.rows.size(); ++i) m_items.push_back({f, Part::Instruction, i});
    m_items.push_back({f, Part::A});
    m_items.push_back({f, Part::X});
    for (u32 i = 0; i < block.words.size(); ++i) m_items.push_back({f, Part::Word, i});
    for (u32 i = 0; i < block.bytes.size(); ++i) m_items.push_back({f, Part::Bytes, i});
  }
}

QRectF FilterCanvas::rectOfItem(int index) const {
  const Item& item = m_items[size_t(index)];
  const FilterBlock& block = blockOf(item);
  const auto rect = [&]() -> QRectF {
    switch (item.part) {
    case Part::Program: return block.heading.united(block.run);
    case Part::Instruction: return block.rows[item.index];
    case Part::A: return block.a;
    case Part::X: return block.x;
    case Part::Word: return block.words[item.index];
    case Part::Bytes: return block.bytes[item.index].rect;
    }
    return {};
  };
  return rect().translated(-scrolled());
}

// Of several filters the one that ran last has it.
int FilterCanvas::itemHere() const {
  int here = -1;
  EventIndex newest = 0;
  for (size_t i = 0; i < m_items.size(); ++i) {
    if (m_items[i].part != Part::Instruction) continue;
    const FilterLine& line = toldOf(m_items[i]).lines[m_items[i].index];
    if (!line.latest || line.event < newest) continue;
    newest = line.event;
    here = static_cast<int>(i);
  }
  return here;
}

FilterCanvas::Read FilterCanvas::readOf(const FilterTold& told, u32 byte) {
  Read out;
  for (const FilterLook& look : told.looks) {
    if (byte < look.from || byte >= look.from + look.size) continue;
    out.ever = true;
    out.now = out.now || told.lines[look.line].latest;
  }
  return out;
}

// ---- words
QStringList FilterCanvas::headings() const {
  return {tr("What"), tr("How it is"), tr("In the latest run"), tr("Order")};
}

QString FilterCanvas::wordOf(const FilterTold& told, u32 index) const {
  const auto at = told.words.find(index);
  return at == told.words.end() ? QString() : text(hexText(at->second));
}

QString FilterCanvas::bytesOf(const Item& item) const {
  const FilterBytes& row = blockOf(item).bytes[item.index];
  QStringList out;
  for (u32 i = row.from; i < row.from + row.count; ++i)
    out << QString::number(m_filters[item.filter].packet[i], 16).rightJustified(2, '0');
  return out.join(' ');
}

QString FilterCanvas::readBy(const Item& item) const {
  const FilterBytes& row = blockOf(item).bytes[item.index];
  QStringList out;
  for (const FilterLook& look : toldOf(item).looks)
    if (look.from < row.from + row.count && look.from + look.size > row.from)
      out << tr("%1 from byte %2 read by (%3)")
                 .arg(shown(tell::bytes(look.size)))
                 .arg(look.from)
                 .arg(look.line, 3, 10, QLatin1Char('0'));
  return out.join(QStringLiteral(", "));
}

QString FilterCanvas::packetTitle(const FilterPicture& filter) {
  return tr("%1, from where the program sees it").arg(text(filter.told.packet));
}

QStringList FilterCanvas::cellsOf(const Item& item) const {
  const FilterTold& told = toldOf(item);
  switch (item.part) {
  case Part::Program: return {shown(tell::programText(told)), QString(), shown(tell::runText(told)), QString()};
  case Part::Instruction: {
    const FilterLine& line = told.lines[item.index];
    return {text(line.text).replace('\t', ' ').simplified(), line.latest ? tr("ran just now") : QString(),
            shown(line.outcome), line.order ? QString::number(line.order) : QString()};
  }
  case Part::A: return {QStringLiteral("A"), text(hexText(told.a)), {}, {}};
  case Part::X: return {QStringLiteral("X"), text(hexText(told.x)), {}, {}};
  case Part::Word: return {QStringLiteral("M[%1]").arg(item.index), wordOf(told, item.index), {}, {}};
  case Part::Bytes:
    return {tr("Bytes from %1").arg(blockOf(item).bytes[item.index].from), bytesOf(item), readBy(item), {}};
  }
  return {};
}

DescribedItem FilterCanvas::item(int index) const {
  const Item& what = m_items[size_t(index)];
  DescribedItem out;
  out.cells = cellsOf(what);
  out.rect = rectOfItem(index).toAlignedRect();
  auto* canvas = const_cast<FilterCanvas*>(this);
  if (what.part == Part::Program) {
    out.role = QAccessible::Button;
    out.press = [canvas, to = toldOf(what).address] { emit canvas->focusWanted(to); };
  }
  if (what.part != Part::Instruction) return out;
  const FilterLine& line = toldOf(what).lines[what.index];
  out.lit = line.latest;
  if (line.event == NoEvent) return out;
  out.role = QAccessible::Button;
  out.press = [canvas, event = line.event] { emit canvas->goTo(event + 1); };
  return out;
}

QString FilterCanvas::tipAt(QPointF, int index) const {
  if (index < 0) return {};
  QStringList cells = cellsOf(m_items[size_t(index)]);
  cells.removeAll(QString());
  return cells.join('\n');
}

QString FilterCanvas::summary() const {
  QStringList out;
  for (const FilterPicture& filter : m_filters)
    out << shown(tell::programText(filter.told)) + QStringLiteral(": ") + shown(tell::runText(filter.told));
  return out.join('\n');
}

} // namespace sockwalk
