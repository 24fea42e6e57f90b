#include "app/cli_command.h"
#include "engine/tell/packets/packet_export.h"
#include "engine/tell/packets/packet_filter.h"
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Runs a script, a capture or a saved session, and writes the frames that the simulated machine received and sent. A
.pcapng file has a comment on each: what became of it, by which function that was decided, and where in the walk
("stimulus 12 step 7", as --at of tell and shot takes it); Wireshark and tshark show it. A .json file says the same.

--where takes what the filter of the packets takes, for example
  --where 'tcp.port == 80 && outcome == dropped'
  --where 'drop.reason == NO_SOCKET || func == tcp_retransmit_skb')";

struct Wish {
  std::string file, out, where;
  scenario::OpenOptions open;
};

int exportPackets(const Wish& wish, const Command& command) {
  const bool asJson = wish.out.ends_with(".json");
  if (!asJson && !wish.out.ends_with(".pcapng"))
    return misuse(command, "-o takes the name of a .pcapng or a .json file, not '" + wish.out + "'");
  const auto filter = tell::expression::parse(wish.where, tell::PacketVocabulary());
  if (filter.problem) return misuse(command, "--where: " + spoken(*filter.problem, wish.where));

  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  tell::PacketRows rows;
  rows.open(*session);
  rows.update();
  const std::vector<int> packets = tell::packetsThatFit(rows, filter.expression);
  const std::string bytes =
      asJson ? tell::packetsAsJson(rows, packets).dump(1) + "\n" : tell::packetsAsPcapng(rows, packets);
  if (!writeFile(wish.out, bytes)) return Failed;
  std::puts(spoken(tell::say("%1 of %2 packets", packets.size(), rows.size())).c_str());
  return code;
}

} // namespace

void export_(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE -o OUT.pcapng [--where EXPR] [options]", "FILE -o OUT.json [--where EXPR] [options]"};
  command.app.description(Help);
  command.app.add_option("FILE", wish->file);
  command.app.add_option("-o", wish->out)->type_name("OUT")->description("the file to write: .pcapng or .json");
  command.app.add_option("--where", wish->where)->type_name("EXPR")->description("only the packets that fit");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (wish->out.empty()) return misuse(command, "-o OUT is missing: the .pcapng or .json file to write");
    return exportPackets(*wish, command);
  };
}

} // namespace sockwalk::cli
