#include "engine/tell/sockets/socket_histories.h"
#include "engine/journal/reflection.h"
#include "engine/tell/fields.h"
#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace sockwalk::tell {

namespace {

constexpr std::array<std::string_view, socketMembers> Paths = {
    "inet_conn.icsk_inet.sk.__sk_common.skc_state",
    "inet_conn.icsk_ca_state",
    "snd_cwnd",
    "snd_ssthresh",
    "packets_out",
    "sacked_out",
    "lost_out",
    "retrans_out",
    "srtt_us",
    "rttvar_us",
    "inet_conn.icsk_rto",
    "snd_nxt",
    "snd_una",
    "rcv_nxt",
    "write_seq",
    "copied_seq",
    "snd_wnd",
    "rcv_wnd",
    "inet_conn.icsk_inet.sk.sk_backlog.rmem_alloc",
    "inet_conn.icsk_inet.sk.sk_wmem_queued",
    "inet_conn.icsk_inet.sk.sk_receive_queue.qlen",
    "inet_conn.icsk_inet.sk.sk_ack_backlog",
    "inet_conn.icsk_inet.sk.__sk_common.skc_rcv_saddr",
    "inet_conn.icsk_inet.sk.__sk_common.skc_num",
    "inet_conn.icsk_inet.sk.__sk_common.skc_daddr",
    "inet_conn.icsk_inet.sk.__sk_common.skc_dport",
    "inet_conn.icsk_inet.sk.__sk_common.skc_net.net",
};

u64 bitsOf(u64 raw, u8 bit, u8 bits) { return bits ? raw >> bit & ((u64(1) << bits) - 1) : raw; }

} // namespace

std::string_view memberPathOf(SocketMember member) { return Paths[size_t(member)]; }

u64 SocketLife::valueAt(SocketMember m, EventIndex position) const {
  const auto& all = of(m);
  const auto after = std::ranges::partition_point(all, [&](const SocketChange& c) { return c.event < position; });
  return after == all.begin() ? 0 : std::prev(after)->value;
}

u64 SocketLife::everAt(SocketMember m, EventIndex position) const {
  u64 value = 0;
  for (const SocketChange& c : of(m))
    if (c.event < position && c.value) value = c.value;
  return value;
}

std::string SocketLife::name() const { return "tcp_sock #" + std::to_string(ordinal); }

SocketHistories::Place SocketHistories::placeOf(SocketMember m) {
  const Field f = fieldAt("tcp_sock", memberPathOf(m));
  if (!f || f.member->size > 8) throw std::logic_error("no such member: " + std::string(memberPathOf(m)));
  return {f.offset(), f.member->size, f.member->bit, f.member->bits};
}

SocketHistories::SocketHistories()
    : m_type(typeNamed("tcp_sock")), m_timeWaitNote(NoEvent),
      m_standInMaker(Symbols::get().functionNamed("inet_twsk_alloc")->id),
      m_substate(offsetIn("inet_timewait_sock", "tw_substate")) {
  for (size_t m = 0; m < socketMembers; ++m) m_places[m] = placeOf(static_cast<SocketMember>(m));
  for (const auto* note : Symbols::get().notes())
    if (note->name == "tcp.time_wait") m_timeWaitNote = note->id;
}

void SocketHistories::clear() { *this = SocketHistories(); }

void SocketHistories::update(const Journal& journal, const PacketList& packets) {
  m_packets = &packets;
  for (; m_seen < packets.seen(); ++m_seen) {
    const Event& e = journal[m_seen];
    switch (e.type) {
    case EventType::Alloc: born(journal, m_seen); break;
    case EventType::Free: died(e.where, m_seen); break;
    case EventType::Write:
    case EventType::Fill: written(journal, e, m_seen); break;
    case EventType::Call:
      if (e.b == m_standInMaker) m_firstSubstate = journal.arguments(e)[2];
      break;
    case EventType::Note: noted(journal, e, m_seen); break;
    default: break;
    }
  }
}

void SocketHistories::born(const Journal& journal, EventIndex i) {
  if (static_cast<u16>(journal[i].data) != m_type) return;
  const Allocation* a = journal.allocationBornAt(i);
  if (!a) return;
  const int index = static_cast<int>(m_lives.size());
  auto& here = m_byOffset[a->offset];
  // A slab gives out again what it was given back, with what stood in it.
  m_raw.push_back(here.empty() ? std::array<u64, socketMembers>{} : m_raw[size_t(here.back())]);
  m_lives.push_back({.offset = a->offset, .ordinal = a->ordinal, .born = i, .changes = {}});
  for (size_t m = 0; m < socketMembers; ++m)
    if (const u64 left = bitsOf(m_raw.back()[m], m_places[m].bit, m_places[m].bits))
      m_lives.back().changes[m].push_back({i, -1, left});
  here.push_back(index);
  for (u32 page = a->offset / Arena::PageSize; page <= (a->offset + a->size - 1) / Arena::PageSize; ++page) {
    auto& lying = m_byPage[page];
    std::erase_if(lying, [&](int other) { return m_lives[size_t(other)].offset == a->offset; });
    lying.push_back(index);
  }
}

void SocketHistories::died(u32 offset, EventIndex i) {
  if (const auto standIn = m_standIns.find(offset); standIn != m_standIns.end()) {
    m_lives[size_t(standIn->second)].standInDied = i;
    m_standIns.erase(standIn);
  }
  const auto here = m_byOffset.find(offset);
  if (here == m_byOffset.end()) return;
  SocketLife& life = m_lives[size_t(here->second.back())];
  if (life.died == NoEvent) life.died = i;
}

void SocketHistories::written(const Journal& journal, const Event& e, EventIndex i) {
  if (!m_standIns.empty()) standInWritten(journal, e, i);
  const auto lying = m_byPage.find(e.where / Arena::PageSize);
  if (lying == m_byPage.end()) return;
  const Journal::Change change = journal.change(e);
  for (const int index : lying->second) {
    SocketLife& life = m_lives[size_t(index)];
    const u32 size = layoutOf(m_type)->size;
    if (change.offset >= life.offset + size || change.offset + change.size <= life.offset) continue;
    for (size_t m = 0; m < socketMembers; ++m) writeMember(journal, life, m, change, i);
  }
}

void SocketHistories::writeMember(const Journal& journal, SocketLife& life, size_t member,
                                  const Journal::Change& change, EventIndex i) {
  const Place& place = m_places[member];
  const u32 from = life.offset + place.offset, to = from + place.size;
  const u32 begin = std::max(from, change.offset), end = std::min(to, change.offset + change.size);
  if (begin >= end) return;
  if (member == size_t(SocketMember::State) && life.standIn != NoEvent) return; // it speaks for the connection no more
  u64& raw = m_raw[size_t(&life - m_lives.data())][member];
  u8* const bytes = reinterpret_cast<u8*>(&raw) + (begin - from);
  if (change.newBytes) std::memcpy(bytes, change.newBytes + (begin - change.offset), end - begin);
  else std::memset(bytes, change.fillValue, end - begin);
  const u64 value = bitsOf(raw, place.bit, place.bits);
  auto& all = life.changes[member];
  if (value != (all.empty() ? 0 : all.back().value)) all.push_back({i, arrivalAround(journal, i), value});
}

// One call writes several members.
int SocketHistories::arrivalAround(const Journal& journal, EventIndex i) {
  const EventIndex call = journal.callAround(i);
  if (call != m_call) m_arrival = m_packets->arrivalAround(journal, i);
  m_call = call;
  return m_arrival;
}

// The state goes on in what stands for the socket.
void SocketHistories::standInWritten(const Journal& journal, const Event& e, EventIndex i) {
  const auto standIn = m_standIns.find(e.where - m_substate);
  if (standIn == m_standIns.end()) return;
  const Journal::Change change = journal.change(e);
  const u64 state = change.newBytes ? *change.newBytes : change.fillValue;
  auto& states = m_lives[size_t(standIn->second)].changes[size_t(SocketMember::State)];
  if (!states.empty() && states.back().value == state) return;
  states.push_back({i, arrivalAround(journal, i), state});
}

void SocketHistories::noted(const Journal& journal, const Event& e, EventIndex i) {
  if (e.b != m_timeWaitNote) return;
  const auto values = journal.arguments(e); // socket, stand-in
  const int index = at(values[0], i);
  if (index < 0) return;
  SocketLife& life = m_lives[size_t(index)];
  life.standIn = i;
  life.standInOffset = static_cast<u32>(values[1]);
  m_standIns[life.standInOffset] = index;
  if (life.last(SocketMember::State) != m_firstSubstate)
    life.changes[size_t(SocketMember::State)].push_back({i, arrivalAround(journal, i), m_firstSubstate});
}

int SocketHistories::at(u64 address, EventIndex position) const {
  const auto here = m_byOffset.find(static_cast<u32>(address));
  if (here == m_byOffset.end()) return -1;
  for (auto index = here->second.rbegin(); index != here->second.rend(); ++index)
    if (m_lives[size_t(*index)].born < position) return *index;
  return -1;
}

} // namespace sockwalk::tell
