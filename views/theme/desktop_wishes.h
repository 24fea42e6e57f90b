// What the desktop says of motion and contrast, for all its programs. Qt 6.4 does not ask, so we do: KDE's and GTK's
// settings are files, GNOME's are asked of its own `gsettings`.
#pragma once
#include <QString>

namespace sockwalk {

struct DesktopWishes {
  bool reducedMotion = false, highContrast = false;
};
// From the settings files below a folder ($XDG_CONFIG_HOME).
DesktopWishes wishesInFiles(const QString& configFolder);
// What `gsettings list-recursively` has printed, where it says something of them.
void addWishesOfGnome(const QString& printed, DesktopWishes& wishes);

// Motion and theme follow the desktop from now on, where the person has chosen nothing. Once, before the first widget.
void followDesktop();

} // namespace sockwalk
