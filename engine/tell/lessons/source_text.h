// The text of a lesson's file. Whatever it is, it is read within bounds: what is too large, no text, or not in UTF-8 is a
// problem that says so and says what to do.
#pragma once
#include "engine/tell/lessons/problem.h"
#include <optional>

namespace sockwalk::tell {

class SourceText {
public:
  static constexpr size_t MaxBytes = 1 << 20;

  SourceText() = default;
  explicit SourceText(std::string text); // line ends of every kind become \n, a byte order mark is left out
  const std::string& text() const { return m_text; }
  Spot spot(size_t offset) const; // columns count characters
  size_t start(int line) const;   // of a line, from 1; behind the last line: the end of the text
  int lines() const { return static_cast<int>(m_starts.size()); }
  std::string_view line(int number) const;

private:
  std::string m_text;
  std::vector<size_t> m_starts{0};
};

std::optional<SourceText> readSource(const std::string& path, Problems& problems);
std::optional<SourceText> sourceOf(std::string bytes, Problems& problems);

// A file that a lesson names: it lies in the lesson's folder, or in one below, whatever links lead out of it. Else why
// not.
std::optional<Text> troubleWithFile(const std::string& lessonFile, const std::string& name);

} // namespace sockwalk::tell
