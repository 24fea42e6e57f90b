#include "views/theme/desktop_wishes.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>

namespace sockwalk {
namespace {

constexpr int Patience = 150; // ms: a desktop that does not answer keeps nobody from starting

QVariant inFile(const QString& file, const QString& key) {
  return QFile::exists(file) ? QSettings(file, QSettings::IniFormat).value(key) : QVariant();
}

bool onGnome() {
  const QString desktop = qEnvironmentVariable("XDG_CURRENT_DESKTOP");
  for (const char* name : {"GNOME", "Unity", "Budgie", "Pantheon"})
    if (desktop.contains(QLatin1String(name), Qt::CaseInsensitive)) return true;
  return false;
}

void askGnome(DesktopWishes& wishes) {
  const QString gsettings = QStandardPaths::findExecutable("gsettings");
  if (gsettings.isEmpty()) return;
  for (const char* schema : {"org.gnome.desktop.interface", "org.gnome.desktop.a11y.interface"}) {
    QProcess ask;
    ask.start(gsettings, {"list-recursively", schema}, QIODevice::ReadOnly);
    if (ask.waitForFinished(Patience)) addWishesOfGnome(QString::fromUtf8(ask.readAllStandardOutput()), wishes);
    else ask.kill(), ask.waitForFinished(Patience);
  }
}

} // namespace

DesktopWishes wishesInFiles(const QString& folder) {
  DesktopWishes wishes;
  // KDE: how long animations take, as a factor; 0: "instant".
  const QVariant factor = inFile(folder + "/kdeglobals", "KDE/AnimationDurationFactor");
  wishes.reducedMotion = factor.isValid() && factor.toDouble() <= 0;
  for (const char* gtk : {"/gtk-4.0/settings.ini", "/gtk-3.0/settings.ini"}) {
    const QString file = folder + QLatin1String(gtk);
    const QVariant animations = inFile(file, "Settings/gtk-enable-animations");
    if (animations.isValid() && !animations.toBool()) wishes.reducedMotion = true;
    if (inFile(file, "Settings/gtk-theme-name").toString().startsWith("HighContrast")) wishes.highContrast = true;
  }
  return wishes;
}

void addWishesOfGnome(const QString& printed, DesktopWishes& wishes) {
  for (const QString& line : printed.split('\n')) {
    const bool yes = line.endsWith(" true");
    if (line.contains(" enable-animations ")) wishes.reducedMotion = !yes;
    if (line.contains(" high-contrast ")) wishes.highContrast = yes;
  }
}

void followDesktop() {
  DesktopWishes wishes = wishesInFiles(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
  if (onGnome()) askGnome(wishes);
  Motion::setDesktopReduced(wishes.reducedMotion);
  ThemeHub::instance().setSystemContrast(wishes.highContrast);
}

} // namespace sockwalk
