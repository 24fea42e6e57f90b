// The rows of cards, by their forms.
#include "views/objects/object_reader.h"
#include "views/walk/text.h"

#include <QCoreApplication>

#include <cstring>

namespace sockwalk {

namespace {

constexpr u32 mostDescriptors = 1024; // slots of an fdtable that are read
constexpr int longestQueue = 4096;    // entries of a list, nodes of a tree
constexpr int mostBuckets = 12;       // of a hash table that have rows

QString words(const char* s) { return QCoreApplication::translate("ObjectsView", s); }

QString flagNames(u64 value, std::initializer_list<std::pair<u64, const char*>> names) {
  QStringList out;
  for (const auto& [bit, name] : names)
    if (value & bit) out << name;
  return out.join('|');
}
QString eventNames(u64 events) {
  const QString names = text(constantText("epoll_events", events));
  return names.isEmpty() ? QStringLiteral("0") : names;
}

// "2717908992…8997": the end of a range without the many digits that it shares with the beginning.
QString rangeText(u32 from, u32 to) {
  const QString a = QString::number(from), b = QString::number(to);
  qsizetype same = 0;
  while (a.size() == b.size() && same + 1 < a.size() && a[same] == b[same]) ++same;
  return a + QStringLiteral("…") + (same < 4 ? b : b.mid(same));
}

u32 offsetIn(const char* structure, const char* path) {
  const Field f = fieldAt(structure, path);
  return f ? f.offset() : 0;
}

} // namespace

ObjectRow ObjectReader::readRow(const RowSpec& spec, const CardSpec& card, u32 base) {
  const Field f = fieldOf(spec, card);
  ObjectRow row{text(spec.label), {}, text(spec.path), base + f.offset(), f.member->size};
  row.back = spec.back;
  const u64 value = number(row.offset, std::min<u32>(row.size, 8));
  switch (spec.form) {
  case RowSpec::Number: {
    const u64 n = number(row.offset, std::min<u32>(row.size, row.size == 8 ? 8 : 4));
    row.value = QString::number(n);
    row.silent = !n;
    break;
  }
  case RowSpec::Port:
    row.value = QString::number(__builtin_bswap16(static_cast<u16>(value)));
    row.silent = !static_cast<u16>(value);
    break;
  case RowSpec::Flags: row.value = text(openFlagsText(number(row.offset, 4))); break;
  case RowSpec::Mode: {
    const u64 mode = number(row.offset, 2);
    row.value = (mode & 0170000) == 0140000 ? "S_IFSOCK|" : "";
    row.value += "0" + QString::number(mode & ((mode & 0170000) == 0140000 ? 07777 : 0177777), 8);
    break;
  }
  case RowSpec::Queue: readQueue(row, std::string_view(card.type) == "sock"); break;
  case RowSpec::Tree: readTree(row, std::string_view(card.type) == "sock"); break;
  case RowSpec::Colour: row.value = value & 1 ? words("black") : words("red"); break;
  case RowSpec::List: readList(row); break;
  case RowSpec::Link:
    row.value = words("ready");
    if (value == Arena::addressOf(row.offset) || !value) row.silent = true, row.value = words("on no list");
    else if (objectAt(m_at, value).type == objectAt(m_at, Arena::addressOf(base)).type) row.target = value;
    break;
  case RowSpec::Chain:
    if (value & 1 || !value) row.value = words("last of its bucket"), row.silent = true;
    else
      row.target = objectAt(m_at, value).address(), row.value = text(pointerText(m_at, row.target)), row.named = true;
    break;
  case RowSpec::Sequence: readSequence(row); break;
  case RowSpec::Waiters: readWaiters(row); break;
  case RowSpec::Space:
    row.value = text(pointerText(m_at, value));
    row.silent = row.value == QLatin1String("init_net") || !value;
    break;
  case RowSpec::Events: row.value = eventNames(number(row.offset, 4)); break;
  case RowSpec::Value: readValue(row, spec, f, base); break;
  }
  row.changed = changed(row.offset, row.size) && !(spec.form == RowSpec::Space && row.silent);
  return row;
}

void ObjectReader::readValue(ObjectRow& row, const RowSpec& spec, const Field& f, u32 base) const {
  row.value = text(valueText(m_at, *f.layout, *f.member, base + f.base));
  if (f.member->kind != MemberKind::Pointer) return;
  const u64 target = pointerAt(row.offset);
  row.silent = !target;
  if (target && target >> 47 != 0x1ffff) { // the place is a pointer's only at times: skb->dev is also dev_scratch
    row.value = words("used for another purpose");
    row.silent = true;
    return;
  }
  const ObjectRef object = target ? objectAt(m_at, target) : ObjectRef{};
  row.table = object && object.offset >= Arena::DataBegin;
  // A list ends at its head, which is no sk_buff.
  if (std::string_view(spec.label) == "next" && object && layoutOf(object.type) &&
      layoutOf(object.type)->name != "sk_buff" && layoutOf(object.type)->name != "sk_buff_fclones" &&
      layoutOf(object.type)->name != "eppoll_entry")
    return;
  if (object && !row.table) row.target = target, row.named = true;
}

// struct sk_buff_head: next, prev, qlen. An empty list points at itself, a new one is zero.
void ObjectReader::readQueue(ObjectRow& row, bool tcp) {
  const u64 head = Arena::addressOf(row.offset), first = pointerAt(row.offset), length = number(row.offset + 16, 4);
  row.value = QStringLiteral("qlen %1").arg(length);
  row.size = 20;
  if (!first || first == head) {
    row.silent = true;
    return;
  }
  row.target = first;
  const ObjectRef owner = objectAt(m_at, head);
  const LayoutInfo* layout = owner ? layoutOf(owner.type) : nullptr;
  if (!tcp || !layout || !beginsWith(*layout, "tcp_sock")) return;
  u64 skb = first;
  for (int n = 0; skb && skb != head && n < longestQueue; ++n, skb = pointerAt(static_cast<u32>(skb)))
    m_places[skb].tcp = true;
}

void ObjectReader::readTree(ObjectRow& row, bool buffers) {
  static const u32 left = offsetIn("rb_node", "rb_left"), right = offsetIn("rb_node", "rb_right");
  const u64 root = pointerAt(row.offset);
  row.target = root;
  row.silent = !root;
  std::vector<u64> open{root};
  int count = 0;
  while (!open.empty() && count < longestQueue) {
    const u64 node = open.back();
    open.pop_back();
    if (!node) continue;
    ++count;
    if (buffers) m_places[node] = {true, true};
    open.push_back(pointerAt(static_cast<u32>(node) + left));
    open.push_back(pointerAt(static_cast<u32>(node) + right));
  }
  row.value = !count ? words("empty") : words("tree of %1").arg(count);
  row.size = 8;
}

void ObjectReader::readList(ObjectRow& row) const {
  const u64 head = Arena::addressOf(row.offset), first = pointerAt(row.offset);
  int count = 0;
  for (u64 at = first; at && at != head && count < longestQueue; at = pointerAt(static_cast<u32>(at))) ++count;
  row.value = count ? words("%1 on it").arg(count) : words("empty");
  row.silent = !count;
  if (count) row.target = first;
}

void ObjectReader::readSequence(ObjectRow& row) const {
  static const u32 seq = offsetIn("tcp_skb_cb", "seq"), end = offsetIn("tcp_skb_cb", "end_seq"),
                   flags = offsetIn("tcp_skb_cb", "tcp_flags"), sacked = offsetIn("tcp_skb_cb", "sacked");
  const u32 from = static_cast<u32>(number(row.offset + seq, 4)), to = static_cast<u32>(number(row.offset + end, 4));
  const QString names = flagNames(number(row.offset + flags, 1), {{1, "FIN"}, {2, "SYN"}, {4, "RST"}});
  const QString marks = flagNames(number(row.offset + sacked, 1), {{1, "SACKed"}, {4, "lost"}, {0x80, "sent again"}});
  row.value = rangeText(from, to);
  for (const QString& more : {names, marks})
    if (!more.isEmpty()) row.value += ' ' + more;
  row.silent = !from && !to;
  row.path = QStringLiteral("cb, tcp_skb_cb.seq to end_seq");
  row.size = std::max(end, sacked) + 4;
}

// Whoever sleeps has an entry of its own on its kernel stack; epoll's entries belong to what is watched.
void ObjectReader::readWaiters(ObjectRow& row) const {
  static const u32 entryOffset = offsetIn("wait_queue_entry", "entry"), func = offsetIn("wait_queue_entry", "func"),
                   priv = offsetIn("wait_queue_entry", "private");
  const u64 head = Arena::addressOf(row.offset);
  QStringList who;
  int count = 0;
  for (u64 at = pointerAt(row.offset); at && at != head && count < longestQueue;
       at = pointerAt(static_cast<u32>(at)), ++count) {
    const u32 entry = static_cast<u32>(at) - entryOffset;
    const u64 task = pointerAt(entry + priv);
    const ObjectRef sleeper = task ? objectAt(m_at, task) : ObjectRef{};
    const LayoutInfo* layout = sleeper ? layoutOf(sleeper.type) : nullptr;
    if (layout && layout->name == "task_struct") who << words("%1 sleeps").arg(text(sleeper.name));
    else who << text(pointerText(m_at, pointerAt(entry + func)));
    if (!row.target) row.target = layout && layout->name == "task_struct" ? task : Arena::addressOf(entry);
  }
  row.value = count ? who.join(QStringLiteral(", ")) : words("nobody waits");
  row.silent = !count;
}

// One row for each descriptor that is open, read from the array that `fd` points at.
void ObjectReader::addDescriptors(ObjectCard& card, u32 base) const {
  const u64 count = std::min<u64>(number(base + fieldAt("fdtable", "max_fds").offset(), 4), mostDescriptors);
  const u64 begin = pointerAt(base + fieldAt("fdtable", "fd").offset());
  if (!begin) return;
  const u32 array = static_cast<u32>(begin);
  for (u32 fd = 0; fd < count; ++fd) {
    const u64 file = pointerAt(array + fd * 8);
    const bool written = changed(array + fd * 8, 8) && !card.born;
    if (!file && !written) continue;
    ObjectRow row{QStringLiteral("fd[%1]").arg(fd), text(pointerText(m_at, file)), QStringLiteral("fd[%1]").arg(fd),
                  array + fd * 8, 8};
    row.target = file;
    row.named = true;
    row.changed = changed(row.offset, 8);
    card.rows.push_back(row);
  }
}

// One row for each bucket of the table of connections that has somebody on its chain.
void ObjectReader::addBuckets(ObjectCard& card, u32 base) const {
  const u64 begin = pointerAt(base + fieldAt("inet_hashinfo", "ehash").offset());
  const u64 count = begin ? number(base + fieldAt("inet_hashinfo", "ehash_mask").offset(), 4) + 1 : 0;
  int rows = 0;
  for (u64 i = 0; i < count && rows < mostBuckets; ++i) {
    const u32 bucket = static_cast<u32>(begin + i * 8);
    const u64 first = pointerAt(bucket);
    const bool empty = !first || first & 1;
    if (empty && !changed(bucket, 8)) continue;
    const u64 sock = empty ? 0 : objectAt(m_at, first).address(); // the chain goes through the middle of it
    ObjectRow row{QStringLiteral("ehash[%1]").arg(i), empty ? words("empty") : text(pointerText(m_at, sock)),
                  QStringLiteral("ehash[%1].chain").arg(i), bucket, 8};
    row.target = sock;
    row.named = true;
    row.changed = changed(bucket, 8);
    card.rows.push_back(row);
    ++rows;
  }
}

std::vector<u64> tablesWithCards(const Playhead& at) {
  const DataSymbol* table = Symbols::get().dataNamed("tcp_hashinfo");
  if (!table) return {};
  const auto word = [&](u32 offset) {
    u64 v;
    std::memcpy(&v, at.memory().at(offset), 8);
    return v;
  };
  const u64 begin = word(table->offset + offsetIn("inet_hashinfo", "ehash"));
  const u64 count = begin ? (word(table->offset + offsetIn("inet_hashinfo", "ehash_mask")) & 0xffffffff) + 1 : 0;
  for (u64 i = 0; i < count; ++i)
    if (const u64 first = word(static_cast<u32>(begin + i * 8)); first && !(first & 1))
      return {Arena::addressOf(table->offset)};
  return {};
}

} // namespace sockwalk
