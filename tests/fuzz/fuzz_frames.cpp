// libFuzzer: frames to eth0. See frame_fuzz.h for how bytes become frames, and README.md for how to run it.
#include "tests/fuzz/frame_fuzz.h"
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto wrong = sockwalk::playHostileFrames({data, size});
  for (const auto& what : wrong) std::fprintf(stderr, "%s\n", what.c_str());
  if (!wrong.empty()) std::abort();
  return 0;
}
