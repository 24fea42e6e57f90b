#include "engine/journal/era_of.h"
#include <algorithm>

namespace sockwalk {

Era eraOf(const Journal& journal) {
  for (EventIndex i = 0; i < journal.size(); ++i)
    if (journal[i].type == EventType::Call) return journal.function(journal[i]).era();
  return Era::Linux61;
}

const FunctionInfo* functionNamed(const Journal& journal, std::string_view name) {
  const FunctionInfo* const first = Symbols::get().functionNamed(name);
  const auto& all = Symbols::get().functions();
  const Era era = eraOf(journal);
  for (size_t i = first ? first->id : all.size(); i < all.size() && all[i]->name == name; ++i)
    if (all[i]->era() == era) return all[i];
  return first;
}

} // namespace sockwalk
