#include "app/cli_command.h"
#include "app/page_export.h"
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

A .html file is the walk itself as a page, which any browser walks step by step, in both directions and in both languages,
with nothing else beside it: the call path, the buffer, the objects, and what happens in words. --from and --to take a
stretch of it. A .zip file is the same page for a learning system such as Moodle (SCORM 1.2), which is told how far one
has come.

Where FILE is a lesson, the page has its stops, its words in both languages, and its questions, whose answers are covered
until they are given; what only the window can ask (clicks, labs) is shown and left to it. A long walk is cut to what lies
about the stops. A learning system is told the score, in percent of the points, and "passed" once all is answered and half of
them were earned, else "failed".

--where takes what the filter of the packets takes, for example
  --where 'tcp.port == 80 && outcome == dropped'
  --where 'drop.reason == NO_SOCKET || func == tcp_retransmit_skb')";

struct Wish {
  std::string file, out, where;
  PageStretch stretch;
  scenario::OpenOptions open;
};

int exportWalk(const Wish& wish, const Command& command) {
  if (!wish.where.empty()) return misuse(command, "--where is of packets; a page holds a stretch: --from and --to");
  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  const auto steps = exportPage(*session, wish.file, wish.stretch, wish.out);
  if (!steps) return say(steps.error().message), BadUsage;
  std::puts(spoken(tell::say("%1 steps", *steps)).c_str());
  return code;
}

int exportPackets(const Wish& wish, const Command& command) {
  const bool asJson = wish.out.ends_with(".json");
  if (!asJson && !wish.out.ends_with(".pcapng"))
    return misuse(command, "-o takes the name of a .pcapng, a .json, a .html or a .zip file, not '" + wish.out + "'");
  if (!wish.stretch.from.empty() || !wish.stretch.to.empty())
    return misuse(command, "--from and --to are of a page (.html, .zip); for packets there is --where");
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
  command.usage = {"FILE -o OUT.pcapng [--where EXPR] [options]", "FILE -o OUT.json [--where EXPR] [options]",
                   "FILE -o OUT.html|OUT.zip [--from STEP] [--to STEP] [options]"};
  command.app.description(std::string(Help) + "\n\n" + StepHelp);
  command.app.add_option("FILE", wish->file);
  command.app.add_option("-o", wish->out)
      ->type_name("OUT")
      ->description("the file to write: .pcapng, .json, .html or .zip");
  command.app.add_option("--where", wish->where)->type_name("EXPR")->description("only the packets that fit");
  command.app.add_option("--from", wish->stretch.from)->type_name("STEP")->description("where a page begins");
  command.app.add_option("--to", wish->stretch.to)->type_name("STEP")->description("where it ends");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (wish->out.empty()) return misuse(command, "-o OUT is missing: the .pcapng, .json, .html or .zip file to write");
    if (wish->out.ends_with(".html") || wish->out.ends_with(".zip")) return exportWalk(*wish, command);
    return exportPackets(*wish, command);
  };
}

} // namespace sockwalk::cli
