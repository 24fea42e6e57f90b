// What was odd about the machine whose Linux was recorded (tests/kernel_truth): an x86 computed by QEMU in software, tens
// of times slower than a processor, on a wire that ends in the emulator itself. Linux behaves differently on such a
// machine, by its own rules: time passes where it usually does not. A simulated machine has no such oddities unless they
// are asked for: RecordedMachine{} is *plain*, asRecorded() is what recordings are compared with. Nothing of the kind is
// written anywhere else in the engine.
#pragma once
#include "engine/base/types.h"

namespace sockwalk::kernel {

struct RecordedMachine {
  // ---- time that passes within a call; nothing else in a call takes time

  // ns that each packet over lo takes on its way up. Two acknowledgements over lo never had the same time stamp (a
  // millisecond) in a recording, so that they were never joined in a backlog.
  s64 loopbackPacketTakes = 0;
  // ns from the read to the access time of a file that sendfile() sent: the recordings always show another tick there.
  s64 sendfileTakes = 0;

  // ---- when ksoftirqd takes over from a softirq that a call runs. Plain: by Linux's rule that needs no clock, when there
  // is still work after MAX_SOFTIRQ_RESTART rounds. As recorded, its other rule decides, two milliseconds, and was found
  // to do so after so much work:

  // Packets received in one round; 0: packets are not counted. The cases of tcp_sizes_lo and tcp_eth_more agree on 5.
  u32 softirqPackets = 0;
  // Bytes from which on the copying of the call itself counts as one packet more.
  u64 softirqCopied = 0;
  // Work for transmission that a round leaves behind (a queue that the device stopped) is for ksoftirqd at once.
  bool softirqLeavesSending = false;
  // Jiffies that net_rx_action() takes for a packet: after netdev_budget_usecs (8 ms, two jiffies) it stops and leaves
  // the rest for the next round. time_squeeze in /proc/net/softnet_stat counted so on the recorded machine.
  u32 receiveTicks = 0; // jiffies

  // ---- what had been before the recording, and where programs had their buffers

  // Bytes that the ring of eth0 may hold before its queue stops, as byte queue limits had learnt from IPv6, which spoke
  // on the new link before anything else: more than 229 and less than 242, as the recordings tell. 0: nothing is learnt.
  u32 queueLimit = 0;
  // Where in its page a buffer of 256 bytes and more begins: the recording program's static buffer did not begin with a
  // page, which shows in the fragments of MSG_ZEROCOPY and sendfile(). 0: buffers follow one another.
  u32 largeBufferStart = 0;

  // ---- the host at the other end of the wire, which was the emulator itself

  // ns until an answer of its TCP is there, while the call that asked still holds the socket: sending trapped into the
  // emulator, which answered before it went on. 0: an answer comes a round trip after the call.
  s64 answerTakes = 0;
  // The same for a SYN, once a connection was made before.
  s64 openingAnswerTakes = 0;
  // A burst of full segments, cut by the emulated card, ended with one that was empty; the host took it for a duplicate
  // and acknowledged once more.
  bool emptySegmentAfterBurst = false;

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
  return m;
}

} // namespace sockwalk::kernel
