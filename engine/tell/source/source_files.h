// The engine's source files as they were compiled: they are a part of the program. And where in them a call is made.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sockwalk::tell {

struct SourceFile {
  std::string_view path; // from the repository's root: "engine/kernel/net/socket.cpp"
  std::string_view text;
};
std::span<const SourceFile> sourceFiles(); // sorted by path

std::string_view sourceText(std::string_view path); // "" for a file that is not here

using SourceLines = std::vector<std::string_view>;
// The lines of a file; nullptr for one that is not here. Cut once and kept.
const SourceLines* sourceLines(std::string_view path);

// The line (from 1) in which the function that begins about `from` calls `callee`, by name or through a slot of that
// name; 0 if its text does not say. The search goes from `from` to the end of the function.
int callLine(const SourceLines& lines, int from, std::string_view callee);
// The only line of the file that calls `callee`, indented as a statement is; 0 if there is none, or several.
int callLineAnywhere(const SourceLines& lines, std::string_view callee);
// Whether `line` may be one that the function whose KFUNC stands in line `function` runs: it is in its body, or at least
// does something. A write from a helper in a header carries that file's line number, which means nothing here.
bool couldRun(const SourceLines& lines, int function, int line);

} // namespace sockwalk::tell
