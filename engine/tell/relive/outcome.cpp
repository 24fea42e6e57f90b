#include "engine/tell/relive/outcome.h"
#include "engine/memory/layout.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/relive/verdict.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <set>

namespace sockwalk::tell {

namespace {

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

u64 argumentOf(const Journal& j, const Event& call, std::string_view type) {
  const FunctionInfo& f = j.function(call);
  const auto values = j.arguments(call);
  for (size_t i = 0; i < f.argumentTypes.size() && i < values.size(); ++i)
    if (f.argumentTypes[i] == type) return values[i];
  return 0;
}

std::string typeName(u16 type) {
  const LayoutInfo* layout = layoutOf(type);
  return layout ? std::string(layout->name) : "object";
}

// What one arrival led to, gathered from its events.
struct Gathered {
  EventIndex delivered = NoEvent, drop = NoEvent, learned = NoEvent, merged = NoEvent, request = NoEvent;
  std::vector<EventIndex> sent;
  bool raw = false;
};

Gathered gather(const Journal& j, u32 stimulus) {
  Gathered g;
  const auto& stimuli = j.stimuli();
  const EventIndex begin = stimuli[stimulus].event,
                   end = stimulus + 1 < stimuli.size() ? stimuli[stimulus + 1].event : j.size();
  for (EventIndex i = begin; i < end; ++i) {
    const Event& e = j[i];
    // What a socket throws away as it closes had been delivered before; and a raw socket has its own copy.
    const std::string reason = e.type == EventType::Drop ? dropReason(e.b) : "";
    const bool spare = reason == "SKB_DROP_REASON_NOT_SPECIFIED" || (g.raw && reason == "SKB_DROP_REASON_NO_SOCKET");
    const bool lost = !reason.empty() && (g.delivered == NoEvent || !spare);
    if (lost && g.drop == NoEvent) g.drop = i;
    if (e.type == EventType::PacketOut) g.sent.push_back(i);
    if (e.type != EventType::Call) continue;
    const std::string_view name = j.function(e).name;
    if (isOneOf(name, {"__udp_enqueue_schedule_skb", "sock_queue_rcv_skb_reason", "tcp_rcv_established",
                       "tcp_data_queue", "tcp_rcv_state_process", "tcp_timewait_state_process", "raw_rcv"}))
      g.delivered = i;
    g.raw |= name == "raw_rcv";
    if (name == "tcp_conn_request") g.request = i;
    if (name == "neigh_update" || name == "arp_process") g.learned = i;
    if (name == "inet_frag_queue_insert") g.merged = i;
  }
  return g;
}

Text answer(const Journal& j, const Gathered& g, const PacketList& packets) {
  if (g.sent.empty()) return {};
  const int first = packets.before(g.sent.front() + 1);
  const FrameSummary s = summaryOf(j.frame(j[g.sent.front()]), packets.tcpNumbers(first));
  if (g.sent.size() == 1) return say("answered by %1, %2", s.info, senderOf(j, g.sent.front()) + "()");
  return say("%1 frames sent, the first %2, by %3", g.sent.size(), s.info, senderOf(j, g.sent.front()) + "()");
}

std::string enclosing(const Journal& j, EventIndex event) {
  const EventIndex call = j.callAround(event);
  return call == NoEvent ? "" : std::string(j.function(j[call]).name);
}

// The function that decided to drop: those that only free are passed over.
std::string dropper(const Journal& j, EventIndex event) {
  for (EventIndex c = j.callAround(event); c != NoEvent; c = j.callerOf(c)) {
    const std::string_view name = j.function(j[c]).name;
    if (name.find("kfree_skb") == std::string_view::npos && name != "tcp_drop_reason" && name != "tcp_drop")
      return std::string(name);
  }
  return "";
}

} // namespace

Outcomes::Outcomes(const Journal& journal) : m_journal(journal) {
  const auto& all = journal.allocations();
  for (u32 i = 0; i < all.size(); ++i)
    if (typeName(all[i].type).ends_with("_sock")) m_sockets[all[i].offset].push_back(i);
}

std::string Outcomes::socketName(u64 address, EventIndex when) const {
  const auto here = m_sockets.find(static_cast<u32>(address));
  if (here == m_sockets.end()) return "a socket";
  const auto& all = m_journal.allocations();
  for (size_t n = here->second.size(); n-- > 0;)
    if (const Allocation& a = all[here->second[n]]; a.born <= when)
      return typeName(a.type) + " #" + std::to_string(a.ordinal);
  return "a socket";
}

Outcome Outcomes::of(u32 stimulus, const PacketList& packets) const {
  const Journal& j = m_journal;
  const Gathered g = gather(j, stimulus);
  Outcome out;
  if (g.drop != NoEvent) {
    out.dropped = true;
    out.reason = j[g.drop].b;
    out.function = dropper(j, g.drop);
    const Text dropped = say("dropped by %1: %2", out.function + "()", dropReason(out.reason));
    out.text = g.sent.empty() ? dropped : say("%1; %2", dropped, answer(j, g, packets));
    return out;
  }
  Text what;
  if (g.request != NoEvent) {
    what = say("a request to connect, taken by %1", socketName(argumentOf(j, j[g.request], "sock"), g.request));
    out.function = "tcp_conn_request";
  } else if (g.delivered != NoEvent) {
    what = say("delivered to %1", socketName(argumentOf(j, j[g.delivered], "sock"), g.delivered));
    out.function = enclosing(j, g.delivered);
  } else if (g.learned != NoEvent) {
    what = say("an address is learnt or asked for");
    out.function = enclosing(j, g.learned);
  } else if (g.merged != NoEvent) {
    what = say("a fragment, kept until the others are there");
    out.function = enclosing(j, g.merged);
  }
  const Text answered = answer(j, g, packets);
  if (out.function.empty() && !g.sent.empty()) out.function = senderOf(j, g.sent.front());
  out.text = what.empty() ? answered : answered.empty() ? what : say("%1; %2", what, answered);
  if (out.text.empty()) out.text = say("nothing came of it");
  return out;
}

} // namespace sockwalk::tell
