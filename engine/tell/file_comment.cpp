#include "engine/tell/file_comment.h"
#include "engine/tell/broken_walk.h"

namespace sockwalk::tell {

Text fileComment(const scenario::Session& session) {
  if (const auto broken = brokenWalk(session)) return question(*broken);
  const scenario::FileComment comment = session.comment();
  return comment.text.empty() ? Text() : say("%1 says: %2", comment.file, comment.text);
}

} // namespace sockwalk::tell
