#include "engine/scenario/truth_format.h"
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <cstdio>
#include <map>

namespace sockwalk::scenario {

Span spanOf(const Journal& j, u32 stimulus, u32 end) {
  const auto& all = j.stimuli();
  if (end <= stimulus) end = stimulus + 1;
  return {all[stimulus].event, end < all.size() ? all[end].event : j.size()};
}

namespace {

// Depth-first from one call; of a function that the recorded kernel has inside its callers, what it calls. A call that slept has other stacks' events inside its span, so callees are found by
// their caller, never by nesting alone.
void printTree(const Journal& j, const std::multimap<EventIndex, EventIndex>& callees, EventIndex call, int depth,
               std::string& out) {
  const std::string_view name = j.function(j[call]).name;
  const bool seen = !Symbols::get().inlined(name);
  if (seen) out.append(2 * depth, ' ').append(name).append("\n");
  auto [from, to] = callees.equal_range(call);
  for (auto it = from; it != to; ++it) printTree(j, callees, it->second, depth + seen, out);
}

// The recorder's tracer looks in from these functions on: other timers and interrupts leave no tree.
bool beginsTree(std::string_view name) {
  static constexpr std::string_view Others[] = {"net_tx_action",       "tcp_write_timer",     "tcp_delack_timer",
                                                "tcp_keepalive_timer", "reqsk_timer_handler", "tw_timer_handler",
                                                "tcp_tasklet_func",    "tcp_pace_kick",       "____fput",
                                                "prb_retire_rx_blk_timer_expired"};
  return name.starts_with("__x64_sys_") || std::ranges::find(Others, name) != std::end(Others);
}

} // namespace

std::string callsText(const Journal& j, u32 index, const std::string& name, u32 end) {
  const Stimulus& s = j.stimuli()[index];
  std::string out = "# " + name + ": result " + std::to_string(s.result < 0 ? -1 : s.result);
  if (s.result < 0) out += ", errno " + std::to_string(-s.result);
  out += "\n";
  std::multimap<EventIndex, EventIndex> callees;
  std::vector<EventIndex> roots, softirqs;
  const Span span = spanOf(j, index, end);
  for (EventIndex i = span.begin; i < span.end; ++i) {
    if (j[i].type != EventType::Call) continue;
    const EventIndex caller = j[i].where;
    if (caller != NoEvent && caller >= span.begin) callees.emplace(caller, i);
    else if (j.function(j[i]).name == "net_rx_action") softirqs.push_back(i);
    else if (beginsTree(j.function(j[i]).name)) roots.push_back(i);
  }
  bool own = false; // the case is one call: what other tasks call meanwhile is left out, as in the recordings
  for (EventIndex r : roots) {
    if (j.function(j[r]).name == "dup_fd") continue; // another task is made, between two calls
    const bool isCall = j.function(j[r]).name.starts_with("__x64_sys_");
    if (!isCall || !own) printTree(j, callees, r, 0, out);
    own |= isCall;
  }
  for (EventIndex r : softirqs) printTree(j, callees, r, 0, out);
  return out;
}

BufferGeometry geometryOf(const Playhead& at, u64 address) {
  const auto* skb = at.object<kernel::sk_buff>(address);
  const auto header = [](u16 v) { return v == 0xffff ? -1 : int(v); };
  const u64 head = skb->head.value;
  BufferGeometry g{};
  g.valid = head != 0;
  g.data = static_cast<u32>(skb->data.value - head);
  g.tail = skb->tail;
  g.end = skb->end;
  g.len = skb->len;
  g.dataLen = skb->data_len;
  g.truesize = skb->truesize;
  g.mac = header(skb->mac_header);
  g.network = header(skb->network_header);
  g.transport = header(skb->transport_header);
  g.protocol = __builtin_bswap16(skb->protocol);
  g.users = skb->users.refs.counter;
  g.cloned = skb->cloned;
  return g;
}

std::string geometryText(Playhead& p, u32 index, u32 end) {
  const Journal& j = p.journal();
  const Span span = spanOf(j, index, end);
  std::map<u64, std::string> ids;
  u32 born = 0;
  std::string rows;
  for (EventIndex i = span.begin; i < span.end; ++i) {
    const u64 skb = j[i].type == EventType::Call ? bufferOf(j, j[i]) : 0;
    if (!skb) continue;
    p.seek(i + 1);
    const BufferGeometry g = geometryOf(p, skb);
    if (!g.valid || !g.users) continue;
    auto [id, isNew] = ids.try_emplace(skb, "");
    if (isNew) id->second = "skb" + std::to_string(born++);
    const auto header = [](int v) { return v < 0 ? std::string("-") : std::to_string(v); };
    char line[256];
    std::snprintf(line, sizeof line, "%s\t%s\t%u\t%u\t%u\t%u\t%u\t%s\t%s\t%s\t0x%04x\t%u\t%d\t%d\n",
                  std::string(j.function(j[i]).name).c_str(), id->second.c_str(), g.data, g.tail, g.end, g.len,
                  g.dataLen, header(g.mac).c_str(), header(g.network).c_str(), header(g.transport).c_str(), g.protocol,
                  g.truesize, g.users, g.cloned);
    rows += line;
    if (j.function(j[i]).name == "kfree_skbmem") ids.erase(skb); // the address may come back as another buffer
  }
  p.seek(span.end);
  if (rows.empty()) return "";
  return "function\tskb\tdata\ttail\tend\tlen\tdata_len\tmac_header\tnetwork_header\ttransport_header\tprotocol\t"
         "truesize\tusers\tcloned\n" +
         rows;
}

} // namespace sockwalk::scenario
