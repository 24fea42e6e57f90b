// The nesting, painted. What the step wrote is lit; a click on a value that points goes to what it points at.
#pragma once
#include "views/classes/nesting_layout.h"
#include <QWidget>

namespace sockwalk {

class ClassesCanvas final : public QWidget {
  Q_OBJECT
public:
  explicit ClassesCanvas(QWidget* parent = nullptr);
  void setNesting(tell::Nesting nesting);
  const NestingLayout& layout() const { return m_layout; }
  void layOut(); // type or width has changed

signals:
  void focusWanted(quint64 address);

protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override { layOut(); }
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  bool event(QEvent* event) override;

private:
  const NestingPiece* pieceAt(QPointF at) const; // the innermost that leads somewhere
  void paintPiece(QPainter& p, const NestingPiece& piece) const;
  void paintWords(QPainter& p, const NestingPiece& piece, const QFont& font, const QColor& colour,
                  Qt::Alignment side) const;

  tell::Nesting m_nesting;
  NestingLayout m_layout;
};

} // namespace sockwalk
