// What socket(2) leaves behind, made by hand with the real structures and none of the kernel's code: a task with its
// files, a file, a socket with its inode, a sock with a buffer in its queue. For tests that want to know exactly what
// lives and who points at whom.
#pragma once
#include "tests/views/sample/recorded_session.h"

namespace sockwalk {

struct SocketWalk {
  u64 task = 0, files = 0, file = 0, socketAlloc = 0, socket = 0, inode = 0, sock = 0, skb = 0;
  // Positions just after: the stimulus, the sock's allocation, sock->sk set, the descriptor installed, the buffer
  // queued, the sock freed.
  EventIndex begin = 0, sockBorn = 0, skSet = 0, installed = 0, queued = 0, freed = 0;
};
SocketWalk playSocketWalk(RecordedSession& session);

} // namespace sockwalk
