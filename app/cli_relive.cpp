#include "app/cli_command.h"
#include "engine/feed/frame_filter.h"
#include "engine/tell/happenings/happenings.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/relive/relive.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Relives a packet file inside one of its hosts: the programs of that host do what the frames show, frames of others
arrive at their times, and what our kernel sends is held against what the captured host sent, frame by frame: same,
equivalent (acknowledged at another moment, cut into other segments) or different, and in which fields. Exits with 1 if
any frame is different.)";

struct Wish {
  std::string file;
  std::string filter;
  bool json = false;
  scenario::OpenOptions open;
};

void putHappenings(const scenario::Session& session, const tell::ShownFrames& shown) {
  tell::PacketRows rows;
  rows.open(session);
  rows.update();
  const auto number = [&](int packet) -> std::string {
    const int row = rows.rowOf(packet);
    const u32 inFile = row < 0 ? 0 : rows.number(row);
    return packet < 0 ? "-" : inFile ? std::to_string(inFile) : "+"; // "+": only our kernel sent it
  };
  const Journal& journal = session.journal();
  tell::Happenings happenings;
  happenings.update(journal);
  std::puts(("\n" + spoken(tell::say("What happened here: %1", heading(happenings)))).c_str());
  for (const tell::Happening& h : happenings.all()) {
    const bool fits = !shown || (h.frame != NoEvent && shown(journal.frame(journal[h.frame])));
    if (fits) std::puts(tell::line(h, number(h.packet)).c_str());
  }
}

int reliveFile(const Wish& wish) {
  tell::ShownFrames shown;
  if (!wish.filter.empty()) {
    const auto filter = FrameFilter::compile(wish.filter);
    if (!filter) return say("--filter: " + filter.error().message), BadUsage;
    shown = [filter = *filter](ByteView frame) { return filter.matches(frame); };
  }
  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  const auto told = tell::relivedCapture(*session, shown);
  if (!told) return say(wish.file + ": it is no capture, so there is no host to relive"), BadUsage;
  if (shown && told->frames.empty()) return say("--filter: none of its frames fits '" + wish.filter + "'"), BadUsage;
  if (wish.json) std::puts(tell::json(*told).dump(2).c_str());
  else {
    for (const std::string& line : tell::lines(*told)) std::puts(line.c_str());
    putHappenings(*session, shown);
  }
  return told->totals.good() ? code : Failed;
}

} // namespace

void relive(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE [--host ADDRESS] [--filter FILTER] [--json] [options]"};
  command.app.description(Help);
  command.app.add_option("FILE", wish->file);
  command.app
      .add_option("--filter", wish->filter, "frames that are told and counted, as tcpdump says it: \"tcp port 80\"")
      ->type_name("FILTER");
  command.app.add_flag("--json", wish->json, "the table of frames as JSON");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    return wish->file.empty() ? misuse(command, "name a packet file") : reliveFile(*wish);
  };
}

} // namespace sockwalk::cli
