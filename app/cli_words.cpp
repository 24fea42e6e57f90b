#include "app/cli_words.h"
#include "app/language.h"
#include "engine/tell/messages.h"
#include <sstream>

namespace sockwalk::cli {

// ---- which language
static const std::string* asked(const std::vector<std::string>& words, size_t at, std::string& value) {
  constexpr const char* Option = "--lang";
  const std::string& word = words[at];
  if (word == Option) return at + 1 < words.size() ? &words[at + 1] : nullptr;
  if (!word.starts_with(std::string(Option) + "=")) return nullptr;
  value = word.substr(std::string(Option).size() + 1);
  return &value;
}

void speakAsAsked(const std::vector<std::string>& words) {
  std::string value;
  for (size_t i = 0; i < words.size() && words[i] != "--"; ++i)
    if (const std::string* name = asked(words, i, value); name && languageNamed(*name)) speak(*languageNamed(*name));
}

// ---- letters
namespace {

struct Letter {
  size_t bytes;
  bool wide;
};
Letter letterAt(const std::string& text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // From U+2E80 on they are Chinese, and from U+3000 on its punctuation; “” and … are narrow on most terminals.
  return {bytes, bytes == 4 || (bytes == 3 && text.compare(at, 3, "\xe2\xba\x80") >= 0)};
}

// No line begins with what closes, none ends with what opens.
bool closes(const std::string& text, size_t at) {
  for (const char* mark : {"，", "。", "；", "：", "、", "）", "”", "？", "！", "》"})
    if (text.compare(at, 3, mark) == 0) return true;
  return false;
}
bool opens(const std::string& text, size_t at) {
  for (const char* mark : {"（", "“", "《"})
    if (text.compare(at, 3, mark) == 0) return true;
  return false;
}

} // namespace

int columns(const std::string& text) {
  int width = 0;
  for (size_t at = 0; at < text.size();) {
    const Letter letter = letterAt(text, at);
    width += letter.wide ? 2 : 1;
    at += letter.bytes;
  }
  return width;
}

std::string padded(const std::string& text, int width) {
  return text + std::string(static_cast<size_t>(std::max(0, width - columns(text))), ' ');
}

std::string wrapped(const std::string& text, int width) {
  std::string out;
  size_t begin = 0, chance = 0; // where the line may end; 0: nowhere yet
  int used = 0;
  for (size_t at = 0; at < text.size();) {
    const Letter letter = letterAt(text, at);
    const size_t next = at + letter.bytes;
    used += letter.wide ? 2 : 1;
    if (used > width && chance > begin && text[at] != ' ') {
      const bool space = text[chance - 1] == ' ';
      out += text.substr(begin, chance - begin - (space ? 1 : 0)) + "\n";
      begin = chance;
      used = columns(text.substr(begin, next - begin));
    }
    const bool broken = text[at] == ' ' || (next < text.size() && (letter.wide || letterAt(text, next).wide));
    if (broken && !opens(text, at) && !(next < text.size() && closes(text, next))) chance = next;
    at = next;
  }
  return out + text.substr(begin);
}

// ---- help
static std::string rowInWords(const std::string& row) {
  const size_t left = row.find_first_not_of(' '), gap = row.find("  ", left);
  const size_t right = row.find_first_not_of(' ', gap);
  if (left == row.npos || gap == row.npos || right == row.npos) return row;
  return row.substr(0, right) + tell::spokenMessage(row.substr(right));
}

std::string helpWords(const std::string& english) {
  if (spokenLanguage() == Language::English) return english; // as it is set
  constexpr int Width = 100;
  std::string out, sentence, line;
  const auto end = [&] {
    if (!sentence.empty()) out += wrapped(tell::spokenMessage(sentence), Width) + "\n";
    sentence.clear();
  };
  for (std::istringstream lines(english); std::getline(lines, line);) {
    if (line.empty() || line.starts_with("  ")) end(), out += rowInWords(line) + "\n";
    else sentence += (sentence.empty() ? "" : " ") + line;
  }
  end();
  if (!english.ends_with('\n') && out.ends_with('\n')) out.pop_back();
  return out;
}

} // namespace sockwalk::cli
