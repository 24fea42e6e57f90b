#include "engine/tell/relive/verdict.h"
#include <algorithm>

namespace sockwalk::tell {

const char* verdictName(Verdict verdict) {
  static constexpr const char* Names[] = {"", "same", "equivalent", "different"};
  return Names[static_cast<size_t>(verdict)];
}

Text verdictText(Verdict verdict) {
  switch (verdict) {
  case Verdict::Same: return say("same");
  case Verdict::Equivalent: return say("equivalent");
  case Verdict::Different: return say("different");
  case Verdict::None: break;
  }
  return {};
}

static Text differenceWords(const FieldDifference& d, s64 late) {
  constexpr s64 Millisecond = 1'000'000; // ns
  if (d.field == "time" && late > 0) return say("%1 ms later here", late / Millisecond);
  if (d.field == "time") return say("%1 ms earlier here", -late / Millisecond);
  if (d.field == "segments") return say("cut into %1 segments here", d.ours);
  return say("%1 is %2 here, %3 there", d.field, d.ours, d.captured);
}

Text verdictWords(const Journal& j, const Judged& f) {
  if (f.sent.empty())
    return f.covered ? say("not sent by itself: acknowledged with another segment") : say("not sent by our kernel");
  const std::string function = senderOf(j, f.sent[0]) + "()";
  if (f.missed) return say("sent by %1; the capture missed it, but it was acknowledged", function);
  if (f.frame == Judged::NoFrame) return say("sent by %1, and not by the captured host", function);
  if (f.differences.empty()) return say("sent by %1", function);
  std::vector<Text> parts;
  for (const FieldDifference& d : f.differences) parts.push_back(differenceWords(d, f.late));
  return say("sent by %1: %2", function, Text::list("; ", std::move(parts)));
}

// What all segments and frames pass, whoever decided to send them.
constexpr std::string_view Passed[] = {"__tcp_transmit_skb", "tcp_transmit_skb", "udp_send_skb",  "arp_xmit",
                                       "arp_send_dst",       "arp_xmit_finish",  "__tcp_send_ack"};

EventIndex sendingCall(const Journal& j, EventIndex packetOut) {
  for (EventIndex c = j.callAround(packetOut); c != NoEvent; c = j.callerOf(c)) {
    const FunctionInfo& f = j.function(j[c]);
    const auto in = [&](std::string_view what) { return f.file.find(what) != std::string_view::npos; };
    const bool protocol = in("/ipv4/tcp") || in("/ipv4/udp") || in("/ipv4/icmp") || in("/ipv4/arp") ||
                          in("/ipv4/raw") || in("/ipv4/igmp") || in("/ipv4/ping");
    if (protocol && std::ranges::find(Passed, f.name) == std::end(Passed)) return c;
  }
  return j.callAround(packetOut);
}

std::string senderOf(const Journal& j, EventIndex packetOut) {
  const EventIndex call = sendingCall(j, packetOut);
  return call == NoEvent ? "" : std::string(j.function(j[call]).name);
}

} // namespace sockwalk::tell
