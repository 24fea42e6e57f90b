// What a buffer of a netlink socket says: its messages, each with its header, the structure of its kind and its attributes,
// by their names, as strace shows them.
#pragma once
#include "engine/feed/decode.h"
#include "engine/journal/playhead.h"
#include "engine/tell/buffers/buffer_shape.h"

namespace sockwalk::tell {

struct NetlinkSide {
  bool netlink = false;  // the buffer is one of a netlink socket
  bool sockDiag = false; // whose types of messages have numbers of rtnetlink's
  bool answer = false;   // it is on its way from the kernel
};
NetlinkSide netlinkSide(const Playhead& at, const BufferShape& shape);

// Offsets count from `bytes`, which begin where the first message does, plus `from`.
std::vector<FrameField> netlinkFields(std::span<const u8> bytes, u32 from, const NetlinkSide& side);
// One line a message: RTM_NEWLINK NLM_F_MULTI seq=1 pid=102 {family=AF_UNSPEC, index=1, ...} [IFLA_IFNAME="lo", ...]
std::vector<std::string> netlinkLines(std::span<const u8> bytes, const NetlinkSide& side);

} // namespace sockwalk::tell
