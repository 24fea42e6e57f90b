// What the simulated machine received and sent, for other programs: a pcapng file with a comment on each frame, or JSON.
// The comment says what became of the frame, where in the walk that was decided (in words that `sockwalk` takes as a
// position), and by which function. Times count from the moment when the machine was switched on.
#pragma once
#include "engine/tell/packets/packet_rows.h"

namespace sockwalk::tell {

// Of the rows chosen those for which something came or went.
std::string packetsAsPcapng(const PacketRows& rows, const std::vector<int>& chosen);
nlohmann::json packetsAsJson(const PacketRows& rows, const std::vector<int>& chosen);

// "stimulus 12 step 7: delivered to TCP port 80, decided in tcp_data_queue"
std::string packetComment(const PacketRows& rows, int row);

} // namespace sockwalk::tell
