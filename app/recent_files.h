// The files that were opened or saved last, and where a person was in each, kept in the person's settings.
#pragma once
#include "engine/journal/event.h"
#include <QDateTime>
#include <QStringList>

namespace sockwalk {

inline constexpr int MostRecentFiles = 10;

QStringList recentFiles(); // the last one first; one that is no longer there is forgotten
// What stands in the menus anyway (lessons, walks and captures of the program's folders) is not taken in.
void addRecentFile(const QString& path);
void clearRecentFiles();

struct RecentPlace {
  QDateTime when{};
  EventIndex position = NoEvent; // NoEvent: nobody knows
  int step = 0, steps = 0;       // of the call or frame there
  int bookmarks = 0;
  bool restored = false; // it came back after a crash
  QString host{};        // of a capture: whom to be
};
RecentPlace recentPlace(const QString& path);
void noteRecentPlace(const QString& path, const RecentPlace& place); // of a file in the list
QString recentWords(const RecentPlace& place); // "yesterday · step 57 of 212"; "" if nothing is known

} // namespace sockwalk
