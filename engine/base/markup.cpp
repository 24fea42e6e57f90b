#include "engine/base/markup.h"

namespace sockwalk {

std::string asMarkup(std::string_view words) {
  std::string out;
  for (const char c : words) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\t' ? ' ' : c;
  }
  return out;
}

} // namespace sockwalk
