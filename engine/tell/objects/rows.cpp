// The rows of cards, by their forms.
#include "engine/memory/constants/files.h"
#include "engine/memory/structures.h"
#include "engine/tell/objects/reader.h"
#include "engine/tell/segments.h"
#include "engine/tell/values.h"
#include <cstring>

namespace sockwalk::tell {

namespace {

constexpr u32 mostDescriptors = 1024; // slots of an fdtable that are read
constexpr int longestQueue = 4096;    // entries of a list, nodes of a tree
constexpr int mostBuckets = 12;       // of a hash table that have rows

std::string eventNames(u64 events) {
  const std::string names = constantText("epoll_events", events);
  return names.empty() ? "0" : names;
}

// A file's mode as C writes it: "S_IFSOCK|0777".
std::string modeText(u64 mode) {
  const bool socket = (mode & ~u64(07777)) == kernel::S_IFSOCK;
  char octal[16];
  std::snprintf(octal, sizeof octal, "0%llo", static_cast<unsigned long long>(socket ? mode & 07777 : mode));
  return (socket ? "S_IFSOCK|" : "") + std::string(octal);
}

// Whether this is an address of memory. What else stands where a pointer may stand is none, nor is a pointer of which
// half has been written over.
bool isKernelAddress(u64 value) { return isAddress(value) && Arena::addressOf(static_cast<u32>(value)) == value; }

std::string_view typeOf(const ObjectRef& object) {
  const LayoutInfo* layout = object ? layoutOf(object.type) : nullptr;
  return layout ? layout->name : std::string_view();
}

} // namespace

ObjectRow ObjectReader::readRow(const RowSpec& spec, const CardSpec& card, const Field& f, u32 base) {
  const bool socket = std::string_view(card.type) == "sock";
  ObjectRow row;
  if (m_inWords) {
    row.label = spec.label.shown();
    row.path = spec.path;
  }
  row.offset = base + f.offset();
  row.size = f.member->size;
  row.back = spec.back;
  const u64 value = number(row.offset, std::min<u32>(row.size, 8));
  switch (spec.form) {
  case RowSpec::Number:
  case RowSpec::Port: readNumber(row, spec); break;
  case RowSpec::Flags:
    if (m_inWords) row.value = openFlagsText(number(row.offset, 4));
    break;
  case RowSpec::Mode:
    if (m_inWords) row.value = modeText(number(row.offset, 2));
    break;
  case RowSpec::Queue: readQueue(row, socket); break;
  case RowSpec::Tree: readTree(row, socket); break;
  case RowSpec::Colour: row.value = value & 1 ? say("black") : say("red"); break;
  case RowSpec::List: readList(row); break;
  case RowSpec::Link: readLink(row, base); break;
  case RowSpec::Chain: readChain(row); break;
  case RowSpec::Sequence: readSequence(row); break;
  case RowSpec::Waiters: readWaiters(row); break;
  case RowSpec::Passed: readPassed(row); break;
  case RowSpec::Space:
    row.value = spaceName(m_at, value);
    row.silent = row.value == Text("init_net") || !value;
    break;
  case RowSpec::Events:
    if (m_inWords) row.value = eventNames(number(row.offset, 4));
    break;
  case RowSpec::Value: readValue(row, spec, f, base); break;
  }
  row.changed = changed(row.offset, row.size) && !(spec.form == RowSpec::Space && row.silent);
  return row;
}

void ObjectReader::readNumber(ObjectRow& row, const RowSpec& spec) const {
  u64 n = number(row.offset, row.size == 8 ? 8 : std::min<u32>(row.size, 4));
  if (spec.form == RowSpec::Port) n = __builtin_bswap16(static_cast<u16>(n));
  row.value = n;
  row.silent = !n;
}

void ObjectReader::readValue(ObjectRow& row, const RowSpec& spec, const Field& f, u32 base) const {
  if (m_inWords) row.value = valueText(m_at, *f.layout, *f.member, base + f.base);
  if (f.member->kind != MemberKind::Pointer) return;
  const u64 target = readUnsigned(m_at, *f.member, base + f.base);
  row.silent = !target;
  if (target && !isKernelAddress(target)) { // the place is a pointer's only at times: skb->dev is also dev_scratch
    row.value = say("used for another purpose");
    row.silent = true;
    return;
  }
  const ObjectRef object = target ? objectAt(m_at, target) : ObjectRef{};
  row.table = object && object.offset >= Arena::DataBegin;
  if (object && m_inWords) row.value = addressName(m_at, target);
  // A list ends at its head, which is no sk_buff.
  const std::string_view type = typeOf(object);
  if (std::string_view(spec.label.text) == "next" && !type.empty() && type != "sk_buff" && type != "sk_buff_fclones" &&
      type != "eppoll_entry")
    return;
  if (object && !row.table) row.target = target, row.named = true;
}

// An element's place on a list: an arrow to the next element, while there is one.
void ObjectReader::readLink(ObjectRow& row, u32 base) const {
  const u64 next = pointerAt(row.offset);
  row.silent = next == Arena::addressOf(row.offset) || !next;
  row.value = row.silent ? say("on no list") : say("ready");
  if (!row.silent && objectAt(m_at, next).type == objectAt(m_at, Arena::addressOf(base)).type) row.target = next;
}

// The next on a hash chain, whose end may be an odd number that names the bucket.
void ObjectReader::readChain(ObjectRow& row) const {
  const u64 next = pointerAt(row.offset);
  row.silent = next & 1 || !next;
  if (row.silent) {
    row.value = say("last of its bucket");
    return;
  }
  row.target = objectAt(m_at, next).address();
  if (m_inWords) row.value = addressName(m_at, row.target);
  row.named = true;
}

// struct sk_buff_head: next, prev, qlen. An empty list points at itself, a new one is zero.
void ObjectReader::readQueue(ObjectRow& row, bool tcp) {
  const u64 head = Arena::addressOf(row.offset), first = pointerAt(row.offset);
  row.value = "qlen " + std::to_string(number(row.offset + offsetof(kernel::sk_buff_head, qlen), 4));
  row.size = offsetof(kernel::sk_buff_head, lock);
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
    open.push_back(pointerAt(static_cast<u32>(node) + u32(offsetof(kernel::rb_node, rb_left))));
    open.push_back(pointerAt(static_cast<u32>(node) + u32(offsetof(kernel::rb_node, rb_right))));
  }
  row.value = !count ? say("empty") : say("tree of %1", count);
  row.size = 8;
}

void ObjectReader::readList(ObjectRow& row) const {
  const u64 head = Arena::addressOf(row.offset), first = pointerAt(row.offset);
  int count = 0;
  for (u64 at = first; at && at != head && count < longestQueue; at = pointerAt(static_cast<u32>(at))) ++count;
  row.value = count ? say("%1 on it", count) : say("empty");
  row.silent = !count;
  if (count) row.target = first;
}

void ObjectReader::readSequence(ObjectRow& row) const {
  const auto& cb = *m_at.object<kernel::tcp_skb_cb>(Arena::addressOf(row.offset));
  row.silent = !cb.seq && !cb.end_seq;
  if (m_inWords) {
    row.value = Text::list(" ", {sequenceRange(cb.seq, cb.end_seq), segmentFlags(cb), segmentMarks(cb)});
    row.path = "cb, tcp_skb_cb.seq to end_seq";
  }
  row.size = offsetof(kernel::tcp_skb_cb, sacked) + 1;
}

// Whoever sleeps has an entry of its own on its kernel stack; epoll's entries belong to what is watched.
void ObjectReader::readWaiters(ObjectRow& row) const {
  const u64 head = Arena::addressOf(row.offset);
  std::vector<Text> who;
  for (u64 at = pointerAt(row.offset); at && at != head && who.size() < longestQueue;
       at = pointerAt(static_cast<u32>(at))) {
    const u64 address = at - offsetof(kernel::wait_queue_entry, entry);
    const auto& entry = *m_at.object<kernel::wait_queue_entry>(address);
    const u64 task = entry.private_.value;
    const bool sleeps = task && typeOf(objectAt(m_at, task)) == "task_struct";
    if (!m_inWords) who.emplace_back();
    else who.push_back(sleeps ? say("%1 sleeps", addressName(m_at, task)) : Text(addressName(m_at, entry.func.value)));
    if (!row.target) row.target = sleeps ? task : address;
  }
  row.silent = who.empty();
  row.value = row.silent ? say("nobody waits") : Text::list(", ", std::move(who));
}

// One row for each descriptor that is open, read from the array that `fd` points at.
void ObjectReader::addDescriptors(ObjectCard& card, u32 base) const {
  const u64 count = std::min<u64>(number(base + fieldAt("fdtable", "max_fds").offset(), 4), mostDescriptors);
  const u64 begin = pointerAt(base + fieldAt("fdtable", "fd").offset());
  for (u32 fd = 0; begin && fd < count; ++fd) {
    const u32 slot = static_cast<u32>(begin) + fd * 8;
    const u64 file = pointerAt(slot);
    if (!file && (!changed(slot, 8) || card.born)) continue;
    addSlot(card, "fd[" + std::to_string(fd) + ']', "", slot, file, m_inWords ? addressName(m_at, file) : Text());
  }
}

// The same of 2.6, whose table is in the files_struct itself until it has to grow.
void ObjectReader::addDescriptors26(ObjectCard& card, u32 base) const {
  const u64 count = std::min<u64>(number(base + offsetIn("2.6/files_struct", "max_fds"), 4), mostDescriptors);
  const u64 begin = pointer32At(base + offsetIn("2.6/files_struct", "fd"));
  for (u32 fd = 0; begin && fd < count; ++fd) {
    const u32 slot = static_cast<u32>(begin) + fd * 4;
    const u64 file = pointer32At(slot);
    if (!file && (!changed(slot, 4) || card.born)) continue;
    addSlot(card, "fd[" + std::to_string(fd) + ']', "", slot, file, m_inWords ? addressName(m_at, file) : Text(), 4);
  }
}

// Whether its control block is a local socket's: its destructor says so.
bool ObjectReader::carriesFiles(u32 skb) const {
  static const TextSymbol* const freedBy = Symbols::get().textNamed("unix_wfree");
  const auto& buffer = *m_at.object<kernel::sk_buff>(Arena::addressOf(skb));
  return freedBy && buffer.destructor.value == Arena::addressOf(freedBy->offset);
}
void ObjectReader::readPassed(ObjectRow& row) const {
  row.offset += offsetof(kernel::unix_skb_parms, fp);
  row.size = sizeof(u64);
  row.path = "cb, unix_skb_parms.fp";
  const u64 list = pointerAt(row.offset);
  row.silent = !list;
  if (!list) return;
  if (m_inWords) row.value = addressName(m_at, list);
  row.target = list;
  row.named = true;
}
// One row for each file on its way.
void ObjectReader::addPassed(ObjectCard& card, u32 base) const {
  const u32 begin = base + static_cast<u32>(offsetof(kernel::scm_fp_list, fp));
  const u64 count = std::min<u64>(number(base, 2), mostDescriptors);
  for (u32 i = 0; i < count; ++i) {
    const u64 file = pointerAt(begin + i * 8);
    addSlot(card, "fp[" + std::to_string(i) + ']', "", begin + i * 8, file,
            m_inWords ? Text(addressName(m_at, file)) : Text());
  }
}

// One row for each bucket of the table of connections that has somebody on its chain.
void ObjectReader::addBuckets(ObjectCard& card, u32 base) const {
  const auto& table = *m_at.object<kernel::inet_hashinfo>(Arena::addressOf(base));
  const u64 begin = table.ehash.value, count = begin ? u64(table.ehash_mask) + 1 : 0;
  int rows = 0;
  for (u64 i = 0; i < count && rows < mostBuckets; ++i) {
    const u32 bucket = static_cast<u32>(begin + i * 8);
    const u64 first = pointerAt(bucket);
    const bool empty = !first || first & 1;
    if (empty && !changed(bucket, 8)) continue;
    const u64 sock = empty ? 0 : objectAt(m_at, first).address(); // the chain goes through the middle of it
    addSlot(card, "ehash[" + std::to_string(i) + ']', ".chain", bucket, sock,
            empty       ? say("empty")
            : m_inWords ? Text(addressName(m_at, sock))
                        : Text());
    ++rows;
  }
}

// A row for one place of an array of pointers.
void ObjectReader::addSlot(ObjectCard& card, std::string name, const char* member, u32 offset, u64 target, Text value,
                           u32 size) const {
  ObjectRow row;
  row.path = name + member;
  row.label = std::move(name);
  row.value = std::move(value);
  row.offset = offset;
  row.size = size;
  row.target = target;
  row.named = true;
  row.changed = changed(offset, size);
  card.rows.push_back(std::move(row));
}

std::vector<u64> tablesWithCards(const Playhead& at) {
  const DataSymbol* symbol = Symbols::get().dataNamed("tcp_hashinfo");
  if (!symbol) return {};
  const auto& table = *at.object<kernel::inet_hashinfo>(Arena::addressOf(symbol->offset));
  const u64 count = table.ehash.value ? u64(table.ehash_mask) + 1 : 0;
  for (u64 i = 0; i < count; ++i)
    if (const u64 first = *at.object<u64>(table.ehash.value + i * 8); first && !(first & 1))
      return {Arena::addressOf(symbol->offset)};
  return {};
}

} // namespace sockwalk::tell
