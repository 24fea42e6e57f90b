#include "app/language.h"
#include "engine/tell/text.h"
#include <algorithm>
#include <string_view>

namespace sockwalk {

static std::optional<Language>& asked() {
  static std::optional<Language> language;
  return language;
}

const std::vector<std::string>& languageNames() {
  static const std::vector<std::string> names{"en", "zh"};
  return names;
}

Language languageNamed(const std::string& name) { return name == "zh" ? Language::Chinese : Language::English; }

static std::string inChinese(const char* english) {
  const auto words = chineseWords();
  const auto known = std::ranges::lower_bound(words, std::string_view(english), {}, &TranslatedWords::english);
  return known != words.end() && std::string_view(known->english) == english ? known->chinese : english;
}

void speak(Language language) { tell::speak(language == Language::Chinese ? inChinese : tell::Translate()); }

void askForLanguage(Language language) { asked() = language; }
std::optional<Language> askedLanguage() { return asked(); }

} // namespace sockwalk
