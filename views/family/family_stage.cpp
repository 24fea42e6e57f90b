#include "views/family/family_stage.h"
#include "engine/base/digits.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sockwalk {

using tell::FamilyMember, tell::KinState;

namespace {
constexpr double readableScale = 0.72; // below it the picture is shown in part, around the one looked at
}

FamilyStage::FamilyStage(QWidget* parent) : PanZoomView(parent), Described(*static_cast<QWidget*>(this)) {
  setScene(&m_scene);
  setAccessibleName(tr("Family of a buffer"));
}

void FamilyStage::clear() {
  m_unfolded.clear();
  m_zoom = Zoom::Auto;
  showFamily({}, 0, 0);
}

void FamilyStage::restyle() {
  layOut();
  applyZoom();
}

static bool sameKin(const tell::BufferFamily& a, const tell::BufferFamily& b) {
  return a.edges.size() == b.edges.size() &&
         std::ranges::equal(a.members, b.members, {}, &FamilyMember::life, &FamilyMember::life);
}

void FamilyStage::showFamily(const tell::BufferFamily& family, EventIndex stepFrom, EventIndex stepTo) {
  const bool same = sameKin(family, m_family);
  const int before = m_family.looked;
  m_family = family;
  m_stepFrom = stepFrom;
  m_stepTo = stepTo;
  if (!same) {
    m_unfolded.clear();
    if (m_zoom == Zoom::Free) m_zoom = Zoom::Auto;
    layOut();
    unfoldLooked();
    applyZoom();
    emit zoomChanged();
  } else if (unfoldLooked()) {
    applyZoom();
    bringIntoSight(lookedCard());
  } else if (family.looked != before && m_zoom != Zoom::Whole) {
    bringIntoSight(lookedCard());
  }
  describedAnew();
  viewport()->update();
}

void FamilyStage::layOut() {
  const double width = std::max(double(viewport()->width()) / readableScale, theme().scaled(1000));
  m_layout = FamilyLayout(m_family, FamilyTree(m_family, m_unfolded), width);
  m_scene.setSceneRect(QRectF(QPointF(), m_layout.size()).adjusted(-2000, -2000, 2000, 2000));
  describedAnew();
}

// Whom the walk, or the person, looks at is never hidden in a number. What was unfolded once stays so.
bool FamilyStage::unfoldLooked() {
  bool unfolded = false;
  for (int card = lookedCard(); card >= 0 && m_layout.tree().cards()[size_t(card)].folded(); card = lookedCard()) {
    if (!m_unfolded.insert(m_family.looked).second) break;
    layOut();
    unfolded = true;
  }
  return unfolded;
}

int FamilyStage::lookedCard() const { return m_family.looked < 0 ? -1 : m_layout.tree().cardOf(m_family.looked); }

// ---- zoom
void FamilyStage::setZoom(Zoom zoom) {
  m_zoom = zoom;
  applyZoom();
  emit zoomChanged();
}

void FamilyStage::applyZoom() {
  if (m_zoom == Zoom::Free || m_layout.size().isEmpty()) return;
  const QSizeF size = m_layout.size();
  const double whole = scaleToFit(size, 1.0);
  const bool inPart = m_zoom == Zoom::Auto && whole < readableScale;
  setScale(inPart ? readableScale + 0.14 : whole);
  const QSizeF half = seen().size() / 2;
  // What is smaller than the stage stands in its middle; of what is larger, a part that is full.
  const auto hold = [](double at, double reach, double length) {
    return length <= 2 * reach ? length / 2 : std::clamp(at, reach - stageMargin, length - reach + stageMargin);
  };
  QPointF middle(size.width() / 2, size.height() / 2);
  if (const int card = lookedCard(); inPart && card >= 0) middle = m_layout.cards()[size_t(card)].center();
  centerOn(hold(middle.x(), half.width(), size.width()), hold(middle.y(), half.height(), size.height()));
}

void FamilyStage::bringIntoSight(int card) {
  if (card < 0) return;
  const QRectF box = m_layout.cards()[size_t(card)].united(m_layout.plinth(card));
  if (!seen().contains(box)) ensureVisible(box, 24, 24);
}

void FamilyStage::movedByHand() {
  m_zoom = Zoom::Free;
  emit zoomChanged();
}

void FamilyStage::resizeEvent(QResizeEvent* event) {
  PanZoomView::resizeEvent(event);
  layOut();
  applyZoom();
}

// ---- mouse and keys
void FamilyStage::unfold(int card) {
  const auto& members = m_layout.tree().cards()[size_t(card)].members;
  m_unfolded.insert(members.begin(), members.end());
  const int first = members.front();
  layOut();
  applyZoom();
  bringIntoSight(m_layout.tree().cardOf(first));
  viewport()->update();
}

void FamilyStage::toBirth(int card) {
  const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
  if (told.folded()) return unfold(card);
  const FamilyMember member = m_family.members[size_t(told.members.front())];
  emit goTo(member.born + 1);
  emit focusWanted(member.address);
}

void FamilyStage::toDeath(int card) {
  const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
  if (told.folded()) return unfold(card);
  const FamilyMember member = m_family.members[size_t(told.members.front())];
  if (member.gone == NoEvent) return emit refused(tr("%1 lives to the end of the record.").arg(text(member.name)));
  emit goTo(member.gone + 1);
  emit focusWanted(member.address);
}

void FamilyStage::clicked(const QPoint& at, Qt::KeyboardModifiers) {
  if (std::exchange(m_doubled, false)) return;
  if (const int card = m_layout.cardAt(mapToScene(at)); card >= 0) toBirth(card);
}

void FamilyStage::mouseDoubleClickEvent(QMouseEvent* event) {
  m_doubled = true;
  if (const int card = m_layout.cardAt(mapToScene(event->pos())); card >= 0) toDeath(card);
}

void FamilyStage::mouseMoveEvent(QMouseEvent* event) {
  PanZoomView::mouseMoveEvent(event);
  if (event->buttons()) return;
  viewport()->setCursor(m_layout.cardAt(mapToScene(event->pos())) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FamilyStage::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && event->modifiers() & Qt::ShiftModifier && currentItem() >= 0) return toDeath(currentItem());
  switch (event->key()) {
  case Qt::Key_Plus:
  case Qt::Key_Equal: return zoomBy(1.2);
  case Qt::Key_Minus: return zoomBy(1 / 1.2);
  case Qt::Key_0: return setZoom(Zoom::Whole);
  default:
    if (!moveByKey(event)) event->ignore(); // the window's: not for the scroll area
  }
}

bool FamilyStage::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return PanZoomView::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QPointF at = mapToScene(help->pos());
  QString words;
  if (const int card = m_layout.cardAt(at); card >= 0) words = tipOf(card);
  for (const Plinth& plinth : plinths())
    if (plinth.area >= 0 && plinth.rect.contains(at))
      words = wordsOf(plinth) + '\n' + text(hexText(m_family.areas[size_t(plinth.area)].head)) + '\n' +
              tr("dataref counts the sk_buffs that describe these bytes. They are freed with the last of them.");
  QToolTip::showText(help->globalPos(), said(words), this);
  return true;
}

// ---- words
QString FamilyStage::relationOf(int card) const {
  const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
  if (told.folded()) return shown(tell::manyText(told.how, told.members.size()));
  QStringList words;
  for (const tell::FamilyEdge& edge : m_family.edges) {
    const bool in = tell::goesInto(edge.how);
    if ((in ? edge.from : edge.to) != told.members.front()) continue;
    words << QStringLiteral("%1 · %2() · %3")
                 .arg(shown(tell::howText(edge.how)), text(edge.function),
                      text(m_family.members[size_t(in ? edge.to : edge.from)].name));
  }
  return words.join(QStringLiteral("; "));
}

QString FamilyStage::tipOf(int card) const {
  const FamilyCard& told = m_layout.tree().cards()[size_t(card)];
  QStringList words;
  if (told.folded()) {
    words << relationOf(card) << linesOf(card) << tr("Click: show each of them");
    return words.join('\n');
  }
  const FamilyMember& m = m_family.members[size_t(told.members.front())];
  words << text(m.name) << text(hexText(m.address)) << relationOf(card) << linesOf(card);
  if (!m.asker.empty()) words << tr("made by %1()").arg(text(m.maker));
  for (const std::string& holder : m.holders) words << tr("%1() took a reference (users)").arg(text(holder));
  words << tr("Click: to its birth. Double click: to its death.");
  words.removeAll(QString());
  words.removeDuplicates();
  return words.join('\n');
}

Description FamilyStage::describe() const {
  Description out;
  out.headings << tr("Buffer") << tr("Relation") << tr("Made by") << tr("State") << tr("len") << tr("users")
               << tr("dataref");
  const auto& cards = m_layout.tree().cards();
  for (int c = 0; c < int(cards.size()); ++c) {
    const FamilyMember& m = m_family.members[size_t(cards[size_t(c)].members.front())];
    DescribedItem item;
    const bool alive = !cards[size_t(c)].folded() && m.state == KinState::Alive;
    const QString state = cards[size_t(c)].folded() ? linesOf(c).join(QStringLiteral(", "))
                          : m.fate.empty()          ? shown(stateText(m.state))
                                                    : shown(m.fate);
    item.cells << said(cards[size_t(c)].folded() ? relationOf(c) : text(m.name))
               << (cards[size_t(c)].folded() ? QString() : said(relationOf(c)))
               << (cards[size_t(c)].folded() ? QString() : text(m.maker) + "()") << said(state)
               << (alive ? said(QString::number(m.len)) : QString())
               << (alive ? said(QString::number(m.users)) : QString())
               << (alive && m.area >= 0 ? said(QString::number(m_family.areas[size_t(m.area)].dataref)) : QString());
    item.rect = onViewport(m_layout.cards()[size_t(c)]);
    item.role = QAccessible::Button;
    item.lit = c == lookedCard();
    item.press = [stage = const_cast<FamilyStage*>(this), c] { stage->toBirth(c); };
    out.items.push_back(std::move(item));
  }
  QStringList areas;
  for (const Plinth& plinth : plinths())
    if (plinth.area >= 0) areas << said(wordsOf(plinth));
  out.summary = areas.join('\n');
  return out;
}

void FamilyStage::showItem(int item) {
  bringIntoSight(item);
  viewport()->update();
}

} // namespace sockwalk
