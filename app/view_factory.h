// The views by name: the window's places, `sockwalk shot` and Export picture all make them here.
#pragma once
#include <QSize>
#include <QStringList>

class QWidget;

namespace sockwalk {

class Walk;

// "call-path", "objects", "buffer", "tables", "structure", "source", "timeline", "packets", "console", "lesson".
QStringList viewNames();
QString viewTitle(const QString& name); // "Call path", translated
// nullptr if there is no view of that name.
QWidget* createView(const QString& name, Walk& walk, QWidget* parent = nullptr);
// What the view fits best in, px.
QSize viewSize(const QString& name);

} // namespace sockwalk
