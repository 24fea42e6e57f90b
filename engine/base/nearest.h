// The name that a mistyped word was probably meant to be.
#pragma once
#include <string>
#include <vector>

namespace sockwalk {

// How many letters have to be put in, left out, changed or swapped with their neighbour.
size_t lettersApart(const std::string& a, const std::string& b);
// "" if none is near. "pritn" is near "print", "lesson" is not near "session".
std::string nearest(const std::string& word, const std::vector<std::string>& names);

} // namespace sockwalk
