// A member by the names that source code has for it: "sk_receive_queue.qlen", "sk_state" (which is
// __sk_common.skc_state), "icsk_ca_priv[2]".
#pragma once
#include "engine/tell/structures/rows.h"

namespace sockwalk::tell {

// From a structure on that begins at `base`: of itself or of a structure that lies in it. None: there is no such member.
MemberPlace memberNamed(const LayoutInfo& layout, std::string_view path, u32 base = 0);

// An atomic_t that is laid out where it stands is a structure with one number in it: that number; anything else is itself.
MemberPlace numberIn(const MemberPlace& place);

// Where structures of one type begin in one of another, from its beginning; of itself at 0.
std::vector<u32> placesOf(const LayoutInfo& wanted, const LayoutInfo& in);

} // namespace sockwalk::tell
