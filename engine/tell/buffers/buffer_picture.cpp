#include "engine/tell/buffers/buffer_picture.h"
#include "engine/journal/buffer_turns.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/tell/buffers/netlink_fields.h"
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

Text allocationText(const Playhead& at, const BufferShape& s) {
  const u32 size = s.end + SharedInfoSize;
  const ObjectRef o = objectAt(at, s.head);
  if (!o) return bytes(size);
  const Allocation* a = at.journal().allocationBornAt(at.memory().recordOf(o.offset).birth - 1);
  const bool whole = a && o.address() == s.head;
  if (!whole) return say("%1, cut from %2", bytes(size), o.name);
  return say("%1 (%2)", bytes(size), at.journal().caches()[a->cache].name);
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
  if (life.into >= 0) return say("Let go at %1: its bytes went over to %2.", step, bufferName(lives.life(life.into)));
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

// What nobody has written reads as zero: bytes that are left over from before must not be taken for a header.
std::vector<u8> writtenOnly(const Playhead& at, const BufferPicture& p) {
  const u8* head = at.memory().at(static_cast<u32>(p.shape.head));
  std::vector<u8> out(p.shape.end);
  for (const ByteRange& r : p.written.all()) std::copy(head + r.from, head + r.to, out.begin() + r.from);
  return out;
}

void readRange(const Playhead& at, const BufferJourney& journey, const std::vector<u8>& bytes, BufferPicture& p) {
  u32 low = p.shape.dataInside(), high = std::max(p.shape.tailInside(), low);
  BufferShape whole = p.shape;
  for (const BufferShape& s : journey.shapes()) {
    if (s.head != p.shape.head || s.end != p.shape.end) continue;
    if (s.tail > s.data || s.len) low = std::min(low, s.low), high = std::max(high, s.tailInside());
    // The marks that it has at the end, the lowest data and the highest tail: the packet with all its
    // headers.
    whole.macHint = s.macHint, whole.networkHint = s.networkHint, whole.transportHint = s.transportHint;
    if (s.mac != BufferShape::Unset) whole.mac = s.mac;
    if (s.network != BufferShape::Unset) whole.network = s.network;
    if (s.transport != BufferShape::Unset) whole.transport = s.transport;
    if (s.protocol) whole.protocol = s.protocol;
  }
  whole.low = whole.data = low;
  whole.tail = high;
  const u32 margin = std::max(6u, (high - low) / 12);
  p.rangeFrom = low > margin ? low - margin : 0;
  p.rangeTo = std::min(p.shape.end, high + margin);
  if (p.shape.beforeHead()) p.rangeFrom = 0; // the edge that was passed is to be seen
  if (p.shape.behindEnd()) p.rangeTo = p.shape.end;
  p.rangeBands = bandsOf(whole, bytes.data(), ipProtocolOf(at, p.shape));
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

std::string bufferName(const BufferLife& life) {
  const std::string number = "#" + std::to_string(life.ordinal), turn = turnSuffix(life.turn);
  switch (life.half) {
  case BufferLife::First: return "fclone " + number + turn;
  case BufferLife::Second: return "skb2" + turn + " of fclone " + number;
  default: return "sk_buff " + number + turn;
  }
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

static void readChecksum(BufferPicture& p) {
  if (p.shape.csumStart == BufferShape::Unset) return;
  p.checksumAt = p.shape.csumStart + p.shape.csumOffset;
  p.checksum = say("CHECKSUM_PARTIAL: whoever sends it sums from %1 (csum_start) to the end and writes the sum at %2",
                   p.shape.csumStart, p.checksumAt);
}

// A buffer of a netlink socket holds messages, which nobody sends over a wire.
static void readMessages(const Playhead& at, const std::vector<u8>& bytes, BufferPicture& p) {
  const NetlinkSide side = netlinkSide(at, p.shape);
  const u32 from = p.shape.dataInside(), to = std::min(p.shape.tailInside(), static_cast<u32>(bytes.size()));
  if (!side.netlink || from >= to || !p.written.containsAll(from, to)) return;
  const std::span<const u8> messages(bytes.data() + from, to - from);
  p.fields = netlinkFields(messages, from, side);
  p.messages = netlinkLines(messages, side);
}

static void readBytes(const Playhead& at, const BufferJourney& journey, BufferPicture& p) {
  if (!p.shape.head) return;
  const u8* head = at.memory().at(static_cast<u32>(p.shape.head));
  p.allocation = allocationText(at, p.shape);
  p.sharedSize = SharedInfoSize;
  p.sharedName = "skb_shared_info";
  p.flags = flagsOf(p.shape);
  p.bytes.assign(head, head + p.shape.tailInside());
  p.written = journey.written().at(at.position());
  p.written.remove(p.shape.end, p.written.end()); // while it moves to a smaller buffer
  const std::vector<u8> bytes = writtenOnly(at, p);
  BufferShape inside = p.shape;
  inside.data = inside.dataInside(), inside.tail = inside.tailInside();
  const std::vector<BufferBand> whole = bandsOf(inside, bytes.data(), ipProtocolOf(at, p.shape));
  p.bands = writtenBands(whole, p.written);
  readRange(at, journey, bytes, p);
  readChecksum(p);
  p.fields = fieldsOf(p, whole, ipProtocolOf(at, p.shape));
  readMessages(at, bytes, p);
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
  p.title = bufferName(journey.life());
  readFate(at, lives, journey, p);
  p.stop = journey.stopAt(at.position());
  p.stops = static_cast<int>(journey.stops().size());
  p.subtitle = subtitleOf(at, journey, p);
  p.times = BufferWords::times(journey.times());
  readBytes(at, journey, p);
  readShared(at, lives, journey, p);
  readOperation(at, journey, from, p);
  if (p.shape.head) p.breach = breachOf(at, journey, p.shape);
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

Text fragmentText(const BufferFragment& f) { return say("fragment: %1 at %2 of %3", bytes(f.size), f.offset, f.page); }

std::vector<std::string> lines(const BufferPicture& p) {
  if (!p.present) return {spoken(say("no buffer"))};
  const BufferShape& s = p.shape;
  const auto number = [](auto n) { return std::to_string(n); };
  std::vector<std::string> out{p.title + " | " + spoken(p.subtitle)};
  out.push_back("data " + number(s.dataFromHead()) + " tail " + number(s.tail) + " end " + number(s.end) + " len " +
                number(s.len));
  for (const BufferBand& b : p.bands)
    out.push_back(spoken(b.name) + " " + number(b.from) + "-" + number(b.to) +
                  (b.pulled ? " " + spoken(say("pulled")) : ""));
  for (const std::string& m : p.messages) out.push_back(m);
  for (const BufferFragment& f : p.fragments) out.push_back(spoken(fragmentText(f)));
  for (const BufferPart& part : p.parts) out.push_back(spoken(say("frag_list: %1, %2", part.name, bytes(part.len))));
  for (const BufferSharer& o : p.sharers)
    out.push_back(spoken(say("the same bytes: %1, data %2, tail %3, len %4", o.name, o.data, o.tail, o.len)));
  for (const Text* t : {&p.family, &p.checksum, &p.breach.what, &p.fate, &p.sentence})
    if (!t->empty()) out.push_back(spoken(*t));
  if (!p.breach.kernelSays.empty()) out.push_back(p.breach.kernelSays);
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
