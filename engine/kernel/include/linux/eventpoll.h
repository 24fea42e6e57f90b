// What the rest of the kernel tells epoll: a file is closed for good.
// Source: include/linux/eventpoll.h.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

void eventpoll_release_file(const file* file);
inline void eventpoll_release(const file* f) { // a file that is closed leaves all epoll instances that watch it
  if (f->f_ep) eventpoll_release_file(f);
}

} // namespace sockwalk::kernel
