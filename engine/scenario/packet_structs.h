// The structures of packet sockets, addresses of rarer families, and the programs of socket filters, as a script writes
// them and as bytes.
//   bind(3, {sll_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex="eth0"}, 20)
//   setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, "udp port 53", ...)                  libpcap compiles it
//   setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, [{BPF_RET|BPF_K, 0, 0, 0}], ...)     instruction by instruction
#pragma once
#include "engine/base/bytes.h"
#include "engine/feed/frame_filter.h"
#include "engine/scenario/prepared_call.h"

namespace sockwalk::scenario {

bool isPacketStruct(const Expression& e); // one that packetBytes() lays out
// Throws PlayError.
std::vector<u8> packetBytes(const Struct& s, const CallContext& context);
// What a call left, held against what the script wrote: the fields that it wrote. Throws PlayError.
void comparePacketStruct(const Struct& expected, ByteView found, const CallContext& context);
u32 packetStructSize(StructKind kind);

bool isFilter(const Expression& e); // and not a number, which the kernel refuses as too short
// The instructions of a filter: {code, jt, jf, k} each, or words that libpcap compiles for what the filters of this socket
// see first. Throws PlayError.
std::vector<FilterInstruction> filterInstructions(const Expression& e, s64 fd, const CallContext& context);

} // namespace sockwalk::scenario
