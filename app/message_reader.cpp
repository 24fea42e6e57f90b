#include "app/message_reader.h"
#include <algorithm>
#include <cctype>

namespace sockwalk {

static bool isPlace(std::string_view text, size_t at) {
  return text[at] == '%' && at + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[at + 1]));
}

MessageReader::MessageReader(std::span<const TranslatedWords> patterns) {
  for (const TranslatedWords& words : patterns)
    if (*words.chinese) m_patterns.push_back(read(words));
  std::ranges::stable_sort(m_patterns, std::greater(), &Pattern::weight);
}

MessageReader::Pattern MessageReader::read(const TranslatedWords& words) {
  const std::string_view english = words.english;
  Pattern out{{}, {}, words.chinese, 0};
  size_t begin = 0;
  for (size_t at = 0; at < english.size(); ++at) {
    if (!isPlace(english, at)) continue;
    out.literals.push_back(english.substr(begin, at - begin));
    out.places.push_back(static_cast<size_t>(english[++at] - '1'));
    begin = at + 1;
  }
  out.literals.push_back(english.substr(begin));
  for (const std::string_view literal : out.literals) out.weight += literal.size();
  return out;
}

// Each literal is looked for behind the one before it; the first begins the message, the last ends it.
bool MessageReader::fits(const Pattern& pattern, std::string_view message, std::vector<std::string_view>& places) {
  const std::string_view first = pattern.literals.front(), last = pattern.literals.back();
  if (pattern.places.empty()) return message == first;
  if (message.size() < pattern.weight || !message.starts_with(first) || !message.ends_with(last)) return false;
  places.assign(pattern.places.size(), {});
  size_t begin = first.size();
  for (size_t i = 0; i < pattern.places.size(); ++i) {
    const bool ends = i + 1 == pattern.places.size();
    const size_t end = ends ? message.size() - last.size() : message.find(pattern.literals[i + 1], begin);
    if (end == message.npos || end < begin) return false;
    places[pattern.places[i]] = message.substr(begin, end - begin);
    begin = end + pattern.literals[i + 1].size();
  }
  return true;
}

std::string MessageReader::whole(std::string_view message) const {
  std::vector<std::string_view> places;
  for (const Pattern& pattern : m_patterns) {
    if (!fits(pattern, message, places)) continue;
    std::string out;
    const std::string_view said = pattern.said;
    for (size_t at = 0; at < said.size(); ++at) {
      const size_t place = isPlace(said, at) ? static_cast<size_t>(said[at + 1] - '1') : places.size();
      if (place < places.size()) out += translated(places[place]), ++at;
      else out += said[at];
    }
    return out;
  }
  return "";
}

std::string MessageReader::translated(std::string_view message) const {
  constexpr size_t Shortest = 4; // a number, a name
  if (message.size() < Shortest) return std::string(message);
  if (std::string all = whole(message); !all.empty()) return all;
  const size_t colon = message.find(": ");
  if (colon == message.npos) return std::string(message);
  std::string before = whole(message.substr(0, colon + 2));
  if (before.empty()) before = message.substr(0, colon + 2);
  return before + translated(message.substr(colon + 2));
}

} // namespace sockwalk
