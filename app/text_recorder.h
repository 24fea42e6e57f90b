// A device to paint on that keeps no picture but the texts: which, where, how much of each can be seen, and in which widget.
// With it any widget, item view, scene or painted picture can be asked whether something in it is cut or covered.
#pragma once
#include <memory>
#include <QColor>
#include <QPaintDevice>
#include <QPointer>
#include <QRectF>
#include <QRegion>
#include <QString>
#include <QWidget>
#include <vector>

namespace sockwalk {

struct DrawnText {
  QString text;
  QRectF ink;      // of its letters, px of the painted widget
  QRegion seen;    // what of it was neither cut nor painted over
  double size = 0; // of its type, px
  QColor color;    // with what shines through
  QRectF clip;     // of who painted, within his widget; null if he did not cut
  QPointer<QWidget> in;
  QPointer<QWidget> coveredBy; // who has painted something opaque over a part of it
};

class TextEngine;

class TextRecorder final : public QPaintDevice {
public:
  explicit TextRecorder(const QWidget& widget);
  ~TextRecorder() override;
  // Paints the widget with all that is in it. What was wholly painted over is not among them.
  static std::vector<DrawnText> textsOf(QWidget& widget);
  QPaintEngine* paintEngine() const override;

protected:
  int metric(PaintDeviceMetric metric) const override;

private:
  QSize m_size;
  int m_dpiX, m_dpiY;
  std::unique_ptr<TextEngine> m_engine;
};

} // namespace sockwalk
