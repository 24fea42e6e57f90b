// The languages that the program speaks, and which of them the command line was asked for. No Qt here: what the engine
// tells is looked up in a table that the build makes of the catalogue in app/translations, for the window too.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sockwalk {

enum class Language { English, Chinese };
// As --lang takes them: "en", "zh".
const std::vector<std::string>& languageNames();
// Of one of those, or of a locale: "zh_CN.UTF-8". Nothing of another.
std::optional<Language> languageNamed(const std::string& name);

// From here on what is told (tell::spoken) is told in this language.
void speak(Language language);
Language spokenLanguage();
std::function<std::string(const char*)> wordsIn(Language language); // for who says a thing in several

// --lang, for the window: it follows the desktop if nothing was asked for.
void askForLanguage(Language language);
std::optional<Language> askedLanguage();

// What the engine says, in Chinese; sorted by the English.
struct TranslatedWords {
  const char* english;
  const char* chinese;
};
std::span<const TranslatedWords> chineseWords();
std::span<const TranslatedWords> chineseMessages(); // of errors, "expected a number for %1, found '%2'"

} // namespace sockwalk
