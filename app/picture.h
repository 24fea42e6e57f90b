// A widget as a picture file: PNG, or SVG with shapes and text as such.
#pragma once
#include "engine/base/result.h"

class QString;
class QWidget;

namespace sockwalk {

// The file's suffix chooses the format; `scale` is device pixels a px, for PNG.
Result<void> drawPicture(QWidget& widget, const QString& path, double scale = 1);

} // namespace sockwalk
