#include "engine/tell/selector.h"
#include "engine/feed/decode.h"
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/tell/buffers/buffer_journey.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/source/source_files.h"
#include "engine/tell/source/source_frames.h"
#include "engine/tell/structures/member_path.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

namespace {

constexpr EventIndex LongestSearch = 40'000'000; // for a line of source: a glance, even in a long record

// The last write into any of these bytes before a position; NoEvent: there is none.
EventIndex lastWrite(const Journal& j, EventIndex position, u32 offset, u32 size) {
  const EventIndex behind = std::min(position, j.size()) + 1;
  const EventIndex after = nextWrite(j, behind, offset, size, false);
  return after == behind ? NoEvent : after - 1;
}

const FrameField* headerAround(const std::vector<FrameField>& fields, u32 offset) {
  for (const FrameField& field : fields)
    if (offset >= field.offset && offset < field.offset + field.length && !headerStructure(field.layer).empty())
      return &field;
  return nullptr;
}

// Names behind the first comma or equals sign: what a statement reads.
std::vector<std::string> namesRead(std::string_view statement) {
  std::vector<std::string> names;
  size_t i = std::min(statement.find_first_of(",="), statement.size());
  const auto part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  while (i < statement.size()) {
    size_t end = i;
    while (end < statement.size() && part(statement[end])) ++end;
    if (end > i) names.emplace_back(statement.substr(i, end - i));
    i = std::max(end, i + 1);
  }
  return names;
}

bool sharesRoot(const BufferLives& lives, int a, int b) { return a >= 0 && lives.rootOf(a) == lives.rootOf(b); }

} // namespace

Selector::Selector(const Journal& journal, const PacketList& packets)
    : m_journal(journal), m_packets(packets), m_at(journal) {}

// ---- a frame and its buffer

// What arrives is in its buffer from the mark on with which the driver takes it; what leaves, when it leaves.
Selector::Place Selector::placeOf(int packet) {
  const int life = m_packets.lifeOf(packet);
  if (life < 0) return {};
  const BufferLife& buffer = m_packets.lives().life(life);
  EventIndex moment = m_packets.eventOf(packet);
  if (m_packets.cameIn(packet)) {
    const EventIndex end = std::min(m_journal.size(), buffer.end);
    for (; moment < end; ++moment) {
      const Event& e = m_journal[moment];
      if (e.type == EventType::Mark && e.where == buffer.offset && BufferMark(e.a) == BufferMark::Taken) break;
    }
    if (moment == end) return {};
  }
  m_at.seek(moment + 1);
  const BufferShape shape = readShape(m_at.memory().at(buffer.offset));
  if (!shape.head) return {};
  const std::span<const u8> frame = m_journal.frame(m_journal[m_packets.eventOf(packet)]);
  const u32 head = static_cast<u32>(shape.head);
  const u32 headers = std::min<u32>(34, static_cast<u32>(frame.size()));
  for (const u32 start : {shape.data, shape.mac, shape.data - 14}) {
    if (start > shape.tail || start + headers > shape.tail || headers < 34) continue;
    const u8* bytes = m_at.memory().at(head + start); // the type, and who sent it to whom
    if (std::memcmp(bytes + 12, frame.data() + 12, 2) || std::memcmp(bytes + 26, frame.data() + 26, 8)) continue;
    return {moment + 1, head, start, shape.tail, shape.head + shape.end};
  }
  return {};
}

// Data that a program has sent lies in pages, which the shared info behind the buffer lists.
u32 Selector::inPages(const Place& place, u32 from, u32 size) const {
  u32 begin = place.tail - place.start;
  for (const FragmentPlace& f : fragmentsOf(m_at, place.shared)) {
    if (from >= begin && from + size <= begin + f.size) return f.memory ? f.memory + (from - begin) : 0;
    begin += f.size;
  }
  return 0;
}

// The other way: where in the frame bytes of its pages stand.
std::optional<u32> Selector::ofPages(const Place& place, u32 offset, u32 size) const {
  u32 begin = place.tail - place.start;
  for (const FragmentPlace& f : fragmentsOf(m_at, place.shared)) {
    if (f.memory && offset >= f.memory && offset + size <= f.memory + f.size) return begin + (offset - f.memory);
    begin += f.size;
  }
  return std::nullopt;
}

bool Selector::sameAsFrame(int packet, u32 from, u32 offset, u32 size) const {
  const std::span<const u8> frame = m_journal.frame(m_journal[m_packets.eventOf(packet)]);
  return from + size <= frame.size() && !std::memcmp(frame.data() + from, m_at.memory().at(offset), size);
}

Selection Selector::ofFrame(int packet, u32 from, u32 size) {
  Selection s;
  const std::span<const u8> frame = m_journal.frame(m_journal[m_packets.eventOf(packet)]);
  if (!size || from + size > frame.size()) return s;
  s.size = size;
  s.packet = packet;
  s.inFrame = from;
  const Place place = placeOf(packet);
  const u32 room = place.tail - place.start;
  if (place.moment != NoEvent) {
    s.inPage = from >= room;
    const u32 offset = s.inPage ? inPages(place, from, size) : place.head + place.start + from;
    if (offset && (s.inPage || from + size <= room) && sameAsFrame(packet, from, offset, size)) {
      s.offset = offset;
      s.life = m_packets.lifeOf(packet);
      s.inBuffer = s.inPage ? 0 : place.start + from;
    }
  }
  findHeader(s, place.moment);
  if (s.offset) findWriter(s, place.moment);
  return s;
}

// ---- bytes in memory

Selection Selector::ofBytes(EventIndex position, u32 offset, u32 size) {
  Selection s;
  if (!size) return s;
  s.offset = offset;
  s.size = size;
  findBuffer(s, position);
  if (s.life >= 0) findHeader(s, position);
  else findMember(s, position);
  findWriter(s, position);
  return s;
}

void Selector::findBuffer(Selection& s, EventIndex position) {
  m_at.seek(position);
  for (const int life : m_packets.lives().aliveAt(position, ~size_t(0))) {
    const BufferShape shape = readShape(m_at.memory().at(m_packets.lives().life(life).offset));
    const u32 head = static_cast<u32>(shape.head);
    if (!head) continue;
    const bool inside = s.offset >= head && s.offset + s.size <= head + shape.end;
    s.inPage = !inside && ofPages({.shared = shape.head + shape.end}, s.offset, s.size);
    if (!inside && !s.inPage) continue;
    s.life = life;
    s.inBuffer = inside ? s.offset - head : 0;
    return findFrame(s, position, head);
  }
}

// Where in the frame the selected bytes of its buffer stand, if they do.
std::optional<u32> Selector::inFrame(const Selection& s, const Place& place) const {
  if (s.inPage) return ofPages(place, s.offset, s.size);
  if (s.inBuffer < place.start || s.inBuffer + s.size > place.tail) return std::nullopt;
  return s.inBuffer - place.start;
}

// The frame that came or went last with these bytes, else the first that will; of what shares the buffer, too.
void Selector::findFrame(Selection& s, EventIndex position, u32 head) {
  std::vector<u8> now(m_at.memory().at(s.offset), m_at.memory().at(s.offset) + s.size);
  std::vector<int> family;
  for (int p = 0; p < m_packets.size(); ++p)
    if (sharesRoot(m_packets.lives(), m_packets.lifeOf(p), s.life)) family.push_back(p);
  const auto past = std::ranges::partition_point(family, [&](int p) { return m_packets.eventOf(p) < position; });
  std::reverse(family.begin(), past); // the last before it is the next at hand
  for (const int p : family) {
    const Place place = placeOf(p);
    if (place.moment == NoEvent || (place.head != head && !s.inPage)) continue;
    const std::optional<u32> from = inFrame(s, place);
    const std::span<const u8> frame = m_journal.frame(m_journal[m_packets.eventOf(p)]);
    if (!from || *from + s.size > frame.size() || std::memcmp(frame.data() + *from, now.data(), s.size)) continue;
    s.packet = p;
    s.inFrame = *from;
    return;
  }
}

// ---- the structure over them

// By the frame, where there is one, else by what the buffer says of itself at that moment.
void Selector::findHeader(Selection& s, EventIndex position) {
  std::vector<FrameField> fields;
  u32 in = s.inFrame;
  if (s.packet >= 0) {
    fields = decodeFrame(m_journal.frame(m_journal[m_packets.eventOf(s.packet)]));
  } else {
    m_at.seek(position);
    BufferJourneys journeys;
    const BufferJourney& journey = journeys.of(m_journal, m_packets.lives(), s.life);
    fields = pictureOf(m_at, m_packets.lives(), journey, s.life, position).fields;
    in = s.inBuffer;
  }
  const FrameField* header = headerAround(fields, in);
  if (!header) return;
  const u32 inside = in - static_cast<u32>(header->offset);
  s.layout = layoutNamed(headerStructure(header->layer));
  s.member = headerMember(header->layer, inside, s.size);
  if (s.offset && !s.inPage) s.base = s.offset - inside;
}

void Selector::findMember(Selection& s, EventIndex position) {
  m_at.seek(position);
  const StructureSubject subject = subjectAt(m_at, Arena::addressOf(s.offset));
  if (!subject.layout) return;
  s.base = subject.base;
  s.layout = subject.layout;
  const std::string path = memberPath(*s.layout, s.offset - s.base, s.size);
  s.member = subjectName(m_at, subject) + (path.empty() ? "" : ", " + path);
}

StructureSubject subjectOf(const Playhead& at, const Selection& s) {
  if (!s.base || !s.layout) return {};
  StructureSubject subject = subjectAt(at, Arena::addressOf(s.base));
  if (!subject || subject.layout == s.layout) return subject;
  subject.base = s.base;
  subject.layout = s.layout;
  subject.size = s.layout->size;
  return subject;
}

// ---- the line that wrote them

void Selector::findWriter(Selection& s, EventIndex position) {
  s.written = lastWrite(m_journal, position, s.offset, s.size);
  findSource(s);
}

void Selector::findSource(Selection& s) {
  if (s.written == NoEvent) return;
  const SourceFrame source = sourceOf(m_journal, s.written);
  s.function = source.function;
  s.file = source.file;
  s.line = source.line;
  const SourceLines* text = sourceLines(s.file);
  if (!text || s.life < 0 || s.line < 1 || size_t(s.line) > text->size()) return;
  // Certain only if the line names a member of the socket, and it holds the same bytes.
  m_at.seek(s.written + 1);
  const u64 sk = readShape(m_at.memory().at(m_packets.lives().life(s.life).offset)).sk;
  const StructureSubject socket = sk ? subjectAt(m_at, sk) : StructureSubject{};
  const u8* bytes = m_at.memory().at(s.offset);
  if (!socket.layout || std::all_of(bytes, bytes + s.size, [](u8 b) { return !b; })) return;
  for (const std::string& name : namesRead((*text)[size_t(s.line) - 1])) {
    const MemberPlace place = memberNamed(*socket.layout, name, socket.base);
    if (!place || place.member.size != s.size) continue;
    if (!std::memcmp(m_at.memory().at(place.offset()), bytes, s.size))
      s.copiedFrom = subjectName(m_at, socket) + ", " + name;
  }
}

Selection Selector::ofLine(EventIndex position, std::string_view file, int line) {
  const EventIndex floor = position > LongestSearch ? position - LongestSearch : 0;
  for (EventIndex i = std::min(position, m_journal.size()); i-- > floor;) {
    const Event& e = m_journal[i];
    if (!isWrite(e) || m_journal.line(i) != line) continue;
    const EventIndex call = m_journal.callAround(i);
    if (call == NoEvent || m_journal.function(m_journal[call]).file != file) continue;
    if (sourceOf(m_journal, i).line != line) continue; // a helper's line, in another file
    Selection s = ofBytes(i + 1, e.where, writtenSize(e));
    s.written = i;
    findSource(s);
    return s;
  }
  return {};
}

} // namespace sockwalk::tell
