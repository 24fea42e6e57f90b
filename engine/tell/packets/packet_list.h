// The packets that came and went, and what became of each.
//
// The journal is read once, forward, as it grows. A frame that arrives waits in its device, in order, until the driver
// takes it into an sk_buff (or the device refuses it); from there on what the kernel marks of that sk_buff, and of its
// clones, copies and fragments, is the packet's.
#pragma once
#include "engine/feed/summary.h"
#include "engine/tell/buffers/buffer_lives.h"
#include "engine/tell/values.h"
#include <deque>

namespace sockwalk::tell {

struct PacketFate {
  enum Kind : u8 {
    Unknown,     // under way
    Learned,     // it taught the neighbour table
    Handled,     // a socket made use of it
    Joined,      // its bytes went to the buffer before it in a socket's queue
    Merged,      // by GRO
    Reassembled, // with the other fragments of its datagram
    Forwarded,
    Delivered, // to a queue from which a program reads
    Refused,   // by the device
    Lost,      // in the device, which was taken down
    Dropped,
    Answered, // and nothing else: the kernel sent something back
    Consumed, // and nothing else: the kernel let go of it
    Sent      // it is none that arrived
  } kind = Unknown;
  EventIndex event = NoEvent; // where it was decided
  u32 reason = 0;             // Dropped: enum skb_drop_reason; Refused: Refusal
  bool answered = false;      // something was sent because of it, whatever else became of it
  bool rejected = false;      // what was sent is a TCP reset or an ICMP error
  bool unread = false;        // Delivered: the queue was emptied before a program had read it
  bool copyDelivered = false; // whatever became of itself, a socket got a copy
  u16 sockets = 0;            // how many sockets got it or made use of it
  int packet =
      -1; // Merged, Joined, Reassembled: the packet that it went into; Sent: the one that it was sent because of
};

const char* fateName(PacketFate::Kind kind); // "delivered", "under_way": the same in every language
// Its bytes are in another packet now, and share its fate.
inline bool wentInto(PacketFate::Kind kind) {
  return kind == PacketFate::Merged || kind == PacketFate::Joined || kind == PacketFate::Reassembled;
}

class PacketList {
public:
  void clear() { *this = {}; }
  // Takes in what was recorded since, up to `until`.
  void update(const Journal& journal, EventIndex until = NoEvent);

  int size() const { return static_cast<int>(m_packets.size()); }
  EventIndex eventOf(int packet) const { return m_packets[size_t(packet)].event; }
  EventIndex seen() const { return m_seen; } // so far the journal has been read
  bool cameIn(int packet) const { return m_packets[size_t(packet)].in; }
  int before(EventIndex position) const; // the last packet before it; -1
  int lifeOf(int packet) const { return m_packets[size_t(packet)].life; }
  const BufferLives& lives() const { return m_lives; }
  // The packet that was being handled at an event: the innermost call that was handed one that had arrived; -1.
  int arrivalAround(const Journal& journal, EventIndex event) const;
  bool onLoopback(const Journal& journal, int packet) const; // what leaves there arrives there
  TcpBases::Relative tcpNumbers(int packet) const { return m_packets[size_t(packet)].tcp; }
  // As it was named when the packet passed, wherever the person stands now.
  const std::string& device(const Journal& journal, int packet) const;

  PacketFate fate(int packet) const;
  // What was sent is a packet that had come in, on its way on.
  bool carried(int packet) const { return m_packets[size_t(packet)].carried; }

private:
  struct Decision {
    PacketFate::Kind kind = PacketFate::Unknown;
    EventIndex event = NoEvent;
    u32 reason = 0;
    int into = -1; // the packet that it went into
  };
  struct Packet {
    EventIndex event;
    bool in;
    TcpBases::Relative tcp; // sequence numbers counted from the connection's first, known only in order
    int life = -1;          // the sk_buff that took it, or that it was made of
    int cause = -1;         // sent: the packet because of which
    bool empty = false;     // a TCP segment without data
    bool rejects = false;   // a TCP reset or an ICMP error
    bool carried = false;   // it is that packet, on its way on
    bool answered = false, rejected = false, unread = false, consumed = false;
    u16 sockets = 0;
    EventIndex end = NoEvent; // where its sk_buff was let go
    Decision own, copies;     // of that sk_buff, and of those that came of it
  };
  void arriveOrLeave(const Journal& journal, EventIndex i);
  void mark(const Journal& journal, EventIndex i);
  void deviceMark(const Journal& journal, const Event& e, EventIndex i);
  void bufferMark(const Event& e, EventIndex i);
  void inherit(int life, int from);
  void decide(int life, PacketFate::Kind kind, EventIndex event, u32 reason = 0, int into = -1);
  void drop(const Event& e, EventIndex i);
  int causeOf(const Journal& journal, EventIndex event, int life) const;
  void caused(const Journal& journal, EventIndex event, int packet);
  void answer(const Event& e);
  int arrivalOf(int life) const; // the packet that an sk_buff carries on with; -1

  BufferLives m_lives;
  std::vector<Packet> m_packets;
  std::vector<int> m_arrivals;                        // by life
  std::vector<int> m_counted;                         // by life: the packet for which its socket is counted
  std::unordered_map<u32, std::deque<int>> m_waiting; // by device: arrived, and in no sk_buff yet
  std::unordered_map<int, int> m_because;             // by life of an answer: the packet that it answers
  int m_left = -1;                                    // the packet that left last
  TcpBases m_bases;
  EventIndex m_seen = 0;
  mutable std::unordered_map<u32, std::string> m_devices; // names, by offset of the net_device
};

} // namespace sockwalk::tell
