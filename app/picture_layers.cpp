#include "app/picture_layers.h"
#include <QAbstractScrollArea>
#include <QEvent>
#include <QPainter>
#include <QWidget>

namespace sockwalk {
namespace {

bool isViewport(const QWidget& widget) {
  const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
  return area && area->viewport() == &widget;
}

const QWidget* layerOf(const QWidget* widget, const QWidget& whole) {
  while (widget != &whole && !isViewport(*widget)) widget = widget->parentWidget();
  return widget;
}

// In the coordinates of the whole: what no parent cuts off.
QRect seenOf(const QWidget& widget, const QWidget& whole) {
  QRect seen(widget.mapTo(&whole, QPoint()), widget.size());
  for (const QWidget* w = &widget; w != &whole; w = w->parentWidget())
    seen &= QRect(w->parentWidget()->mapTo(&whole, QPoint()), w->parentWidget()->size());
  return seen;
}

// What belongs to another layer paints itself there.
class Silence final : public QObject {
public:
  bool eventFilter(QObject*, QEvent* event) override { return event->type() == QEvent::Paint; }
};

} // namespace

std::vector<PictureLayer> pictureLayers(QWidget& whole, const QRect& area) {
  std::vector<PictureLayer> layers{{&whole, area}};
  for (QWidget* widget : whole.findChildren<QWidget*>()) {
    if (!isViewport(*widget) || !widget->isVisibleTo(&whole)) continue;
    if (const QRect seen = seenOf(*widget, whole) & area; !seen.isEmpty()) layers.push_back({widget, seen});
  }
  return layers;
}

void paintLayer(QPainter& painter, QWidget& whole, const PictureLayer& layer) {
  Silence others;
  for (QWidget* widget : layer.widget->findChildren<QWidget*>())
    if (layerOf(widget, whole) != layer.widget) widget->installEventFilter(&others);
  const QRect own = layer.seen.translated(-layer.widget->mapTo(&whole, QPoint()));
  layer.widget->render(&painter, layer.seen.topLeft(), QRegion(own), QWidget::DrawChildren);
}

} // namespace sockwalk
