#include "app/picture.h"
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <QWidget>

namespace sockwalk {
namespace {

Error cannot(const QString& path, const QString& why) {
  return Error{QCoreApplication::translate("Picture", "%1: %2").arg(path, why).toStdString()};
}

Result<void> drawSvg(QWidget& widget, const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return cannot(path, file.errorString());
  QSvgGenerator generator;
  generator.setOutputDevice(&file);
  generator.setSize(widget.size());
  generator.setViewBox(widget.rect());
  generator.setResolution(96);
  generator.setTitle(widget.accessibleName().isEmpty() ? QStringLiteral("Sockwalk") : widget.accessibleName());
  QPainter painter;
  if (!painter.begin(&generator))
    return cannot(path, QCoreApplication::translate("Picture", "cannot draw an SVG here"));
  painter.fillRect(widget.rect(), widget.palette().color(QPalette::Window));
  widget.render(&painter, QPoint(), QRegion(), QWidget::DrawChildren);
  painter.end();
  return {};
}

} // namespace

Result<void> drawPicture(QWidget& widget, const QString& path, double scale) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  if (suffix == "svg") return drawSvg(widget, path);
  if (suffix != "png")
    return cannot(path, QCoreApplication::translate("Picture", "expected a name that ends in .png or .svg"));
  QImage image(widget.size() * scale, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(scale);
  image.fill(widget.palette().color(QPalette::Window));
  widget.render(&image);
  if (!image.save(path, "PNG")) return cannot(path, QCoreApplication::translate("Picture", "cannot be written"));
  return {};
}

} // namespace sockwalk
