// The name that a mistyped word was probably meant to be.
#pragma once
#include <string>
#include <vector>

namespace sockwalk {

// "" if none is near. "pritn" is near "print", "lesson" is not near "session".
std::string nearest(const std::string& word, const std::vector<std::string>& names);

} // namespace sockwalk
