#include "views/buffer/buffer_words.h"
#include "engine/journal/reflection.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

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
QString stretch(const std::vector<BufferBand>& bands, u32 from, u32 to) {
  QStringList names;
  u32 at = from;
  for (const BufferBand& b : bands)
    if (b.from == at && b.to <= to && !b.type.empty()) {
      names << BufferWords::tr("the %1-byte %2 header").arg(b.to - b.from).arg(b.name);
      at = b.to;
    }
  if (at != to || names.isEmpty()) return BufferWords::bytes(to - from);
  return names.join(BufferWords::tr(" and "));
}

} // namespace

QString BufferWords::bytes(u32 n) { return n == 1 ? tr("1 byte") : tr("%1 bytes").arg(n); }

BufferDeed BufferWords::deed(const BufferShape* b, const BufferShape& a) {
  if (!b || !b->head) return a.head ? BufferDeed::Born : BufferDeed::Other;
  if (b->head != a.head) return BufferDeed::Moved;
  const s64 data = s64(a.data) - b->data, tail = s64(a.tail) - b->tail;
  if (data && data == tail && !a.len && !b->len) return BufferDeed::Reserve;
  if (data > 0 && !tail) return BufferDeed::Pull;
  if (data < 0 && !tail) return BufferDeed::Push;
  if (tail > 0 && !data) return BufferDeed::Put;
  if (tail < 0 && !data) return BufferDeed::Trim;
  if (data || tail || a.len != b->len) return BufferDeed::Other;
  if (a.mac != b->mac || a.network != b->network || a.transport != b->transport) return BufferDeed::Marks;
  return BufferDeed::Other;
}

QString BufferWords::label(const Journal& j, const BufferJourney& journey, const BufferOperation& o) {
  if (o.call == NoEvent) return {};
  const Event& call = j[o.call];
  const std::string_view name = j.function(call).name;
  const auto arguments = j.arguments(call);
  const bool moves = isHelper(name) && arguments.size() >= 2 && arguments[0] == Arena::addressOf(journey.life().offset);
  if (moves && arguments[1] < 0x100000) return QStringLiteral("%1(%2)").arg(text(name)).arg(arguments[1]);
  return text(name) + "()";
}

static QStringList numbers(const Playhead& at, const BufferShape* b, const BufferShape& a) {
  QStringList out;
  const auto moved = [&out](const QString& what, u64 from, u64 to) {
    if (from != to) out << BufferWords::tr("%1 from %2 to %3", "data from 78 to 98").arg(what).arg(from).arg(to);
  };
  const auto mark = [&out](const char* name, u32 from, u32 to) {
    if (from != to)
      out << (to == BufferShape::Unset ? BufferWords::tr("%1 is not set any more").arg(name)
                                       : BufferWords::tr("%1 is %2 now").arg(name).arg(to));
  };
  if (!b) return out;
  if (b->head == a.head) {
    const u32 from = b->data, to = a.data;
    if (from != to) out << BufferWords::tr("data moved from %1 to %2").arg(from).arg(to);
    if (b->tail != a.tail)
      out << (from != to ? BufferWords::tr("tail from %1 to %2") : BufferWords::tr("tail moved from %1 to %2"))
                 .arg(b->tail)
                 .arg(a.tail);
  } else {
    out << BufferWords::tr("the buffer is at %1 now, data at %2")
               .arg(QString::fromStdString(addressText(a.head)))
               .arg(a.data);
  }
  moved("len", b->len, a.len);
  moved("data_len", b->dataLen, a.dataLen);
  mark("mac_header", b->mac, a.mac);
  mark("network_header", b->network, a.network);
  mark("transport_header", b->transport, a.transport);
  moved("users", static_cast<u64>(b->users), static_cast<u64>(a.users));
  moved("truesize", b->truesize, a.truesize);
  if (b->protocol != a.protocol)
    out << BufferWords::tr("protocol is 0x%1 now").arg(a.protocol, 4, 16, QLatin1Char('0'));
  if (b->sk != a.sk)
    out << (a.sk ? BufferWords::tr("it belongs to %1 now").arg(QString::fromStdString(pointerText(at, a.sk)))
                 : BufferWords::tr("it has no owner any more"));
  if (b->dev != a.dev && a.dev)
    out << BufferWords::tr("its device is %1 now").arg(QString::fromStdString(pointerText(at, a.dev)));
  if (b->cloned != a.cloned)
    out << (a.cloned ? BufferWords::tr("it counts as cloned: others may see the same bytes")
                     : BufferWords::tr("it does not count as cloned any more"));
  return out;
}

QString BufferWords::sentence(const Playhead& at, const BufferJourney& journey, const BufferOperation& o,
                              const std::vector<BufferBand>& bands) {
  const Journal& j = at.journal();
  const BufferShape* b = beforeOf(journey, o);
  const BufferShape& a = afterOf(journey, o);
  QString actor = tr("The machine");
  if (o.call != NoEvent) {
    const FunctionInfo& f = j.function(j[o.call]);
    const EventIndex caller = j.callerOf(o.call);
    actor = text(isHelper(f.name) && caller != NoEvent ? j.function(j[caller]).name : f.name) + "()";
  }
  QString did;
  switch (deed(b, a)) {
  case BufferDeed::Born:
    return tr("%1 has made the buffer: %2 bytes from head to end, data and tail at %3, truesize %4.")
        .arg(actor)
        .arg(a.end)
        .arg(a.data)
        .arg(a.truesize);
  case BufferDeed::Reserve: did = tr("has reserved %1 of headroom").arg(bytes(a.data - b->data)); break;
  case BufferDeed::Put: did = tr("has put %1 at the end").arg(bytes(a.tail - b->tail)); break;
  case BufferDeed::Push: did = tr("has pushed %1 in front").arg(stretch(bands, a.data, b->data)); break;
  case BufferDeed::Pull: did = tr("has pulled %1").arg(stretch(bands, b->data, a.data)); break;
  case BufferDeed::Trim: did = tr("has trimmed %1 from the end").arg(bytes(b->tail - a.tail)); break;
  case BufferDeed::Moved: did = tr("has given the packet another buffer"); break;
  case BufferDeed::Marks: did = tr("has marked where a header begins"); break;
  default: did = tr("has changed the sk_buff"); break;
  }
  const QStringList what = numbers(at, b, a);
  if (what.isEmpty()) return tr("%1 %2.").arg(actor, did);
  return tr("%1 %2: %3.", "function() has pulled the header: data moved ...").arg(actor, did, what.join(", "));
}

QString BufferWords::lesson(const BufferJourney& journey, const BufferOperation& o,
                            const std::vector<BufferBand>& bands) {
  const BufferShape* b = beforeOf(journey, o);
  const BufferShape& a = afterOf(journey, o);
  switch (deed(b, a)) {
  case BufferDeed::Born:
    return tr("The structure describes the packet, the bytes stand in a buffer of their own. skb_shared_info "
              "takes the last 320 bytes.");
  case BufferDeed::Reserve:
    return tr("Nothing is in the buffer yet. The room in front is for headers that lower layers will push.");
  case BufferDeed::Put:
    return tr("The new bytes stand between the old tail and the new one. There is tailroom for %1 more.")
        .arg(a.end - a.tail);
  case BufferDeed::Push:
    return tr("No byte was copied: data moved down into the headroom, and the new header is written there.");
  case BufferDeed::Pull:
    if (const BufferBand* band = bandAt(bands, a.data); band && a.transport == a.data && !band->type.empty())
      return tr("The bytes are still there, below data: that is the headroom now. transport_header marks "
                "where %1 begins, and data stands on it.")
          .arg(band->name);
    return tr("The bytes are still there, below data: that is the headroom now.");
  case BufferDeed::Trim:
    return tr("What stood behind the new tail does not belong to the packet: padding of the wire, or the "
              "frame's checksum.");
  case BufferDeed::Moved:
    return tr("The old one was too small, or shared with a clone. All pointers and marks move along.");
  case BufferDeed::Marks: return tr("Marks are offsets from head, so they stay right when data moves.");
  default: return {};
  }
}

QString BufferWords::dropReason(u16 reason) {
  if (const EnumInfo* e = enumNamed("skb_drop_reason"))
    for (auto& v : e->values)
      if (v.value == reason) return text(v.name);
  return QString::number(reason);
}

QString BufferWords::times(const BufferJourney::Times& t) {
  if (t.total <= 0) return {};
  std::vector<std::pair<s64, QString>> parts;
  for (size_t i = 0; i < layerCount; ++i) parts.push_back({t.layers[i], text(layerNames[i])});
  parts.push_back({t.waiting, tr("waiting")});
  std::stable_sort(parts.begin(), parts.end(), [](auto& a, auto& b) { return a.first > b.first; });
  QStringList words;
  for (auto& [time, name] : parts)
    if (time * 200 >= t.total)
      words << tr("%1 %2%", "layer, percent").arg(name).arg((time * 100 + t.total / 2) / t.total);
  return tr("%1 ns in all: %2").arg(t.total).arg(words.join(QStringLiteral(" · ")));
}

} // namespace sockwalk
