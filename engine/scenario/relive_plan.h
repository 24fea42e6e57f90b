// What the programs of a captured host must have done. Its kernel did the rest: acknowledgements, retransmissions, resets
// and replies come by themselves. So the plan has, beside each frame that the host sent because a program wanted it, the
// system call that sends it: a listener stands where a SYN was answered, data that left for the first time was written,
// a FIN is a close() or a shutdown(), and so on. It is made from the file alone, before anything is played.
#pragma once
#include "engine/kernel/machine/wishes.h"
#include "engine/scenario/relive_frames.h"
#include <algorithm>
#include <map>

namespace sockwalk::scenario {

// What one TCP connection was to the host.
struct RelivedConnection {
  enum Role : u8 {
    Server,  // it answered a SYN
    Client,  // it sent one
    Adopted, // it lived when the capture begins
    Refused, // nobody was there: the kernel answers with RST by itself
    Ignored, // a SYN that got no answer: something before TCP threw it away
    Foreign, // its address is none of the host's: it forwards, or a frame is damaged
  } role = Ignored;
  bool lives() const { return role <= Adopted; }
  u32 firstSent() const { return role == Adopted ? sendNext : wish.sequence + 1; } // number of the host's first byte
  FlowEnds ends;
  u32 firstFrame = 0, lastFrame = 0;
  std::vector<u32> frames;    // its own, both ways
  std::vector<u32> handshake; // Adopted: those of its SYNs, which are not played
  kernel::ConnectionWish wish{};
  u16 segment = 1460;   // data of a full one
  bool noDelay = false; // TCP_NODELAY, as small segments show that did not wait for one another
  u16 mss = 0;          // TCP_MAXSEG, if its SYN offered less than the device allows; 0: not asked for
  u32 buffer = 0;       // SO_RCVBUF, if the window and its scale tell of one
  u8 ttl = 0, tos = 0;  // 0: the machine's
  // Adopted: where both directions stand, and what the SYNs are taken to have agreed on.
  u32 sendNext = 0, receiveNext = 0;
  u32 stampAtStart = 0; // what its time stamp was when the file begins
  bool stamps = false, sack = false;
  u16 ownWindow = 0, peerWindow = 0, peerMss = 1460; // the windows as the first segments have them
  u8 ownScale = 0, peerScale = 0;                    // guessed
};

// Something that a program of the host does, or that the host had been told before.
struct Act {
  enum Kind : u8 {
    Command,  // `text`, as on the console
    Listen,   // on `port`
    Unlisten, // its listener is closed
    Wish,     // the numbers of connection `flow` are known from here on
    Connect,
    Adopt,
    Write,  // `bytes`
    Corked, // the same, kept back until what follows
    Urgent, // the same, of which the last byte is urgent
    Shut,   // shutdown(SHUT_WR)
    Close,
    Reset,   // close() with SO_LINGER 0
    Vanish,  // the socket is gone without a word, as after a crash
    Service, // IP_TOS is set to `tos`; IP_TTL to `ttl`, unless it is 0
    Pause,   // the reader stops
    Resume,
    Datagram, // `bytes` from `port` to `to`
    Echo,     // `bytes`: an ICMP message to `to`
    Arrive,   // `bytes`: the headers of a segment that the capture missed
  } kind;
  u32 flow = 0;
  u16 port = 0;
  std::vector<u8> bytes{};
  std::string text{};
  u32 from = 0, to = 0;
  u16 toPort = 0;
  u8 ttl = 0, tos = 0;
  bool dontFragment = false;
};

struct RelivePlan {
  CapturePlan capture;
  std::vector<HostFrame> frames;
  std::vector<RelivedConnection> connections;
  std::vector<s32> connectionOf;        // by frame; -1: of none. On lo of the end that sends it
  std::vector<s32> receiverOf;          // by frame: the connection that gets it; -1: of none
  std::map<u32, std::vector<Act>> acts; // by frame: before it
  std::vector<Act> before;              // the first
  std::map<std::pair<u32, u8>, std::deque<u16>> identifications;
  u32 mtu = EthernetMtu; // of eth0
  u8 ttl = 64;           // that the host gives its packets
  s64 phase = 0;         // ns within a millisecond at which the file's time begins, as the host's time stamps tell
  u32 unseen = 0;        // bytes that the capture missed, of either direction
  u32 handshakes = 0;    // that our kernel cannot go through

  void act(u32 frame, Act what) { acts[frame].push_back(std::move(what)); }
  // Behind what must be there before, and before what programs do with it.
  void actFirst(u32 frame, Act what) {
    std::vector<Act>& all = acts[frame];
    const auto later = [](const Act& a) { return a.kind > Act::Adopt && a.kind != Act::Arrive; };
    all.insert(std::find_if(all.begin(), all.end(), later), std::move(what));
  }
};

// More bytes that no frame shows, in one direction of a connection, are damage and no loss.
constexpr u32 MostUnseen = 256 << 10;

RelivePlan relivePlan(CapturePlan capture);
// Those of a connection's frames, as its local end sees them.
std::vector<CapturedSegment> segmentsOf(const RelivePlan& plan, const RelivedConnection& connection);
// Is it an address that the machine is given? A router's are those of others, all but one.
bool isOwn(const RelivePlan& plan, u32 address);

// Its parts.
void leaveOutCopies(RelivePlan& plan);
void planConnections(RelivePlan& plan);
void planDatagrams(RelivePlan& plan);
void planSettings(RelivePlan& plan);
void planTcp(RelivePlan& plan, u32 flow);   // the acts of one connection whose role is known
u32 planMissed(RelivePlan& plan, u32 flow); // what reaches it unseen; bytes

} // namespace sockwalk::scenario
