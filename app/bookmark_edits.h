// What a person does to bookmarks and notes, so that Undo takes it back.
#pragma once
#include "app/bookmarks.h"
#include <QUndoCommand>

namespace sockwalk {

// Each pushed on the window's stack (app/edits.h), which does it.
QUndoCommand* bookmarkSet(Bookmarks& bookmarks, EventIndex position, const QString& note); // new, or with another note
QUndoCommand* bookmarkRemoved(Bookmarks& bookmarks, EventIndex position);

} // namespace sockwalk
