#include "app/search_window.h"
#include "app/document.h"
#include "app/recent_files.h"
#include "app/window_language.h"
#include <algorithm>
#include <iterator>
#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace sockwalk {
namespace {

constexpr const char* MadeAnew = "entriesMadeAnew"; // of a menu
constexpr int Behind = 1;                           // added to the rank of a name in another language

QString plain(QString text) {
  text = text.section('\t', 0, 0);
  text.replace("&&", "\x01").remove('&').replace('\x01', '&');
  while (text.endsWith(QChar(0x2026))) text.chop(1);
  return text.trimmed();
}

void collect(const QList<QAction*>& actions, std::vector<QAction*>& out) {
  for (QAction* action : actions) {
    if (action->isSeparator()) continue;
    if (QMenu* menu = action->menu()) {
      if (!menu->property(MadeAnew).toBool()) collect(menu->actions(), out);
    } else if (!action->property(MadeAnew).toBool()) {
      out.push_back(action);
    }
  }
}

// The menus on the way to it, outermost first.
QString wayTo(const QAction& action) {
  QStringList names;
  const QObject* at = nullptr;
  for (const QObject* in : action.associatedObjects())
    if (qobject_cast<const QMenu*>(in)) at = in;
  for (; const auto* menu = qobject_cast<const QMenu*>(at); at = menu->parent()) names.prepend(plain(menu->title()));
  return names.join(QStringLiteral(" › "));
}

// By its name, and by the English one.
int bestRank(const QString& shown, const QString& name, const QString& wish) {
  const int own = rankOf(name, wish);
  const int english = rankOf(plain(WindowLanguage::instance().english(shown)), wish);
  if (own < 0 || english < 0) return own < 0 && english >= 0 ? english + Behind : own;
  return std::min(own, english + Behind);
}

SearchHit hitOf(QAction& action, SearchHit::Kind kind, const QString& name) {
  SearchHit hit{kind, name, {}};
  QStringList detail{wayTo(action)};
  if (!action.shortcut().isEmpty()) detail << action.shortcut().toString(QKeySequence::NativeText);
  if (action.isCheckable() && action.isChecked()) detail << QCoreApplication::translate("SearchWindow", "chosen");
  detail.removeAll(QString());
  hit.detail = detail.join(QStringLiteral(" · "));
  hit.action = &action;
  return hit;
}

bool isSetting(const QAction& action, const Preferences& preferences) {
  const auto holds = [&](const Preferences::Choice& choice) { return choice.of->actions().contains(&action); };
  return std::ranges::any_of(preferences.choices, holds) || std::ranges::count(preferences.switches, &action);
}

// "Theme: Dark"; found by the name of the choice as well, so that all there is to choose from is listed.
void searchSettings(const Preferences& preferences, const QString& wish, RankedHits& hits) {
  for (const Preferences::Choice& choice : preferences.choices)
    for (QAction* action : choice.of->actions()) {
      const QString name = plainName(*action), whole = choice.name() + ": " + name;
      const int of = bestRank(choice.name(), choice.name(), wish), own = bestRank(action->text(), name, wish);
      const int both = rankOf(whole, wish);
      const int rank = own >= 0 ? own : of >= 0 ? of : both;
      if (rank >= 0) hits.emplace_back(rank, hitOf(*action, SearchHit::Kind::Setting, whole));
    }
  for (QAction* action : preferences.switches) {
    const QString name = plainName(*action);
    if (const int rank = bestRank(action->text(), name, wish); rank >= 0)
      hits.emplace_back(rank, hitOf(*action, SearchHit::Kind::Setting, name));
  }
}

} // namespace

void setMadeAnew(QMenu* menu) { menu->setProperty(MadeAnew, true); }
void setMadeAnew(QAction* entry) { entry->setProperty(MadeAnew, true); }

std::vector<QAction*> commandsOf(const QMenuBar& bar) {
  std::vector<QAction*> out;
  collect(bar.actions(), out);
  return out;
}

QString plainName(const QAction& action) { return plain(action.text()); }

bool trigger(QAction& action) {
  const QList<QObject*> in = action.associatedObjects();
  for (QObject* object : in)
    if (auto* menu = qobject_cast<QMenu*>(object)) emit menu->aboutToShow();
  if (!action.isEnabled()) return false;
  action.trigger();
  return true;
}

void searchCommands(const QMenuBar& bar, const Preferences& preferences, const QString& wish, RankedHits& hits) {
  searchSettings(preferences, wish, hits);
  for (QAction* action : commandsOf(bar)) {
    if (isSetting(*action, preferences)) continue;
    const QString name = plainName(*action);
    const int rank = bestRank(action->text(), name, wish);
    if (rank >= 0) hits.emplace_back(rank, hitOf(*action, SearchHit::Kind::Command, name));
  }
}

void KnownFiles::read() {
  m_lessons = lessonProgress();
  m_samples = samples();
  std::ranges::move(failures(), std::back_inserter(m_samples));
  m_recent = recentFiles();
}

void KnownFiles::search(const Openings& openings, const QString& wish, RankedHits& hits) const {
  const auto add = [&](SearchHit::Kind kind, const QString& name, const QString& detail, const QString& path) {
    const int byName = rankOf(name, wish), byPath = rankOf(fileTitle(path), wish);
    int rank = byName < 0 ? byPath : byPath < 0 ? byName : std::min(byName, byPath);
    constexpr int BehindNames = 4; // what there is to watch in a sample: who has a symptom looks for that
    if (rank < 0 && kind == SearchHit::Kind::Sample && rankOf(detail, wish) >= 0) rank = BehindNames;
    if (rank < 0) return;
    SearchHit hit{kind, name, detail};
    hit.act = [go = kind == SearchHit::Kind::Lesson ? openings.lesson : openings.open, path] { go(path); };
    hits.emplace_back(rank, std::move(hit));
  };
  for (const LessonProgress& lesson : m_lessons)
    add(SearchHit::Kind::Lesson, lesson.title, progressWords(lesson), lesson.file);
  for (const Sample& sample : m_samples) add(SearchHit::Kind::Sample, sample.title, sample.watch, sample.path);
  for (const QString& path : m_recent) add(SearchHit::Kind::File, fileTitle(path), path, path);
}

} // namespace sockwalk
