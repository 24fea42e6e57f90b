// The rows of engine/tell/arguments.tsv, as generate_arguments.py makes them; arguments.cpp finds the one that holds.
#pragma once
#include "engine/kernel/note_table.h"

namespace sockwalk::tell {

struct ArgumentRow {
  std::string_view argument; // its name; "=": the function's result
  std::string_view function; // "": any
  kernel::NoteArgument kind;
  std::string_view when = {}; // another argument, which must have this value
  s64 value = 0;
};

// Sorted by argument; of those of one argument the first that holds counts.
std::span<const ArgumentRow> argumentTable();

} // namespace sockwalk::tell
