#include "views/packets/packet_fate.h"
#include <algorithm>

namespace sockwalk {
namespace {

constexpr EventIndex LookAhead = 60000; // events; a packet that nothing was decided about in so many is unknown

// Functions that a driver hands each fresh sk_buff to, once, in order of arrival.
bool picksUp(std::string_view f) {
  return f == "eth_type_trans" || f == "netif_rx" || f == "netif_receive_skb" || f == "napi_gro_receive";
}
bool delivers(std::string_view f) {
  return f == "__udp_enqueue_schedule_skb" || f == "__sock_queue_rcv_skb" || f == "sock_queue_rcv_skb_reason" ||
         f == "tcp_queue_rcv" || f == "tcp_rcv_established" || f == "tcp_rcv_state_process" || f == "tcp_data_queue";
}

u64 bufferOf(const Journal& j, const Event& call, const FunctionInfo& f) {
  const auto values = j.arguments(call);
  for (size_t i = 0; i < f.argumentTypes.size() && i < values.size(); ++i)
    if (f.argumentTypes[i] == "sk_buff") return values[i];
  return 0;
}

// The event at which the sk_buff of this arrival is picked up: arrivals that wait together are taken in order.
EventIndex pickUp(const Journal& j, EventIndex arrival, u64& skb) {
  int ahead = 0;
  for (EventIndex i = arrival, n = 0; i-- > 0 && n < LookAhead; ++n) {
    if (j[i].type == EventType::PacketIn) ++ahead;
    else if (j[i].type == EventType::Call && picksUp(j.function(j[i]).name)) break;
    else if (j[i].type == EventType::Return && j[i].where > 0) continue;
  }
  u64 last = 0;
  const EventIndex end = static_cast<EventIndex>(std::min<u64>(j.size(), u64(arrival) + LookAhead));
  for (EventIndex i = arrival + 1; i < end; ++i) {
    if (j[i].type != EventType::Call) continue;
    const FunctionInfo& f = j.function(j[i]);
    if (!picksUp(f.name)) continue;
    const u64 buffer = bufferOf(j, j[i], f);
    if (!buffer || buffer == last) continue; // the same one, handed on
    last = buffer;
    if (ahead-- == 0) return skb = buffer, i;
  }
  return NoEvent;
}

// Whether an event happened inside a call that was handed this sk_buff.
bool because(const Journal& j, EventIndex event, u64 skb) {
  for (EventIndex c = j.callAround(event); c != NoEvent; c = j.callerOf(c))
    if (bufferOf(j, j[c], j.function(j[c])) == skb) return true;
  return false;
}

} // namespace

PacketFate fateOf(const Journal& j, EventIndex arrival) {
  PacketFate fate;
  u64 skb = 0;
  const EventIndex from = pickUp(j, arrival, skb);
  if (from == NoEvent) {
    // Dropped before any sk_buff carried it, if it was.
    for (EventIndex i = arrival + 1; i < j.size() && i < arrival + 64 && j[i].type != EventType::PacketIn; ++i)
      if (j[i].type == EventType::Drop) return {PacketFate::Dropped, i, j[i].b, false, 0};
    return fate;
  }
  const auto decide = [&](PacketFate::Kind kind, EventIndex at) {
    if (fate.kind == PacketFate::Unknown || fate.kind == PacketFate::Learned || kind == PacketFate::Dropped)
      fate.kind = kind, fate.event = at;
  };
  const EventIndex end = static_cast<EventIndex>(std::min<u64>(j.size(), u64(from) + LookAhead));
  for (EventIndex i = from; i < end; ++i) {
    const Event& e = j[i];
    if (e.type == EventType::Drop && Arena::addressOf(e.where) == skb) {
      decide(PacketFate::Dropped, i);
      fate.reason = e.b;
      return fate;
    }
    if (e.type == EventType::Free && Arena::addressOf(e.where) == skb) {
      decide(PacketFate::Consumed, i);
      return fate;
    }
    if (e.type == EventType::PacketOut && because(j, i, skb)) {
      fate.answered = true;
      decide(PacketFate::Answered, i);
    }
    if (e.type != EventType::Call) {
      // Once it is in a queue and the softirq is over, it only waits to be read.
      if (e.type == EventType::Context && fate.kind == PacketFate::Delivered) return fate;
      continue;
    }
    const FunctionInfo& f = j.function(e);
    if (f.name == "neigh_update" && because(j, i, skb)) decide(PacketFate::Learned, i);
    if (bufferOf(j, e, f) != skb) continue;
    if (delivers(f.name)) {
      if (fate.kind == PacketFate::Answered) fate.kind = PacketFate::Unknown;
      decide(PacketFate::Delivered, i);
    } else if (f.name == "ip_forward") {
      decide(PacketFate::Forwarded, i);
    } else if (f.name == "skb_gro_receive") {
      const auto values = j.arguments(e);
      if (values.size() > 1 && values[1] == skb) decide(PacketFate::Merged, i);
    }
  }
  return fate;
}

} // namespace sockwalk
