// Reads an error by the patterns of the catalogue, "expected a number for %1, found '%2'", and says it in its language.
// What stands in a place may be a message itself. Of several patterns that fit, the one that says most by heart is meant.
#pragma once
#include "app/language.h"
#include <string_view>

namespace sockwalk {

class MessageReader {
public:
  explicit MessageReader(std::span<const TranslatedWords> patterns);
  // "script.pkt:3:7: expected the port, found ..." begins with a place that stays. A message that nobody knows stays.
  std::string translated(std::string_view message) const;

private:
  struct Pattern {
    std::vector<std::string_view> literals; // before, between and behind the places
    std::vector<size_t> places;             // which one each is, from 0
    const char* said;
    size_t weight; // letters that it knows by heart
  };
  static Pattern read(const TranslatedWords& words);
  static bool fits(const Pattern& pattern, std::string_view message, std::vector<std::string_view>& places);
  std::string whole(std::string_view message) const; // "" if no pattern fits all of it

  std::vector<Pattern> m_patterns; // those that know most first
};

} // namespace sockwalk
