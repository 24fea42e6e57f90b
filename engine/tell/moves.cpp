#include "engine/tell/moves.h"
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/tell/values.h"
#include <cstring>
#include <optional>

namespace sockwalk::tell {
namespace {

enum class Edge : u8 { Data, Tail };
// How a function moves an edge; which one it is says why.
struct Mover {
  std::string_view function;
  Edge edge;
  const char* words; // %1 function, %2 bytes, %3 from, %4 to, %5 whose bytes they are
};
constexpr const char* Pushed = "%1(%2) moved data from %3 to %4: room for %5.";
constexpr const char* Pulled = "%1(%2) moved data from %3 to %4: %5 is behind it, still in the buffer.";
constexpr const char* Put = "%1(%2) moved tail from %3 to %4: room for data at the end.";
constexpr const char* Trimmed = "%1(%2) moved tail from %3 to %4: what stood behind is cut off.";
constexpr const char* Reserved = "%1(%2) moved data and tail from %3 to %4: headroom for headers to come.";
constexpr Mover movers[] = {
    {"skb_push", Edge::Data, Pushed},         {"__skb_push", Edge::Data, Pushed},
    {"skb_pull", Edge::Data, Pulled},         {"__skb_pull", Edge::Data, Pulled},
    {"skb_pull_inline", Edge::Data, Pulled},  {"skb_pull_rcsum", Edge::Data, Pulled},
    {"eth_skb_pull_mac", Edge::Data, Pulled}, {"skb_put", Edge::Tail, Put},
    {"__skb_put", Edge::Tail, Put},           {"skb_reserve", Edge::Data, Reserved},
    {"skb_trim", Edge::Tail, Trimmed},        {"__skb_trim", Edge::Tail, Trimmed},
};
constexpr u64 EthernetHeader = 14;

// Whose header it is, told by the function that asked.
Text headerOf(const Journal& j, EventIndex call, u64 count) {
  for (EventIndex c = j.callerOf(call); c != NoEvent; c = j.callerOf(c)) {
    const std::string_view f = j.function(j[c]).name, file = j.function(j[c]).file;
    if (f.starts_with("skb") || f.starts_with("__skb") || f == "pskb_trim_rcsum") continue;
    const auto has = [&](std::string_view part) { return file.find(part) != file.npos || f.find(part) != f.npos; };
    if (count == EthernetHeader || has("ethernet") || has("eth_")) return say("the Ethernet header");
    if (has("tcp")) return say("the TCP header");
    if (has("udp")) return say("the UDP header");
    if (has("icmp")) return say("the ICMP header");
    if (has("arp")) return say("the ARP packet");
    if (has("ip_") || has("/ip")) return say("the IP header");
    break;
  }
  return bytes(s64(count));
}

// From where to where an edge went, counted from head.
struct Move {
  u64 from, to;
};
std::optional<Move> moveOf(const Playhead& at, EventIndex call, EventIndex end, u32 skb, Edge edge) {
  const Journal& j = at.journal();
  const u64 head = at.object<kernel::sk_buff>(Arena::addressOf(skb))->head.value;
  const u32 field = skb + u32(edge == Edge::Data ? offsetof(kernel::sk_buff, data) : offsetof(kernel::sk_buff, tail));
  for (EventIndex i = call; i < end; ++i) {
    if (j[i].type != EventType::Write || j[i].where != field) continue;
    const auto c = j.change(j[i]);
    u64 before = 0, after = 0;
    std::memcpy(&before, c.oldBytes, c.size);
    std::memcpy(&after, c.newBytes, c.size);
    return edge == Edge::Data ? Move{u32(before - head), u32(after - head)} : Move{before, after};
  }
  return std::nullopt;
}

} // namespace

Text bufferMove(const Playhead& at, EventIndex call, EventIndex end) {
  const Journal& j = at.journal();
  const FunctionInfo& f = j.function(j[call]);
  for (const Mover& m : movers) {
    if (m.function != f.name) continue;
    const u64 skb = bufferOf(j, j[call]);
    const auto move = skb ? moveOf(at, call, end, u32(skb), m.edge) : std::nullopt;
    if (!move) return {};
    const auto values = j.arguments(j[call]);
    const u64 count = values.size() > 1 ? values[1] : EthernetHeader;
    return say(TableWords{m.words}, f.name, count, move->from, move->to, headerOf(j, call, count));
  }
  return {};
}

} // namespace sockwalk::tell
