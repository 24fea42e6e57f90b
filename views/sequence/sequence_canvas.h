// The drawn sequence: a column for each layer of each host, a row for each message. Only the rows that are to be seen are
// drawn. A click on a message goes there; one on the head of a column folds its layer away, or back.
#pragma once
#include "engine/tell/sequence/sequence.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class SequenceCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit SequenceCanvas(QWidget* parent = nullptr);
  void setSequence(tell::Sequence sequence);
  const tell::Sequence& sequence() const { return m_sequence; }
  void setPosition(EventIndex position, bool follow);
  int messageNow() const { return m_now; } // the last that has happened; -1

  // ---- where things lie, in px of the room
  double columnX(int column) const;
  double y(int message) const; // of the middle of its row
  QRectF headRect(int column) const;
  QRectF wordsRect(const tell::SequenceMessage& message, int row) const;
  int columnAt(QPointF room) const; // whose head is there; -1

  int itemCount() const override { return static_cast<int>(m_sequence.messages.size()); }
  DescribedItem item(int message) const override;
  QString itemText(int message) const override;
  int itemHere() const override { return m_now; }

signals:
  void foldWanted(sockwalk::tell::SequenceLane lane);

protected:
  QStringList headings() const override;
  QString summary() const override;
  std::pair<int, int> seenItems() const override;
  int itemIn(QPointF room) const override;
  QRectF rectOfItem(int message) const override;
  void clicked(QPointF room, int message) override;
  QString tipAt(QPointF room, int message) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override;
  double leastWidth() const override;
  double headHeight() const override;

private:
  double rowHeight() const;
  QRectF rowRect(int message) const; // from edge to edge
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
