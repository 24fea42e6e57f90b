#include "app/cli_command.h"
#include "engine/debug/gdb_listener.h"
#include "engine/debug/gdb_server.h"
#include "engine/debug/symbol_file.h"
#include "engine/tell/position.h"
#include <csignal>
#include <cstdio>
#include <optional>
#include <unistd.h>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Runs a script, a capture or a saved session, and lets gdb walk its record, forward and backward. gdb starts it itself
and speaks with it over a pipe, or connects to a port of this computer:

  gdb -ex 'target remote | sockwalk gdbserver FILE'
  gdb -ex 'target remote :2345'        (after sockwalk gdbserver FILE --port 2345)

gdb gets types, functions and globals from here; it needs no other file. A function may have a breakpoint, and so may
a line of it; a watchpoint stops at whoever writes, and all of it goes backward too:
  (gdb) break tcp_v4_rcv
  (gdb) continue
  (gdb) watch -l skb->sk->__sk_common.skc_state
  (gdb) reverse-continue

What it runs on is one processor; whoever has it stands in "info threads". Nothing can be written, for what happened
has happened, and there is no machine code.)";

struct Wish {
  std::string file, at = "start";
  std::optional<u16> port;
  scenario::OpenOptions open;
};

int serveAt(u16 port, debug::GdbServer& server) {
  auto listener = debug::GdbListener::open(port);
  if (!listener) return say(listener.error().message), BadUsage;
  std::printf("gdb -ex 'target remote :%u'\n", listener->port());
  std::fflush(stdout);
  const int connection = listener->accept();
  if (connection < 0) return say("gdb could not be let in"), Failed;
  debug::GdbPackets packets(connection, connection);
  server.serve(packets);
  ::close(connection);
  return Done;
}

int serveWalk(const Wish& wish) {
  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  const EventIndex first = tell::firstMoment(*session);
  const auto position = tell::positionNamed(session->journal(), first == NoEvent ? 0 : first, wish.at);
  if (!position) return say("--at: " + position.error().message), BadUsage;
  if (const auto known = debug::hasSymbols(session->journal()); !known) return say(known.error().message), BadUsage;
  debug::DebuggedWalk walk(session->journal(), *position);
  debug::GdbServer server(walk);
  std::signal(SIGPIPE, SIG_IGN); // gdb may go at any time
  if (wish.port) return serveAt(*wish.port, server);
  debug::GdbPackets packets(STDIN_FILENO, STDOUT_FILENO);
  server.serve(packets);
  return Done;
}

} // namespace

void gdbserver(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE [--at STEP] [--port N] [options]"};
  command.app.description(std::string(Help) + "\n\n" + StepHelp);
  command.app.add_option("FILE", wish->file);
  command.app.add_option("--at", wish->at, "where gdb finds it; without it, the start")->type_name("STEP");
  command.app.add_option("--port", wish->port)
      ->type_name("N")
      ->check(numberFrom(0, 65535))
      ->description("the port at which it waits for gdb; 0: any that is free");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (!wish->port && isatty(STDIN_FILENO))
      return misuse(command, "on a terminal there is no gdb; let gdb start it (target remote | ...), or say --port");
    return serveWalk(*wish);
  };
}

} // namespace sockwalk::cli
