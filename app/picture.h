// A widget as a picture file: PNG, or SVG and PDF with shapes and text as such.
//
// A view is drawn without what is pressed in it (buttons, choices, lines to type into), and, on wish, whole: not only what is
// scrolled into sight. The window's export and `sockwalk shot` both draw here.
#pragma once
#include "engine/base/result.h"
#include <QList>
#include <QPointer>
#include <QRect>
#include <QSize>
#include <QStringList>
#include <QTransform>

class QAbstractScrollArea;
class QImage;
class QScrollBar;
class QWidget;

namespace sockwalk {

// The file's suffix chooses the format; `scale` is device pixels a px, for PNG. What stood there is replaced once all is
// drawn, and left alone if it cannot be. `area` of the widget; none: all of it.
Result<void> drawPicture(QWidget& widget, const QString& path, double scale = 1, QRect area = {});
QStringList pictureEndings(); // "png", "svg", "pdf"
// To stand within something larger; "" if it cannot be drawn.
QByteArray svgOf(QWidget& widget, const QRect& area);

// While it lives, a view is as its picture shows it; then it is as it was. No event is handled in between.
class BareView {
public:
  BareView(QWidget& view, bool whole);
  ~BareView();
  BareView(const BareView&) = delete;
  BareView& operator=(const BareView&) = delete;
  QRect area() const;                   // without what is empty above, where the buttons stood
  bool isCut() const { return m_cut; }  // the whole would be too large: the picture ends before
  static constexpr int Largest = 12000; // px, a side

  // Of a view that is nobody's but the picture's.
  static void hideButtons(QWidget& view);

private:
  struct Bar {
    QScrollBar* bar;
    int value;
  };
  void grow();
  QSize missing() const; // px that lie outside of what is seen

  QWidget& m_view;
  QRect m_before;
  QList<QWidget*> m_hidden;
  QList<Bar> m_bars;
  QList<std::pair<QAbstractScrollArea*, QTransform>> m_transforms; // of stages that are zoomed
  bool m_cut = false;
};

} // namespace sockwalk
