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

Language languageNamed(const std::string& name) { return name == "zh" ? Language::Chinese : Language::English; }

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

void speak(Language language) {
  const bool chinese = language == Language::Chinese;
  tell::speak(chinese ? inChinese : tell::Translate());
  tell::speakMessages(chinese ? messageInChinese : tell::TranslateMessage());
}

void askForLanguage(Language language) { asked() = language; }
std::optional<Language> askedLanguage() { return asked(); }

} // namespace sockwalk
