// The picture of filters.
#include "engine/base/digits.h"
#include "views/filter/filter_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QPainter>

namespace sockwalk {

using tell::FilterLine, tell::FilterTold;

namespace {
void put(QPainter& p, const QRectF& where, const QFont& font, Role role, const QString& words) {
  p.setFont(font);
  p.setPen(theme().color(role));
  p.drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(font).elidedText(words, Qt::ElideRight, where.width()));
}
QRectF from(const QRectF& row, double left, double right) { return {left, row.top(), right - left, row.height()}; }

// As drawEdge() takes it, by curves.
QPolygonF curves(const QPolygonF& corners) {
  QPolygonF out{corners.front()};
  for (qsizetype i = 1; i < corners.size(); ++i) {
    const QPointF third = (corners[i] - corners[i - 1]) / 3;
    out << corners[i - 1] + third << corners[i] - third << corners[i];
  }
  return out;
}
} // namespace

void FilterCanvas::paint(QPainter& p) {
  p.translate(-scrolled());
  for (size_t f = 0; f < m_filters.size(); ++f) paintProgram(p, f);
  p.translate(scrolled());
}

void FilterCanvas::paintProgram(QPainter& p, size_t index) const {
  const FilterPicture& filter = m_filters[index];
  const FilterTold& told = filter.told;
  const FilterBlock& block = m_layout.blocks()[index];
  put(p, block.heading, theme().title(), Role::Title, shown(tell::programText(told)));
  put(p, block.run, theme().sans(12), Role::Muted, shown(tell::runText(told)));
  for (size_t i = 0; i < block.rows.size(); ++i) paintInstruction(p, block, told, i);
  for (const FilterJump& jump : block.jumps) drawEdge(p, curves(jump.corners), jump.tense);
  const bool begun = told.begun != NoEvent;
  const auto value = [&](const QRectF& box, const QString& name, u32 number) {
    paintRegister(p, box, name, begun ? Described::told(text(hexText(number))) : QString(),
                  begun ? Described::told(QString::number(number)) : QString(), begun);
  };
  value(block.a, QStringLiteral("A"), told.a);
  value(block.x, QStringLiteral("X"), told.x);
  for (u32 i = 0; i < block.words.size(); ++i) {
    const QString word = wordOf(told, i);
    paintRegister(p, block.words[i], QStringLiteral("M[%1]").arg(i), Described::told(word), {}, !word.isEmpty());
  }
  if (block.bytes.empty()) return;
  put(p, block.packetTitle, theme().sans(12, QFont::DemiBold), Role::Title, packetTitle(filter));
  for (const FilterBytes& row : block.bytes) paintBytes(p, filter, row);
}

void FilterCanvas::paintInstruction(QPainter& p, const FilterBlock& block, const FilterTold& told, size_t index) const {
  const FilterLine& line = told.lines[index];
  const QRectF& row = block.rows[index];
  if (line.latest) {
    p.setPen(QPen(theme().color(Role::Accent), 1.6));
    p.setBrush(theme().color(Role::AccentTint));
    p.drawRoundedRect(row.adjusted(1, 1, -1, -1), 4, 4);
  }
  const Role role = line.latest ? Role::Title : line.order ? Role::Text : Role::Muted;
  const double pad = theme().scaled(4);
  if (line.order)
    put(p, from(row, block.order, block.order + theme().scaled(22)), theme().sans(11), Role::Muted,
        QString::number(line.order));
  const QFont mono = theme().mono(12, line.latest ? QFont::DemiBold : QFont::Normal);
  put(p, from(row, block.text, block.outcome), mono, role, Described::told(block.listing[qsizetype(index)]));
  if (!m_layout.hasOutcomes()) return;
  put(p, from(row, block.outcome, row.right() - pad), theme().mono(11), line.latest ? Role::Title : Role::Muted,
      shown(line.outcome));
}

// A register with its value in two ways of writing, or a word of memory with one.
void FilterCanvas::paintRegister(QPainter& p, const QRectF& box, const QString& name, const QString& value,
                                 const QString& more, bool known) const {
  p.setPen(QPen(theme().color(known ? Role::AccentLine : Role::Hairline), 1.2));
  p.setBrush(theme().color(Role::Card));
  p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
  const QRectF inside = box.adjusted(theme().scaled(9), 0, -theme().scaled(6), 0);
  const double name_ = QFontMetricsF(theme().mono(12, QFont::Bold)).horizontalAdvance(name) + theme().scaled(10);
  put(p, inside, theme().mono(12, QFont::Bold), known ? Role::Title : Role::Muted, name);
  const QRectF right(inside.left() + name_, inside.top(), inside.width() - name_, inside.height());
  if (more.isEmpty()) return put(p, right, theme().mono(12), Role::Text, value);
  const double half = right.height() / 2;
  put(p, {right.left(), right.top() + 2, right.width(), half}, theme().mono(12.5, QFont::DemiBold), Role::Text, value);
  put(p, {right.left(), right.top() + half - 1, right.width(), half - 2}, theme().sans(11), Role::Muted, more);
}

void FilterCanvas::paintBytes(QPainter& p, const FilterPicture& filter, const FilterBytes& row) const {
  put(p, row.rect, theme().mono(11), Role::Muted, QString::number(row.from));
  for (u32 i = row.from; i < row.from + row.count; ++i) {
    const Read read = readOf(filter.told, i);
    const QRectF cell = row.cell(i);
    if (read.ever) {
      p.setPen(Qt::NoPen);
      p.setBrush(theme().color(read.now ? Role::ChangedFill : Role::AccentTint));
      p.drawRect(cell.adjusted(-theme().scaled(3), 1, -theme().scaled(3), -1));
    }
    put(p, cell, theme().mono(12, read.now ? QFont::Bold : QFont::Normal), read.ever ? Role::Title : Role::Text,
        QString::number(filter.packet[i], 16).rightJustified(2, '0'));
  }
}

} // namespace sockwalk
