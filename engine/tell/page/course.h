// A page for a learning system: a SCORM 1.2 package, which says there how far one has come.
// Source: SCORM 1.2, Content Aggregation Model (imsmanifest.xml) and Run-Time Environment (cmi.core).
#pragma once
#include "engine/base/result.h"
#include <string>

namespace sockwalk::tell {

// The zip of a page (htmlOf) that is called so.
Result<std::string> courseOf(const std::string& title, const std::string& html);

} // namespace sockwalk::tell
