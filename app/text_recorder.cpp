#include "app/text_recorder.h"
#include <algorithm>
#include <climits>
#include <cmath>
#include <QApplication>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainterPath>

namespace sockwalk {

// Says which widget paints: Qt sends each its paint event, and paints its children after it.
class Watcher final : public QObject {
public:
  Watcher() { qApp->installEventFilter(this); }
  QPointer<QWidget> painting;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint && watched->isWidgetType()) painting = static_cast<QWidget*>(watched);
    return false;
  }
};

class TextEngine final : public QPaintEngine {
public:
  TextEngine() : QPaintEngine(AllFeatures) {}
  std::vector<DrawnText> texts;

  bool begin(QPaintDevice*) override { return true; }
  bool end() override { return true; }
  Type type() const override { return User; }

  void updateState(const QPaintEngineState& now) override {
    const DirtyFlags changed = now.state();
    if (changed & DirtyTransform) m_matrix = now.transform();
    if (changed & DirtyBrush) m_brush = now.brush();
    if (changed & DirtyPen) m_pen = now.pen();
    if (changed & DirtyOpacity) m_opacity = now.opacity();
  }

  void drawTextItem(const QPointF& at, const QTextItem& item) override {
    if (item.text().trimmed().isEmpty() || m_opacity == 0 || m_pen.color().alpha() == 0) return;
    DrawnText drawn;
    drawn.text = item.text();
    drawn.ink = m_matrix.mapRect(QFontMetricsF(item.font()).tightBoundingRect(item.text()).translated(at));
    drawn.size = QFontInfo(item.font()).pixelSize() * std::sqrt(std::abs(m_matrix.determinant()));
    drawn.color = m_pen.color();
    drawn.color.setAlphaF(float(m_pen.color().alphaF() * m_opacity));
    drawn.clip = ownClip();
    drawn.seen = visible(QRegion(drawn.ink.toAlignedRect()));
    drawn.in = m_watcher.painting;
    texts.push_back(std::move(drawn));
  }

  void drawPath(const QPainterPath& path) override {
    if (opaque(m_brush)) cover(m_matrix.map(path));
  }
  void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override {
    if (mode == PolylineMode || !opaque(m_brush)) return;
    QPainterPath path;
    path.addPolygon(QPolygonF(QList<QPointF>(points, points + count)));
    cover(m_matrix.map(path));
  }
  void drawRects(const QRectF* rects, int count) override {
    for (int i = 0; i < count && opaque(m_brush); ++i) coverRect(rects[i]);
  }
  void drawRects(const QRect* rects, int count) override {
    for (int i = 0; i < count && opaque(m_brush); ++i) coverRect(rects[i]);
  }
  void drawPixmap(const QRectF& where, const QPixmap& pixmap, const QRectF&) override {
    if (!pixmap.hasAlphaChannel() && m_opacity == 1) coverRect(where);
  }
  void drawImage(const QRectF& where, const QImage& image, const QRectF&, Qt::ImageConversionFlags) override {
    if (!image.hasAlphaChannel() && m_opacity == 1) coverRect(where);
  }
  // What shows no text and hides none.
  void drawLines(const QLineF*, int) override {}
  void drawLines(const QLine*, int) override {}
  void drawPoints(const QPointF*, int) override {}
  void drawPoints(const QPoint*, int) override {}
  void drawTiledPixmap(const QRectF&, const QPixmap&, const QPointF&) override {}

private:
  bool opaque(const QBrush& brush) const {
    return brush.style() == Qt::SolidPattern && brush.color().alpha() == 255 && m_opacity == 1;
  }
  QRectF ownClip() const {
    return painter()->hasClipping() ? m_matrix.mapRect(painter()->clipBoundingRect()) : QRectF();
  }
  QRegion visible(QRegion region) const {
    if (const QRectF clip = ownClip(); painter()->hasClipping()) region &= clip.toAlignedRect();
    return systemClip().isEmpty() ? region : region & systemClip();
  }
  void coverRect(const QRectF& rect) {
    QPainterPath path;
    path.addRect(rect);
    cover(m_matrix.map(path));
  }
  void cover(const QPainterPath& path) {
    const QRegion bounds = visible(QRegion(path.boundingRect().toAlignedRect()));
    if (bounds.isEmpty()) return;
    std::erase_if(texts, [&](DrawnText& text) {
      const QRegion hidden = bounds & text.seen;
      if (hidden.isEmpty() || !path.intersects(text.ink)) return false;
      if ((text.seen - bounds).isEmpty() && path.contains(QRectF(text.seen.boundingRect()).adjusted(1, 1, -1, -1)))
        return true;
      const QRect part = hidden.boundingRect();
      if (part.width() > 2 && part.height() > 2) text.coveredBy = m_watcher.painting, text.seen -= bounds;
      return false;
    });
  }

  Watcher m_watcher;
  QTransform m_matrix;
  QBrush m_brush;
  QPen m_pen;
  double m_opacity = 1;
};

TextRecorder::TextRecorder(const QWidget& widget)
    : m_size(widget.size()), m_dpiX(widget.logicalDpiX()), m_dpiY(widget.logicalDpiY()),
      m_engine(std::make_unique<TextEngine>()) {}
TextRecorder::~TextRecorder() = default;

QPaintEngine* TextRecorder::paintEngine() const { return m_engine.get(); }

int TextRecorder::metric(PaintDeviceMetric metric) const {
  switch (metric) {
  case PdmWidth: return m_size.width();
  case PdmHeight: return m_size.height();
  case PdmDpiX:
  case PdmPhysicalDpiX: return m_dpiX;
  case PdmDpiY:
  case PdmPhysicalDpiY: return m_dpiY;
  case PdmWidthMM: return qRound(m_size.width() * 25.4 / m_dpiX);
  case PdmHeightMM: return qRound(m_size.height() * 25.4 / m_dpiY);
  case PdmNumColors: return INT_MAX;
  case PdmDepth: return 32;
  case PdmDevicePixelRatio: return 1;
  case PdmDevicePixelRatioScaled: return int(devicePixelRatioFScale());
  default: return QPaintDevice::metric(metric);
  }
}

std::vector<DrawnText> TextRecorder::textsOf(QWidget& widget) {
  TextRecorder recorder(widget);
  widget.render(&recorder);
  return std::move(recorder.m_engine->texts);
}

} // namespace sockwalk
