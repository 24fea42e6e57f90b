// What TCP sockets said of themselves, over their whole lives: state, sequence numbers, windows, queues. The pictures of
// a long walk (ladder, states, plots) are drawn from it.
//
// The journal is read once, forward, as it grows; of each socket the changes of a few members are kept, so that the
// value at any moment is found by binary search.
#pragma once
#include "engine/tell/packets/packet_list.h"
#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sockwalk::tell {

enum class SocketMember : u8 {
  State,       // skc_state; of what stands for the socket in TIME_WAIT, tw_substate
  Congestion,  // icsk_ca_state, enum tcp_ca_state
  Window,      // snd_cwnd, segments
  Threshold,   // snd_ssthresh, segments; TCP_INFINITE_SSTHRESH: none yet
  Out,         // packets_out, segments
  Sacked,      // sacked_out
  Lost,        // lost_out
  Resent,      // retrans_out
  RoundTrip,   // srtt_us, eighths of µs
  Variance,    // rttvar_us, quarters of µs
  Timeout,     // icsk_rto, jiffies
  SentTo,      // snd_nxt
  Unacked,     // snd_una
  Expected,    // rcv_nxt
  Written,     // write_seq
  Copied,      // copied_seq
  PeerWindow,  // snd_wnd, bytes
  OwnWindow,   // rcv_wnd, bytes
  ReceiveUsed, // sk_rmem_alloc, bytes
  SendUsed,    // sk_wmem_queued, bytes
  Received,    // length of sk_receive_queue, buffers
  Backlog,     // sk_ack_backlog, connections
  Address,
  Port,
  PeerAddress,
  PeerPort, // as they lie in memory; Port in host order
  Net,      // in which network namespace: the address of its struct net
  Count
};
constexpr size_t socketMembers = static_cast<size_t>(SocketMember::Count);
// "tcp_sock.snd_cwnd", "sock_common.skc_state": where it lies.
std::string_view memberPathOf(SocketMember member);

struct SocketChange {
  EventIndex event;
  int packet; // index in PacketList: the one that was being handled; -1: none
  u64 value;
};

struct SocketLife {
  u32 offset; // of the tcp_sock in the arena
  u32 ordinal;
  EventIndex born, died = NoEvent;
  std::array<std::vector<SocketChange>, socketMembers> changes; // in order
  // What stands for it at its end, if something does: a struct inet_timewait_sock, from that event on.
  EventIndex standIn = NoEvent;
  EventIndex standInDied = NoEvent;
  u32 standInOffset = 0;

  const std::vector<SocketChange>& of(SocketMember m) const { return changes[size_t(m)]; }
  u64 valueAt(SocketMember m, EventIndex position) const; // when that many events have happened
  u64 everAt(SocketMember m, EventIndex position) const;  // the last one that is not 0: a port that was given back
  u64 last(SocketMember m) const { return of(m).empty() ? 0 : of(m).back().value; }
  bool livesAt(EventIndex position) const { return position > born && (died == NoEvent || position <= died); }
  std::string name() const; // "tcp_sock #2"
};

class SocketHistories {
public:
  SocketHistories();
  void clear();
  // Takes in what `packets` has been told of since.
  void update(const Journal& journal, const PacketList& packets);
  EventIndex seen() const { return m_seen; }
  const std::vector<SocketLife>& all() const { return m_lives; }
  int at(u64 address, EventIndex position) const; // index of the life there; -1: none

private:
  struct Place { // of a member in a tcp_sock
    u32 offset, size;
    u8 bit, bits;
  };
  static Place placeOf(SocketMember m);
  void born(const Journal& journal, EventIndex i);
  void died(u32 offset, EventIndex i);
  void written(const Journal& journal, const Event& e, EventIndex i);
  void writeMember(const Journal& journal, SocketLife& life, size_t member, const Journal::Change& change,
                   EventIndex i);
  int arrivalAround(const Journal& journal, EventIndex i);
  void standInWritten(const Journal& journal, const Event& e, EventIndex i);
  void noted(const Journal& journal, const Event& e, EventIndex i);

  std::array<Place, socketMembers> m_places;
  std::vector<std::array<u64, socketMembers>> m_raw; // by life: the member's bytes, before its bits are taken out
  std::vector<SocketLife> m_lives;
  std::unordered_map<u32, std::vector<int>> m_byOffset;
  std::unordered_map<u32, std::vector<int>> m_byPage; // which sockets lie in a page of the arena, at least in part
  std::unordered_map<u32, int> m_standIns;            // by offset of the inet_timewait_sock
  u16 m_type;
  u32 m_timeWaitNote, m_standInMaker; // ids
  u32 m_substate;                     // where the state lies in an inet_timewait_sock
  u64 m_firstSubstate = 0;            // of the stand-in that is being made
  EventIndex m_seen = 0;
  const PacketList* m_packets = nullptr; // while it updates
  EventIndex m_call = NoEvent;           // that wrote last, and the packet that it handles
  int m_arrival = -1;
};

} // namespace sockwalk::tell
