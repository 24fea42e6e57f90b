// What our kernel sent beside what the captured host did.
#pragma once
#include "engine/journal/journal.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

// Equivalent: acknowledged at another moment, cut into other segments. None: the host did not send it, or it is not relived.
enum class Verdict : u8 { None, Same, Equivalent, Different };
const char* verdictName(Verdict verdict); // "same": alike in every language
Text verdictText(Verdict verdict);

struct FieldDifference {
  std::string field, captured, ours; // "tcp.window", "65160", "64240"
};

// A frame that the host sent or ours did, judged.
struct Judged {
  static constexpr u32 NoFrame = 0xffffffff;
  u32 frame = NoFrame; // of the plan; none: only our kernel sent it
  Verdict verdict = Verdict::None;
  bool covered = false;         // what it acknowledged was acknowledged with another
  bool missed = false;          // only ours sent it, but the file has an acknowledgement of it: the capture missed it
  std::vector<EventIndex> sent; // where our kernel sent it
  s64 late = 0;                 // ns by which ours was later
  std::vector<FieldDifference> differences;
};

// Why the verdict is what it is: "sent by tcp_v4_send_synack(): tcp.window is 64240 here, 65160 there".
Text verdictWords(const Journal& journal, const Judged& judged);
// The call that decided to send: the innermost one of the protocol, above those that all segments pass, around a PacketOut
// event; of a frame of no protocol the innermost of all.
EventIndex sendingCall(const Journal& journal, EventIndex packetOut);
std::string senderOf(const Journal& journal, EventIndex packetOut); // its function: "tcp_send_ack"

} // namespace sockwalk::tell
