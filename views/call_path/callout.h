// Small cards that lie over the stage at reading size, whatever the zoom: what the running function was given and
// says, and the table through which it was reached.
#pragma once
#include "engine/tell/calls/table_card.h"

#include <QLineF>
#include <QRectF>
#include <QString>

class QPainter;

namespace sockwalk {

struct Obstacle {
  QRectF rect;
  double weight = 1; // how bad it is to cover it
};
// Where a card of this size covers least, near `anchor`, inside `bounds`. All in one coordinate system.
QRectF placeCallout(const QSizeF& size, const QRectF& anchor, const std::vector<Obstacle>& obstacles,
                    const QRectF& bounds);
constexpr double NeverCovered = 1e4; // the weight of what no card may lie on
// Nor does the line to what it belongs to.
bool coversNothing(const QRectF& card, const QRectF& anchor, const std::vector<Obstacle>& obstacles);

struct Caption {
  QString arguments; // mono
  QString sentence;  // words
  QString loss;      // red
  bool isEmpty() const { return arguments.isEmpty() && sentence.isEmpty() && loss.isEmpty(); }
  bool operator==(const Caption&) const = default;
};
QSizeF captionSize(const Caption& caption, double maxWidth);
void drawCaption(QPainter& painter, const QRectF& rect, const Caption& caption);

// The same in less room: without the rows that were not taken, then without the way to the table.
std::vector<tell::TableCard> smallerCards(const tell::TableCard& card);
QSizeF tableCardSize(const tell::TableCard& card);
void drawTableCard(QPainter& painter, const QRectF& rect, const tell::TableCard& card);
// The thin line that says which pill a card belongs to.
QLineF leaderBetween(const QRectF& card, const QRectF& anchor); // null: they are close enough
void drawLeader(QPainter& painter, const QRectF& card, const QRectF& anchor);

} // namespace sockwalk
