// What of the window the search field finds: the commands of its menus, what a person may choose for good, lessons,
// samples, files, bookmarks. A command is found by its English name in every language.
#pragma once
#include "app/lesson_progress.h"
#include "app/preferences_dialog.h"
#include "app/samples.h"
#include "app/search_hit.h"

class QMenu;
class QMenuBar;

namespace sockwalk {

// Says of a menu that its entries are made anew whenever it is opened: what they lead to is found otherwise.
void setMadeAnew(QMenu* menu);
void setMadeAnew(QAction* entry); // of one entry of a menu whose others stay

// The commands in the menus of a menu bar, and in the menus within those.
std::vector<QAction*> commandsOf(const QMenuBar& bar);
// "Export picture": as a person says it, without the key to press and the dots.
QString plainName(const QAction& action);
// Does it, as the menu would: what it can do now is asked first. false: it cannot be done now.
bool trigger(QAction& action);

void searchCommands(const QMenuBar& bar, const Preferences& preferences, const QString& wish, RankedHits& hits);

// What can be opened: the lessons, the samples, the files that were opened last. Reading them takes a while, so it is done
// when a person begins to search, and not with every letter.
class KnownFiles {
public:
  void read();
  struct Openings {
    std::function<void(const QString&path)> open, lesson;
  };
  void search(const Openings& openings, const QString& wish, RankedHits& hits) const;

private:
  std::vector<LessonProgress> m_lessons;
  std::vector<Sample> m_samples;
  QStringList m_recent;
};

} // namespace sockwalk
