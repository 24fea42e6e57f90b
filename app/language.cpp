#include "app/language.h"
#include "app/message_reader.h"
#include "engine/tell/messages.h"
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

std::optional<Language> languageNamed(const std::string& name) {
  const std::string base = name.substr(0, name.find_first_of("_-.@"));
  if (base == "zh") return Language::Chinese;
  return base == "en" ? std::optional(Language::English) : std::nullopt;
}

static std::string inChinese(const char* english) {
  const auto words = chineseWords();
  const auto known = std::ranges::lower_bound(words, std::string_view(english), {}, &TranslatedWords::english);
  return known != words.end() && std::string_view(known->english) == english ? known->chinese : english;
}

static std::string messageInChinese(const std::string& message) {
  static const MessageReader reader(chineseMessages());
  const std::string known = inChinese(message.c_str());
  return known != message ? known : reader.translated(message);
}

static Language& spokenNow() {
  static Language language = Language::English;
  return language;
}
Language spokenLanguage() { return spokenNow(); }

void speak(Language language) {
  spokenNow() = language;
  tell::speak(wordsIn(language));
  tell::speakMessages(language == Language::Chinese ? messageInChinese : tell::TranslateMessage());
}

tell::Translate wordsIn(Language language) { return language == Language::Chinese ? inChinese : tell::Translate(); }

void askForLanguage(Language language) { asked() = language; }
std::optional<Language> askedLanguage() { return asked(); }

} // namespace sockwalk
