// What was odd about the machine whose Linux was recorded (tests/kernel_truth): an x86 computed by QEMU in software, slow,
// and on a wire that ends in the emulator. Linux behaves differently there, by its own rules: time passes where usually it
// does not. A simulated machine has no such oddities unless they are asked for: RecordedMachine{} is *plain*, asRecorded()
// is what recordings are compared with. The values were chosen so that the recorded cases come out as they were recorded;
// tests/scenarios/differences.md says what no value explains. Manners of the far host itself are in scenario/peer_tcp.h.
#pragma once
#include "engine/base/types.h"

namespace sockwalk::kernel {

struct RecordedMachine {
  // ---- time that passes within a call; nothing else in a call takes time

  // ns that each packet over lo takes on its way up. Two acknowledgements over lo never had the same time stamp (a
  // millisecond) in a recording, so that they were never joined in a backlog.
  s64 loopbackPacketTakes = 0;
  // ns by which the access time of a file that sendfile() sent is later: a tick, for the recorded machine was never faster.
  s64 sendfileTakes = 0;

  // ---- when ksoftirqd takes over from a softirq that a call runs. Plain: by Linux's rule that needs no clock, when there
  // is still work after MAX_SOFTIRQ_RESTART rounds. As recorded, its other rule decides, the clock, and an emulated poll
  // takes milliseconds. Whether a tick falls into it was chance; most recordings come out right with these rules of thumb:

  // Packets received in one round that are too many; 0: packets are not counted.
  u32 softirqPackets = 0;
  // Bytes from which on the copying of the call itself counts as one packet more.
  u64 softirqCopied = 0;
  // Work for transmission that a round leaves behind (a queue that the device stopped) is for ksoftirqd at once.
  bool softirqLeavesSending = false;
  // Jiffies that net_rx_action() takes for a packet: after netdev_budget_usecs (8 ms, two jiffies) it stops and leaves
  // the rest for the next round.
  u32 receiveTicks = 0; // jiffies

  // ---- what had been before the recording, and where programs had their buffers

  // Bytes that the ring of eth0 may hold before its queue stops, as byte queue limits had learnt from IPv6, which spoke
  // on the new link before anything else: more than 229 and less than 242, as the recordings tell. 0: nothing is learnt.
  u32 queueLimit = 0;
  // Where in its page a buffer of 256 bytes and more begins, as the static buffers of the recorded programs did: seen in
  // how many pages a zero-copied sk_buff counts (the zcf_udp cases). 0: buffers follow one another.
  u32 largeBufferStart = 0;

  // ---- the host at the other end of the wire, which was the emulator itself

  // ns until an answer of its TCP is there, while the call that asked still holds the socket: the interrupt came before
  // the sender went on. 0: an answer comes a round trip after the call.
  s64 answerTakes = 0;
  // The same for a SYN, once a connection was made before.
  s64 openingAnswerTakes = 0;
  // A burst of full segments, cut by the emulated card, ended with one that was empty, and which the host took for a
  // duplicate.
  bool emptySegmentAfterBurst = false;

  // ---- what it had drawn by lot
  // ms for which a neighbour that was confirmed counts as reachable (RFC 4861 section 6.3.2), between 15 and 45 seconds: the
  // segments of the wire_tcp cases 25 seconds after the first were sent through an entry in DELAY. 0: it is drawn.
  u32 reachableTime = 0;

  bool plain() const { return *this == RecordedMachine{}; }
  static constexpr RecordedMachine asRecorded();
  bool operator==(const RecordedMachine&) const = default;
};

constexpr RecordedMachine RecordedMachine::asRecorded() {
  RecordedMachine m;
  m.loopbackPacketTakes = 500'000;
  m.sendfileTakes = 4'000'000;
  m.softirqPackets = 5;
  m.softirqCopied = 16384;
  m.softirqLeavesSending = true;
  m.receiveTicks = 1;
  m.queueLimit = 236;
  m.largeBufferStart = 0xc20;
  m.answerTakes = 10'000'000;
  m.openingAnswerTakes = 2'000'000;
  m.emptySegmentAfterBurst = true;
  m.reachableTime = 19'700;
  return m;
}

} // namespace sockwalk::kernel
