#include "app/recent_files.h"
#include "app/window_language.h"
#include "engine/base/data.h"
#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QSettings>

namespace sockwalk {
namespace {

constexpr const char *Key = "recentFiles", *Places = "recentPlaces";

struct Recent {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::RecentFiles)
};

bool standsInTheMenus(const QString& file) {
  for (const auto& folder : dataFolders())
    for (const char* what : {"lessons", "walks", "failures", "captures"}) {
      const QString place = QFileInfo(QString::fromStdString((folder / what).string())).canonicalFilePath();
      if (!place.isEmpty() && file.startsWith(place + "/")) return true;
    }
  return false;
}

QVariantMap places() { return QSettings().value(Places).toMap(); }

// Only of the files in the list.
void keepPlaces(QVariantMap all, const QStringList& files) {
  for (const QString& path : all.keys())
    if (!files.contains(path)) all.remove(path);
  QSettings().setValue(Places, all);
}

// As a person says it: the hour of today, the name of a day of this week, else the date.
QString whenWords(const QDateTime& when) {
  const bool chinese = WindowLanguage::instance().language() == Language::Chinese;
  const QLocale locale(chinese ? QLocale::Chinese : QLocale::English);
  const qint64 days = when.date().daysTo(QDate::currentDate());
  if (days == 0) return when.toString(QStringLiteral("HH:mm"));
  if (days == 1) return Recent::tr("yesterday");
  if (days > 1 && days < 7) return locale.dayName(when.date().dayOfWeek());
  return locale.toString(when.date(), QLocale::ShortFormat);
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
  all = all.mid(0, MostRecentFiles);
  QSettings().setValue(Key, all);
  keepPlaces(places(), all);
}

void clearRecentFiles() {
  QSettings().remove(Key);
  QSettings().remove(Places);
}

RecentPlace recentPlace(const QString& path) {
  const QVariantMap all = places(), known = all.value(QFileInfo(path).canonicalFilePath()).toMap();
  RecentPlace place;
  if (known.isEmpty()) return place;
  place.when = known["when"].toDateTime();
  place.position = EventIndex(known.value("position", NoEvent).toULongLong());
  place.step = known["step"].toInt();
  place.steps = known["steps"].toInt();
  place.bookmarks = known["bookmarks"].toInt();
  place.restored = known["restored"].toBool();
  place.host = known["host"].toString();
  return place;
}

void noteRecentPlace(const QString& path, const RecentPlace& place) {
  const QString file = QFileInfo(path).canonicalFilePath();
  const QStringList files = recentFiles();
  if (!files.contains(file)) return;
  QVariantMap all = places();
  all[file] =
      QVariantMap{{"when", place.when},   {"position", qulonglong(place.position)}, {"step", place.step},
                  {"steps", place.steps}, {"bookmarks", place.bookmarks},           {"restored", place.restored},
                  {"host", place.host}};
  keepPlaces(all, files);
}

QString recentWords(const RecentPlace& place) {
  if (!place.when.isValid()) return {};
  QStringList words{whenWords(place.when)};
  if (place.step) words << Recent::tr("step %L1 of %L2").arg(place.step).arg(place.steps);
  if (place.bookmarks) words << Recent::tr("%n bookmark(s)", nullptr, place.bookmarks);
  if (place.restored) words << Recent::tr("restored after a crash");
  return words.join(QStringLiteral(" · "));
}

} // namespace sockwalk
