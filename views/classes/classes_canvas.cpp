#include "views/classes/classes_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QPainter>

namespace sockwalk {

using Piece = NestingPiece;

ClassesCanvas::ClassesCanvas(QWidget* parent) : PictureCanvas(parent) {
  setAccessibleName(tr("Structures within structures"));
  setAccessibleDescription(tr("Arrows go from one to the next, Return looks at what it is or points at."));
}

void ClassesCanvas::setNesting(tell::Nesting nesting) {
  m_nesting = std::move(nesting);
  refit();
  changed();
}

// A piece of words belongs to what was named last before it.
void ClassesCanvas::layOut() {
  m_layout = NestingLayout(m_nesting, contentWidth());
  m_items.clear();
  QString inside;
  QRectF around;
  for (const Piece& piece : m_layout.pieces()) switch (piece.kind) {
    case Piece::Box:
    case Piece::Chain: around = piece.rect; break;
    case Piece::Title: m_items.push_back({around, inside = piece.text, {}, {}, piece.address, piece.written}); break;
    case Piece::ChainDetail: m_items.back().value = piece.text; break;
    case Piece::Name: m_items.push_back({piece.rect, piece.text, inside, {}, 0, false}); break;
    case Piece::Value: {
      Item& member = m_items.back();
      member.rect = member.rect.united(piece.rect);
      member.value = piece.text;
      member.address = piece.address;
      member.written = piece.written;
      break;
    }
    default: break;
    }
}

void ClassesCanvas::paint(QPainter& p) {
  p.translate(-scrolled());
  const QRectF seen(scrolled(), room());
  for (const Piece& piece : m_layout.pieces())
    if (piece.rect.intersects(seen)) paintPiece(p, piece);
  for (const NestingArrow& arrow : m_layout.arrows()) {
    drawEdge(p, arrow.line, Tense::Past);
    p.setFont(theme().mono(10.5));
    p.setPen(theme().color(Role::Muted));
    const QRectF where(arrow.at.x() - 60, arrow.at.y() - 9, 120, 18);
    p.drawText(where, Qt::AlignCenter, arrow.name);
  }
  p.translate(scrolled());
}

void ClassesCanvas::paintWords(QPainter& p, const Piece& piece, const QFont& font, const QColor& colour,
                               Qt::Alignment side) const {
  p.setFont(font);
  p.setPen(colour);
  p.drawText(piece.rect, int(side | Qt::AlignVCenter),
             QFontMetricsF(font).elidedText(piece.text, Qt::ElideRight, piece.rect.width()));
}

void ClassesCanvas::paintPiece(QPainter& p, const Piece& piece) const {
  const LayerColors& colours = theme().layer(piece.layer);
  switch (piece.kind) {
  case Piece::Box:
  case Piece::Chain:
    p.setPen(QPen(piece.written ? theme().color(Role::ChangedLine) : colours.line,
                  piece.written || (piece.address && piece.address == marked()) ? 2.4 : 1.3));
    p.setBrush(piece.depth % 2 ? theme().color(Role::Card) : colours.band);
    return p.drawRoundedRect(piece.rect, 6, 6);
  case Piece::Title:
    return paintWords(p, piece, theme().mono(12, QFont::Bold), theme().color(Role::Title), Qt::AlignLeft);
  case Piece::Note: return paintWords(p, piece, theme().sans(11), theme().color(Role::Muted), Qt::AlignLeft);
  case Piece::Range: return paintWords(p, piece, theme().sans(10.5), theme().color(Role::Muted), Qt::AlignRight);
  case Piece::ChainDetail: return paintWords(p, piece, theme().mono(11), theme().color(Role::Muted), Qt::AlignLeft);
  case Piece::Group:
    return paintWords(p, piece, theme().sans(10.5, QFont::DemiBold), theme().color(Role::Muted), Qt::AlignLeft);
  case Piece::Name: return paintWords(p, piece, theme().sans(11), theme().color(Role::Text), Qt::AlignLeft);
  case Piece::Value:
    if (piece.written) p.fillRect(piece.rect.adjusted(-1, 1, 1, -1), theme().color(Role::ChangedFill));
    return paintWords(p, piece, theme().mono(11),
                      theme().color(piece.written   ? Role::Changed
                                    : piece.address ? Role::Accent
                                                    : Role::Title),
                      Qt::AlignLeft);
  }
}

// ---- items
QRectF ClassesCanvas::rectOfItem(int index) const { return m_items[size_t(index)].rect.translated(-scrolled()); }

int ClassesCanvas::itemIn(QPointF at) const {
  for (int i = itemCount() - 1; i >= 0; --i)
    if (rectOfItem(i).contains(at)) return i;
  return -1;
}

double ClassesCanvas::leastWidth() const { return theme().scaled(420); }

QStringList ClassesCanvas::headings() const { return {tr("Member or structure"), tr("In"), tr("Value"), tr("Step")}; }

DescribedItem ClassesCanvas::item(int index) const {
  const Item& i = m_items[size_t(index)];
  DescribedItem out;
  out.cells << i.name << i.inside << i.value << (i.written ? tr("written") : QString());
  out.rect = rectOfItem(index).toAlignedRect();
  out.lit = i.address && i.address == marked();
  if (!i.address) return out;
  out.role = QAccessible::Button;
  out.press = [canvas = const_cast<ClassesCanvas*>(this), to = i.address] { emit canvas->focusWanted(to); };
  return out;
}

QString ClassesCanvas::summary() const {
  QStringList words;
  for (const tell::Text& note : m_nesting.notes) words << shown(note);
  return words.join('\n');
}

} // namespace sockwalk
