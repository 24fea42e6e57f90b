// What the simulated machine received and sent, for other programs: a pcapng file with a comment on each frame, or JSON.
// The comment says what became of the frame, where in the walk that was decided (in words that `sockwalk` takes as a
// position), and by which function. Times count from the moment when the machine was switched on.
#pragma once
#include "engine/tell/packets/packet_list.h"

namespace sockwalk::tell {

std::string packetsAsPcapng(const Journal& journal, const PacketList& list, const std::vector<int>& packets);
nlohmann::json packetsAsJson(const Journal& journal, const PacketList& list, const std::vector<int>& packets);

// "stimulus 12 step 7: delivered to TCP port 80, decided in tcp_data_queue"
std::string packetComment(const Journal& journal, const PacketList& list, int packet);

} // namespace sockwalk::tell
