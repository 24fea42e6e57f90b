// Packets one under another on one scale: the same offset from head stands at the same place in every row. Between two rows
// is drawn what they have in common, or what became different.
#pragma once
#include "engine/tell/buffers/side_by_side.h"
#include "views/buffer/offset_scale.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class BesideCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit BesideCanvas(QWidget* parent = nullptr);
  void show(tell::SideBySide rows, int lit); // lit: the row that is looked at; -1: none
  const tell::SideBySide& rows() const { return m_rows; }
  int itemCount() const override { return static_cast<int>(m_places.size()); }
  DescribedItem item(int row) const override;
  int itemHere() const override { return m_lit; }

  // ---- where things lie, in px of what is scrolled
  struct Page { // a fragment, as a box at the right
    QRectF rect;
    QString words, detail, tip; // "page #3", "1448 at 0"
    std::string page;
  };
  struct Row {
    QRectF whole, caption, flags, strip; // strip: from the first to the last offset that is its own
    QRectF remove;
    std::vector<Page> pages;
  };
  const std::vector<Row>& places() const { return m_places; }
  double xOf(double offset) const { return m_scale.x(offset); }
  QRectF joint(size_t upper) const; // the band between two rows that is their one data area; empty: none

signals:
  void chosen(int row);
  void removeWanted(int row);

protected:
  QStringList headings() const override;
  QRectF rectOfItem(int row) const override { return m_places[size_t(row)].whole.translated(-scrolled()); }
  void clicked(QPointF room, int row) override;
  QString tipAt(QPointF room, int row) const override;
  void paint(QPainter& painter) override;
  double contentHeight() const override { return m_height; }
  double leastWidth() const override;
  void layOut() override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  std::vector<u32> ends() const; // at which something begins or ends in any row
  OffsetScale scaleOver(double left, double width) const;
  double widthOfPages() const; // of all rows, at the right
  double stripHeight() const;
  void placePages(size_t row, double left, double width);
  QString numbersOf(const tell::BesideRow& row) const;
  QString stateOf(const tell::BesideRow& row) const;
  void paintRow(QPainter& p, size_t row) const;
  void paintCaption(QPainter& p, size_t row) const;
  void paintBands(QPainter& p, size_t row) const;
  void paintFlags(QPainter& p, size_t row) const;
  void paintPages(QPainter& p, size_t row) const;
  void paintJoint(QPainter& p, size_t upper) const;
  void paintWords(QPainter& p, const QRectF& room, Qt::Alignment side, const QString& words) const;
  void paintMoves(QPainter& p, size_t upper) const;

  tell::SideBySide m_rows;
  int m_lit = -1;
  double m_height = 0;
  OffsetScale m_scale;
  std::vector<Row> m_places;
};

} // namespace sockwalk
