// The sentences of engine/kernel/notes.md, for the command line. The window has its own, translated.
#pragma once
#include <span>
#include <string_view>

namespace sockwalk::cli {

struct NoteWords {
  std::string_view name, sentence; // sentence: %1, %2 stand for the note's arguments
};
std::span<const NoteWords> noteWords(); // sorted by name

} // namespace sockwalk::cli
