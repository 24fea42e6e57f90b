#include "engine/kernel/note_table.h"
#include <algorithm>

namespace sockwalk::kernel {

const char* NoteText::chosen(std::span<const u64> values) const {
  if (!otherwise) return sentence;
  for (size_t i = 0; i < std::min<size_t>(values.size(), arguments); ++i)
    if (!values[i] && kinds[i].chooses) return otherwise;
  return sentence;
}

const NoteText& noteText(std::string_view id) { return *std::ranges::lower_bound(noteTable(), id, {}, &NoteText::id); }

} // namespace sockwalk::kernel
