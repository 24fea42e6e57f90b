// Pictures without a display: what a window looks like to a person of these settings, and none of the settings of who
// draws. `sockwalk shot` and `sockwalk gallery` stand on it.
#pragma once
#include "app/language.h"
#include "app/window.h"
#include "engine/base/result.h"
#include <QSize>
#include <QString>
#include <QTemporaryDir>

class QApplication;
class QWidget;

namespace sockwalk {

class Walk;

// To be made before the application: no display is asked for, and what somebody chose in the window counts for nothing.
class Offscreen {
public:
  Offscreen();
  bool isValid() const { return m_dir.isValid(); }

private:
  QTemporaryDir m_dir;
};

struct Look {
  bool dark = false;
  Language language = Language::English;
  QSize size{1280, 800};
  bool largeType = false;
  bool contrast = false; // rather than light or dark
};
inline constexpr double LargeType = 1.35;
void wear(const Look& look);                                 // from here on
void wearTheme(QApplication& app, const std::string& theme); // "light", "dark", "contrast", in the language asked for

// Lets views that draw a little later (a layout, a first paint) come to rest.
void settle();
void showOffscreen(QWidget& widget, QSize size);
void waitUntilRecorded(Walk& walk);
void goToFirstMoment(Walk& walk); // that is worth a look, once all is recorded
// As --at names it, from where the walk stands.
Result<void> goToMoment(Walk& walk, const std::string& at);

} // namespace sockwalk
