#include "engine/tell/happenings/reader.h"
#include "engine/journal/queries.h"
#include "engine/memory/constants/netdevice.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/tell/in_words.h"
#include "engine/tell/marks.h"
#include "engine/tell/moments.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <stdexcept>

namespace sockwalk::tell::happenings {

namespace {

// Every note or function of that name: what the kernel's compiler split has several.
template <class Named, class Tell>
bool listen(std::vector<Tell>& listeners, const std::vector<Named*>& all, std::string_view name, Tell tell) {
  listeners.resize(all.size(), nullptr);
  bool found = false;
  for (const Named* one : all)
    if (one->name == name) listeners[one->id] = tell, found = true;
  return found;
}

} // namespace

Reader::Reader(const Journal& journal) : m_journal(journal), m_at(journal) {
  for (const auto& rules : {openingRules(), lossRules(), receivingRules(), endingRules(), networkRules(), frameRules()})
    add(rules);
}

// A rule that never applies would be told by nobody.
void Reader::add(std::span<const Rule> rules) {
  const Symbols& symbols = Symbols::get();
  for (const Rule& rule : rules) {
    const bool known = rule.on == Rule::Note ? listen(m_onNote, symbols.notes(), rule.name, rule.tell)
                                             : listen(m_onCall, symbols.functions(), rule.name, rule.tell);
    if (!known) throw std::logic_error("no note and no function of the kernel: " + std::string(rule.name));
  }
}

void Reader::update(EventIndex until) {
  for (const EventIndex end = std::min(until, m_journal.size()); m_seen < end; ++m_seen) read(m_seen);
}

void Reader::read(EventIndex i) {
  const Event& e = m_journal[i];
  switch (e.type) {
  case EventType::Call:
    if (const Tell rule = m_onCall[e.b]) rule(*this, momentOf(i));
    break;
  case EventType::Return: returned(e, i); break;
  case EventType::Note:
    if (const Tell rule = m_onNote[e.b]) rule(*this, momentOf(i));
    break;
  case EventType::PacketIn:
  case EventType::PacketOut: frame(e, i); break;
  case EventType::Mark: mark(e, i); break;
  case EventType::Drop: drop(e, i); break;
  case EventType::Free: freed(e); break;
  case EventType::Panic: panic(i); break;
  default: break;
  }
}

// ---- results
void Reader::await(EventIndex call, u64 subject, void (*then)(Reader&, const Moment&, u64)) {
  m_awaited.push_back({call, subject, then});
}

void Reader::returned(const Event& e, EventIndex i) {
  if (!m_unheard.empty() && e.a && static_cast<s64>(e.data) < 0) errorReturned(e, i);
  if (m_awaited.empty()) return;
  const auto found = std::ranges::find(m_awaited, e.where, &Awaited::call);
  if (found == m_awaited.end()) return;
  const Awaited awaited = *found;
  m_awaited.erase(found);
  const u64 result = e.data;
  awaited.then(*this, {i, m_journal.timeAt(i), {&result, 1}}, awaited.subject);
}

// A system call gives its program the error that a reset left in the socket.
void Reader::errorReturned(const Event& e, EventIndex i) {
  const auto values = m_journal.arguments(m_journal[e.where]);
  for (const u64 value : values) {
    const auto waits = m_unheard.find(value);
    if (waits == m_unheard.end() || connection(value).unheard != -static_cast<s64>(e.data)) continue;
    EventIndex outermost = e.where;
    while (m_journal.callerOf(outermost) != NoEvent) outermost = m_journal.callerOf(outermost);
    const int stimulus = m_journal.stimulusAt(outermost);
    Happening* h = told(HappeningKind::ResetReceived, value);
    if (stimulus < 0 || m_journal.contextAt(i).kind != Context::Task || !h) continue;
    h->words = say("%1; %2 gets it", h->words, stimulusText(m_journal.stimuli()[size_t(stimulus)].text));
    connection(value).unheard = 0;
    m_unheard.erase(waits);
    return;
  }
}

// ---- frames
void Reader::frame(const Event& e, EventIndex i) {
  m_arrivals.frame(m_journal, i);
  const bool goes = e.type == EventType::PacketOut || e.b == kernel::LOOPBACK_IFINDEX; // on lo both are one event
  if (!goes) return;
  m_left = m_arrivals.count() - 1;
  if (m_leaving.empty()) return;
  const s64 now = m_journal.timeAt(i);
  const std::string flow = flowName(parseHeaders(m_journal.frame(e)));
  std::erase_if(m_leaving, [&](const Leaving& waits) {
    if (now > waits.until) return true;
    if (!waits.flow.empty() && waits.flow != flow) return false;
    isAbout(m_all[waits.index], m_left);
    return true;
  });
}

// Some functions tell what they did, others what they are about to do: the frame has left within the call, or will.
void Reader::leaves(size_t index, const std::string& flow, EventIndex event) {
  constexpr s64 Patience = 1'000'000'000; // ns; ARP may have to ask first
  const EventIndex call = m_journal.callAround(event);
  const bool left =
      m_left >= 0 && call != NoEvent && m_arrivals.eventOf(m_left) > call && flowName(headersOf(m_left)) == flow;
  if (left) isAbout(m_all[index], m_left);
  else m_leaving.push_back({index, flow, m_journal.timeAt(event) + Patience});
}

FrameHeaders Reader::headersOf(int frame) const {
  return frame < 0 ? FrameHeaders{} : parseHeaders(m_journal.frame(m_journal[m_arrivals.eventOf(frame)]));
}

void Reader::mark(const Event& e, EventIndex i) {
  if (static_cast<BufferMark>(e.a) == BufferMark::Refused) refused(e, i);
  m_arrivals.mark(e);
}

void Reader::refused(const Event& e, EventIndex i) {
  const bool usual = e.where == static_cast<u32>(Refusal::OtherAddress); // a card hears much that is not for it
  Happening& h = fold({HappeningKind::RefusedByDevice, 0, "", e.where},
                      usual ? HappeningLevel::Notice : HappeningLevel::Warning, placeOf(i), About::Nothing);
  if (h.packet < 0) isAbout(h, m_arrivals.count() - 1);
  h.words = onceOrMore(h, say("a frame is not taken by the device: %1", refusal(e.where)),
                       "%1 frames are not taken by the device, within %2");
  if (h.count > 1) h.words = say("%1: %2", h.words, refusal(e.where));
}

static bool isChecksum(u32 reason) {
  using namespace kernel;
  return reason == SKB_DROP_REASON_TCP_CSUM || reason == SKB_DROP_REASON_UDP_CSUM ||
         reason == SKB_DROP_REASON_IP_CSUM || reason == SKB_DROP_REASON_ICMP_CSUM || reason == SKB_DROP_REASON_SKB_CSUM;
}

// Who lets go of a packet that has served says no reason. And what a rule has told of is told.
void Reader::drop(const Event& e, EventIndex i) {
  const int frame = m_arrivals.of(Arena::addressOf(e.where));
  const bool noReason = e.b == kernel::SKB_DROP_REASON_NOT_SPECIFIED;
  if (noReason && (frame < 0 || m_arrivals.served(frame))) return;
  if (e.b == kernel::SKB_DROP_REASON_NEIGH_FAILED || (frame >= 0 && frame == m_explained)) return;
  const bool checksum = isChecksum(e.b), usual = e.b == kernel::SKB_DROP_REASON_OTHERHOST;
  Happening& h = fold({checksum ? HappeningKind::BadChecksum : HappeningKind::Dropped, 0, "", e.b},
                      checksum ? HappeningLevel::Bad
                      : usual  ? HappeningLevel::Notice
                               : HappeningLevel::Warning,
                      placeOf(i), About::Arrival);
  if (h.count == 1) isAbout(h, frame);
  if (checksum)
    h.words = onceOrMore(h, say("a frame has a wrong checksum and is dropped"),
                         "%1 frames within %2 have a wrong checksum and are dropped");
  else h.words = onceOrMore(h, say("a frame is dropped"), "%1 frames are dropped, within %2");
  h.words = say("%1: %2", h.words, shortReason(e.b));
  if (h.packet < 0) return;
  h.words = h.count == 1 ? say("%1 (%2)", h.words, contentsOf(h.packet))
                         : say("%1 (the first: %2)", h.words, contentsOf(h.packet));
}

Text Reader::contentsOf(int frame) const {
  return summaryOf(m_journal.frame(m_journal[m_arrivals.eventOf(frame)]), m_arrivals.tcpNumbers(frame)).info;
}

void Reader::panic(EventIndex i) {
  Happening& h = fold({HappeningKind::Panic, 0, "", i}, HappeningLevel::Bad, placeOf(i), About::Nothing);
  h.words = say("the kernel stops: %1", panicText(m_journal, m_journal[i]));
}

// ---- connections
void Reader::freed(const Event& e) {
  const auto found = m_connections.find(e.where);
  if (found == m_connections.end()) return;
  closedWindows -= found->second.closed != Never;
  m_unheard.erase(Arena::addressOf(e.where));
  m_connections.erase(found);
}

Connection& Reader::connectionAt(u32 offset) {
  Connection& c = m_connections[offset];
  if (!c.serial) c.serial = ++m_serials;
  return c;
}
Connection& Reader::newConnection(u64 socket) {
  Connection& c = connection(socket);
  closedWindows -= c.closed != Never;
  c = {};
  c.serial = ++m_serials;
  return c;
}

// A socket, a request and what is left of a connection all begin with the same addresses and ports.
const std::string& Reader::flowOf(u64 socket, EventIndex event) {
  Connection& c = connection(socket);
  if (!c.flow.empty()) return c.flow;
  const auto& socketNow = object<kernel::inet_sock>(socket, event);
  const auto& ends = socketNow.sk.__sk_common;
  const u16 bound = ends.skc_num; // none any more, once its port is given back
  c.flow = flowName(__builtin_bswap32(ends.skc_rcv_saddr), bound ? bound : __builtin_bswap16(socketNow.inet_sport),
                    __builtin_bswap32(ends.skc_daddr), __builtin_bswap16(ends.skc_dport));
  return c.flow;
}

// ---- where it happens
u64 Reader::argumentAround(EventIndex event, std::string_view type) const {
  for (EventIndex c = m_journal.callAround(event); c != NoEvent; c = m_journal.callerOf(c)) {
    const FunctionInfo& f = m_journal.function(m_journal[c]);
    const auto values = m_journal.arguments(m_journal[c]);
    for (size_t i = 0; i < std::min(values.size(), f.argumentTypes.size()); ++i)
      if (f.argumentTypes[i] == type && values[i]) return values[i];
  }
  return 0;
}

std::string_view Reader::functionAround(EventIndex event) const {
  const auto onlyFrees = [](std::string_view name) {
    return name.starts_with("kfree_skb") || name == "tcp_drop_reason" || name == "skb_queue_purge" ||
           name == "tcp_listendrop";
  };
  for (EventIndex c = m_journal.callAround(event); c != NoEvent; c = m_journal.callerOf(c))
    if (const std::string_view name = m_journal.function(m_journal[c]).name; !onlyFrees(name)) return name;
  return {};
}
std::string_view Reader::callerOf(EventIndex call) const {
  const EventIndex caller = m_journal.callerOf(call);
  return caller == NoEvent ? std::string_view() : m_journal.function(m_journal[caller]).name;
}

int Reader::arrivalAround(EventIndex event) const {
  for (EventIndex c = m_journal.callAround(event); c != NoEvent; c = m_journal.callerOf(c)) {
    const u64 skb = bufferOf(m_journal, m_journal[c]);
    const int frame = skb ? m_arrivals.of(skb) : -1;
    if (frame >= 0) return frame;
  }
  return -1;
}

// ---- telling
Happening& Reader::fold(const Key& key, HappeningLevel level, const Moment& m, About about) {
  const auto [place, first] = m_index.try_emplace(key, m_all.size());
  const int arrival = about == About::Nothing ? -1 : arrivalAround(m.event);
  if (arrival >= 0) m_explained = arrival, m_explainedBy = place->second;
  if (!first) {
    Happening& h = m_all[place->second];
    ++h.count;
    h.last = m.event;
    h.lastTime = m.time;
    return h;
  }
  m_all.push_back({.kind = key.kind,
                   .level = level,
                   .event = m.event,
                   .last = m.event,
                   .time = m.time,
                   .lastTime = m.time,
                   .function = std::string(functionAround(m.event)),
                   .flow = key.flow,
                   .words = {}});
  if (about == About::Arrival) isAbout(m_all.back(), arrival);
  if (about == About::Departure) leaves(place->second, key.flow, m.event);
  return m_all.back();
}

void Reader::isAbout(Happening& h, int frame) const {
  if (frame < 0) return;
  h.packet = frame;
  h.frame = m_arrivals.eventOf(frame);
}

Happening& Reader::tell(HappeningKind kind, HappeningLevel level, const Moment& m, u64 socket, About about, u64 extra) {
  const std::string& flow = flowOf(socket, m.event);
  return fold({kind, connection(socket).serial, flow, extra}, level, m, about);
}
Happening& Reader::tellFlow(HappeningKind kind, HappeningLevel level, const Moment& m, const std::string& flow,
                            About about, u64 extra) {
  return fold({kind, 0, flow, extra}, level, m, about);
}

Happening* Reader::told(HappeningKind kind, u64 socket) {
  const Connection& c = connection(socket);
  const auto found = m_index.lower_bound({kind, c.serial, c.flow, 0});
  const bool same = found != m_index.end() && found->first.kind == kind && found->first.serial == c.serial;
  return same ? &m_all[found->second] : nullptr;
}

Happening* Reader::toldOfFrame(HappeningKind kind, EventIndex event) {
  const int frame = arrivalAround(event);
  const bool known = frame >= 0 && frame == m_explained && m_all[m_explainedBy].kind == kind;
  return known ? &m_all[m_explainedBy] : nullptr;
}

} // namespace sockwalk::tell::happenings
