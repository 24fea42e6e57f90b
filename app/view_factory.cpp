#include "app/view_factory.h"
#include "views/walk/view.h"
#include <algorithm>
#include <QCoreApplication>

namespace sockwalk {

static const ViewInfo* find(const QString& name) {
  const auto all = registeredViews();
  const auto found = std::ranges::find_if(all, [&](const ViewInfo& v) { return name == QLatin1String(v.name); });
  return found == all.end() ? nullptr : &*found;
}

QStringList viewNames() {
  QStringList names;
  for (const ViewInfo& v : registeredViews()) names << QLatin1String(v.name);
  return names;
}
QStringList viewNames(ViewPlace place) {
  QStringList names;
  for (const ViewInfo& v : registeredViews())
    if (v.place == place) names << QLatin1String(v.name);
  return names;
}
QString viewTitle(const QString& name) {
  const ViewInfo* v = find(name);
  return v ? QCoreApplication::translate("Views", v->title) : name;
}
View* createView(const QString& name, Walk& walk, QWidget* parent) {
  const ViewInfo* v = find(name);
  View* view = v ? v->create(walk, parent) : nullptr;
  if (view) view->setAccessibleName(viewTitle(name));
  return view;
}
QSize viewSize(const QString& name) {
  const ViewInfo* v = find(name);
  return v ? v->size : QSize(1280, 800);
}

} // namespace sockwalk
