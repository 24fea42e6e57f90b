#include "engine/tell/tables/reader.h"
#include <algorithm>
#include <cstring>
#include <span>

namespace sockwalk::tell {

namespace tables {

std::string endpoint(u32 address, u16 port) {
  return (address ? ipv4(address) : "*") + ':' + (port ? std::to_string(port) : "*");
}

std::string grouped(u64 number) {
  std::string out = std::to_string(number);
  for (int at = int(out.size()) - 3; at > 0; at -= 3) out.insert(std::size_t(at), ",");
  return out;
}

std::string inBrackets(u64 index) { return '[' + std::to_string(index) + ']'; }

Text ordinal(int place) {
  return place == 1 ? say("1st") : place == 2 ? say("2nd") : place == 3 ? say("3rd") : say("%1th", place);
}

Text bucketPlace(u32 bucket, int place) {
  const std::string first = inBrackets(bucket);
  return place <= 1 ? Text(first) : Text::list(" ", {first, ordinal(place)});
}

Text constantOf(const char* structure, const char* member, s64 value) {
  if (auto name = memberConstant(structure, member, value)) return std::move(*name);
  return std::string(member) + ' ' + std::to_string(value);
}

std::string plainWord(std::string_view group, std::string_view begins, u64 value) {
  std::string name = constantText(group, value);
  if (!name.starts_with(begins)) return std::to_string(value);
  name.erase(0, begins.size());
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = char(c + 32);
  return name;
}

std::string Reader::device(const kernel::net_device* dev) const { return dev ? nameOf(*dev) : "?"; }

std::string Reader::space(u64 net) const { return manySpaces ? spaceName(at, net) : std::string(); }

KernelTable tableOf(const char* id, Text title, const char* symbol, Text about) {
  KernelTable table;
  table.id = id;
  table.title = std::move(title);
  table.symbol = symbol;
  table.about = std::move(about);
  return table;
}

void append(KernelTable& table, TableRow row) {
  if (table.rows.size() < MostRows) table.rows.push_back(std::move(row));
  else ++table.more;
}

Text counted(Words one, Words many, s64 count) { return count == 1 ? say(one) : say(many, grouped(u64(count))); }

Text bucketSummary(Words one, Words many, const Counted& found, u64 buckets) {
  if (!buckets) return say("not laid out yet");
  if (!found.entries) return say("empty, %1 buckets", grouped(buckets));
  return say("%1 in %2 of %3 buckets", counted(one, many, found.entries), grouped(u64(found.used)), grouped(buckets));
}

} // namespace tables

using ReadOne = KernelTable (*)(const tables::Reader&);

static constexpr ReadOne Every[] = {
    tables::tcpConnections,  tables::tcpListeners, tables::tcpPorts,       tables::tcpAddresses, tables::udpPorts,
    tables::udpAddresses,    tables::rawSockets,   tables::pingSockets,    tables::queues,       tables::routes,
    tables::routeExceptions, tables::neighbours,   tables::netfilterHooks, tables::openFiles,    tables::rings,
    tables::packetRings,     tables::families,     tables::protocols,      tables::protocolArray, tables::protoOps,
    tables::protos,
          tables::twoHops};

// Those whose entries are as many as there are sockets, buffers and files.
static bool isLong(ReadOne read) {
  using namespace tables;
  constexpr ReadOne Long[] = {tcpConnections, tcpListeners, tcpPorts,    tcpAddresses, udpPorts,
                              udpAddresses,   rawSockets,   pingSockets, queues,       openFiles};
  return std::ranges::find(Long, read) != std::end(Long);
}

static std::vector<KernelTable> readEach(tables::Reader reader, std::span<const ReadOne> wanted, bool inShort = false) {
  if (!inShort) reader.findOwners();
  reader.findSlots();
  reader.manySpaces = reader.namespaces().size() > 1;
  std::vector<KernelTable> out;
  for (const ReadOne read : wanted) {
    reader.inWords = !inShort || !isLong(read);
    out.push_back(read(reader));
    out.back().number = out.size() - 1;
    out.back().inWords = reader.inWords;
  }
  return out;
}

std::vector<KernelTable> readTables(const Playhead& at, const LiveObjects& live, const StepChanges& step) {
  return readEach({at, live, step, {}}, Every);
}
std::vector<KernelTable> readTablesInShort(const Playhead& at, const LiveObjects& live, const StepChanges& step) {
  return readEach({at, live, step, {}}, Every, true);
}
KernelTable withWords(const KernelTable& table, const Playhead& at, const LiveObjects& live, const StepChanges& step) {
  KernelTable out = std::move(readEach({at, live, step, {}}, std::span(Every).subspan(table.number, 1)).front());
  out.number = table.number;
  return out;
}
std::vector<KernelTable> readQueues(const Playhead& at, const LiveObjects& live, const StepChanges& step) {
  constexpr ReadOne Lines[] = {tables::queues, tables::rings};
  return readEach({at, live, step, {}}, Lines);
}

std::vector<KernelTable> readTables(const Playhead& at) { return readTables(at, LiveObjects(at.journal()), {}); }

std::vector<KernelTable> tablesNamed(std::vector<KernelTable> tables, const std::string& name) {
  constexpr std::string_view Ops[] = {"net_families", "inetsw", "inetsw_array", "proto_ops", "proto", "two-hops"};
  std::erase_if(tables, [&](const KernelTable& t) {
    return name == "ops" ? std::ranges::find(Ops, t.id) == std::end(Ops) : t.id != name;
  });
  return tables;
}

Text wholeSummary(const KernelTable& table) {
  return table.more ? say("%1; the first %2 are listed", table.summary, tables::grouped(table.rows.size()))
                    : table.summary;
}

} // namespace sockwalk::tell
