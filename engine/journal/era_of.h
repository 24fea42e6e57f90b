// Which Linux a record is of, and functions by their names in it: both kernels have an inet_create().
#pragma once
#include "engine/journal/journal.h"

namespace sockwalk {

Era eraOf(const Journal& journal); // by the first function that it called
// The function of that name; of the record's own kernel if it has one.
const FunctionInfo* functionNamed(const Journal& journal, std::string_view name);

} // namespace sockwalk
