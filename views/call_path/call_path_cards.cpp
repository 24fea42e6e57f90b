// The cards over the call path's stage: what the running function was given and says, the table through which it was
// reached, what it gave back. Each finds a place beside the functions, or is left out.
#include "views/call_path/call_path_stage.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

#include <QPainter>

#include <algorithm>

namespace sockwalk {

std::vector<Obstacle> CallPathStage::obstacles() const {
  std::vector<Obstacle> out;
  for (const QRectF& node : pills()) out.push_back({node, NeverCovered});
  if (m_token->isVisible()) out.push_back({onScreen(m_token->mapRectToScene(m_token->boundingRect())), 12});
  for (const CallEdgeItem* edge : m_edges) {
    if (edge->tense() != Tense::Active) continue;
    const QPainterPath line = bezierPath(edge->points());
    for (double t = 0.1; t < 1; t += 0.2) {
      const QPointF p = mapFromScene(line.pointAtPercent(t));
      out.push_back({QRectF(p.x() - 5, p.y() - 5, 10, 10), 12});
    }
  }
  for (const PathPicture::Band& band : m_picture->bands) // the layers' names
    out.push_back({QRectF(QPointF(0, mapFromScene(band.rect.topLeft()).y()), QSizeF(70, 20)), 4});
  for (const PathPicture::Heading& heading : m_picture->headings) {
    const QRectF line = onScreen(heading.rect);
    out.push_back({QRectF(0, line.top(), viewport()->width(), line.height()), 60});
  }
  return out;
}

void CallPathStage::placeOverlays() {
  m_overlaysOld = false;
  m_overlays.clear();
  const PillItem* running = m_picture ? pillOf(m_moment.running) : nullptr;
  if (!running) return;
  const QRectF bounds = QRectF(viewport()->rect()).adjusted(stageMargin, stageMargin, -stageMargin, -stageMargin);
  const QRectF anchor = onScreen(running->rect());
  if (!bounds.intersects(anchor)) return; // looked away
  std::vector<Obstacle> taken = obstacles();
  // Nothing lies on a function: what finds no room beside them is left to the words at the left.
  const auto put = [&](QSizeF size, const QRectF& beside, Overlay::What what) {
    const QRectF rect = placeCallout(size, beside, taken, bounds);
    if (!coversNothing(rect, beside, taken)) return false;
    m_overlays.push_back({rect, beside, what});
    taken.push_back({rect.adjusted(-6, -6, 6, 6), NeverCovered});
    return true;
  };
  placeTable(anchor, put);
  const PillItem* returned = m_moment.result.empty() ? nullptr : pillOf(m_moment.returned);
  if (returned) {
    const QFontMetricsF metrics(theme().mono(11.5, QFont::Bold));
    put({metrics.horizontalAdvance(QStringLiteral("= ") + text(m_moment.result)) + 14, metrics.height() + 4},
        onScreen(returned->rect()), Overlay::Result);
  }
  if (!m_caption.isEmpty()) put(captionSize(m_caption, theme().scaled(330)), anchor, Overlay::Words);
}

void CallPathStage::placeTable(const QRectF& anchor, const Put& put) {
  m_drawnCard = m_card;
  if (!m_card || put(tableCardSize(*m_card), anchor, Overlay::Table)) return;
  for (tell::TableCard& smaller : smallerCards(*m_card)) {
    if (!put(tableCardSize(smaller), anchor, Overlay::Table)) continue;
    m_drawnCard = std::move(smaller);
    return;
  }
}

std::vector<QRectF> CallPathStage::cards() {
  if (m_overlaysOld) placeOverlays();
  std::vector<QRectF> out;
  for (const Overlay& o : m_overlays) out.push_back(o.rect);
  return out;
}

// What nothing may lie on: functions, and marks of the way to others.
std::vector<QRectF> CallPathStage::pills() const {
  std::vector<QRectF> out;
  for (const PillItem* pill : m_pills) out.push_back(onScreen(pill->rect()));
  for (const JumpItem* jump : m_jumps) out.push_back(onScreen(jump->rect()));
  return out;
}

void CallPathStage::drawForeground(QPainter* painter, const QRectF&) {
  if (m_overlaysOld) placeOverlays();
  painter->save();
  painter->resetTransform();
  for (const Overlay& o : m_overlays) drawLeader(*painter, o.rect, o.anchor);
  for (const Overlay& o : m_overlays) {
    if (o.what == Overlay::Words) drawCaption(*painter, o.rect, m_caption);
    else if (o.what == Overlay::Table) drawTableCard(*painter, o.rect, *m_drawnCard);
    else {
      painter->setRenderHint(QPainter::Antialiasing);
      painter->setPen(QPen(theme().color(Role::AccentLine), 1));
      painter->setBrush(theme().color(Role::AccentTint));
      painter->drawRoundedRect(o.rect, 4, 4);
      painter->setFont(theme().mono(11.5, QFont::Bold));
      painter->setPen(theme().color(Role::Accent));
      painter->drawText(o.rect, Qt::AlignCenter, QStringLiteral("= ") + text(m_moment.result));
    }
  }
  painter->restore();
}

} // namespace sockwalk
