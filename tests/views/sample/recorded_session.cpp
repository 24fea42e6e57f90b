#include "tests/views/sample/recorded_session.h"
#include <fstream>
#include <list>
#include <map>
#include <sstream>

namespace sockwalk {

namespace {

struct Line {
  int depth;
  std::string name;
};
std::vector<Line> linesOf(const std::string& tree) {
  std::vector<Line> out;
  std::istringstream in(tree);
  for (std::string line; std::getline(in, line);) {
    const auto at = line.find_first_not_of(' ');
    if (at == line.npos || line[at] == '#') continue;
    out.push_back({static_cast<int>(at / 2), line.substr(at, line.find_first_of(" (", at) - at)});
  }
  return out;
}

struct Place {
  const char *part, *file;
};
constexpr Place places[] = {
    {"inet_gro", "net/ipv4/af_inet.cpp"}, {"gro", "net/core/gro.cpp"},
    {"e1000", "drivers/net/e1000.cpp"},   {"inet_", "net/ipv4/af_inet.cpp"},
    {"tcp", "net/ipv4/tcp.cpp"},          {"udp", "net/ipv4/udp.cpp"},
    {"icmp", "net/ipv4/icmp.cpp"},        {"raw", "net/ipv4/raw.cpp"},
    {"ip_", "net/ipv4/ip_input.cpp"},     {"fib_", "net/ipv4/fib_trie.cpp"},
    {"eth_", "net/ethernet/eth.cpp"},     {"napi", "net/core/dev.cpp"},
    {"netif", "net/core/dev.cpp"},        {"net_rx", "net/core/dev.cpp"},
    {"dev_", "net/core/dev.cpp"},         {"fd", "fs/file.cpp"},
    {"file", "fs/file_table.cpp"},        {"inode", "fs/inode.cpp"},
    {"skb", "net/core/skbuff.cpp"},       {"sk_", "net/core/sock.cpp"},
    {"sock", "net/socket.cpp"},
};
std::string fileOf(const std::string& name) {
  for (const Place& p : places)
    if (name.find(p.part) != name.npos) return std::string("sample/kernel/") + p.file;
  return "sample/kernel/net/socket.cpp";
}

std::map<std::string, FunctionInfo*>& known() {
  static std::map<std::string, FunctionInfo*> functions;
  return functions;
}

} // namespace

bool knowFunctions(const std::string& tree) {
  static std::list<std::string> texts; // FunctionInfo keeps views
  static std::list<FunctionInfo> infos;
  for (const Line& line : linesOf(tree)) {
    if (known().count(line.name)) continue;
    const std::string& name = texts.emplace_back(line.name);
    const std::string& file = texts.emplace_back(fileOf(name));
    known()[name] = &infos.emplace_back(name, file, 10, "value", std::vector<std::string_view>{""});
  }
  return true;
}

void RecordedSession::play(const std::string& stimulus, const std::string& tree, Context::Kind kind) {
  Recorder& r = recorder();
  r.context(kind, kind == Context::Task ? 100 : 0, kind == Context::Task ? "task 100" : "interrupt", r.now(), NoEvent);
  const u32 index = r.stimulus(stimulus, "");
  std::vector<EventIndex> open;
  for (const Line& line : linesOf(tree)) {
    while (static_cast<int>(open.size()) > line.depth) r.leave(open.back(), true, 0, 20), open.pop_back();
    const u64 argument = open.size();
    open.push_back(r.call(*known().at(line.name), &argument, 1));
  }
  while (!open.empty()) r.leave(open.back(), true, 0, 20), open.pop_back();
  r.finishStimulus(index, 0);
}

std::string readText(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

} // namespace sockwalk
