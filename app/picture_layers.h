// A widget in layers: itself, and what each of its scroll areas shows. A file of shapes cuts nothing off by itself, and what
// is scrolled out of sight would lie over what stands around; so each layer is drawn alone, and cut by whoever writes the file.
#pragma once
#include <QRect>
#include <vector>

class QPainter;
class QWidget;

namespace sockwalk {

struct PictureLayer {
  QWidget* widget;
  QRect seen; // of the whole, in its coordinates
};
std::vector<PictureLayer> pictureLayers(QWidget& whole, const QRect& area);    // what lies lower first
void paintLayer(QPainter& painter, QWidget& whole, const PictureLayer& layer); // in the coordinates of the whole

} // namespace sockwalk
