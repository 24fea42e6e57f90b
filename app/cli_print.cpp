#include "app/cli_command.h"
#include "engine/tell/text.h"
#include "engine/tell/walk_lines.h"
#include <cstdio>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Runs a script, a capture or a saved session, and prints the walk: every stimulus, under it the calls that it caused,
indented, with arguments and results, what is worth noting at each moment, and the geometry of a buffer where a
function is handed one (offsets from skb->head).)";

struct Wish {
  std::string file;
  bool boot = false, plain = false;
  scenario::OpenOptions open;
};

int printWalk(const Wish& wish) {
  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  const auto& stimuli = session->journal().stimuli(); // the first is the boot
  const EventIndex from = wish.boot || stimuli.size() < 2 ? 0 : stimuli[1].event;
  tell::walkLines(session->journal(), {from, wish.plain}, [](const std::string& line) { std::puts(line.c_str()); });
  if (session->machine().panicked())
    std::printf("\n! %s\n", spoken(tell::say("the kernel has stopped: %1", session->machine().panicText())).c_str());
  return code;
}

} // namespace

void print(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE [--boot] [--plain] [options]"};
  command.app.description(Help);
  command.app.add_option("FILE", wish->file);
  command.app.add_flag("--boot", wish->boot, "from the very start: how the kernel fills its tables");
  command.app.add_flag("--plain", wish->plain, "calls only");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    return wish->file.empty() ? misuse(command, "name a script, a capture or a session") : printWalk(*wish);
  };
}

} // namespace sockwalk::cli
