#include "app/view_factory.h"
#include "views/walk/walk.h"
#include <QCoreApplication>
#include <QMetaMethod>
#include <QSize>
#include <QWidget>
#if __has_include("views/call_path/call_path_view.h")
#include "views/call_path/call_path_view.h"
#define HAS_CALL_PATH
#endif
#if __has_include("views/objects/objects_view.h")
#include "views/objects/objects_view.h"
#define HAS_OBJECTS
#endif
#if __has_include("views/buffer/buffer_view.h")
#include "views/buffer/buffer_view.h"
#define HAS_BUFFER
#endif
#if __has_include("views/structure/structure_view.h")
#include "views/structure/structure_view.h"
#define HAS_STRUCTURE
#endif
#if __has_include("views/source/source_view.h")
#include "views/source/source_view.h"
#define HAS_SOURCE
#endif
#if __has_include("views/timeline/timeline_view.h")
#include "views/timeline/timeline_view.h"
#define HAS_TIMELINE
#endif
#if __has_include("views/packets/packets_view.h")
#include "views/packets/packets_view.h"
#define HAS_PACKETS
#endif
#if __has_include("views/console/console_view.h")
#include "views/console/console_view.h"
#define HAS_CONSOLE
#endif
#if __has_include("views/lesson/lesson_panel.h")
#include "views/lesson/lesson_panel.h"
#define HAS_LESSON
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
#ifdef HAS_CALL_PATH
    {"call-path", QT_TRANSLATE_NOOP("Views", "Call path"), {620, 520}, make<CallPathView>},
#endif
#ifdef HAS_OBJECTS
    {"objects", QT_TRANSLATE_NOOP("Views", "Objects"), {900, 560}, make<ObjectsView>},
#endif
#ifdef HAS_BUFFER
    {"buffer", QT_TRANSLATE_NOOP("Views", "Buffer"), {940, 640}, make<BufferView>},
#endif
#ifdef HAS_STRUCTURE
    {"structure", QT_TRANSLATE_NOOP("Views", "Structure"), {420, 480}, make<StructureView>},
#endif
#ifdef HAS_SOURCE
    {"source", QT_TRANSLATE_NOOP("Views", "Source"), {480, 400}, make<SourceView>},
#endif
#ifdef HAS_TIMELINE
    {"timeline", QT_TRANSLATE_NOOP("Views", "Timeline"), {1264, 160}, make<TimelineView>},
#endif
#ifdef HAS_PACKETS
    {"packets", QT_TRANSLATE_NOOP("Views", "Packets"), {1264, 320}, make<PacketsView>},
#endif
#ifdef HAS_CONSOLE
    {"console", QT_TRANSLATE_NOOP("Views", "Console"), {900, 240}, make<ConsoleView>},
#endif
#ifdef HAS_LESSON
    {"lesson", QT_TRANSLATE_NOOP("Views", "Words"), {300, 560}, make<LessonPanel>},
#endif
    {nullptr, nullptr, {}, nullptr}, // so that the table is never empty
};

const ViewEntry* find(const QString& name) {
  for (const ViewEntry& e : entries)
    if (e.name && name == e.name) return &e;
  return nullptr;
}

bool hasSlot(QWidget* view, const char* signature) {
  return view && view->metaObject()->indexOfMethod(signature) >= 0;
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

bool canFit(QWidget* view) { return hasSlot(view, "fit()"); }
void fitView(QWidget* view) {
  if (canFit(view)) QMetaObject::invokeMethod(view, "fit");
}
bool canFollow(QWidget* view) { return hasSlot(view, "setFollow(bool)"); }
void setFollow(QWidget* view, bool follow) {
  if (canFollow(view)) QMetaObject::invokeMethod(view, "setFollow", Q_ARG(bool, follow));
}

} // namespace sockwalk
