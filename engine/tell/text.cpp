#include "engine/tell/text.h"
#include <algorithm>

namespace sockwalk::tell {

Text Text::list(std::string between, std::vector<Text> parts) {
  std::erase_if(parts, [](const Text& t) { return t.empty(); });
  if (parts.size() == 1) return std::move(parts[0]);
  Text out;
  if (parts.empty()) return out;
  out.m_verbatim = std::move(between);
  out.m_parts = std::move(parts);
  return out;
}

// One pass over the words, so that a value in which a %1 stands is not taken for a place.
static std::string filled(std::string_view words, const std::vector<std::string>& places) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    const size_t place = words[i] == '%' && i + 1 < words.size() ? size_t(words[i + 1]) - '1' : places.size();
    if (place < places.size()) out += places[place], ++i;
    else out += words[i];
  }
  return out;
}

// What stands between the parts of a list. Names and values side by side are code, and keep its commas.
static std::string between(const Text& list, const Translate& translate) {
  const bool comma = list.verbatim() == ", " || list.verbatim() == "; ";
  const auto isSaid = [](const Text& part) { return part.words() || !part.parts().empty(); };
  return comma && std::ranges::any_of(list.parts(), isSaid) ? translate(list.verbatim().c_str()) : list.verbatim();
}

std::string said(const Text& text, const Translate& translate) {
  std::vector<std::string> parts;
  for (const Text& part : text.parts()) parts.push_back(said(part, translate));
  if (text.words()) return filled(translate(text.words()), parts);
  if (parts.empty()) return text.verbatim();
  const std::string separator = between(text, translate);
  std::string out = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) out += separator + parts[i];
  return out;
}

static std::string asTheyAre(const char* words) { return words; }

std::string english(const Text& text) { return said(text, asTheyAre); }

static Translate& chosenLanguage() {
  static Translate translate = asTheyAre;
  return translate;
}
void speak(Translate translate) { chosenLanguage() = translate ? std::move(translate) : asTheyAre; }
std::string spoken(const Text& text) { return said(text, chosenLanguage()); }
std::string spokenWords(const std::string& english) { return chosenLanguage()(english.c_str()); }

} // namespace sockwalk::tell
