#include "engine/tell/file_comment.h"

namespace sockwalk::tell {

Text fileComment(const scenario::Session& session) {
  const scenario::FileComment comment = session.comment();
  return comment.text.empty() ? Text() : say("%1 says: %2", comment.file, comment.text);
}

} // namespace sockwalk::tell
