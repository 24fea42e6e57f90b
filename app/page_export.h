// A walk, or a stretch of it, as one HTML page in the languages of the program; `sockwalk export` and the window write it.
// No Qt here.
#pragma once
#include "engine/tell/page/walk_page.h"
#include <string>

namespace sockwalk {

struct PageStretch {
  std::string from, to; // as positionNamed() takes them; "": from the first moment worth a look, to the end
};
// A .zip is a package for a learning system (SCORM 1.2), anything else the page itself. Where the file is a lesson, the page
// has its stops and questions. The number of steps that were written; nothing is left at `path` if it did not go.
Result<std::size_t> exportPage(const scenario::Session& session, const std::string& file, const PageStretch& stretch,
                               const std::string& path, const tell::PageProgress& goOn = {});

// The whole walk, as a browser follows it in a class (engine/share).
Result<std::string> classPage(const scenario::Session& session, const std::string& title,
                              const tell::PageProgress& goOn);

} // namespace sockwalk
