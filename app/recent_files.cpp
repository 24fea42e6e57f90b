#include "app/recent_files.h"
#include "engine/base/data.h"
#include <QFileInfo>
#include <QSettings>

namespace sockwalk {
namespace {

constexpr const char* Key = "recentFiles";

bool standsInTheMenus(const QString& file) {
  for (const auto& folder : dataFolders())
    for (const char* what : {"lessons", "walks", "captures"}) {
      const QString place = QFileInfo(QString::fromStdString((folder / what).string())).canonicalFilePath();
      if (!place.isEmpty() && file.startsWith(place + "/")) return true;
    }
  return false;
}

} // namespace

QStringList recentFiles() {
  QSettings settings;
  const QStringList all = settings.value(Key).toStringList();
  QStringList there = all;
  there.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
  if (there != all) settings.setValue(Key, there);
  return there;
}

void addRecentFile(const QString& path) {
  const QString file = QFileInfo(path).canonicalFilePath();
  if (file.isEmpty() || standsInTheMenus(file)) return;
  QStringList all = recentFiles();
  all.removeAll(file);
  all.prepend(file);
  QSettings().setValue(Key, QStringList(all.mid(0, MostRecentFiles)));
}

void clearRecentFiles() { QSettings().remove(Key); }

} // namespace sockwalk
