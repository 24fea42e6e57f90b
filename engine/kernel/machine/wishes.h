// Numbers that are chosen by chance elsewhere and that a capture shows: the initial sequence number of a connection, what
// its time stamps are shifted by, the first IP identification of its socket, and the identifications of packets that no
// socket counts. Who relives a capture says them here; where none is wished, the kernel draws its own.
#pragma once
#include "engine/base/types.h"
#include <deque>
#include <map>
#include <optional>
#include <tuple>

namespace sockwalk::kernel {

struct ConnectionWish {
  u32 sequence;                       // of its SYN
  std::optional<u32> timeStampOffset; // tsoffset of its tcp_sock
  std::optional<u16> identification;  // inet_id, as the socket begins
};

// All in network byte order, from the machine's side.
struct ConnectionEnds {
  u32 saddr, daddr;
  u16 sport, dport;
  auto operator<=>(const ConnectionEnds&) const = default;
};

struct Wishes {
  std::map<ConnectionEnds, ConnectionWish> connections;
  std::map<std::pair<u32, u8>, std::deque<u16>> identifications; // by destination and protocol: the next ones

  const ConnectionWish* of(const ConnectionEnds& ends) const {
    const auto found = connections.find(ends);
    return found == connections.end() ? nullptr : &found->second;
  }
  // The first identification of a connection's socket; `otherwise` is what chance has given.
  u16 identification(const ConnectionEnds& ends, u16 otherwise) const {
    const ConnectionWish* wish = of(ends);
    return wish ? wish->identification.value_or(otherwise) : otherwise;
  }
  std::optional<u16> nextIdentification(u32 daddr, u8 protocol) {
    const auto found = identifications.find({daddr, protocol});
    if (found == identifications.end() || found->second.empty()) return std::nullopt;
    const u16 id = found->second.front();
    found->second.pop_front();
    return id;
  }
};

} // namespace sockwalk::kernel
