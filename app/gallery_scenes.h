// What the gallery has pictures of: each view alone, and the window in the states in which people see it.
#pragma once
#include "engine/base/result.h"
#include <functional>
#include <QSize>
#include <QString>
#include <vector>

class QDialog;
class QWidget;

namespace sockwalk {

// Told when the picture is to be taken: of a window or a view, with a dialog above it or nullptr.
using Take = std::function<void(QWidget& window, QDialog* above)>;

struct Scene {
  QString name;      // of --only and of the files
  const char* title; // of the context "Gallery"
  std::function<Result<void>(QSize size, const Take& take)> show;
  QString view = {}; // that it shows alone
};
const std::vector<Scene>& scenes();

} // namespace sockwalk
