// Staircases over time, a panel for each unit, one "now" through all of them. A click goes to that moment; the wheel zooms in
// time, 0 shows the whole life.
#pragma once
#include "engine/tell/sockets/plots.h"
#include <QWidget>

class QPainter;

namespace sockwalk {

class PlotsCanvas final : public QWidget {
  Q_OBJECT
public:
  explicit PlotsCanvas(QWidget* parent = nullptr);
  void setPlots(tell::Plots plots, const Journal* journal);
  void setPosition(EventIndex position);
  const tell::Plots& plots() const { return m_plots; }
  s64 from() const { return m_from; } // ns, what is shown
  s64 to() const { return m_to; }

  // ---- where things lie, in px
  QRectF panelRect(int panel) const; // of the staircases
  double x(s64 time) const;
  double y(int panel, double value) const;
  s64 timeAt(double x) const;
  // The name and value of a line, beside its panel.
  QRectF legendRect(int panel, int line) const;
  QString legendText(int panel, int line) const;

signals:
  void goTo(sockwalk::EventIndex position);

protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override { update(); }

private:
  void zoom(double factor, double around);
  void show(s64 from, s64 to);
  void step(int direction); // to the next change of anything shown
  void paintPanel(QPainter& p, int panel) const;
  void paintLine(QPainter& p, int panel, int line) const;
  void paintNow(QPainter& p) const;
  QColor colourOf(int line) const;
  Qt::PenStyle styleOf(int line) const;

  tell::Plots m_plots;
  const Journal* m_journal = nullptr;
  s64 m_from = 0, m_to = 1;
  EventIndex m_position = 0;
};

} // namespace sockwalk
