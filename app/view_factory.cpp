#include "app/view_factory.h"
#include "views/buffer/buffer_view.h"
#include "views/call_path/call_path_view.h"
#include "views/console/console_view.h"
#include "views/lesson/lesson_panel.h"
#include "views/objects/objects_view.h"
#include "views/packets/packets_view.h"
#include "views/source/source_view.h"
#include "views/structure/structure_view.h"
#include "views/tables/tables_view.h"
#include "views/timeline/timeline_view.h"
#include "views/walk/walk.h"
#include <QCoreApplication>
#include <QSize>
#include <QWidget>

namespace sockwalk {
namespace {

template <class View> QWidget* make(Walk& walk, QWidget* parent) { return new View(walk, parent); }

struct ViewEntry {
  const char* name;
  const char* title;
  QSize size;
  QWidget* (*create)(Walk&, QWidget*);
};

const ViewEntry entries[] = {
    {"call-path", QT_TRANSLATE_NOOP("Views", "Call path"), {620, 520}, make<CallPathView>},
    {"objects", QT_TRANSLATE_NOOP("Views", "Objects"), {900, 560}, make<ObjectsView>},
    {"buffer", QT_TRANSLATE_NOOP("Views", "Buffer"), {940, 640}, make<BufferView>},
    {"tables", QT_TRANSLATE_NOOP("Views", "Tables"), {940, 640}, make<TablesView>},
    {"structure", QT_TRANSLATE_NOOP("Views", "Structure"), {420, 480}, make<StructureView>},
    {"source", QT_TRANSLATE_NOOP("Views", "Source"), {480, 400}, make<SourceView>},
    {"timeline", QT_TRANSLATE_NOOP("Views", "Timeline"), {1264, 160}, make<TimelineView>},
    {"packets", QT_TRANSLATE_NOOP("Views", "Packets"), {1264, 320}, make<PacketsView>},
    {"console", QT_TRANSLATE_NOOP("Views", "Console"), {900, 240}, make<ConsoleView>},
    {"lesson", QT_TRANSLATE_NOOP("Views", "Words"), {300, 560}, make<LessonPanel>},
};

const ViewEntry* find(const QString& name) {
  for (const ViewEntry& e : entries)
    if (name == e.name) return &e;
  return nullptr;
}

} // namespace

QStringList viewNames() {
  QStringList names;
  for (const ViewEntry& e : entries) names << e.name;
  return names;
}
QString viewTitle(const QString& name) {
  const ViewEntry* e = find(name);
  return e ? QCoreApplication::translate("Views", e->title) : name;
}
QWidget* createView(const QString& name, Walk& walk, QWidget* parent) {
  const ViewEntry* e = find(name);
  QWidget* view = e ? e->create(walk, parent) : nullptr;
  if (view) view->setAccessibleName(viewTitle(name));
  return view;
}
QSize viewSize(const QString& name) {
  const ViewEntry* e = find(name);
  return e ? e->size : QSize(1280, 800);
}

} // namespace sockwalk
