#include "app/picture.h"
#include "app/picture_layers.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QBuffer>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGraphicsView>
#include <QImage>
#include <QLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QScrollBar>
#include <QSvgGenerator>
#include <QTabBar>
#include <QTabWidget>
#include <QWidget>

namespace sockwalk {
namespace {

constexpr int Dpi = 96; // a px of the screen on paper, and in SVG

Error cannot(const QString& path, const QString& why) {
  return Error{QCoreApplication::translate("Picture", "%1: %2").arg(path, why).toStdString()};
}

QString titleOf(const QWidget& widget) {
  return widget.accessibleName().isEmpty() ? QStringLiteral("Sockwalk") : widget.accessibleName();
}

bool drawPng(QWidget& widget, QIODevice& file, double scale, const QRect& area) {
  QImage image(area.size() * scale, QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return false;
  image.setDevicePixelRatio(scale);
  image.fill(widget.palette().color(QPalette::Window));
  widget.render(&image, QPoint(), QRegion(area));
  return image.save(&file, "PNG");
}

// One layer as a document of its own; "" if it cannot be drawn.
QByteArray layerAsSvg(QWidget& widget, const PictureLayer& layer) {
  QBuffer bytes;
  QSvgGenerator generator;
  generator.setOutputDevice(&bytes);
  generator.setSize(layer.seen.size());
  generator.setViewBox(QRect(QPoint(), layer.seen.size()));
  generator.setResolution(Dpi);
  if (layer.widget == &widget) generator.setTitle(titleOf(widget));
  QPainter painter;
  if (!painter.begin(&generator)) return {};
  painter.translate(-layer.seen.topLeft());
  if (layer.widget == &widget) painter.fillRect(layer.seen, widget.palette().color(QPalette::Window));
  paintLayer(painter, widget, layer);
  return painter.end() ? bytes.data() : QByteArray();
}

// A document's inside as a group where it belongs, cut at its edges. Names in it become its own.
QByteArray asGroup(QByteArray document, const QRect& at, int number) {
  const qsizetype begin = document.indexOf('>', document.indexOf("<svg")) + 1;
  QByteArray inside = document.mid(begin, document.lastIndexOf("</svg>") - begin);
  const QByteArray name = "layer" + QByteArray::number(number);
  inside.replace("id=\"", "id=\"" + name + '-').replace("url(#", "url(#" + name + '-');
  return QStringLiteral("<g transform=\"translate(%1,%2)\" clip-path=\"url(#%3)\"><defs><clipPath id=\"%3\">"
                        "<rect width=\"%4\" height=\"%5\"/></clipPath></defs>")
             .arg(at.x())
             .arg(at.y())
             .arg(QLatin1String(name))
             .arg(at.width())
             .arg(at.height())
             .toUtf8() +
         inside + "</g>\n";
}

bool drawSvg(QWidget& widget, QIODevice& file, const QRect& area) {
  const QByteArray all = svgOf(widget, area);
  return !all.isEmpty() && file.write(all) == all.size();
}

// One page, as large as the picture.
bool drawPdf(QWidget& widget, QIODevice& file, const QRect& area) {
  QPdfWriter writer(&file);
  writer.setResolution(Dpi);
  writer.setPageSize(QPageSize(QSizeF(area.size()) * 72.0 / Dpi, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins({});
  writer.setTitle(titleOf(widget));
  QPainter painter;
  if (!painter.begin(&writer)) return false;
  painter.fillRect(QRect(QPoint(), area.size()), widget.palette().color(QPalette::Window));
  painter.translate(-area.topLeft());
  for (const PictureLayer& layer : pictureLayers(widget, area)) {
    painter.save();
    painter.setClipRect(layer.seen);
    paintLayer(painter, widget, layer);
    painter.restore();
  }
  return painter.end();
}

// What is pressed or typed into, and not told by. The tabs over pages name what is seen.
bool isButton(const QWidget& widget) {
  if (qobject_cast<const QTabBar*>(&widget)) return !qobject_cast<QTabWidget*>(widget.parentWidget());
  return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
         qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QScrollBar*>(&widget);
}

QList<QWidget*> buttonsOf(const QWidget& view) {
  QList<QWidget*> out;
  for (QWidget* widget : view.findChildren<QWidget*>())
    if (isButton(*widget) && widget->isVisibleTo(&view)) out << widget;
  return out;
}

// Px beyond what is seen, whatever the bar counts in: what it leads over is to its page as the hidden is to the seen.
int hidden(const QScrollBar& bar, int seen) {
  const int range = bar.maximum() - bar.minimum();
  return range <= 0 ? 0 : int(std::ceil(double(seen) * range / std::max(1, bar.pageStep()))) + 1;
}

} // namespace

QStringList pictureEndings() { return {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")}; }

Result<void> drawPicture(QWidget& widget, const QString& path, double scale, QRect area) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  if (!pictureEndings().contains(suffix))
    return cannot(path, QCoreApplication::translate("Picture", "expected a name that ends in .png, .svg or .pdf"));
  if (area.isEmpty()) area = widget.rect();
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return cannot(path, file.errorString());
  const bool drawn = suffix == "svg"   ? drawSvg(widget, file, area)
                     : suffix == "pdf" ? drawPdf(widget, file, area)
                                       : drawPng(widget, file, scale, area);
  if (drawn && file.commit()) return {};
  return cannot(path, file.error() == QFileDevice::NoError
                          ? QCoreApplication::translate("Picture", "cannot be drawn, for it is too large")
                          : file.errorString());
}

QByteArray svgOf(QWidget& widget, const QRect& area) {
  QByteArray all;
  int number = 0;
  for (const PictureLayer& layer : pictureLayers(widget, area)) {
    const QByteArray document = layerAsSvg(widget, layer);
    if (document.isEmpty()) return {};
    if (!number++) all = document.left(document.lastIndexOf("</svg>"));
    else all += asGroup(document, layer.seen.translated(-area.topLeft()), number);
  }
  all.replace("version=\"1.2\" baseProfile=\"tiny\"", "version=\"1.1\""); // which cuts
  return all + "</svg>\n";
}

// ---- a view as its picture shows it

BareView::BareView(QWidget& view, bool whole) : m_view(view), m_before(view.geometry()) {
  for (auto* bar : view.findChildren<QScrollBar*>()) m_bars << Bar{bar, bar->value()};
  for (auto* stage : view.findChildren<QGraphicsView*>()) m_transforms << std::pair(stage, stage->transform());
  if (whole) grow();
  m_hidden = buttonsOf(view);
  for (QWidget* widget : std::as_const(m_hidden)) { // what stands beside them stays where it is
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget->setSizePolicy(policy);
    widget->hide();
  }
}

BareView::~BareView() {
  for (QWidget* widget : std::as_const(m_hidden)) {
    widget->show();
    QSizePolicy policy = widget->sizePolicy();
    policy.setRetainSizeWhenHidden(false);
    widget->setSizePolicy(policy);
  }
  if (m_view.geometry() != m_before) m_view.setGeometry(m_before);
  for (const auto& [stage, transform] : std::as_const(m_transforms))
    if (auto* view = qobject_cast<QGraphicsView*>(stage); view->transform() != transform) view->setTransform(transform);
  for (const Bar& bar : std::as_const(m_bars)) bar.bar->setValue(bar.value);
}

QSize BareView::missing() const {
  QSize out(0, 0);
  for (const auto* area : m_view.findChildren<QAbstractScrollArea*>()) {
    if (!area->isVisibleTo(&m_view)) continue;
    QSize more(hidden(*area->horizontalScrollBar(), area->viewport()->width()),
               hidden(*area->verticalScrollBar(), area->viewport()->height()));
    if (const auto* stage = qobject_cast<const QGraphicsView*>(area)) { // its bars lead over empty room, too
      constexpr int Margin = 32; // what is painted behind the items reaches farther
      const QRect all =
          stage->mapFromScene(stage->scene() ? stage->scene()->itemsBoundingRect() : QRectF()).boundingRect();
      more = all.size() + QSize(2 * Margin, 2 * Margin) - area->viewport()->size();
    }
    out = out.expandedTo(more);
  }
  return out;
}

// Panes share the room, so that it takes several goes until each has enough.
void BareView::grow() {
  constexpr int MostGoes = 24;
  for (int go = 0; go < MostGoes; ++go) {
    const QSize more = missing();
    if (more.width() <= 0 && more.height() <= 0) return;
    const QSize wanted = (m_view.size() + more).boundedTo({Largest, Largest});
    if (wanted == m_view.size()) break;
    m_view.resize(wanted);
    if (m_view.layout()) m_view.layout()->activate();
  }
  m_cut = true;
}

// From the first thing that is left to see.
QRect BareView::area() const {
  QRect seen;
  for (const QWidget* widget : m_view.findChildren<QWidget*>()) {
    const bool inside = widget->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly).isEmpty() ||
                        qobject_cast<const QAbstractScrollArea*>(widget);
    if (inside && widget->isVisibleTo(&m_view) && !widget->size().isEmpty())
      seen |= QRect(widget->mapTo(&m_view, QPoint()), widget->size());
  }
  if (seen.isEmpty()) return m_view.rect();
  QRect area = m_view.rect();
  constexpr int Margin = 8;
  if (seen.top() > 2 * Margin) area.setTop(seen.top() - Margin);
  return area;
}

void BareView::hideButtons(QWidget& view) {
  for (QWidget* widget : buttonsOf(view)) widget->hide();
}

} // namespace sockwalk
