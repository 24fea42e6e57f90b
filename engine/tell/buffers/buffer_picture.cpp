#include "engine/tell/buffers/buffer_picture.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/tell/marks.h"
#include "engine/tell/position.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

constexpr u32 SharedInfoSize = sizeof(kernel::skb_shared_info);

int ipProtocolOf(const Playhead& at, const BufferShape& s) {
  const auto* sk = at.object<kernel::sock>(s.sk);
  return sk ? sk->sk_protocol : 0;
}

// Headers that are not there yet, so that those behind them can be decoded: Ethernet, and for a segment that IP has not
// seen an IPv4 header that claims one byte more than there is, so that nobody holds a checksum against it.
std::vector<u8> headersBefore(const BufferBand& b, int protocol, size_t length) {
  std::vector<u8> made(b.part == PacketPart::Transport ? 34 : 14, 0);
  made[12] = 0x08;
  made[13] = b.part == PacketPart::Arp ? 0x06 : 0x00;
  if (b.part != PacketPart::Transport) return made;
  const size_t total = 20 + length + 1;
  made[14] = 0x45;
  made[16] = static_cast<u8>(total >> 8), made[17] = static_cast<u8>(total);
  made[23] = static_cast<u8>(protocol);
  return made;
}

// What the fields of a frame are, with offsets counted from head. A packet without its lower headers is
// decoded behind made-up ones, whose fields are then left out.
std::vector<FrameField> fieldsOf(const BufferPicture& p, int protocol) {
  std::vector<u8> frame;
  u32 start = 0, made = 0;
  for (const BufferBand& b : p.bands) {
    if (b.part == PacketPart::Payload) continue;
    start = b.from;
    if (b.part != PacketPart::Ethernet) frame = headersBefore(b, protocol, p.bytes.size() - b.from);
    made = static_cast<u32>(frame.size());
    frame.insert(frame.end(), p.bytes.begin() + b.from, p.bytes.end());
    break;
  }
  if (frame.empty()) return {};
  std::vector<FrameField> fields = decodeFrame(frame);
  std::erase_if(fields, [made](const FrameField& f) { return f.offset < made; });
  const auto move = [&](auto& self, FrameField& f) -> void {
    f.offset = f.offset + start - made;
    for (FrameField& c : f.children) self(self, c);
  };
  for (FrameField& f : fields) move(move, f);
  return fields;
}

Text allocationText(const Playhead& at, const BufferShape& s) {
  const u32 size = s.end + SharedInfoSize;
  const ObjectRef o = objectAt(at, s.head);
  if (!o) return bytes(size);
  const Allocation* a = at.journal().allocationBornAt(at.memory().recordOf(o.offset).birth - 1);
  const bool whole = a && o.address() == s.head;
  if (!whole) return say("%1, cut from %2", bytes(size), o.name);
  return say("%1 (%2)", bytes(size), at.journal().caches()[a->cache].name);
}

// A fragment's bytes lie in the page that a struct page stands for, and in those behind it.
std::vector<u8> fragmentBytes(const Playhead& at, u64 page, u32 offset, u32 size) {
  constexpr u32 Most = 256;
  const u32 begin = static_cast<u32>(page) / static_cast<u32>(sizeof(kernel::page)) * Arena::PageSize;
  if (!page || begin < Arena::HeapBegin || begin >= Arena::HeapEnd) return {}; // a page of user memory, lent
  const u8* bytes = at.memory().at(begin + offset);
  return {bytes, bytes + std::min(size, Most)};
}

Text originOf(const Playhead& at, const BufferLives& lives, const BufferLife& life) {
  if (life.from < 0) return {};
  const std::string from = bufferName(at, lives.life(life.from));
  switch (life.origin) {
  case BufferMark::Cloned: return say("a clone of %1", from);
  case BufferMark::Copied: return say("a copy of %1", from);
  case BufferMark::Segment: return say("a segment of %1", from);
  case BufferMark::Fragment: return say("an IP fragment of %1", from);
  default: return say("the rear part of %1", from);
  }
}

Text childrenOf(const Playhead& at, const BufferLives& lives, int life) {
  u32 count = 0;
  for (const int child : lives.childrenOf(life)) count += lives.life(child).born < at.position();
  if (!count) return {};
  return count == 1 ? say("one other comes of it") : say("%1 others come of it", count);
}

void readFragments(const Playhead& at, const kernel::skb_shared_info* shared, BufferPicture& p) {
  for (u32 i = 0; i < shared->nr_frags && i < std::size(shared->frags); ++i) {
    const auto& f = shared->frags[i];
    p.fragments.push_back({addressName(at, f.bv_page.value), f.bv_offset, f.bv_len,
                           fragmentBytes(at, f.bv_page.value, f.bv_offset, f.bv_len)});
  }
}

void readShared(const Playhead& at, const BufferLives& lives, BufferPicture& p) {
  const BufferShape& s = p.shape;
  std::vector<Text> family{originOf(at, lives, lives.life(p.life)), childrenOf(at, lives, p.life)};
  if (s.fclone == 1) family.push_back(say("first of an fclone pair"));
  if (s.fclone == 2) family.push_back(say("clone, second of an fclone pair"));
  if (s.head && p.fate.empty()) {
    const auto* shared = at.object<kernel::skb_shared_info>(s.head + s.end);
    const u32 sharers = static_cast<u32>(shared->dataref.counter) & 0xffff;
    if (s.cloned)
      family.push_back(sharers > 1 ? say("cloned: %1 sk_buffs share the bytes (dataref)", sharers)
                                   : say("cloned once; it alone holds the bytes now"));
    readFragments(at, shared, p);
    if (shared->gso_size) family.push_back(say("GSO: segments of %1 bytes", u32(shared->gso_size)));
    if (shared->frag_list.value) family.push_back(say("more bytes in frag_list"));
  }
  p.family = Text::list(" · ", std::move(family));
}

// The function that called the one in which an event happened: it wanted what happened.
std::string callerAt(const Journal& j, EventIndex event) {
  const EventIndex call = j.callAround(event), caller = call == NoEvent ? NoEvent : j.callerOf(call);
  return caller == NoEvent ? std::string() : std::string(j.function(j[caller]).name) + "()";
}

Text dropFate(const Journal& j, const BufferDrop& drop, EventIndex here) {
  const Text step = stepName(j, drop.event + 1, here);
  const std::string who = callerAt(j, drop.event);
  if (who.empty()) return say("Dropped at %1: %2", step, dropReason(drop.reason));
  return say("Dropped at %1 by %2: %3", step, who, dropReason(drop.reason));
}

Text releasedFate(const Playhead& at, const BufferLives& lives, const BufferLife& life) {
  const Text step = stepName(at.journal(), life.released + 1, at.position());
  if (life.into >= 0)
    return say("Let go at %1: its bytes went over to %2.", step, bufferName(at, lives.life(life.into)));
  const std::string who = callerAt(at.journal(), life.released);
  if (who.empty())
    return say("Let go at %1: the packet has done its duty. Its bytes are shown as they were left.", step);
  return say("Let go at %1 by %2: the packet has done its duty. Its bytes are shown as they were left.", step, who);
}

void readFate(const Playhead& at, const BufferLives& lives, const BufferJourney& journey, BufferPicture& p) {
  const BufferDrop& drop = journey.drop();
  p.lost = drop.event != NoEvent && at.position() > drop.event;
  const EventIndex released = journey.life().released;
  if (p.lost) p.fate = dropFate(at.journal(), drop, at.position());
  else if (released != NoEvent && at.position() > released) p.fate = releasedFate(at, lives, journey.life());
}

void readStory(const Playhead& at, const BufferJourney& journey, BufferPicture& p) {
  for (const EventIndex i : journey.marks())
    if (i < at.position()) p.story.push_back(mark(at, i));
}

void readRange(const Playhead& at, const BufferJourney& journey, BufferPicture& p) {
  u32 low = p.shape.data, high = std::max(p.shape.tail, p.shape.data);
  BufferShape whole = p.shape;
  for (const BufferShape& s : journey.shapes()) {
    if (s.head != p.shape.head || s.end != p.shape.end) continue;
    if (s.tail > s.data || s.len) low = std::min(low, s.low), high = std::max(high, s.tail);
    // The marks that it has at the end, the lowest data and the highest tail: the packet with all its
    // headers.
    whole.macHint = s.macHint, whole.networkHint = s.networkHint, whole.transportHint = s.transportHint;
    if (s.mac != BufferShape::Unset) whole.mac = s.mac;
    if (s.network != BufferShape::Unset) whole.network = s.network;
    if (s.transport != BufferShape::Unset) whole.transport = s.transport;
    if (s.protocol) whole.protocol = s.protocol;
  }
  high = std::min(high, p.shape.end);
  whole.low = whole.data = low;
  whole.tail = high;
  const u32 margin = std::max(6u, (high - low) / 12);
  p.rangeFrom = low > margin ? low - margin : 0;
  p.rangeTo = std::min(p.shape.end, high + margin);
  p.rangeBands = bandsOf(whole, at.memory().at(static_cast<u32>(p.shape.head)), ipProtocolOf(at, p.shape));
}

void readOperation(const Playhead& at, const BufferJourney& journey, EventIndex from, BufferPicture& p) {
  const EventIndex position = at.position();
  // A step back shows what it took back; a step forward the most telling of what it did; otherwise the last
  // one.
  int last = journey.operationAt(std::max(from, position));
  const bool step =
      from != position && last >= 0 && journey.operations()[static_cast<size_t>(last)].last >= std::min(from, position);
  if (!step) last = journey.operationAt(position);
  for (int i = last; step && i >= 0 && journey.operations()[static_cast<size_t>(i)].last >= std::min(from, position);
       --i) {
    const auto& o = journey.operations()[static_cast<size_t>(i)];
    if (BufferWords::deed(o.before < 0 ? nullptr : &journey.shapes()[static_cast<size_t>(o.before)],
                          journey.shapes()[static_cast<size_t>(o.after)]) < BufferDeed::Marks) {
      last = i;
      break;
    }
  }
  if (last < 0) return;
  const BufferOperation& o = journey.operations()[static_cast<size_t>(last)];
  p.operation = last;
  p.fresh = step && position > from;
  const BufferShape* before = o.before < 0 ? nullptr : &journey.shapes()[static_cast<size_t>(o.before)];
  if (before) p.before = *before;
  p.deed = BufferWords::deed(before, journey.shapes()[static_cast<size_t>(o.after)]);
  p.label = BufferWords::label(at.journal(), journey, o);
  p.sentence = BufferWords::sentence(at, journey, o, p.rangeBands);
  p.lesson = BufferWords::lesson(journey, o, p.rangeBands);
  if (step && position < from) p.sentence = say("Taken back: %1", p.sentence);
  else if (!step) p.sentence = say("Last, at %1: %2", stepName(at.journal(), o.last + 1, position), p.sentence);
}

} // namespace

std::string bufferName(const Playhead& at, u64 address, u32 ordinal) {
  return objectAt(at, address) ? addressName(at, address) : "sk_buff #" + std::to_string(ordinal);
}
std::string bufferName(const Playhead& at, const BufferLife& life) {
  return bufferName(at, Arena::addressOf(life.offset), life.ordinal);
}

static Text subtitleOf(const Playhead& at, const BufferJourney& journey, const BufferPicture& p) {
  std::vector<Text> about;
  const Journal& j = at.journal();
  if (p.stop >= 0) about.push_back(j.function(j[journey.stops()[static_cast<size_t>(p.stop)].call]).name);
  about.push_back(p.shape.sk ? say("owner %1", addressName(at, p.shape.sk)) : say("owner none"));
  about.push_back(say("users %1", p.shape.users));
  about.push_back(say("truesize %1", p.shape.truesize));
  if (journey.life().turn > 1) about.push_back(say("packet %1 in this structure", journey.life().turn));
  return Text::list(" · ", std::move(about));
}

static void readBytes(const Playhead& at, const BufferJourney& journey, BufferPicture& p) {
  if (!p.shape.head) return;
  const u8* head = at.memory().at(static_cast<u32>(p.shape.head));
  p.allocation = allocationText(at, p.shape);
  p.sharedSize = SharedInfoSize;
  p.sharedName = "skb_shared_info";
  p.flags = flagsOf(p.shape);
  p.bytes.assign(head, head + std::min(p.shape.tail, p.shape.end));
  p.bands = bandsOf(p.shape, head, ipProtocolOf(at, p.shape));
  readRange(at, journey, p);
  p.fields = fieldsOf(p, ipProtocolOf(at, p.shape));
}

BufferPicture pictureOf(const Playhead& at, const BufferLives& lives, const BufferJourney& journey, int life,
                        EventIndex from) {
  BufferPicture p;
  const int shape = journey.shapeAt(at.position());
  if (shape < 0) return p;
  p.present = true;
  p.life = life;
  p.shape = journey.shapes()[static_cast<size_t>(shape)];
  p.address = Arena::addressOf(journey.life().offset);
  p.title = bufferName(at, p.address, journey.life().ordinal);
  readFate(at, lives, journey, p);
  p.stop = journey.stopAt(at.position());
  p.stops = static_cast<int>(journey.stops().size());
  p.subtitle = subtitleOf(at, journey, p);
  p.times = BufferWords::times(journey.times());
  readBytes(at, journey, p);
  readShared(at, lives, p);
  readOperation(at, journey, from, p);
  readStory(at, journey, p);
  return p;
}

std::string_view headerStructure(FrameLayer layer) {
  switch (layer) {
  case FrameLayer::Ethernet: return "ethhdr";
  case FrameLayer::Arp: return "arphdr";
  case FrameLayer::Ipv4: return "iphdr";
  case FrameLayer::Icmp: return "icmphdr";
  case FrameLayer::Udp: return "udphdr";
  case FrameLayer::Tcp: return "tcphdr";
  default: return {};
  }
}

std::string headerMember(FrameLayer layer, u32 offset, u32 size) {
  const LayoutInfo* layout = layoutNamed(headerStructure(layer));
  const std::string path = layout ? memberPath(*layout, offset, size) : std::string();
  return path.empty() ? path : std::string(layout->name) + "." + path;
}

Buffers readBuffers(const Playhead& at) {
  Buffers out;
  BufferLives lives;
  BufferJourneys journeys;
  lives.update(at.journal());
  for (const int life : lives.aliveAt(at.position(), ~size_t(0))) {
    BufferPicture p = pictureOf(at, lives, journeys.of(at.journal(), lives, life), life, at.position());
    if (p.present) out.alive.push_back(std::move(p));
  }
  return out;
}

std::vector<std::string> lines(const BufferPicture& p) {
  if (!p.present) return {spoken(say("no buffer"))};
  const BufferShape& s = p.shape;
  const auto number = [](auto n) { return std::to_string(n); };
  std::vector<std::string> out{p.title + " | " + spoken(p.subtitle)};
  out.push_back("data " + number(s.data) + " tail " + number(s.tail) + " end " + number(s.end) + " len " +
                number(s.len));
  for (const BufferBand& b : p.bands)
    out.push_back(spoken(b.name) + " " + number(b.from) + "-" + number(b.to) +
                  (b.pulled ? " " + spoken(say("pulled")) : ""));
  for (const Text* t : {&p.family, &p.fate, &p.sentence})
    if (!t->empty()) out.push_back(spoken(*t));
  for (const Text& t : p.story) out.push_back("* " + spoken(t));
  return out;
}

std::vector<std::string> lines(const Buffers& buffers) {
  if (buffers.alive.empty()) return {spoken(say("no buffer"))};
  std::vector<std::string> out;
  for (const BufferPicture& p : buffers.alive) {
    if (!out.empty()) out.emplace_back();
    for (std::string& line : lines(p)) out.push_back(std::move(line));
  }
  return out;
}

} // namespace sockwalk::tell
