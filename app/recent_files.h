// The files that were opened or saved last, kept in the person's settings.
#pragma once
#include <QStringList>

namespace sockwalk {

inline constexpr int MostRecentFiles = 10;

QStringList recentFiles(); // the last one first; one that is no longer there is forgotten
// What stands in the menus anyway (lessons, walks and captures of the program's folders) is not taken in.
void addRecentFile(const QString& path);
void clearRecentFiles();

} // namespace sockwalk
