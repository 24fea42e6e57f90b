// Recordings of the real kernel, as tests/kernel_truth/recordings holds them: one file a program, its cases by name.
#pragma once
#include <string>
#include <string_view>

namespace sockwalk {

// What was recorded of a case: `kind` is "calls", "geometry", "drops" or "frames"; "" if there is no such part.
std::string recording(std::string_view kind, std::string_view name);

} // namespace sockwalk
