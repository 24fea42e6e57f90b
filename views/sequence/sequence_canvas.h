// The drawn sequence: a column for each layer of each host, a row for each message. Only the rows that are to be seen are
// drawn. A click on a message goes there; one on the head of a column folds its layer away, or back.
#pragma once
#include "engine/tell/sequence/sequence.h"
#include <QAbstractScrollArea>

class QPainter;

namespace sockwalk {

class SequenceCanvas final : public QAbstractScrollArea {
  Q_OBJECT
public:
  explicit SequenceCanvas(QWidget* parent = nullptr);
  void setSequence(tell::Sequence sequence);
  const tell::Sequence& sequence() const { return m_sequence; }
  void setPosition(EventIndex position, bool follow);
  void restyle();
  int messageNow() const { return m_now; } // the last that has happened; -1

  // ---- where things lie, in px of the viewport
  double columnX(int column) const;
  double y(int message) const; // of the middle of its row
  QRectF headRect(int column) const;
  QRectF wordsRect(const tell::SequenceMessage& message, int row) const;
  int messageAt(QPoint viewport) const; // -1: none
  int columnAt(QPoint viewport) const;  // whose head is there; -1

signals:
  void goTo(sockwalk::EventIndex position);
  void foldWanted(sockwalk::tell::SequenceLane lane);

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
  double rowHeight() const;
  double headHeight() const;
  void fitScroll();
  void bringIntoView(int message);
  void choose(int message, int direction);
  std::pair<int, int> seen() const;
  // ---- sequence_paint.cpp
  void paintHeads(QPainter& p) const;
  void paintActive(QPainter& p, int message) const;
  void paintMessage(QPainter& p, int message) const;
  void paintHeading(QPainter& p, int message) const;

  tell::Sequence m_sequence;
  std::vector<int> m_untilRow; // by message: the row in which its call returns
  EventIndex m_position = 0;
  int m_now = -1;
};

} // namespace sockwalk
