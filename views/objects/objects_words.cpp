// The object graph as words: each card with its members below it, then the pointers between them.
#include "engine/journal/reflection.h"
#include "engine/tell/in_words.h"
#include "views/objects/objects_stage.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

namespace sockwalk {

using tell::ObjectCard, tell::ObjectLink, tell::ObjectRow;

QRect ObjectsStage::placeOf(const QGraphicsItem& item, const QRectF& part) const {
  return onScreen(part.translated(item.pos())).toAlignedRect();
}

static QString stateOf(const ObjectCard& card) {
  QStringList words;
  if (card.born) words << ObjectsStage::tr("new");
  if (card.focused) words << ObjectsStage::tr("looked at");
  if (card.handed) words << ObjectsStage::tr("handed to what runs");
  return words.join(QStringLiteral(", "));
}

Description ObjectsStage::describe() const {
  Description out;
  out.headings << tr("Object") << tr("Member") << tr("Value") << tr("Points to") << tr("Layer") << tr("State")
               << tr("Address");
  const int count = static_cast<int>(m_graph.cards.size());
  for (int i = 0; i < count; ++i) {
    const ObjectCard& card = m_graph.cards[std::size_t(i)];
    const ObjectItem* item = itemOf(card.address);
    DescribedItem box;
    box.cells << text(card.title) << QString() << QString() << QString() << shown(tell::layerText(card.layer))
              << stateOf(card) << text(addressText(card.address));
    if (item) box.rect = placeOf(*item, QRectF(QPointF(), item->size()));
    box.role = QAccessible::Button;
    box.lit = card.focused;
    box.press = [stage = const_cast<ObjectsStage*>(this), at = card.address] { emit stage->cardClicked(at); };
    out.items.push_back(std::move(box));
    describeCard(out, i);
  }
  for (const HolderItem* holder : m_holders) {
    DescribedItem frame;
    frame.name = holder->words();
    frame.role = QAccessible::Graphic;
    frame.rect = placeOf(*holder, holder->boundingRect());
    frame.listed = false; // its parts are
    out.items.push_back(std::move(frame));
  }
  for (std::size_t i = 0; i < m_pointers.size(); ++i) {
    DescribedItem arrow;
    arrow.name = m_pointers[i]->text();
    arrow.role = QAccessible::Graphic;
    arrow.rect = placeOf(*m_pointers[i], m_pointers[i]->boundingRect());
    arrow.lit = m_graph.links[i].changed;
    arrow.listed = false; // its member says where it points
    out.items.push_back(std::move(arrow));
  }
  if (m_graph.hidden) out.summary = tr("%n objects more have no room in the picture.", nullptr, m_graph.hidden);
  return out;
}

void ObjectsStage::describeCard(Description& out, int index) const {
  const ObjectCard& card = m_graph.cards[std::size_t(index)];
  const ObjectItem* item = itemOf(card.address);
  const QString title = text(card.title);
  const double half = theme().scaled(9), width = item ? item->size().width() : 0;
  for (std::size_t r = 0; item && r < card.rows.size(); ++r) {
    const ObjectRow& row = card.rows[r];
    const int number = static_cast<int>(r);
    QString to;
    for (const ObjectLink& link : m_graph.links)
      if (link.from == index && link.row == number) to = text(m_graph.cards[std::size_t(link.to)].title);
    DescribedItem member;
    member.name = QStringLiteral("%1.%2").arg(title, item->label(number));
    member.cells << title << item->label(number) << item->value(number) << to << QString()
                 << (row.changed ? tr("changed") : QString())
                 << (row.target ? text(addressText(row.target)) : QString());
    member.rect = placeOf(*item, QRectF(0, ObjectItem::rowMiddle(number) - half, width, 2 * half));
    member.lit = row.changed;
    out.items.push_back(std::move(member));
  }
}

} // namespace sockwalk
