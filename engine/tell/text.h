// What is told, as a value: English words with places in them, and what stands in each place. The command line says it
// in English; the window puts the words into the person's language first and fills the places in afterwards.
//
//   Text t = say("%1 is set to %2; it was %3.", "sk->sk_state", "TCP_LISTEN", "TCP_CLOSE");
//   english(t)   "sk->sk_state is set to TCP_LISTEN; it was TCP_CLOSE."
//   spoken(t)    the same in the person's language
//
// Names of the kernel, numbers and addresses are said alike in every language: they are verbatim.
#pragma once
#include "engine/base/types.h"
#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sockwalk::tell {

// Words of a sentence that the program has by heart. They live for ever, and are the key of their translation.
struct Words {
  const char* english;
  consteval Words(const char* literal) : english(literal) {}
};
// The same from a table of sentences.
struct TableWords {
  const char* english;
};

class Text {
public:
  Text() = default;
  Text(std::string verbatim) : m_verbatim(std::move(verbatim)) {}
  Text(std::string_view verbatim) : m_verbatim(verbatim) {}
  Text(const char* verbatim) : m_verbatim(verbatim) {}
  template <std::integral N>
  requires(!std::same_as<N, char> && !std::same_as<N, bool>) Text(N number) : m_verbatim(std::to_string(number)) {}
  Text(const char* words, std::vector<Text> places) : m_words(words), m_parts(std::move(places)) {}

  bool empty() const { return !m_words && m_verbatim.empty() && m_parts.empty(); }
  const char* words() const { return m_words; } // nullptr: no sentence, but a name, a number, or a list
  const std::string& verbatim() const { return m_verbatim; }
  const std::vector<Text>& parts() const { return m_parts; } // of the places; of a list, with verbatim() between them
  bool operator==(const Text& other) const = default;

  // "a, b, c": texts side by side. Empty ones are left out.
  static Text list(std::string between, std::vector<Text> parts);

private:
  const char* m_words = nullptr;
  std::string m_verbatim;
  std::vector<Text> m_parts;
};

template <class... Places> Text say(Words words, Places&&... places) {
  return Text(words.english, {Text(std::forward<Places>(places))...});
}
template <class... Places> Text say(TableWords words, Places&&... places) {
  return Text(words.english, {Text(std::forward<Places>(places))...});
}

// As it is said in a language: `translate` gives the words for English ones.
using Translate = std::function<std::string(const char*)>;
std::string said(const Text& text, const Translate& translate);
std::string english(const Text& text);

// As a person is told: in the language that was chosen with speak(), in English until then. lines() and the window say
// it so; json() and files stay English.
void speak(Translate translate);
std::string spoken(const Text& text);
// Of words that come from below tell: the names of a frame's fields. Those that are in no catalogue stay.
std::string spokenWords(const std::string& english);

} // namespace sockwalk::tell
