// The names of values: what a number is called, where it has a name. Whoever shows a value to a person asks here, so that
// nobody reads "state 8", "src 16802570", "priority 3264".
//
// Names of objects are looked up in the playhead's memory: they are right for what is there at the playhead. An object
// that is not there (any more, or yet) is named by its address.
#pragma once
#include "engine/base/digits.h"
#include "engine/journal/playhead.h"
#include "engine/kernel/note_table.h"
#include "engine/tell/text.h"

namespace sockwalk::kernel {
struct net_device;
}

namespace sockwalk::tell {

// One of several values that belong together, of which it is known what it is: 2 is AF_INET for the group "families", and
// SOCK_DGRAM for "socket_types". What some are, the one before them tells (the code of an ICMP message, its type).
Text valueName(const Playhead& at, const kernel::NoteArgument& kind, std::span<const u64> values, size_t index);
// "tcp_sock #1", "inet_stream_ops", "NULL": what stands at an address of the kernel.
std::string addressName(const Playhead& at, u64 address);
// Whether a value is an address of simulated memory; a small negative number is none.
bool isAddress(u64 value);
// The name of a constant of a group (see constantText()); the number where there is none.
std::string constantName(std::string_view groups, u64 value);
std::string etherType(u64 value);                     // "ETH_P_IP", "0x88cc"
std::string dropReason(u32 reason);                   // "SKB_DROP_REASON_NO_SOCKET"
std::string nameOf(const kernel::net_device& device); // "eth0"
std::string deviceName(const Playhead& at,
                       const Event& packet);          // "eth0", and "server eth0" in a namespace of that name
std::string networkName(const Playhead& at, u64 net); // as `ip netns` names it; "" if it has no name
std::string spaceName(const Playhead& at, u64 net);   // the same; without a name as the object that it is: "init_net"
std::string ipv4(u32 networkOrder);                   // "10.0.2.15"

// What a call gave back, if nothing is known of the function; engine/tell/arguments.h knows more.
std::string resultName(const Playhead& at, u64 value); // "3", "tcp_sock #1", "-EAFNOSUPPORT (97)"
std::string systemResult(s64 value);                   // as strace writes it: "3", "-1 EAFNOSUPPORT (97)"

Text bytes(s64 count);             // "1 byte", "2280 bytes"
std::string duration(s64 ns);      // "2.14 µs"
std::string time(s64 nsSinceBoot); // "0.000 002 140 s"

} // namespace sockwalk::tell
