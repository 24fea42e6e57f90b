// Tables of functions side by side: what a call on a socket leads to, by the kind of the socket. The first hop is struct
// proto_ops (socket->ops, by the socket's type), the second struct proto (sock->sk_prot, by its protocol).
#include "engine/journal/reflection.h"
#include "engine/tell/tables/reader.h"
#include <algorithm>
#include <array>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

void Reader::findSlots() {
  const Journal& j = at.journal();
  for (const EventIndex call : at.callStack())
    if (call && j[call - 1].type == EventType::TableCall) slots.push_back(j[call - 1].where);
}

bool Reader::taken(const void* table, u32 size) const {
  const u32 begin = Arena::offsetOf(table);
  return std::ranges::any_of(slots, [&](u32 slot) { return slot >= begin && slot < begin + size; });
}

namespace {

// One of the tables that stand side by side.
struct Column {
  const char* symbol;
  u32 offset = 0; // in the arena
};

template <size_t N> std::array<Column, N> columnsOf(const char* const (&symbols)[N]) {
  std::array<Column, N> out{};
  for (size_t i = 0; i < N; ++i) {
    const DataSymbol* d = Symbols::get().dataNamed(symbols[i]);
    out[i] = {symbols[i], d ? d->offset : 0};
  }
  return out;
}

u64 slotOf(const Reader& r, const Column& column, const MemberInfo& member) {
  return column.offset ? readUnsigned(r.at, member, column.offset) : 0;
}
std::string functionOf(const Reader& r, const Column& column, const MemberInfo& member) {
  const u64 function = slotOf(r, column, member);
  return function ? r.name(function) : "NULL";
}

TableRow heading(Text place, Text key, std::string object, Text state, Text detail) {
  TableRow row;
  row.place = std::move(place);
  row.key = std::move(key);
  row.object = std::move(object);
  row.state = std::move(state);
  row.detail = std::move(detail);
  row.heading = true;
  return row;
}

// The row of a slot in three tables; nothing of a slot that none of them fills.
bool addSlot(const Reader& r, KernelTable& table, std::span<const Column, 3> columns, const MemberInfo& member,
             Text detail) {
  bool filled = false, wrote = false, taken = false;
  for (const Column& column : columns) {
    filled |= slotOf(r, column, member) != 0;
    const void* slot = r.at.memory().at(column.offset + member.offset);
    wrote |= column.offset && r.step.wrote(column.offset + member.offset, member.size);
    taken |= column.offset && r.taken(slot, member.size);
  }
  TableRow row;
  row.address = Arena::addressOf(columns[0].offset + member.offset);
  row.within = member.offset + 1;
  row.place = std::string(member.name);
  row.key = functionOf(r, columns[0], member);
  row.object = functionOf(r, columns[1], member);
  row.state = functionOf(r, columns[2], member);
  row.detail = std::move(detail);
  row.mark = taken ? RowMark::Taken : r.mark(false, wrote);
  append(table, std::move(row));
  return filled;
}

// "sock_no_listen, sock_no_accept refuse": the functions that stand there only to say no.
Text refusals(const Reader& r, std::span<const Column, 3> columns, const MemberInfo& member) {
  std::vector<Text> who;
  bool none = true;
  std::string refuses;
  for (const Column& column : columns) {
    const std::string name = functionOf(r, column, member);
    none &= name == "NULL";
    if (!name.starts_with("sock_no_")) continue;
    refuses = name;
    who.emplace_back(column.symbol);
  }
  if (none) return say("empty in all three");
  return who.empty() ? Text() : say("%1 only says no, in %2", refuses, Text::list(", ", who));
}

bool isSlot(const MemberInfo& m) { return m.kind == MemberKind::Function && !m.array && !m.depth; }

// All slots of the three tables under their names. false: the machine has not come so far, nothing is filled.
bool addSlots(const Reader& r, KernelTable& table, const LayoutInfo& layout, const std::array<Column, 3>& columns) {
  append(table, heading(say("slot"), columns[0].symbol, columns[1].symbol, columns[2].symbol, say("what that says")));
  int filled = 0, all = 0;
  for (const MemberInfo& m : layout.members)
    if (isSlot(m)) ++all, filled += addSlot(r, table, columns, m, refusals(r, columns, m));
  if (!filled) table.rows.clear();
  table.summary =
      filled ? say("%1 of %2 slots filled, %3 tables", filled, all, columns.size()) : say("not laid out yet");
  return filled;
}

constexpr const char* OpsTables[] = {"inet_stream_ops", "inet_dgram_ops", "inet_sockraw_ops"};
constexpr const char* ProtoTables[] = {"tcp_prot", "udp_prot", "raw_prot"};

const MemberInfo* memberOf(const LayoutInfo& layout, std::string_view name) {
  const auto found = std::ranges::find(layout.members, name, &MemberInfo::name);
  return found == layout.members.end() ? nullptr : &*found;
}

// Which slot of struct proto the function in a slot of struct proto_ops goes on to.
struct Hop {
  const char *ops, *proto;
};
constexpr Hop Hops[] = {
    {"release", "close"},         {"bind", "bind"},       {"connect", "connect"},   {"accept", "accept"},
    {"ioctl", "ioctl"},           {"listen", "get_port"}, {"shutdown", "shutdown"}, {"setsockopt", "setsockopt"},
    {"getsockopt", "getsockopt"}, {"sendmsg", "sendmsg"}, {"recvmsg", "recvmsg"},   {"sendpage", "sendpage"}};

} // namespace

KernelTable protoOps(const Reader& r) {
  KernelTable t = tableOf("proto_ops", say("struct proto_ops side by side"), "inet_stream_ops",
                          say("The first hop: a call on a socket goes through socket->ops to the function that stands "
                              "in its slot there, by the socket's type. sock_no_... are functions that only refuse."));
  addSlots(r, t, *layoutNamed("proto_ops"), columnsOf(OpsTables));
  return t;
}

KernelTable protos(const Reader& r) {
  KernelTable t = tableOf("proto", say("struct proto side by side"), "tcp_prot",
                          say("The second hop: what belongs to all sockets of AF_INET is done, and the protocol's own "
                              "function is called through sock->sk_prot."));
  const LayoutInfo& layout = *layoutNamed("proto");
  const auto columns = columnsOf(ProtoTables);
  if (!addSlots(r, t, layout, columns)) return t;
  for (const char* name : {"obj_size", "max_header", "name"}) {
    const MemberInfo& m = *memberOf(layout, name);
    TableRow row;
    row.address = Arena::addressOf(columns[0].offset + m.offset);
    row.within = m.offset + 1;
    row.place = name;
    row.key = valueText(r.at, layout, m, columns[0].offset);
    row.object = valueText(r.at, layout, m, columns[1].offset);
    row.state = valueText(r.at, layout, m, columns[2].offset);
    row.detail = say("no function");
    append(t, std::move(row));
  }
  return t;
}

KernelTable twoHops(const Reader& r) {
  KernelTable t = tableOf("two-hops", say("Two hops: from proto_ops to proto"), "socket.ops, sock.sk_prot",
                          say("Which function of struct proto the one in struct proto_ops goes on to. Where the "
                              "socket's function does all that is to be done, there is no second hop."));
  const LayoutInfo &ops = *layoutNamed("proto_ops"), &proto = *layoutNamed("proto");
  const auto first = columnsOf(OpsTables), second = columnsOf(ProtoTables);
  append(t, heading(say("slot"), say("in proto_ops → in proto"), ProtoTables[0], ProtoTables[1], ProtoTables[2]));
  int filled = 0;
  for (const Hop& hop : Hops) {
    const MemberInfo &from = *memberOf(ops, hop.ops), &to = *memberOf(proto, hop.proto);
    const std::string stream = functionOf(r, first[0], from), datagram = functionOf(r, first[1], from);
    TableRow row;
    row.address = Arena::addressOf(second[0].offset + to.offset);
    row.within = from.offset + 1;
    row.place = hop.ops;
    row.key = (stream == datagram ? stream : stream + ", " + datagram) + " → ." + hop.proto;
    row.object = functionOf(r, second[0], to);
    row.state = functionOf(r, second[1], to);
    row.detail = functionOf(r, second[2], to);
    bool taken = false;
    for (const Column& column : second) taken |= r.taken(r.at.memory().at(column.offset + to.offset), 8);
    row.mark = taken ? RowMark::Taken : RowMark::None;
    filled += slotOf(r, first[0], from) != 0;
    append(t, std::move(row));
  }
  if (!filled) t.rows.clear();
  t.summary = filled ? say("%1 slots lead on", filled) : say("not laid out yet");
  return t;
}

} // namespace sockwalk::tell::tables
