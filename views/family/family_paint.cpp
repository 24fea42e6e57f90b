#include "engine/tell/values.h"
#include "views/family/family_stage.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <array>
#include <QPainter>
#include <QPainterPath>

namespace sockwalk {

using tell::FamilyMember, tell::KinState;

// ---- words that stand on the cards
QStringList FamilyStage::linesOf(int card) const {
  const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
  if (told.folded()) {
    std::array<int, 5> count{};
    for (const int m : told.members) ++count[size_t(m_family.members[size_t(m)].state)];
    count[size_t(KinState::Alive)] += std::exchange(count[size_t(KinState::Making)], 0);
    QStringList words;
    for (size_t s = 0; s < count.size(); ++s)
      if (count[s]) words << tr("%L1 %2").arg(count[s]).arg(shown(stateText(static_cast<KinState>(s))));
    return words;
  }
  const FamilyMember& m = m_family.members[size_t(told.members.front())];
  QStringList words;
  words << (m.asker.empty() ? tr("by %1()").arg(text(m.maker)) : tr("for %1()").arg(text(m.asker)));
  switch (m.state) {
  case KinState::Alive:
    words
        << (m.hungOn >= 0 ? tr("len %1 · users %2 · in a frag_list") : tr("len %1 · users %2")).arg(m.len).arg(m.users);
    break;
  case KinState::Gone:
  case KinState::Dropped: words << shown(m.fate); break;
  default: words << shown(stateText(m.state));
  }
  return words;
}

QString FamilyStage::wordsOf(const Plinth& plinth) const {
  if (plinth.area < 0) return {};
  const tell::DataArea& area = m_family.areas[size_t(plinth.area)];
  QStringList words{tr("dataref %1").arg(area.dataref), shown(tell::bytes(area.size))};
  if (area.pages) words << (area.pages == 1 ? tr("1 frag") : tr("%1 frags").arg(area.pages));
  if (area.list) words << QStringLiteral("frag_list");
  return words.join(QStringLiteral(" · "));
}

std::vector<FamilyStage::Plinth> FamilyStage::plinths() const {
  std::vector<Plinth> out;
  for (const FamilyShelf& shelf : m_layout.tree().shelves()) {
    bool joins = false; // the stretch before may be continued
    for (const int card : shelf.cards) {
      const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
      const int area = told.folded() ? -1 : m_family.members[size_t(told.members.front())].area;
      const QRectF rect = m_layout.plinth(card);
      if (joins && area >= 0 && out.back().area == area) out.back().rect = out.back().rect.united(rect);
      else out.push_back({rect, area});
      joins = true;
    }
  }
  return out;
}

bool FamilyStage::faded(int card) const {
  const auto& members = m_layout.tree().cards()[size_t(card)].members;
  return std::ranges::none_of(members, [&](int m) { return m_family.members[size_t(m)].present(); });
}

// ---- the picture
void FamilyStage::drawBackground(QPainter* painter, const QRectF& rect) {
  painter->fillRect(rect, theme().color(Role::Card));
  painter->setRenderHint(QPainter::Antialiasing);
  // What is done lies over what is still to come, where two lines run along the same bus.
  for (const bool done : {false, true})
    for (const FamilyLine& line : m_layout.lines())
      if (m_family.edges[size_t(line.edge)].done == done &&
          line.points.boundingRect().adjusted(-4, -4, 4, 4).intersects(rect))
        paintLine(*painter, line);
  painter->setFont(theme().sans(10.5));
  painter->setPen(theme().color(Role::Muted));
  for (const FamilyLabel& label : m_layout.labels())
    if (label.rect.intersects(rect)) painter->drawText(label.rect, Qt::AlignLeft | Qt::AlignVCenter, said(label.words));
  for (const Plinth& plinth : plinths())
    if (plinth.rect.intersects(rect)) paintPlinth(*painter, plinth);
  for (int card = 0; card < int(m_layout.cards().size()); ++card)
    if (m_layout.cards()[size_t(card)].adjusted(-4, -4, 4, 4).intersects(rect)) paintCard(*painter, card);
}

void FamilyStage::paintLine(QPainter& p, const FamilyLine& line) const {
  const tell::FamilyEdge& edge = m_family.edges[size_t(line.edge)];
  const bool fresh = edge.done && edge.event >= m_stepFrom && edge.event < m_stepTo;
  if (line.across) return drawEdge(p, line.points, fresh ? Tense::Active : edge.done ? Tense::Past : Tense::Future);
  const QColor colour = theme().color(fresh ? Role::Accent : edge.done ? Role::PathEdge : Role::FutureEdge);
  QPen pen(colour, fresh ? 2.4 : edge.done ? 1.6 : 1.2);
  if (!edge.done) pen.setDashPattern({3, 3});
  p.setBrush(Qt::NoBrush);
  p.setPen(pen);
  p.drawPolyline(line.points);
  const QPointF tip = line.points.last();
  const double size = theme().scaled(6), up = line.points[line.points.size() - 2].y() < tip.y() ? -1 : 1;
  p.setPen(Qt::NoPen);
  p.setBrush(colour);
  p.drawPolygon(QPolygonF{tip, tip + QPointF(size * 0.6, up * size), tip + QPointF(-size * 0.6, up * size)});
}

void FamilyStage::paintPlinth(QPainter& p, const Plinth& plinth) const {
  const QRectF box = plinth.rect.adjusted(0.5, 1, -0.5, -1);
  if (plinth.area < 0) {
    QPen pen(theme().color(Role::Hairline), 1);
    pen.setDashPattern({2, 3});
    p.setPen(pen);
    return p.drawLine(box.topLeft() + QPointF(6, 4), box.topRight() + QPointF(-6, 4));
  }
  p.setPen(QPen(theme().color(Role::Info), 1.2));
  p.setBrush(theme().color(Role::InfoFill));
  p.drawRoundedRect(box, 3, 3);
  p.setFont(theme().mono(10.5));
  p.setPen(theme().color(Role::Info));
  const QRectF inside = box.adjusted(8, 0, -6, 0);
  p.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
             QFontMetricsF(p.font()).elidedText(said(wordsOf(plinth)), Qt::ElideRight, inside.width()));
}

// The layer of the one who wanted it.
void FamilyStage::paintStripe(QPainter& p, const QRectF& box, const FamilyMember& member) const {
  QPainterPath corner;
  corner.addRoundedRect(box, 6, 6);
  p.save();
  p.setClipPath(corner, Qt::IntersectClip);
  const LayerColors& colours = theme().layer(member.layer);
  p.fillRect(QRectF(box.left(), box.top(), 4, box.height()), member.present() ? colours.line : colours.faintLine);
  p.restore();
}

void FamilyStage::paintCard(QPainter& p, int card) const {
  const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
  const FamilyMember& m = m_family.members[size_t(told.members.front())];
  const bool looked = card == lookedCard(), off = faded(card), lost = !told.folded() && m.state == KinState::Dropped;
  const bool coming = !told.folded() && m.state == KinState::Coming;
  const QRectF box = m_layout.cards()[size_t(card)].adjusted(0.5, 0.5, -0.5, -0.5);
  QPen border(theme().color(looked ? Role::Accent
                            : lost ? Role::Danger
                            : off  ? Role::Hairline
                                   : Role::PathEdge),
              looked ? 2.2 : 1.2);
  if (coming) border.setDashPattern({3, 3});
  p.setPen(border);
  p.setBrush(theme().color(lost             ? Role::DangerFill
                           : looked && !off ? Role::AccentTint
                           : off            ? Role::Page
                                            : Role::Card));
  if (told.folded()) // more lies behind it
    for (const double back : {6.0, 3.0}) p.drawRoundedRect(box.adjusted(back, -back, -1 + back / 6, -back), 6, 6);
  p.drawRoundedRect(box, 6, 6);
  if (!told.folded()) paintStripe(p, box, m);
  const QRectF inside = box.adjusted(theme().scaled(11), theme().scaled(5), -theme().scaled(8), -theme().scaled(4));
  const double line = inside.height() / 3;
  const QString title = told.folded() ? relationOf(card) : text(m.name);
  const QStringList lines = linesOf(card);
  p.setFont(told.folded() ? theme().sans(12, QFont::Bold) : theme().mono(12, QFont::Bold));
  p.setPen(theme().color(off ? Role::Muted : Role::Title));
  const auto put = [&](int row, const QString& words) {
    const QRectF where(inside.left(), inside.top() + row * line, inside.width(), line);
    p.drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetricsF(p.font()).elidedText(said(words), Qt::ElideRight, where.width()));
  };
  put(0, title);
  for (int i = 0; i < std::min(2, int(lines.size())); ++i) {
    const bool fate = i == 1 && !told.folded();
    p.setFont(fate && m.state == KinState::Alive ? theme().mono(11) : theme().sans(11));
    p.setPen(theme().color(lost && fate ? Role::Danger : fate && !off ? Role::Text : Role::Muted));
    put(i + 1, lines[i]);
  }
}

void FamilyStage::paintEvent(QPaintEvent* event) {
  PanZoomView::paintEvent(event);
  QPainter p(viewport());
  paintCurrentItem(p);
}

} // namespace sockwalk
