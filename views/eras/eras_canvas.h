// Two eras, painted: 2.6 at the left, 6.1 at the right, and between them what became of each call or member. A click on a
// call that the walk makes goes there.
#pragma once
#include "engine/base/tense.h"
#include "views/eras/eras_rows.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class ErasCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit ErasCanvas(QWidget* parent = nullptr);
  void show(ErasPicture picture);
  // Where the walk is; `hidesAhead`: what is still to come is not drawn, for a question asks for it.
  void setPosition(EventIndex position, bool hidesAhead);
  const ErasPicture& picture() const { return m_picture; }
  int itemCount() const override { return m_count; }
  DescribedItem item(int row) const override;
  int itemHere() const override { return m_here; }
  QRectF sideRect(int row, Era era) const; // px of the room

protected:
  QStringList headings() const override;
  QString summary() const override;
  std::pair<int, int> seenItems() const override;
  QRectF rectOfItem(int row) const override;
  QString tipAt(QPointF room, int row) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override;
  double leastWidth() const override;
  double headHeight() const override;
  void layOut() override;

private:
  const ErasRow& row(int index) const { return m_picture.rows[size_t(index)]; }
  double heightOf(const ErasRow& row) const;
  double sideWidth() const;
  double markWidth() const;
  bool isNarrow() const;
  double indent() const; // px of a level
  QRectF markRect(int row) const;
  bool isDone(int row) const; // what came of it may be seen
  Tense tenseOf(int row) const;
  QString whatIs(int row) const;
  QString stateOf(int row) const;
  QString resultOf(int row, Era era) const;

  // ---- eras_paint.cpp
  void paintHead(QPainter& p) const;
  void paintHeading(QPainter& p, int row) const;
  void paintCall(QPainter& p, int row, Era era) const;
  void paintTree(QPainter& p, int row, Era era) const;
  void paintMember(QPainter& p, int row, Era era) const;
  void paintRow(QPainter& p, int row) const;

  ErasPicture m_picture;
  std::vector<double> m_tops{0}; // of the rows, below the head; one more: the end
  EventIndex m_position = 0;
  bool m_hidesAhead = false;
  int m_here = -1, m_running = -1, m_count = 0;
};

} // namespace sockwalk
