#include "app/cli_command.h"
#include "engine/tell/walk_lines.h"
#include <cstdio>

namespace sockwalk::cli {

namespace {

constexpr const char* Help = R"(usage: sockwalk print FILE [--boot] [--plain] [options]

Runs a script, a capture or a saved session, and prints the walk: every stimulus, under it the calls that it caused,
indented, with arguments and results, what is worth noting at each moment, and the geometry of a buffer where a
function is handed one (offsets from skb->head).

  --boot     from the very start: how the kernel fills its tables
  --plain    calls only

%s
Exit code: 0 done, 1 the run did not go as its script says, 2 bad usage or input.
)";

} // namespace

int print(const std::vector<std::string>& words) {
  const Arguments arguments(words, withOpening({}), {"--help", "-h", "--boot", "--plain"});
  if (arguments.flag("--help") || arguments.flag("-h")) return std::printf(Help, OpeningHelp), Done;
  if (!arguments.problem().empty()) return misuse("print", arguments.problem());
  if (arguments.rest().size() != 1) return misuse("print", "name one script, capture or session");
  const auto options = opening(arguments);
  if (!options) return misuse("print", options.error().message);
  int code = Done;
  const auto session = run(arguments.rest()[0], *options, code);
  if (!session) return code;
  const auto& stimuli = session->journal().stimuli(); // the first is the boot
  const EventIndex from = arguments.flag("--boot") || stimuli.size() < 2 ? 0 : stimuli[1].event;
  tell::walkLines(session->journal(), {from, arguments.flag("--plain")},
                  [](const std::string& line) { std::puts(line.c_str()); });
  if (session->machine().panicked())
    std::printf("\n! the kernel has stopped: %s\n", session->machine().panicText().c_str());
  return code;
}

} // namespace sockwalk::cli
