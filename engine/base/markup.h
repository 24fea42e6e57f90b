// Text inside XML and HTML.
#pragma once
#include <string>
#include <string_view>

namespace sockwalk {

// For an element or a quoted attribute. Control characters, of which XML has none but newline and tab, are spaces.
std::string asMarkup(std::string_view words);

} // namespace sockwalk
