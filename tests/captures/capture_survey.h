// Opens the bytes of a capture file as the program does, plays what it holds to its end, and tells what came of it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sockwalk::testing {

struct CaptureOutcome {
  std::string error;                // it was refused, and why
  std::size_t frames = 0;           // in the file
  std::size_t stimuli = 0;          // that its frames became
  std::vector<std::string> notices; // what a person is told
  std::vector<std::string> failures;
  std::vector<std::string> calls; // of programs, with their results: "close(3) = 0"
  std::uint64_t received = 0;     // bytes of UDP that programs read
  std::string panic;
  std::size_t compared = 0; // frames that were held against the file; only of what is recorded

  // Nothing happened, and nobody was told why.
  bool silent() const { return error.empty() && !stimuli && notices.empty(); }
  bool played() const { return error.empty() && stimuli && panic.empty(); }
};
// `recording` off: faster, and nothing is kept but what is told here.
CaptureOutcome playCapture(const std::string& name, const std::string& bytes, const std::string& host = {},
                           bool recording = true);

std::string contentsOf(const std::string& path);
// `bytes` with damage done by `seed`: bits, bytes, lengths, pieces left out or doubled, the end cut off.
std::string mutated(std::string bytes, std::uint32_t seed);

} // namespace sockwalk::testing
