// What the parts of a script's player share: the script itself, the machine it is played on, and what is known so far of
// the connection it is about.
#pragma once
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/player.h"
#include "engine/scenario/tcp_connections.h"

namespace sockwalk::scenario {

// The machine that a script asks for. Error: a device that is not simulated.
Result<kernel::MachineOptions> machineFor(const Script& script);
bool namesPackets(const Script& script);
bool twoHosts(const Script& script); // it has a client and a server, joined by a cable or a veth pair

struct ScriptContext {
  const Script script;
  Stage& stage;
  Ends ends; // of the socket under test; lines without addresses or ports mean these
  TcpConnections connections;
  bool zeroPayload = true; // the script has sent nothing but zeros, so nothing else may leave
  std::string home;        // the network namespace of a task that names none

  ScriptContext(Script script, Stage& stage);
  kernel::Machine& machine() const { return stage.machine; }

  std::string refusal(const Action& action) const; // why this kernel cannot play it; "" if it can
  // What did not go as written; the play goes on.
  void fail(Position at, const std::string& what);
  void fail(const PlayError& error) { fail(error.position, error.what); }
};

} // namespace sockwalk::scenario
