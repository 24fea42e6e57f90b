#include "views/classes/classes_canvas.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include <cmath>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sockwalk {

using Piece = NestingPiece;

ClassesCanvas::ClassesCanvas(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAccessibleName(tr("Structures within structures"));
}

void ClassesCanvas::setNesting(tell::Nesting nesting) {
  m_nesting = std::move(nesting);
  layOut();
}

void ClassesCanvas::layOut() {
  m_layout = NestingLayout(m_nesting, width());
  setMinimumHeight(static_cast<int>(std::ceil(m_layout.height())));
  update();
}

void ClassesCanvas::paintEvent(QPaintEvent* event) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.fillRect(rect(), theme().color(Role::Card));
  for (const Piece& piece : m_layout.pieces())
    if (piece.rect.intersects(event->rect())) paintPiece(p, piece);
  for (const NestingArrow& arrow : m_layout.arrows()) {
    drawEdge(p, arrow.line, Tense::Past);
    p.setFont(theme().mono(10.5));
    p.setPen(theme().color(Role::Muted));
    const QRectF where(arrow.at.x() - 60, arrow.at.y() - 9, 120, 18);
    p.drawText(where, Qt::AlignCenter, arrow.name);
  }
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
    p.setPen(QPen(piece.written ? theme().color(Role::ChangedLine) : colours.line, piece.written ? 2.2 : 1.3));
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

const Piece* ClassesCanvas::pieceAt(QPointF at) const {
  const Piece* found = nullptr;
  for (const Piece& piece : m_layout.pieces())
    if (piece.address && piece.rect.contains(at)) found = &piece;
  return found;
}

void ClassesCanvas::mousePressEvent(QMouseEvent* event) {
  if (const Piece* piece = pieceAt(event->position())) emit focusWanted(piece->address);
}
void ClassesCanvas::mouseMoveEvent(QMouseEvent* event) {
  const Piece* piece = pieceAt(event->position());
  setCursor(piece && piece->kind != Piece::Box ? Qt::PointingHandCursor : Qt::ArrowCursor);
}
bool ClassesCanvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QString words;
  for (const Piece& piece : m_layout.pieces())
    if (!piece.text.isEmpty() && piece.rect.contains(help->pos())) words = piece.text;
  QToolTip::showText(help->globalPos(), words, this);
  return true;
}

} // namespace sockwalk
