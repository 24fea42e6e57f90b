// The drawn ladder: two ends, a row for each moment at which something left or arrived, and arrows between. Only the rows that
// are to be seen are drawn, so that the length of a connection costs nothing.
#pragma once
#include "engine/tell/sockets/ladder.h"
#include "views/theme/picture_canvas.h"
#include <QLineF>

namespace sockwalk {

class RecordReader;
class Walk;

class LadderCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  LadderCanvas(Walk& walk, RecordReader& reader, QWidget* parent = nullptr);
  void setLadder(tell::Ladder ladder);
  const tell::Ladder& ladder() const { return m_ladder; }
  void setPosition(EventIndex position, bool follow); // where the walk is
  int rungNow() const { return m_now; }               // the last that has begun; -1
  int itemCount() const override;                     // while a lesson asks, without what is still to come
  DescribedItem item(int rung) const override;        // ladder_words.cpp
  QString itemText(int rung) const override;
  int itemHere() const override { return m_now; }
  int socketAt(int end) const; // of the record's histories, at the moment; -1

  // ---- where things lie, in px of the room
  double laneX(int end) const;
  double y(int tick) const; // of the middle of a row
  double rowHeight() const;
  double headHeight() const override;
  QRectF headRect(int end) const;
  // Where the words of a rung stand; on which side of the lane, for what it did.
  QRectF labelRect(const tell::LadderRung& rung) const;
  QRectF sideRect(const tell::LadderRung& rung, bool sender) const;
  QRectF remarkRect(const tell::LadderRung& rung, const QString& remark) const;
  QLineF arrowOf(const tell::LadderRung& rung) const;
  QString wordsOf(const tell::LadderRung& rung) const; // all that is told of it, in lines

protected:
  QStringList headings() const override;
  QString summary() const override;
  std::pair<int, int> seenItems() const override;
  int itemIn(QPointF room) const override;
  QRectF rectOfItem(int rung) const override;
  void clicked(QPointF room, int rung) override;
  QString tipAt(QPointF room, int rung) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override;
  double leastWidth() const override;

private:
  bool isArrivalTold(const tell::LadderRung& rung) const; // one that is lost is known to be when it leaves
  double liftOf(const tell::LadderRung& rung) const;
  u64 bufferOf(const tell::LadderRung& rung) const; // the sk_buff that carried it; 0
  u64 socketOf(int end) const;                      // its address, if it lives; 0
  QString stateOf(const tell::LadderRung& rung) const;
  // ---- ladder_paint.cpp
  void paintHeads(QPainter& p) const;
  void paintLanes(QPainter& p) const;
  void paintNow(QPainter& p) const;
  void paintMarked(QPainter& p, const tell::LadderRung& rung) const;
  void paintRung(QPainter& p, const tell::LadderRung& rung) const;
  void paintNumbers(QPainter& p, const tell::LadderRung& rung) const;
  void paintArrow(QPainter& p, const tell::LadderRung& rung, const QColor& colour) const;
  void paintSide(QPainter& p, const tell::LadderRung& rung, bool sender, const QColor& colour) const;
  QColor colourOf(const tell::LadderRung& rung) const;

  Walk& m_walk;
  RecordReader& m_reader;
  tell::Ladder m_ladder;
  std::vector<int> m_firstOfTick; // rungs that begin at a tick or after it
  EventIndex m_position = 0;
  int m_now = -1;
  int m_longest = 1; // of an arrow, in ticks
};

} // namespace sockwalk
