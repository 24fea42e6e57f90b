#include "engine/tell/calls/table_card.h"
#include "engine/journal/reflection.h"
#include "engine/memory/pointer32.h"
#include "engine/tell/fields.h"
#include "engine/tell/structures/subject.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

namespace {

// A pointer in memory, as wide as the kernel has them.
u64 pointerAt(const Playhead& at, u32 offset, Era era = Era::Linux61) {
  u64 v = 0;
  std::memcpy(&v, at.memory().at(offset), era == Era::Linux61 ? sizeof v : sizeof(u32));
  return era == Era::Linux61 ? v : Address32::wide(static_cast<u32>(v));
}

// ---- who holds a pointer to the table

// A global array of pointers that has `target` among its elements: net_families[AF_INET].
std::string globalHolder(const Playhead& at, u64 target) {
  for (const DataSymbol* d : Symbols::get().data()) {
    const u32 width = d->era == Era::Linux61 ? 8 : 4;
    if (d->size != width || d->count < 2 || d->count > 4096) continue;
    for (u32 i = 0; i < d->count; ++i) {
      if (pointerAt(at, d->offset + i * width, d->era) != target) continue;
      const auto name = d->name == "net_families" ? memberConstant("net_proto_family", "family", i) : std::nullopt;
      return std::string(d->name) + "[" + (name ? *name : std::to_string(i)) + "]";
    }
  }
  return {};
}

// The member of a structure, or of one that it begins with or contains, that points at `target`.
std::string memberPointingAt(const Playhead& at, const LayoutInfo& layout, u32 base, u64 target, int depth) {
  for (const MemberInfo& m : layout.members) {
    if (m.array) continue;
    if (m.kind == MemberKind::Pointer && readUnsigned(at, m, base) == target) return std::string(m.name);
    const LayoutInfo* inner = m.kind == MemberKind::Struct && depth > 0 ? layoutNamed(m.target) : nullptr;
    std::string deeper = inner ? memberPointingAt(at, *inner, base + m.offset, target, depth - 1) : std::string();
    if (!deeper.empty()) return deeper;
  }
  return {};
}

// Among the call's own arguments: socket #1.ops.
std::string argumentHolder(const Playhead& at, EventIndex call, u64 target) {
  for (u64 argument : at.journal().arguments(at.journal()[call])) {
    const ObjectRef object = objectAt(at, argument);
    if (!object) continue;
    for (const StructureSubject& s : subjectsOf(at, object.offset)) {
      const std::string member = memberPointingAt(at, *s.layout, s.base, target, 4);
      if (!member.empty()) return subjectName(at, s) + "." + member;
    }
  }
  return {};
}

// ---- the table itself: its entries around the one that was taken

void addSlots(TableCard& card, const Playhead& at, const ObjectRef& table, u32 slot) {
  const LayoutInfo* layout = layoutOf(table.type);
  if (!layout) return;
  std::vector<const MemberInfo*> entries;
  int taken = -1;
  for (const MemberInfo& m : layout->members) {
    if (m.kind != MemberKind::Function || m.array) continue;
    if (table.offset + m.offset == slot) taken = static_cast<int>(entries.size());
    else if (!readUnsigned(at, m, table.offset)) continue; // empty entries teach nothing
    entries.push_back(&m);
  }
  if (taken < 0) return;
  const int first = std::clamp(taken - 2, 0, std::max(0, static_cast<int>(entries.size()) - 5));
  card.headings = {say("slot"), say("function")};
  for (int i = first; i < std::min<int>(first + 5, static_cast<int>(entries.size())); ++i)
    card.rows.push_back({{entries[i]->name, addressName(at, readUnsigned(at, *entries[i], table.offset))}, i == taken});
}

bool readTableCall(TableCard& card, const Playhead& at, EventIndex call) {
  const Journal& journal = at.journal();
  if (!call || journal[call - 1].type != EventType::TableCall) return false;
  const u32 slot = journal[call - 1].where;
  const ObjectRef table = objectAt(at, Arena::addressOf(slot));
  if (!table) return false;
  const LayoutInfo* layout = layoutOf(table.type);
  const std::string path = layout ? memberPath(*layout, slot - table.offset) : std::string();
  const std::string holder = globalHolder(at, table.address());
  const std::string byArgument = holder.empty() ? argumentHolder(at, call, table.address()) : holder;
  if (!byArgument.empty()) card.reached.push_back(byArgument);
  card.reached.push_back(path.empty() ? table.name : table.name + "." + path.substr(path.rfind('.') + 1));
  card.reached.emplace_back(journal.function(journal[call]).name);
  card.title = table.name;
  card.kind = say("table call");
  addSlots(card, at, table, slot);
  return true;
}

// ---- inet_create(): the list inetsw[type] that it searches for the protocol

// The arguments of the last note named `name` that this call has made.
std::span<const u64> noteOf(const Playhead& at, EventIndex call, std::string_view name) {
  const Journal& journal = at.journal();
  const EventIndex end = std::min(at.position(), Journal::returnOf(journal[call]));
  for (EventIndex i = end; i-- > call;)
    if (journal[i].type == EventType::Note && Symbols::get().notes()[journal[i].b]->name == name)
      return journal.arguments(journal[i]);
  return {};
}

bool readSwitch(TableCard& card, const Playhead& at, EventIndex call) {
  const Journal& journal = at.journal();
  const auto arguments = journal.arguments(journal[call]);
  const Era era = journal.function(journal[call]).era();
  const std::string prefix(era == Era::Linux61 ? "" : Prefix26);
  const DataSymbol* inetsw = Symbols::get().dataNamed("inetsw", era);
  const size_t place = era == Era::Linux61 ? 1 : 0; // of the socket among the arguments
  const Field typeOf = fieldAt(prefix + "socket", "type");
  if (!inetsw || arguments.size() <= place || !isAddress(arguments[place]) || !typeOf) return false;
  const u32 type = static_cast<u32>(readUnsigned(at, *typeOf.member, static_cast<u32>(arguments[place])));
  if (type >= inetsw->count) return false;
  const LayoutInfo& layout = *layoutNamed(prefix + "inet_protosw");
  const auto member = [&](std::string_view name) -> const MemberInfo& {
    return *std::find_if(layout.members.begin(), layout.members.end(), [&](auto& m) { return m.name == name; });
  };
  const auto match = noteOf(at, call, "inetsw.match");
  const u32 head = inetsw->offset + type * inetsw->size;
  for (u32 node = static_cast<u32>(pointerAt(at, head, era)); node && node != head && card.rows.size() < 8;
       node = static_cast<u32>(pointerAt(at, node, era))) {
    const u32 base = node - offsetIn(layout.name, "list");
    TableCard::Row row;
    for (const char* name : {"protocol", "prot", "ops"}) row.cells.push_back(valueText(at, layout, member(name), base));
    row.taken = match.size() > 1 && readUnsigned(at, member("protocol"), base) == match[1];
    card.rows.push_back(row);
  }
  const auto typeName = memberConstant("socket", "type", type);
  card.title = "inetsw[" + (typeName ? *typeName : std::to_string(type)) + "]";
  card.kind = say("list searched");
  card.headings = {"protocol", "prot", "ops"};
  if (card.rows.empty()) card.rows.push_back({{say("(no entry)"), "", ""}, false});
  return true;
}

} // namespace

std::optional<TableCard> tableCard(const Playhead& playhead, EventIndex call) {
  TableCard card;
  if (call == NoEvent) return std::nullopt;
  const Journal& journal = playhead.journal();
  bool any = readTableCall(card, playhead, call);
  if (journal.function(journal[call]).name == "inet_create") {
    TableCard list;
    if (readSwitch(list, playhead, call)) {
      list.reached = card.reached;
      card = list;
      any = true;
    }
  }
  return any ? std::optional(card) : std::nullopt;
}

} // namespace sockwalk::tell
