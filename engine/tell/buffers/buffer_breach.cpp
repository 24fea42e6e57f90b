// A pointer that was moved too far, and a pull of more than there is.
#include "engine/tell/buffers/buffer_picture.h"

namespace sockwalk::tell {

namespace {

// What the kernel printed, if it stopped for it.
std::string panicAfter(const Playhead& at, EventIndex call) {
  const Journal& j = at.journal();
  for (EventIndex i = call; i < at.position(); ++i) {
    if (j[i].type != EventType::Panic) continue;
    const auto* text = reinterpret_cast<const char*>(j.payload(j[i].where));
    return {text, static_cast<size_t>(j[i].data)};
  }
  return {};
}

u32 askedBy(const Journal& j, EventIndex call) {
  const auto arguments = j.arguments(j[call]);
  return arguments.size() < 2 ? 0 : static_cast<u32>(arguments[1]);
}

BufferBreach pointerPast(const Playhead& at, const BufferJourney& journey, const BufferShape& now) {
  const int last = journey.operationAt(at.position());
  if (last < 0) return {};
  const BufferOperation& o = journey.operations()[static_cast<size_t>(last)];
  if (o.call == NoEvent || o.before < 0) return {};
  const BufferShape& before = journey.shapes()[static_cast<size_t>(o.before)];
  const std::string name(at.journal().function(at.journal()[o.call]).name);
  const u32 asked = askedBy(at.journal(), o.call);
  const std::string call = name + "(" + std::to_string(asked) + ")";
  BufferBreach out{BufferBreach::None, asked, 0, {}, panicAfter(at, o.call)};
  if (now.beforeHead() && (name == "skb_push" || name == "__skb_push")) {
    out.kind = BufferBreach::BeforeHead;
    out.there = before.dataInside();
    out.what =
        say("%1 asked for %2 in front, and there are %3: data is %4 before head, in memory that is not the packet's",
            call, bytes(asked), out.there, bytes(-s64(now.dataFromHead())));
  } else if (now.behindEnd() && (name == "skb_put" || name == "__skb_put")) {
    out.kind = BufferBreach::BehindEnd;
    out.there = before.end - before.tailInside();
    out.what = say("%1 asked for %2 at the end, and there are %3: tail is %4 behind end, where skb_shared_info stands",
                   call, bytes(asked), out.there, bytes(now.tail - now.end));
  }
  return out.kind == BufferBreach::None ? BufferBreach{} : out;
}

// It moves nothing, so it is no change of the sk_buff: the call itself tells.
BufferBreach pulledTooMuch(const Playhead& at, const BufferJourney& journey) {
  const int last = journey.stopAt(at.position());
  if (last < 0) return {};
  const BufferStop& stop = journey.stops()[static_cast<size_t>(last)];
  const std::string_view name = at.journal().function(at.journal()[stop.call]).name;
  if (stop.shape < 0 || (name != "skb_pull" && name != "__skb_pull")) return {};
  const BufferShape& there = journey.shapes()[static_cast<size_t>(stop.shape)];
  const u32 asked = askedBy(at.journal(), stop.call);
  const bool checked = name == "skb_pull";
  const u32 most = checked ? there.len : there.headlen();
  if (asked <= most) return {};
  const std::string call = std::string(name) + "(" + std::to_string(asked) + ")";
  const Text what =
      checked
          ? say("%1 asked for %2 of a packet that has %3: it gives NULL, and nothing moves", call, bytes(asked), most)
          : say("%1 asked for %2, and the linear part has %3 (len %4, data_len %5): the rest stands in fragments, "
                "which data cannot reach",
                call, bytes(asked), most, there.len, there.dataLen);
  return {BufferBreach::MoreThanThere, asked, most, what, panicAfter(at, stop.call)};
}

} // namespace

BufferBreach breachOf(const Playhead& at, const BufferJourney& journey, const BufferShape& now) {
  BufferBreach past = pointerPast(at, journey, now);
  return past.kind == BufferBreach::None ? pulledTooMuch(at, journey) : past;
}

} // namespace sockwalk::tell
