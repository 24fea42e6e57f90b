// Staircases over time, a panel for each unit, one "now" through all of them. A click goes to that moment; the wheel zooms in
// time, 0 shows the whole life.
#pragma once
#include "engine/tell/sockets/plots.h"
#include "views/theme/picture_canvas.h"
#include <functional>
#include <QPixmap>

namespace sockwalk {

class PlotsCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit PlotsCanvas(QWidget* parent = nullptr);
  void setPlots(tell::Plots plots, const Journal* journal);
  void setPosition(EventIndex position);
  // Of which lines a lesson's question asks for the value: they are not drawn.
  void setAsked(std::function<bool(const tell::PlotLine&)> asked) { m_asked = std::move(asked); }
  void setHidesAhead(std::function<bool()> hides) { m_hidesAhead = std::move(hides); } // a question may ask for it
  const tell::Plots& plots() const { return m_plots; }
  s64 from() const { return m_from; } // ns, what is shown
  s64 to() const { return m_to; }

  bool fitted() const override { return m_from == m_plots.from && m_to == m_plots.to; }
  void zoomBy(double factor, QPointF around) override;
  void fit() override { show(m_plots.from, m_plots.to); }
  int itemCount() const override; // lines, panel by panel
  DescribedItem item(int line) const override;

  // ---- where things lie, in px
  QRectF panelRect(int panel) const; // of the staircases
  double x(s64 time) const;
  double y(int panel, double value) const;
  s64 timeAt(double x) const;
  // The name and value of a line, beside its panel.
  QRectF legendRect(int panel, int line) const;
  QString legendText(int panel, int line) const;

protected:
  QStringList headings() const override;
  QString summary() const override;
  QRectF rectOfItem(int line) const override;
  QString tipAt(QPointF room, int line) const override;
  void paint(QPainter& painter) override;
  void layOut() override { m_drawn = {}; }
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  bool isAsked(const tell::PlotLine& line) const { return m_asked && m_asked(line); }
  QString valueText(const tell::PlotLine& line) const;   // of now
  std::pair<int, int> lineOf(int item) const;            // its panel, and which of its lines
  bool seek(QPointF at);                                 // to the time there; false: no time is there
  EventIndex changeOf(const tell::PlotLine& line) const; // the next one, or else the last
  void drawLines();
  void show(s64 from, s64 to);
  void step(int direction); // to the next change of anything shown
  void paintPanel(QPainter& p, int panel) const;
  void paintLine(QPainter& p, int panel, int line) const;
  void paintLegend(QPainter& p, int panel, int line) const;
  QPen penOf(int line) const;
  void coverAhead(QPainter& p) const;
  void paintNow(QPainter& p) const;
  QColor colourOf(int line) const;
  Qt::PenStyle styleOf(int line) const;

  std::function<bool(const tell::PlotLine&)> m_asked;
  std::function<bool()> m_hidesAhead;
  tell::Plots m_plots;
  const Journal* m_journal = nullptr;
  s64 m_from = 0, m_to = 1;
  EventIndex m_position = 0;
  QPixmap m_drawn; // all that no step changes
};

} // namespace sockwalk
