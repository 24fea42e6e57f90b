// libFuzzer: packet files of any format. See README.md for how to run it.
#include "tests/fuzz/frame_fuzz.h"
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong = sockwalk::readHostileCapture({data, size});
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}
