#include "engine/tell/buffers/buffer_words.h"
#include "engine/memory/constants.h"
#include "engine/tell/in_words.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

const BufferShape* beforeOf(const BufferJourney& journey, const BufferOperation& o) {
  return o.before < 0 ? nullptr : &journey.shapes()[static_cast<size_t>(o.before)];
}
const BufferShape& afterOf(const BufferJourney& journey, const BufferOperation& o) {
  return journey.shapes()[static_cast<size_t>(o.after)];
}
bool isHelper(std::string_view name) {
  return name.substr(0, 4) == "skb_" || name.substr(0, 6) == "__skb_" || name.substr(0, 5) == "pskb_" ||
         name.substr(0, 7) == "__pskb_" || name.substr(0, 8) == "___pskb_";
}
// The whole headers in [from, to), or a number of bytes.
Text stretch(const std::vector<BufferBand>& bands, u32 from, u32 to) {
  Text names;
  u32 at = from;
  for (const BufferBand& b : bands)
    if (b.from == at && b.to <= to && !b.type.empty()) {
      const Text name = say("the %1-byte %2 header", b.to - b.from, b.name);
      names = names.empty() ? name : say("%1 and %2", names, name);
      at = b.to;
    }
  return at != to || names.empty() ? bytes(to - from) : names;
}

} // namespace

BufferDeed BufferWords::deed(const BufferShape* b, const BufferShape& a) {
  if (!b || !b->head) return a.head ? BufferDeed::Born : BufferDeed::Other;
  if (b->head != a.head) return BufferDeed::Moved;
  const s64 data = s64(a.dataFromHead()) - b->dataFromHead(), tail = s64(a.tail) - b->tail;
  if (data && data == tail && !a.len && !b->len) return BufferDeed::Reserve;
  if (data > 0 && !tail) return BufferDeed::Pull;
  if (data < 0 && !tail) return BufferDeed::Push;
  if (tail > 0 && !data) return BufferDeed::Put;
  if (tail < 0 && !data) return BufferDeed::Trim;
  if (data || tail || a.len != b->len) return BufferDeed::Other;
  if (a.mac != b->mac || a.network != b->network || a.transport != b->transport) return BufferDeed::Marks;
  return BufferDeed::Other;
}

std::string BufferWords::label(const Journal& j, const BufferJourney& journey, const BufferOperation& o) {
  if (o.call == NoEvent) return {};
  const Event& call = j[o.call];
  const std::string_view name = j.function(call).name;
  const auto arguments = j.arguments(call);
  const bool moves = isHelper(name) && arguments.size() >= 2 && arguments[0] == Arena::addressOf(journey.life().offset);
  const bool number = moves && arguments[1] < 0x100000;
  return std::string(name) + "(" + (number ? std::to_string(arguments[1]) : "") + ")";
}

static void addMoved(std::vector<Text>& out, const char* member, s64 from, s64 to) {
  if (from != to) out.push_back(say("%1 from %2 to %3", member, from, to));
}
static void addMark(std::vector<Text>& out, const char* member, u32 from, u32 to) {
  if (from == to) return;
  out.push_back(to == BufferShape::Unset ? say("%1 is not set any more", member) : say("%1 is %2 now", member, to));
}

static void addPlaces(std::vector<Text>& out, const BufferShape& b, const BufferShape& a) {
  if (b.head != a.head) {
    out.push_back(say("the buffer is at %1 now, data at %2", hexText(a.head), a.data));
    return;
  }
  const bool moved = b.data != a.data;
  if (moved) out.push_back(say("data moved from %1 to %2", b.dataFromHead(), a.dataFromHead()));
  if (b.tail == a.tail) return;
  out.push_back(moved ? say("tail from %1 to %2", b.tail, a.tail) : say("tail moved from %1 to %2", b.tail, a.tail));
}

static std::vector<Text> numbers(const Playhead& at, const BufferShape* b, const BufferShape& a) {
  std::vector<Text> out;
  if (!b) return out;
  addPlaces(out, *b, a);
  addMoved(out, "len", b->len, a.len);
  addMoved(out, "data_len", b->dataLen, a.dataLen);
  addMark(out, "mac_header", b->mac, a.mac);
  addMark(out, "network_header", b->network, a.network);
  addMark(out, "transport_header", b->transport, a.transport);
  addMoved(out, "users", b->users, a.users);
  addMoved(out, "truesize", b->truesize, a.truesize);
  if (b->protocol != a.protocol) out.push_back(say("protocol is %1 now", etherType(a.protocol)));
  if (b->sk != a.sk)
    out.push_back(a.sk ? say("it belongs to %1 now", addressName(at, a.sk)) : say("it has no owner any more"));
  if (b->dev != a.dev && a.dev) out.push_back(say("its device is %1 now", addressName(at, a.dev)));
  if (b->cloned != a.cloned)
    out.push_back(a.cloned ? say("it counts as cloned: others may see the same bytes")
                           : say("it does not count as cloned any more"));
  return out;
}

static std::string actorOf(const Journal& j, const BufferOperation& o) {
  const FunctionInfo& f = j.function(j[o.call]);
  const EventIndex caller = j.callerOf(o.call);
  return std::string(isHelper(f.name) && caller != NoEvent ? j.function(j[caller]).name : f.name) + "()";
}

// `room`: nobody has written yet what was claimed.
static Text whatWasDone(const BufferShape& b, const BufferShape& a, const std::vector<BufferBand>& bands, bool room) {
  switch (BufferWords::deed(&b, a)) {
  case BufferDeed::Reserve: return say("has reserved %1 of headroom", bytes(a.data - b.data));
  case BufferDeed::Put:
    return room ? say("has claimed room for %1 at the end", bytes(a.tail - b.tail))
                : say("has put %1 at the end", bytes(a.tail - b.tail));
  case BufferDeed::Push: {
    const Text what = a.beforeHead() ? bytes(s64(b.data) - a.dataFromHead()) : stretch(bands, a.data, b.data);
    return room ? say("has claimed room for %1 in front", what) : say("has pushed %1 in front", what);
  }
  case BufferDeed::Pull: return say("has pulled %1", stretch(bands, b.data, a.data));
  case BufferDeed::Trim: return say("has trimmed %1 from the end", bytes(b.tail - a.tail));
  case BufferDeed::Moved: return say("has given the packet another buffer");
  case BufferDeed::Marks: return say("has marked where a header begins");
  default: return say("has changed the sk_buff");
  }
}

// Whether what a push or put claimed was room only, when the operation was through.
static bool claimedRoom(const BufferJourney& journey, const BufferOperation& o) {
  const BufferShape *b = beforeOf(journey, o), &a = afterOf(journey, o);
  const ByteRanges& written = journey.written().at(o.last + 1);
  return b && (b->dataInside() > a.dataInside() ? !written.count(a.dataInside(), b->dataInside())
                                                : !written.count(b->tailInside(), a.tailInside()));
}

Text BufferWords::sentence(const Playhead& at, const BufferJourney& journey, const BufferOperation& o,
                           const std::vector<BufferBand>& bands) {
  const BufferShape* b = beforeOf(journey, o);
  const BufferShape& a = afterOf(journey, o);
  const Text actor = o.call == NoEvent ? say("The machine") : Text(actorOf(at.journal(), o));
  if (deed(b, a) == BufferDeed::Born)
    return say("%1 has made the buffer: %2 bytes from head to end, data and tail at %3, truesize %4.", actor, a.end,
               a.data, a.truesize);
  const Text did = b ? whatWasDone(*b, a, bands, claimedRoom(journey, o)) : say("has changed the sk_buff");
  const std::vector<Text> what = numbers(at, b, a);
  return what.empty() ? say("%1 %2.", actor, did) : say("%1 %2: %3.", actor, did, Text::list(", ", what));
}

Text BufferWords::lesson(const BufferJourney& journey, const BufferOperation& o, const std::vector<BufferBand>& bands) {
  const BufferShape* b = beforeOf(journey, o);
  const BufferShape& a = afterOf(journey, o);
  switch (deed(b, a)) {
  case BufferDeed::Born:
    return say("The structure describes the packet, the bytes stand in a buffer of their own. skb_shared_info "
               "takes the last 320 bytes.");
  case BufferDeed::Reserve:
    return say("Nothing is in the buffer yet. The room in front is for headers that lower layers will push.");
  case BufferDeed::Put:
    if (a.behindEnd()) return say("Nothing checks before: behind end lies skb_shared_info, so the kernel stops here.");
    if (claimedRoom(journey, o))
      return say("Only tail moved: between the old tail and the new one stands what the memory held before, until "
                 "somebody writes there. There is tailroom for %1 more.",
                 a.end - a.tail);
    return say("The new bytes stand between the old tail and the new one. There is tailroom for %1 more.",
               a.end - a.tail);
  case BufferDeed::Push:
    if (a.beforeHead())
      return say("Nothing checks before: in front of head lies other memory, so the kernel stops here.");
    if (claimedRoom(journey, o))
      return say("No byte was copied: data moved down into the headroom. What stands there is what the memory held "
                 "before; the new header is written next.");
    return say("No byte was copied: data moved back over bytes that stood there already.");
  case BufferDeed::Pull:
    if (const BufferBand* band = bandAt(bands, a.data); band && a.transport == a.data && !band->type.empty())
      return say("The bytes are still there, below data: that is the headroom now. transport_header marks "
                 "where %1 begins, and data stands on it.",
                 band->name);
    return say("The bytes are still there, below data: that is the headroom now.");
  case BufferDeed::Trim:
    return say("What stood behind the new tail does not belong to the packet: padding of the wire, or the "
               "frame's checksum.");
  case BufferDeed::Moved:
    return say("The old one was too small, or shared with a clone. All pointers and marks move along.");
  case BufferDeed::Marks: return say("Marks are offsets from head, so they stay right when data moves.");
  default: return {};
  }
}

Text BufferWords::times(const BufferJourney::Times& t) {
  if (t.total <= 0) return {};
  std::vector<std::pair<s64, Text>> parts;
  for (size_t i = 0; i < layerCount; ++i) parts.push_back({t.layers[i], layerText(static_cast<Layer>(i))});
  parts.push_back({t.waiting, say("waiting")});
  std::stable_sort(parts.begin(), parts.end(), [](auto& a, auto& b) { return a.first > b.first; });
  std::vector<Text> words;
  for (auto& [time, name] : parts)
    if (time * 200 >= t.total) words.push_back(say("%1 %2%", name, (time * 100 + t.total / 2) / t.total));
  return say("%1 ns in all: %2", t.total, Text::list(" · ", words));
}

} // namespace sockwalk::tell
