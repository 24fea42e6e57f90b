// The views by name: the window's places, `sockwalk shot` and Export picture all make them here. Which there are, each
// view says itself (views/walk/view.h).
#pragma once
#include "views/walk/view.h"
#include <QStringList>

namespace sockwalk {

QStringList viewNames(); // by place and order: "lesson", "call-path" ...
QStringList viewNames(ViewPlace place);
QString viewTitle(const QString& name); // "Call path", translated
// nullptr if there is no view of that name.
View* createView(const QString& name, Walk& walk, QWidget* parent = nullptr);
// What the view fits best in, px.
QSize viewSize(const QString& name);

} // namespace sockwalk
