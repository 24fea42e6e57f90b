#include "app/cli_command.h"
#include "engine/debug/core_file.h"
#include "engine/tell/position.h"
#include <cstdio>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Runs a script, a capture or a saved session, goes to a moment of it, and writes the memory of the simulated kernel
there as a core file of x86-64. What debuggers must know of its types and functions goes into a file beside it, whose
name ends with .types:

  gdb moment.types moment.core
  drgn -c moment.core -s moment.types

There are the structures, enumerations and constants of Linux 6.1; its globals (init_net, tcp_prot); the objects that
live, under the names that the window has for them ("tcp_sock #1" is tcp_sock_1); and a thread for whoever runs and
for each task that sleeps in a call, with the stack of its calls, their lines and their arguments. For example
  (gdb) backtrace
  (gdb) print *skb
  (gdb) print tcp_sock_1.inet_conn.icsk_inet.sk.sk_prot_creator->name

There is no machine code in it, and of its registers only those that a stack needs. crash takes cores of real kernels
only.)";

struct Wish {
  std::string file, at = "end", out;
  scenario::OpenOptions open;
};

int writeMoment(const Wish& wish) {
  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  const EventIndex first = tell::firstMoment(*session);
  const auto position = tell::positionNamed(session->journal(), first == NoEvent ? 0 : first, wish.at);
  if (!position) return say("--at: " + position.error().message), BadUsage;
  Playhead at(session->journal());
  at.seek(*position);
  const auto types = debug::writeCore(at, wish.out);
  if (!types) return say(types.error().message), BadUsage;
  std::printf("gdb %s %s\n", types->c_str(), wish.out.c_str());
  return code;
}

} // namespace

void core(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE [--at STEP] -o OUT.core [options]"};
  command.app.description(std::string(Help) + "\n\n" + StepHelp);
  command.app.add_option("FILE", wish->file);
  command.app.add_option("--at", wish->at, "the moment; without it, the end")->type_name("STEP");
  command.app.add_option("-o", wish->out)->type_name("OUT")->description("the core file to write");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (wish->out.empty())
      return misuse(command, "-o OUT is missing: the core file to write, moment.core for instance");
    return writeMoment(*wish);
  };
}

} // namespace sockwalk::cli
