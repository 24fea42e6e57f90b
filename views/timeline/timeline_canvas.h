// The drawn part of the timeline, and what mouse and keys do on it.
#pragma once
#include "views/theme/described.h"
#include "views/timeline/timeline_layout.h"
#include <optional>
#include <QTimer>
#include <QWidget>

namespace sockwalk {

class Walk;

class TimelineCanvas final : public QWidget, public Described {
  Q_OBJECT
public:
  enum class Scope { Whole, Call, Free };

  explicit TimelineCanvas(Walk& walk, QWidget* parent = nullptr);
  Scope scope() const { return m_scope; }
  void setScope(Scope scope);
  const tell::Lanes& model() const { return m_model; }
  const TimelineLayout& layout() const { return m_layout; }
  int scrollRange() const; // px that do not fit below
  void setScroll(int y);
  int scroll() const { return m_scroll; }
  // The bar under a point of the widget, if there is one.
  struct Hit {
    u32 lane, row;
    tell::LaneBar bar;
  };
  std::optional<Hit> hit(QPointF at) const;
  void setReserved(int pixels) { m_reserved = pixels; } // at the right end of the ruler, for the buttons

signals:
  void scopeChanged();
  void laidOut();

protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void wheelEvent(QWheelEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent* event) override;
  void leaveEvent(QEvent*) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  void focusInEvent(QFocusEvent*) override { update(); }
  void focusOutEvent(QFocusEvent*) override { update(); }

private:
  void arrange();
  void follow(EventIndex position, bool jump);
  TimelineRange scopeRange() const;
  void setRange(TimelineRange range);
  void zoom(double factor, double around);
  void seekTo(double event);
  void showTip(QPoint local, QPoint global);
  void bringIntoView(EventIndex call);
  QRectF handle() const;      // of the playhead
  double rulerHeight() const; // words and buttons, and below them the playhead's handle
  double wordsHeight() const;
  double marksHeight() const;
  double gutter() const;
  void pan(double share); // of the part shown
  void fillWith(const tell::LaneBar& bar);
  // ---- timeline_words.cpp
  Description describe() const override;
  struct Saying;
  void describeRow(Description& out, const TimelineRow& row, const Saying& saying, std::size_t most) const;
  DescribedItem describedPlayhead() const;
  void describeRuler(Description& out) const;
  int callsInRange() const;
  // ---- timeline_paint.cpp
  // The bars of a row, at most one a pixel, each with where it stands.
  using EachBar = std::function<void(const tell::LaneBar& bar, const QRectF& place)>;
  void eachDrawnBar(const TimelineRow& row, const EachBar& each) const;
  void paintRuler(QPainter& p) const;
  void paintMarks(QPainter& p) const;
  void paintRow(QPainter& p, const TimelineRow& row, EventIndex running) const;
  void paintBar(QPainter& p, const QRectF& r, const tell::LaneBar& bar, bool ahead, bool running) const;
  void paintLabels(QPainter& p) const;
  void paintPlayhead(QPainter& p) const;
  void paintEmpty(QPainter& p) const;
  EventIndex runningCall() const;
  QString nameOf(const tell::LaneBar& bar) const; // hatched while a question asks when it will be called

  Walk& m_walk;
  tell::Lanes m_model;
  TimelineLayout m_layout;
  TimelineRange m_range;
  Scope m_scope = Scope::Call;
  int m_scroll = 0, m_reserved = 0;
  enum class Drag { None, Pressed, Seek, Pan } m_drag = Drag::None;
  QPointF m_pressed;
  TimelineRange m_pressedRange;
  int m_pressedScroll = 0;
  EventIndex m_pressedPosition = 0;
  QTimer m_seek; // the last place a drag asked for, once a frame
  double m_wanted = 0;
  std::optional<Hit> m_hover;
};

} // namespace sockwalk
