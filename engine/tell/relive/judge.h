// A relived capture, frame by frame: which of ours stands beside which of the captured host's, and how they differ.
#pragma once
#include "engine/scenario/relived.h"
#include "engine/tell/packets/packet_list.h"
#include "engine/tell/relive/verdict.h"

namespace sockwalk::tell {

// Of a session that has run out and the packets of its whole journal. Those that the host sent in the file's order, then those that only our kernel sent.
std::vector<Judged> judge(const Journal& journal, const PacketList& packets, const scenario::Relived& relived);

// Why a frame of the file has none.
Text withoutVerdict(const scenario::HostFrame& frame);

} // namespace sockwalk::tell
