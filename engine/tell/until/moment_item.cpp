#include "engine/memory/structures.h"
#include "engine/tell/buffers/buffer_shape.h"
#include "engine/tell/until/member_values.h"
#include "engine/tell/until/moment_names.h"
#include <algorithm>

namespace sockwalk::tell {

using expression::Name;
using expression::Values;

// ---- packets

PacketsOfMoments::PacketsOfMoments(const scenario::Session& session) : m_journal(session.journal()) {
  m_rows.open(session);
  m_item = std::make_unique<PacketItem>(m_rows, m_functions);
}

bool PacketsOfMoments::update(EventIndex events) {
  if (m_read < m_journal.size()) {
    m_read = m_journal.size() - m_read > events ? m_read + events : m_journal.size();
    m_rows.update(m_read);
    if (m_read < m_journal.size()) return false;
    nameLives();
  }
  return m_functions.update(m_journal, m_rows.packets(), events);
}

void PacketsOfMoments::nameLives() {
  const PacketList& list = m_rows.packets();
  for (int packet = 0; packet < list.size(); ++packet)
    if (const int life = list.lifeOf(packet); life >= 0) m_packetOf.emplace(life, packet);
}

u64 PacketsOfMoments::bufferAt(EventIndex event) const {
  const Event& e = m_journal[event];
  return e.type == EventType::Drop ? Arena::addressOf(e.where) : e.type == EventType::Call ? bufferOf(m_journal, e) : 0;
}

int PacketsOfMoments::rowAt(EventIndex event) const {
  const Event& e = m_journal[event];
  if (e.type == EventType::PacketIn || e.type == EventType::PacketOut) {
    const int row = m_rows.before(event + 1);
    return row >= 0 && m_rows.eventOf(row) == event ? row : -1;
  }
  const u64 buffer = bufferAt(event);
  const BufferLives& lives = m_rows.packets().lives();
  for (int life = buffer ? lives.at(buffer, event) : -1; life >= 0; life = lives.life(life).from)
    if (const auto packet = m_packetOf.find(life); packet != m_packetOf.end()) return m_rows.rowOf(packet->second);
  return -1;
}

// ---- moments

MomentItem::MomentItem(const Journal& journal, const MomentVocabulary& vocabulary, const PacketsOfMoments* packets)
    : m_journal(journal), m_vocabulary(vocabulary), m_packets(packets), m_memory(journal) {}

void MomentItem::show(EventIndex event, bool after) {
  m_event = event;
  m_after = after;
  m_texts.clear();
}

void MomentItem::values(const Name& name, Values& out) const {
  switch (MomentVocabulary::kindOf(name)) {
  case MomentVocabulary::Kind::Member: {
    m_memory.seek(m_after ? m_event + 1 : m_event);
    return member(m_vocabulary.member(name), out);
  }
  case MomentVocabulary::Kind::Packet: {
    const int row = m_after && m_packets ? m_packets->rowAt(m_event) : -1;
    if (row >= 0) packet(name, row, out);
    return;
  }
  default: return happening(name, out);
  }
}

void MomentItem::happening(const Name& name, Values& out) const {
  const EventIndex event = m_after || !m_event ? m_event : m_event - 1;
  if (name.word == "time") return out.push_back({m_journal.timeAt(event), {}});
  if (name.word == "task") return out.push_back({0, m_journal.contextAt(event).name});
  if (!m_after) return; // nothing happens before it does
  const Event& e = m_journal[m_event];
  static const FunctionInfo* const schedule = Symbols::get().functionNamed("schedule");
  const bool call = e.type == EventType::Call, drop = e.type == EventType::Drop, returns = e.type == EventType::Return;
  if (call && name.word == "call") out.push_back({e.b, {}});
  if (call && name.word == "sleeps" && schedule && e.b == schedule->id) out.push_back({1, {}});
  if (returns && name.word == "returns") out.push_back({m_journal[e.where].b, {}});
  if (returns && name.word == "result" && e.a) out.push_back({static_cast<s64>(e.data), {}});
  if (drop && (name.word == "drop" || name.word == "drop.reason")) out.push_back({e.b, {}});
  if (e.type == EventType::Panic && name.word == "panic") out.push_back({1, {}});
  if (name.word == "line") line(out);
}

// "tcp_ipv4.cpp:120", and the same with its folders below the kernel's.
void MomentItem::line(Values& out) const {
  const int number = m_journal.line(m_event);
  const EventIndex call = number ? m_journal.callAround(m_event) : NoEvent;
  if (call == NoEvent) return;
  constexpr std::string_view Root = "engine/kernel/";
  std::string_view file = m_journal.function(m_journal[call]).file;
  if (file.starts_with(Root)) file.remove_prefix(Root.size());
  const std::string& whole = m_texts.emplace_back(std::string(file) + ':' + std::to_string(number));
  out.push_back({0, whole});
  if (const size_t slash = whole.rfind('/'); slash != whole.npos)
    out.push_back({0, std::string_view(whole).substr(slash + 1)});
}

// ---- the packet's bytes

// Headers change on the way: a router lowers the time to live, rules rewrite addresses. So they are read from the
// buffer, once IP has one there; before that, and of what the buffer keeps in other pages, they are the frame's.
void MomentItem::takeFromBuffer(u64 buffer) const {
  m_memory.seek(m_event + 1);
  const auto ip = parseHeaders(m_frame).ipv4;
  const BufferShape s = readShape(m_memory.object<u8>(buffer));
  const u32 header = s.network;
  const bool inside = header != BufferShape::Unset && header + sizeof(kernel::iphdr) <= s.tail && s.tail <= s.end;
  if (!ip || !inside || s.protocol != EtherIpv4) return;
  const u8* bytes = m_memory.object<u8>(s.head) + header;
  if (*bytes >> 4 != 4) return;
  m_frame.resize(std::max<size_t>(m_frame.size(), ip->offset + s.tail - header));
  std::copy_n(bytes, s.tail - header, m_frame.begin() + static_cast<std::ptrdiff_t>(ip->offset));
}

void MomentItem::packet(const Name& name, int row, Values& out) const {
  const ByteView frame = m_packets->rows().bytes(row);
  m_frame.assign(frame.begin(), frame.end());
  if (const u64 buffer = m_packets->bufferAt(m_event)) takeFromBuffer(buffer);
  m_packets->item().show(row, m_frame);
  m_packets->item().values(MomentVocabulary::packetName(name), out);
}

// ---- members

// Of one object: while it lives. Of a type: of the object that is written there, or of those that a function is handed.
void MomentItem::member(const AskedMember& asked, Values& out) const {
  if (asked.global) return memberAt(asked, asked.global->offset, out);
  if (asked.ordinal) {
    const Allocation* const object = objectOf(asked);
    const EventIndex now = m_memory.position();
    if (!object || object->born >= now || object->died < now) return;
    return memberAt(asked, object->offset + placesIn(*layoutOf(object->type), *asked.type).front(), out);
  }
  const Event& e = m_journal[m_event];
  if (isWrite(e)) return ofObject(asked, e.where, true, out);
  if (e.type != EventType::Call) return;
  const auto& types = m_journal.function(e).argumentTypes;
  const auto arguments = m_journal.arguments(e);
  for (size_t i = 0; i < arguments.size() && i < types.size(); ++i)
    if (!types[i].empty() && arguments[i]) ofObject(asked, static_cast<u32>(arguments[i]), false, out);
}

void MomentItem::memberAt(const AskedMember& asked, u32 base, Values& out) const {
  MemberPlace place = asked.place;
  place.base += base;
  out.push_back(valueOf(m_memory, place, m_texts.emplace_back()));
}

// The type as it lies in the object around `offset`; `touched`: only if the event writes into the member or, where members
// are asked for together, into the object, that is into this one of several such structures in it.
void MomentItem::ofObject(const AskedMember& asked, u32 offset, bool touched, Values& out) const {
  u32 object = m_memory.memory().objectAround(offset);
  const LayoutInfo* layout = object ? layoutOf(m_memory.memory().recordOf(object).type) : nullptr;
  if (const DataSymbol* d = object ? nullptr : Symbols::get().dataAt(offset)) {
    object = d->offset + (d->size ? (offset - d->offset) / d->size * d->size : 0);
    layout = layoutNamed(d->type);
  }
  if (!layout) return;
  const std::vector<u32>& places = placesIn(*layout, *asked.type);
  for (const u32 at : places) {
    const u32 base = object + at, member = base + asked.place.offset();
    const auto hits = [&](u32 from, u32 size) {
      return offset < from + size && from < offset + writtenSize(m_journal[m_event]);
    };
    const bool near = m_together && (places.size() == 1 || hits(base, asked.type->size));
    const bool written = touched && (near || hits(member, asked.place.member.size));
    const bool handed = !touched && offset >= base && offset < base + asked.type->size;
    if (written || handed) memberAt(asked, base, out);
  }
}

const std::vector<u32>& MomentItem::placesIn(const LayoutInfo& layout, const LayoutInfo& wanted) const {
  const auto [found, isNew] = m_places.try_emplace({&layout, &wanted});
  if (isNew) found->second = placesOf(wanted, layout);
  return found->second;
}

// Numbers count the objects of a type; a socket has that of the socket_alloc which holds it.
const Allocation* MomentItem::objectOf(const AskedMember& asked) const {
  const auto& all = m_journal.allocations();
  const auto [found, isNew] = m_objects.try_emplace({asked.type, asked.ordinal}, NoEvent);
  if (!isNew) return found->second == NoEvent ? nullptr : &all[found->second];
  for (u32 i = 0; i < all.size(); ++i) {
    const LayoutInfo* layout = all[i].ordinal == asked.ordinal ? layoutOf(all[i].type) : nullptr;
    if (!layout) continue;
    if (layout == asked.type) return found->second = i, &all[i];
    if (found->second == NoEvent && !placesIn(*layout, *asked.type).empty()) found->second = i;
  }
  return found->second == NoEvent ? nullptr : &all[found->second];
}

} // namespace sockwalk::tell
