#include "views/buffer/buffer_picture.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

namespace {

constexpr u32 SharedInfoSize = 320;
using Words = BufferWords;

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

QString allocationText(const Playhead& at, const BufferShape& s) {
  const u32 size = s.end + SharedInfoSize;
  const ObjectRef o = objectAt(at, s.head);
  if (!o) return Words::tr("%1 bytes").arg(size);
  const Allocation* a = at.journal().allocationBornAt(at.memory().recordOf(o.offset).birth - 1);
  const bool whole = a && o.address() == s.head;
  if (!whole) return Words::tr("%1 bytes, cut from %2").arg(size).arg(QString::fromStdString(o.name));
  return Words::tr("%1 bytes (%2)").arg(size).arg(text(at.journal().caches()[a->cache].name));
}

// A fragment's bytes lie in the page that a struct page stands for, and in those behind it.
std::vector<u8> fragmentBytes(const Playhead& at, u64 page, u32 offset, u32 size) {
  constexpr u32 Most = 256;
  const u32 begin = static_cast<u32>(page) / static_cast<u32>(sizeof(kernel::page)) * Arena::PageSize;
  if (!page || begin < Arena::HeapBegin || begin >= Arena::HeapEnd) return {}; // a page of user memory, lent
  const u8* bytes = at.memory().at(begin + offset);
  return {bytes, bytes + std::min(size, Most)};
}

void readShared(const Playhead& at, BufferPicture& p) {
  const BufferShape& s = p.shape;
  QStringList family;
  if (s.fclone == 1) family << Words::tr("first of an fclone pair");
  if (s.fclone == 2) family << Words::tr("clone, second of an fclone pair");
  if (s.head && p.fate.isEmpty()) {
    const auto* shared = at.object<kernel::skb_shared_info>(s.head + s.end);
    const u32 sharers = static_cast<u32>(shared->dataref.counter) & 0xffff;
    if (s.cloned)
      family << (sharers > 1 ? Words::tr("cloned: %1 sk_buffs share the bytes (dataref)").arg(sharers)
                             : Words::tr("cloned once; it alone holds the bytes now"));
    for (u32 i = 0; i < shared->nr_frags && i < 17; ++i) {
      const auto& f = shared->frags[i];
      p.fragments.push_back({QString::fromStdString(pointerText(at, f.bv_page.value)), f.bv_offset, f.bv_len,
                             fragmentBytes(at, f.bv_page.value, f.bv_offset, f.bv_len)});
    }
    if (shared->gso_size) family << Words::tr("GSO: segments of %1 bytes").arg(shared->gso_size);
    if (shared->frag_list.value) family << Words::tr("more bytes in frag_list");
  }
  p.family = family.join(QStringLiteral(" · "));
}

void readFate(const Playhead& at, const BufferJourney& journey, BufferPicture& p) {
  const Journal& j = at.journal();
  const BufferDrop& drop = journey.drop();
  p.lost = drop.event != NoEvent && at.position() > drop.event;
  const EventIndex released = journey.life().released;
  const bool gone = released != NoEvent && at.position() > released;
  if (p.lost) {
    const EventIndex call = j.callAround(drop.event);
    const EventIndex caller = call == NoEvent ? NoEvent : j.callerOf(call);
    const QString who = caller == NoEvent ? QString() : text(j.function(j[caller]).name) + "()";
    p.fate = Words::tr("Dropped at event %1").arg(drop.event + 1) +
             (who.isEmpty() ? QString() : Words::tr(" by %1").arg(who)) + ": " + Words::dropReason(drop.reason);
  } else if (gone) {
    const EventIndex caller = j.callerOf(released);
    p.fate = Words::tr("Let go at event %1").arg(released + 1) +
             (caller == NoEvent ? QString() : Words::tr(" by %1").arg(text(j.function(j[caller]).name) + "()")) +
             Words::tr(": the packet has done its duty. Its bytes are shown as they were left.");
  }
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
    if (Words::deed(o.before < 0 ? nullptr : &journey.shapes()[static_cast<size_t>(o.before)],
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
  p.deed = Words::deed(before, journey.shapes()[static_cast<size_t>(o.after)]);
  p.label = Words::label(at.journal(), journey, o);
  p.sentence = Words::sentence(at, journey, o, p.rangeBands);
  p.lesson = Words::lesson(journey, o, p.rangeBands);
  if (step && position < from) p.sentence = Words::tr("Taken back: %1").arg(p.sentence);
  else if (!step) p.sentence = Words::tr("Last, at event %1: %2").arg(o.last + 1).arg(p.sentence);
}

} // namespace

QString bufferName(const Playhead& at, u64 address, u32 ordinal) {
  const ObjectRef object = objectAt(at, address);
  return object ? text(pointerText(at, address)) : Words::tr("sk_buff #%1").arg(ordinal);
}

BufferPicture pictureOf(const Playhead& at, const BufferJourney& journey, int life, EventIndex from) {
  BufferPicture p;
  const int shape = journey.shapeAt(at.position());
  if (shape < 0) return p;
  p.present = true;
  p.life = life;
  p.shape = journey.shapes()[static_cast<size_t>(shape)];
  p.address = Arena::addressOf(journey.life().offset);
  p.title = bufferName(at, p.address, journey.life().ordinal);
  readFate(at, journey, p);
  p.stop = journey.stopAt(at.position());
  p.stops = static_cast<int>(journey.stops().size());
  QStringList about;
  if (p.stop >= 0)
    about << text(at.journal().function(at.journal()[journey.stops()[static_cast<size_t>(p.stop)].call]).name);
  about << Words::tr("owner %1")
               .arg(p.shape.sk ? QString::fromStdString(pointerText(at, p.shape.sk)) : Words::tr("none"));
  about << Words::tr("users %1").arg(p.shape.users) << Words::tr("truesize %1").arg(p.shape.truesize);
  if (journey.life().turn > 1) about << Words::tr("packet %1 in this structure").arg(journey.life().turn);
  p.subtitle = about.join(QStringLiteral(" · "));
  p.times = Words::times(journey.times());
  if (p.shape.head) {
    const u8* head = at.memory().at(static_cast<u32>(p.shape.head));
    p.allocation = allocationText(at, p.shape);
    p.bytes.assign(head, head + std::min(p.shape.tail, p.shape.end));
    p.bands = bandsOf(p.shape, head, ipProtocolOf(at, p.shape));
    readRange(at, journey, p);
    p.fields = fieldsOf(p, ipProtocolOf(at, p.shape));
  }
  readShared(at, p);
  readOperation(at, journey, from, p);
  return p;
}

QStringList dump(const BufferPicture& p) {
  QStringList out;
  if (!p.present) return {QStringLiteral("no buffer")};
  const BufferShape& s = p.shape;
  out << p.title + " | " + p.subtitle;
  out << QStringLiteral("data %1 tail %2 end %3 len %4").arg(s.data).arg(s.tail).arg(s.end).arg(s.len);
  for (const BufferBand& b : p.bands)
    out << QStringLiteral("%1 %2-%3%4").arg(b.name).arg(b.from).arg(b.to).arg(b.pulled ? " pulled" : "");
  if (!p.family.isEmpty()) out << p.family;
  if (!p.fate.isEmpty()) out << p.fate;
  if (!p.sentence.isEmpty()) out << p.sentence;
  return out;
}

} // namespace sockwalk
