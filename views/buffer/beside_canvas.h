// Packets one under another on one scale: the same offset from head stands at the same place in every row. Between two rows
// is drawn what they have in common, or what became different.
#pragma once
#include "engine/tell/buffers/side_by_side.h"
#include "views/buffer/offset_scale.h"
#include "views/theme/described.h"
#include <functional>
#include <QWidget>

namespace sockwalk {

class BesideCanvas final : public QWidget, public Described {
  Q_OBJECT
public:
  explicit BesideCanvas(QWidget* parent = nullptr);
  void show(tell::SideBySide rows, int lit); // lit: the row that is looked at; -1: none
  const tell::SideBySide& rows() const { return m_rows; }
  void setCover(std::function<QString(const QString&)> cover) { m_cover = std::move(cover); }
  void layOut(); // type or width has changed
  struct Page {  // a fragment, as a box at the right
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
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent*) override { layOut(); }
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override { update(); }
  bool event(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }

private:
  Description describe() const override;
  std::vector<u32> ends() const; // at which something begins or ends in any row
  OffsetScale scaleOver(double left, double width) const;
  double stripHeight() const;
  void placePages(size_t row, double left, double width);
  int rowAt(QPointF at) const;
  QString said(const QString& words) const { return m_cover ? m_cover(words) : words; }
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
  std::function<QString(const QString&)> m_cover;
  OffsetScale m_scale;
  std::vector<Row> m_places;
};

} // namespace sockwalk
