#include "app/bookmark_edits.h"
#include <QCoreApplication>

namespace sockwalk {

namespace {

// All of them, as they were and as they become: there are few.
class BookmarksChange final : public QUndoCommand {
public:
  BookmarksChange(Bookmarks& bookmarks, std::vector<Bookmark> after, const QString& text)
      : QUndoCommand(text), m_bookmarks(bookmarks), m_before(bookmarks.all()), m_after(std::move(after)) {
    setObsolete(m_before == m_after);
  }
  void undo() override { m_bookmarks.setAll(m_before); }
  void redo() override { m_bookmarks.setAll(m_after); }

private:
  Bookmarks& m_bookmarks;
  std::vector<Bookmark> m_before, m_after;
};

} // namespace

QUndoCommand* bookmarkSet(Bookmarks& bookmarks, EventIndex position, const QString& note) {
  const bool isNew = !bookmarks.at(position);
  return new BookmarksChange(bookmarks, withBookmark(bookmarks.all(), position, note),
                             isNew ? QCoreApplication::translate("BookmarkEdits", "bookmark")
                                   : QCoreApplication::translate("BookmarkEdits", "note of a bookmark"));
}

QUndoCommand* bookmarkRemoved(Bookmarks& bookmarks, EventIndex position) {
  return new BookmarksChange(bookmarks, withoutBookmark(bookmarks.all(), position),
                             QCoreApplication::translate("BookmarkEdits", "removal of a bookmark"));
}

} // namespace sockwalk
