// Help while an expression is typed: what could stand at the cursor.
#pragma once
#include "engine/tell/expression/vocabulary.h"

namespace sockwalk::tell::expression {

struct Candidate {
  std::string word;
  tell::Text about; // "" of a constant or an operator
};
struct Completion {
  size_t from = 0, to = 0; // the bytes that a candidate replaces
  std::vector<Candidate> candidates;
};
// At most `limit`; those that begin with what is typed stand before those that have it elsewhere.
Completion complete(std::string_view text, size_t cursor, const Vocabulary& vocabulary, size_t limit = 100);

} // namespace sockwalk::tell::expression
