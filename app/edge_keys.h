// The edges between parts of the window, moved by keys: what has the keys grows or gives way. The innermost edge that runs
// that way moves: of a splitter within a view, between two stages, of a dock.
#pragma once
#include <qnamespace.h>

class QWidget;

namespace sockwalk {

class DockRoom;

// px: more than 0 grows what has the keys. false: no edge that runs this way can move.
bool moveEdge(QWidget* part, DockRoom& docks, Qt::Orientation along, int px);

} // namespace sockwalk
