// The bytes of the program, wherever they lie: copying through an iov_iter.
// Source: include/linux/uio.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

s64 import_iovec(int rw, u64 from, u32 count, const iovec** vector, const iov_iter* i);
int import_single_range(int rw, u64 buf, u64 len, const iovec* iov, const iov_iter* i);

u64 copy_to_iter(const void* from, u64 bytes, const iov_iter* to);

// Copies the next `bytes` of a sender's data; false if it has not so many.
bool copy_from_iter_full(const u8* to, u32 bytes, const iov_iter* iter);
bool csum_and_copy_from_iter_full(const u8* to, u32 bytes, u32& csum, const iov_iter* iter);

} // namespace sockwalk::kernel
