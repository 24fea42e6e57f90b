#include "app/view_factory.h"
#include "views/walk/walk.h"
#include <QCoreApplication>
#include <QSize>
#include <QWidget>
#ifdef HAS_call_path
#include "views/call_path/call_path_view.h"
#endif
#ifdef HAS_objects
#include "views/objects/objects_view.h"
#endif
#ifdef HAS_buffer
#include "views/buffer/buffer_view.h"
#endif
#ifdef HAS_structure
#include "views/structure/structure_view.h"
#endif
#ifdef HAS_source
#include "views/source/source_view.h"
#endif
#ifdef HAS_timeline
#include "views/timeline/timeline_view.h"
#endif
#ifdef HAS_packets
#include "views/packets/packets_view.h"
#endif
#ifdef HAS_console
#include "views/console/console_view.h"
#endif
#ifdef HAS_lesson
#include "views/lesson/lesson_panel.h"
#endif

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
#ifdef HAS_call_path
    {"call-path", QT_TRANSLATE_NOOP("Views", "Call path"), {620, 520}, make<CallPathView>},
#endif
#ifdef HAS_objects
    {"objects", QT_TRANSLATE_NOOP("Views", "Objects"), {900, 560}, make<ObjectsView>},
#endif
#ifdef HAS_buffer
    {"buffer", QT_TRANSLATE_NOOP("Views", "Buffer"), {940, 640}, make<BufferView>},
#endif
#ifdef HAS_structure
    {"structure", QT_TRANSLATE_NOOP("Views", "Structure"), {420, 480}, make<StructureView>},
#endif
#ifdef HAS_source
    {"source", QT_TRANSLATE_NOOP("Views", "Source"), {480, 400}, make<SourceView>},
#endif
#ifdef HAS_timeline
    {"timeline", QT_TRANSLATE_NOOP("Views", "Timeline"), {1264, 160}, make<TimelineView>},
#endif
#ifdef HAS_packets
    {"packets", QT_TRANSLATE_NOOP("Views", "Packets"), {1264, 320}, make<PacketsView>},
#endif
#ifdef HAS_console
    {"console", QT_TRANSLATE_NOOP("Views", "Console"), {900, 240}, make<ConsoleView>},
#endif
#ifdef HAS_lesson
    {"lesson", QT_TRANSLATE_NOOP("Views", "Words"), {300, 560}, make<LessonPanel>},
#endif
    {nullptr, nullptr, {}, nullptr}, // so that the table is never empty
};

const ViewEntry* find(const QString& name) {
  for (const ViewEntry& e : entries)
    if (e.name && name == e.name) return &e;
  return nullptr;
}

} // namespace

QStringList viewNames() {
  QStringList names;
  for (const ViewEntry& e : entries)
    if (e.name) names << e.name;
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
