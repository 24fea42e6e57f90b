#include "engine/tell/packets/packet_comparison.h"
#include <cstdio>

namespace sockwalk::tell {

namespace {

constexpr const char* Sent = "sent";

struct Hint {
  std::string_view field;
  Words words;
};
// The first of a frame's differences that has one gives it.
const Hint Hints[] = {
    {"tcp.mss", "The captured host's device had another MTU, or TCP_MAXSEG was set."},
    {"tcp.wscale", "The window scale follows from net.ipv4.tcp_rmem and SO_RCVBUF of the captured host."},
    {"tcp.options", "A stack that orders its options otherwise is no Linux."},
    {"tcp.sack",
     "The captured host told of other holes: a segment reached it that the capture does not have, or its memory "
     "was short."},
    {"tcp.window", "How much room is left depends on tcp_rmem, SO_RCVBUF, on what a byte costs in the captured host's "
                   "buffers, and on when its program read."},
    {"tcp.flags", "PSH marks the end of a write; the captured host's program wrote in other pieces, or its stack marks "
                  "otherwise."},
    {"tcp.ack",
     "Our kernel had other data when it acknowledged: a read or the delayed acknowledgement came at another moment."},
    {"tcp.tsval", "The captured host's clock of time stamps runs otherwise."},
    {"tcp.tsecr", "Our kernel answers to the time stamp of another segment."},
    {"ip.ttl", "The captured host gives its packets another time to live: net.ipv4.ip_default_ttl or IP_TTL."},
    {"ip.id", "The captured host numbers its packets in another way."},
    {"ip.df", "Path MTU discovery was set otherwise: net.ipv4.ip_no_pmtu_disc or IP_MTU_DISCOVER."},
    {"segments", "The same bytes, cut elsewhere: offload, the window, or the moment of the write decided."},
    {"time", "The same frame at another moment: a timer, or when the program was woken."},
};

std::string ms(s64 ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%+.3f ms", double(ns) / 1e6);
  return text;
}

Text unmatched(const Judged& j) {
  if (j.covered)
    return say("Our kernel acknowledged the same bytes with another segment, so it had nothing to say here.");
  if (j.missed)
    return say("The captured host sent this as well, for it was acknowledged: the capture does not have it.");
  if (j.frame == Judged::NoFrame)
    return j.verdict == Verdict::Equivalent
               ? say("One acknowledgement more than the captured host sent; it says nothing new.")
               : say("The captured host did not send this: it was no Linux 6.1, or something that the capture does not "
                     "show held it back.");
  return say("Our kernel had no reason to send this: the captured host was no Linux 6.1, or something that the capture "
             "does not show made it.");
}

Text hint(const Judged& j) {
  if (j.sent.empty() || j.frame == Judged::NoFrame) return unmatched(j);
  for (const FieldDifference& d : j.differences)
    for (const Hint& h : Hints)
      if (d.field == h.field) return say(h.words);
  return {};
}

Text yesOrNo(bool is) { return is ? say("yes") : say("no"); }

class Maker {
public:
  Maker(const PacketRows& rows, int row, const Judged& judged) : m_rows(rows), m_row(row), m_judged(judged) {}
  PacketComparison make() {
    const bool captured = m_judged.frame != Judged::NoFrame, ours = !m_judged.sent.empty();
    add(say("sent"), yesOrNo(captured), yesOrNo(ours), captured != ours);
    add(say("frame"), captured ? m_rows.summary(m_row).info : "", ours ? ourInfo() : "", false);
    for (const FieldDifference& d : m_judged.differences)
      if (d.field != Sent && d.field != "time") add(d.field, d.captured, d.ours, true);
    if (ours) {
      add(say("decided by"), "", senderOf(m_rows.journal(), m_judged.sent[0]) + "()", false);
      m_made.decision = sendingCall(m_rows.journal(), m_judged.sent[0]);
    }
    if (ours && captured) add(say("later by"), "", ms(m_judged.late), false);
    m_made.words = hint(m_judged);
    return std::move(m_made);
  }

private:
  void add(Text what, Text captured, Text ours, bool differs) {
    m_made.lines.push_back({std::move(what), std::move(captured), std::move(ours), differs});
  }
  std::string ourInfo() const {
    const Journal& j = m_rows.journal();
    const int packet = m_rows.packets().before(m_judged.sent[0] + 1);
    return summaryOf(j.frame(j[m_judged.sent[0]]), m_rows.packets().tcpNumbers(packet)).info;
  }

  const PacketRows& m_rows;
  const int m_row;
  const Judged& m_judged;
  PacketComparison m_made;
};

} // namespace

PacketComparison comparison(const PacketRows& rows, int row) {
  const Judged* judged = rows.judged(row);
  return judged ? Maker(rows, row, *judged).make() : PacketComparison();
}

} // namespace sockwalk::tell
