// What socket() looks up: who makes the sockets of a family, and for AF_INET who makes those of a type and protocol.
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/tell/tables/reader.h"

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

// Those that linux/socket.h numbers, whether this kernel has them or not.
static std::string familyName(u32 family) {
  constexpr const char* Names[] = {
      "UNSPEC", "UNIX",      "INET",    "AX25",    "IPX",      "APPLETALK", "NETROM",     "BRIDGE", "ATMPVC", "X25",
      "INET6",  "ROSE",      "DECnet",  "NETBEUI", "SECURITY", "KEY",       "NETLINK",    "PACKET", "ASH",    "ECONET",
      "ATMSVC", "RDS",       "SNA",     "IRDA",    "PPPOX",    "WANPIPE",   "LLC",        "IB",     "MPLS",   "CAN",
      "TIPC",   "BLUETOOTH", "IUCV",    "RXRPC",   "ISDN",     "PHONET",    "IEEE802154", "CAIF",   "ALG",    "NFC",
      "VSOCK",  "KCM",       "QIPCRTR", "SMC",     "XDP",      "MCTP"};
  static_assert(std::size(Names) == NPROTO);
  return std::string("AF_") + Names[family];
}

KernelTable families(const Reader& r) {
  KernelTable t =
      tableOf("net_families", say("Socket families"), "net_families",
              say("By family: socket() finds here who makes a socket of it. A slot that is empty is a family "
                  "that this kernel does not have."));
  s64 registered = 0;
  const auto* slots = r.at.global<kptr<net_proto_family>>("net_families");
  for (u32 i = 0; slots && i < u32(NPROTO); ++i) {
    const net_proto_family* family = slots[i];
    TableRow row;
    row.address = Arena::address(family ? static_cast<const void*>(family) : &slots[i]);
    row.within = Arena::address(&slots[i]);
    row.place = inBrackets(i);
    row.key = familyName(i);
    if (!family) {
      row.detail = say("empty: socket() answers EAFNOSUPPORT");
      row.mark = r.mark(false, r.step.wrote(&slots[i], 8));
      append(t, std::move(row));
      continue;
    }
    ++registered;
    row.object = r.name(family);
    row.state = r.name(family->create.value);
    row.detail = say("makes its sockets");
    row.mark = r.mark(r.step.wrote(&slots[i], 8), r.step.wrote(family, sizeof *family));
    if (row.mark == RowMark::None && r.taken(family, sizeof *family)) row.mark = RowMark::Taken;
    append(t, std::move(row));
  }
  if (!registered) t.rows.clear(); // the machine has not come so far
  t.summary = !registered ? say("empty, %1 slots", NPROTO)
                          : say("%1 in %2 slots", counted("1 family", "%1 families", registered), NPROTO);
  return t;
}

namespace {

// The entry that the inet_create() which runs now has found: by the note that it makes.
bool isMatch(const Reader& r, const inet_protosw& p) {
  const Journal& j = r.at.journal();
  for (const EventIndex call : r.at.callStack()) {
    if (j.function(j[call]).name != "inet_create") continue;
    for (EventIndex i = r.at.position(); i-- > call;) {
      if (j[i].type != EventType::Note || Symbols::get().notes()[j[i].b]->name != "inetsw.match") continue;
      const auto match = j.arguments(j[i]);
      return match.size() > 1 && match[0] == u64(p.type) && match[1] == u64(p.protocol);
    }
  }
  return false;
}

TableRow protocolRow(const Reader& r, const inet_protosw& p, u32 type, int place) {
  TableRow row;
  row.address = Arena::address(&p);
  row.place = bucketPlace(type, place);
  row.key = Text::list(
      ", ", {constantOf("inet_protosw", "type", p.type), constantOf("inet_protosw", "protocol", p.protocol)});
  row.object = r.name(&p);
  row.state = r.name(p.prot.value);
  row.detail = Text::list(", ", {r.name(p.ops.value), p.protocol == IPPROTO_IP ? say("takes any protocol") : Text(),
                                 p.flags ? Text(constantName("protosw", p.flags)) : Text()});
  row.mark = r.mark(r.linked(p.list), r.step.wrote(&p.type, sizeof p - offsetof(inet_protosw, type)));
  if (row.mark == RowMark::None && isMatch(r, p)) row.mark = RowMark::Taken;
  return row;
}

} // namespace

KernelTable protocols(const Reader& r) {
  KernelTable t = tableOf("inetsw", say("Protocols of AF_INET"), "inetsw",
                          say("By type: inet_create() goes along the list of a socket's type until an entry fits its "
                              "protocol, and takes from it the socket's operations and its struct proto."));
  const auto* types = r.at.global<list_head>("inetsw");
  Counted found;
  for (u32 type = 0; types && type < u32(SOCK_MAX); ++type)
    found.chain(eachOf(types[type], [&](const list_head& node, int place) {
      append(t, protocolRow(r, *holder<inet_protosw>(&node, offsetof(inet_protosw, list)), type, place));
    }));
  t.summary = found.entries ? say("%1 of %2", counted("1 entry", "%1 entries", found.entries),
                                  counted("1 type", "%1 types", found.used))
                            : say("empty, %1 types", SOCK_MAX);
  return t;
}

KernelTable protocolArray(const Reader& r) {
  KernelTable t = tableOf("inetsw_array", say("What inetsw is filled from"), "inetsw_array",
                          say("An array of the kernel's image: inet_init() goes along it and puts each entry on the "
                              "list of its type. Protocols that come later register themselves."));
  const auto* entries = r.at.global<inet_protosw>("inetsw_array");
  const DataSymbol* symbol = Symbols::get().dataNamed("inetsw_array");
  for (u32 i = 0; entries && i < symbol->count; ++i)
    if (entries[i].prot.value) {
      TableRow row = protocolRow(r, entries[i], i, 1);
      row.within = Arena::address(&entries[i]);
      append(t, std::move(row));
    }
  t.summary = t.rows.empty() ? say("not laid out yet") : counted("1 entry", "%1 entries", s64(t.rows.size()));
  return t;
}

} // namespace sockwalk::tell::tables
