#include "engine/tell/lessons/source_text.h"
#include "engine/base/whole_file.h"
#include <algorithm>
#include <filesystem>

namespace sockwalk::tell {

namespace fs = std::filesystem;

namespace {

// The length of the character that begins here; 0: this is no UTF-8.
size_t characterAt(std::string_view s, size_t at) {
  const auto byte = [&](size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  const unsigned first = byte(at);
  const size_t length = first < 0x80   ? 1
                        : first < 0xc2 ? 0
                        : first < 0xe0 ? 2
                        : first < 0xf0 ? 3
                        : first < 0xf5 ? 4
                                       : 0;
  for (size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
  const bool overlong = (first == 0xe0 && byte(at + 1) < 0xa0) || (first == 0xf0 && byte(at + 1) < 0x90);
  const bool surrogate = first == 0xed && byte(at + 1) > 0x9f, beyond = first == 0xf4 && byte(at + 1) > 0x8f;
  return overlong || surrogate || beyond ? 0 : length;
}

size_t firstNoUtf8(std::string_view s) {
  for (size_t at = 0; at < s.size();) {
    const size_t length = characterAt(s, at);
    if (!length) return at;
    at += length;
  }
  return s.npos;
}

// Pairs of bytes as GB18030 has them, and nothing else above ASCII.
bool looksLikeGb18030(std::string_view s) {
  for (size_t i = 0; i < s.size(); ++i) {
    const auto byte = static_cast<unsigned char>(s[i]);
    if (byte < 0x80) continue;
    const auto next = i + 1 < s.size() ? static_cast<unsigned char>(s[i + 1]) : 0u;
    if (byte == 0x80 || byte == 0xff || next < 0x30 || next == 0x7f || next == 0xff) return false;
    ++i;
  }
  return true;
}

std::string withoutMark(std::string bytes) {
  return bytes.starts_with("\xef\xbb\xbf") ? bytes.substr(3) : std::move(bytes);
}

std::string withPlainLineEnds(const std::string& s) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\r') out += s[i];
    else if (i + 1 >= s.size() || s[i + 1] != '\n') out += '\n';
  }
  return out;
}

} // namespace

SourceText::SourceText(std::string text) : m_text(withPlainLineEnds(withoutMark(std::move(text)))) {
  for (size_t at = m_text.find('\n'); at != m_text.npos; at = m_text.find('\n', at + 1)) m_starts.push_back(at + 1);
}

Spot SourceText::spot(size_t offset) const {
  const auto after = std::ranges::upper_bound(m_starts, std::min(offset, m_text.size()));
  const size_t begin = *std::prev(after);
  const auto isFirst = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  const auto before = std::string_view(m_text).substr(begin, std::min(offset, m_text.size()) - begin);
  return {static_cast<int>(after - m_starts.begin()), static_cast<int>(std::ranges::count_if(before, isFirst)) + 1};
}

size_t SourceText::start(int line) const {
  return line < 1 ? 0 : line > lines() ? m_text.size() : m_starts[static_cast<size_t>(line) - 1];
}

std::string_view SourceText::line(int number) const {
  if (number < 1 || number > lines()) return {};
  std::string_view s = std::string_view(m_text).substr(start(number), start(number + 1) - start(number));
  if (s.ends_with('\n')) s.remove_suffix(1);
  return s;
}

std::optional<SourceText> sourceOf(std::string bytes, Problems& problems) {
  const Text asUtf8 = say("save it as UTF-8");
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
    return problems.add({1, 1}, say("this is UTF-16"), asUtf8), std::nullopt;
  const size_t wrong = firstNoUtf8(bytes), zero = bytes.find('\0');
  if (zero != bytes.npos) {
    const Spot spot = SourceText(bytes.substr(0, zero)).spot(zero);
    return problems.add(spot, say("a byte 0 stands here, so this is no text"), say("write the lesson as text")),
           std::nullopt;
  }
  if (wrong == bytes.npos) return SourceText(std::move(bytes));
  const Spot spot = SourceText(bytes.substr(0, wrong)).spot(wrong);
  if (looksLikeGb18030(bytes))
    problems.add(spot, say("this is not UTF-8 but, as it seems, GB18030"),
                 say("save it as UTF-8: iconv -f GB18030 -t UTF-8"));
  else problems.add(spot, say("this is not UTF-8"), asUtf8);
  return std::nullopt;
}

std::optional<SourceText> readSource(const std::string& path, Problems& problems) {
  std::error_code error;
  if (!fs::is_regular_file(path, error))
    return problems.add({}, say("there is no such file"), say("a lesson is a folder with a file lesson.md")),
           std::nullopt;
  if (fs::file_size(path, error) > SourceText::MaxBytes)
    return problems.add({}, say("it is larger than 1 MiB"), say("cut it into several lessons")), std::nullopt;
  const auto bytes = readWholeFile(path);
  if (!bytes) return problems.add({}, say("it cannot be read"), say("look at its permissions")), std::nullopt;
  return sourceOf(*bytes, problems);
}

std::optional<Text> troubleWithFile(const std::string& lessonFile, const std::string& name) {
  const fs::path wanted(name);
  if (name.find('\0') != name.npos || name.size() > 255) return say("'%1' is no name of a file", name.substr(0, 40));
  if (wanted.is_absolute() || std::ranges::find(wanted, fs::path("..")) != wanted.end())
    return say("'%1' leads out of the lesson's folder", name);
  std::error_code error;
  const fs::path folder = fs::path(lessonFile).parent_path(), file = folder / wanted;
  if (!fs::is_regular_file(file, error)) return say("there is no file '%1' beside the lesson", name);
  const fs::path real = fs::canonical(file, error), inside = fs::canonical(folder.empty() ? "." : folder, error);
  const auto [end, unused] = std::ranges::mismatch(inside, real);
  if (end != inside.end()) return say("'%1' is a link that leads out of the lesson's folder", name);
  return std::nullopt;
}

} // namespace sockwalk::tell
