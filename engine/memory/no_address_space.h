// An arena found no room in the address space of the host's process. The front ends catch std::bad_alloc and show its
// words.
#pragma once
#include <new>

namespace sockwalk {

struct NoAddressSpace : std::bad_alloc {
  const char* what() const noexcept override;
};

} // namespace sockwalk
