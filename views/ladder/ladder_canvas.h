// The drawn ladder: two ends, a row for each moment at which something left or arrived, and arrows between. Only the rows that
// are to be seen are drawn, so that the length of a connection costs nothing.
#pragma once
#include "engine/tell/sockets/ladder.h"
#include <QAbstractScrollArea>
#include <QLineF>

class QPainter;

namespace sockwalk {

class RecordReader;
class Walk;

class LadderCanvas final : public QAbstractScrollArea {
  Q_OBJECT
public:
  LadderCanvas(Walk& walk, RecordReader& reader, QWidget* parent = nullptr);
  void setLadder(tell::Ladder ladder);
  const tell::Ladder& ladder() const { return m_ladder; }
  void setPosition(EventIndex position, bool follow); // where the walk is
  int rungNow() const { return m_now; }               // the last that has begun; -1
  int rungAt(QPoint viewport) const;                  // -1: none
  void restyle();

  // ---- where things lie, in px of the viewport
  double laneX(int end) const;
  double y(int tick) const; // of the middle of a row
  double rowHeight() const;
  double headHeight() const;
  // Where the words of a rung stand; on which side of the lane, for what it did.
  QRectF labelRect(const tell::LadderRung& rung) const;
  QRectF sideRect(const tell::LadderRung& rung, bool sender) const;
  QRectF remarkRect(const tell::LadderRung& rung, const QString& remark) const;
  QLineF arrowOf(const tell::LadderRung& rung) const;
  QString wordsOf(const tell::LadderRung& rung) const; // all that is told of it, in lines

signals:
  void goTo(sockwalk::EventIndex position);

protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool viewportEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void scrollContentsBy(int, int) override { viewport()->update(); }

private:
  void fitScroll();
  void bringIntoView(int rung);
  void choose(int rung); // the walk goes there
  std::pair<int, int> seenRungs() const;
  // ---- ladder_paint.cpp
  void paintHeads(QPainter& p) const;
  void paintLanes(QPainter& p) const;
  void paintNow(QPainter& p, const tell::LadderRung& rung) const;
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
