#include "engine/tell/segments.h"
#include "engine/memory/constants/tcp.h"
#include "engine/memory/structures.h"

namespace sockwalk::tell {

std::string sequenceRange(u32 from, u32 to) {
  const std::string a = std::to_string(from), b = std::to_string(to);
  std::size_t same = 0;
  while (a.size() == b.size() && same + 1 < a.size() && a[same] == b[same]) ++same;
  return a + "…" + (same < 4 ? b : b.substr(same));
}

std::string segmentFlags(const kernel::tcp_skb_cb& cb) {
  std::string out;
  for (const auto& [bit, name] :
       {std::pair(kernel::TCPHDR_FIN, "FIN"), {kernel::TCPHDR_SYN, "SYN"}, {kernel::TCPHDR_RST, "RST"}})
    if (cb.tcp_flags & bit) out += (out.empty() ? "" : "|") + std::string(name);
  return out;
}

Text segmentMarks(const kernel::tcp_skb_cb& cb) {
  const auto mark = [&](int bit, Words words) { return cb.sacked & bit ? say(words) : Text(); };
  return Text::list("|", {mark(kernel::TCPCB_SACKED_ACKED, "SACKed"), mark(kernel::TCPCB_LOST, "lost"),
                          mark(kernel::TCPCB_EVER_RETRANS, "sent again")});
}

} // namespace sockwalk::tell
