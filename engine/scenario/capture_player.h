// Plays a packet file: eth0 takes the address of one of its hosts, a program is bound to each UDP port on which that host
// received, and every frame that the host was sent arrives at its time (capture_frames.h: as it was on the wire). A
// capture of loopback has both ends on the host: see capture_loopback.h.
#pragma once
#include "engine/feed/capture_file.h"
#include "engine/feed/hosts.h"
#include "engine/scenario/player.h"
#include <deque>

namespace sockwalk::scenario {

// What is to be played: the file, and which host the machine is.
struct CapturePlan {
  CaptureFile file;
  CaptureHost host;
  kernel::MachineOptions options;
  std::map<u32, Mac> neighbours;    // who else is on the wire, for ARP
  std::vector<std::string> notices; // what a person should know before it is played

  // Does the host get this frame: sent to it or to everybody, and not by it?
  bool arrives(const CapturedFrame& frame) const;
};

class CapturePlayer final : public Player {
public:
  // `host`: a MAC or IPv4 address as text, "" for the one that findHosts() proposes. Where nothing could be played, the
  // error says why, and what to do.
  static Result<CapturePlan> plan(Result<CaptureFile> file, const std::string& host);

  using Received = std::function<void(u16 port, std::span<const u8>)>;
  CapturePlayer(CapturePlan plan, Stage& stage, Received received);

  bool pending() const override { return m_nextEnd < m_ends.size() || m_nextFrame < m_plan.file.size(); }
  void next() override;
  double progress() const override;
  Endpoint local() const override { return {m_plan.options.address, 8080}; }
  Endpoint remote() const override { return {m_plan.options.gateway, 8080}; }
  kernel::TaskId task() const override { return 0; }

private:
  struct Program { // socket, bind, and recvfrom again and again
    kernel::TaskId task;
    Endpoint bound;
    s64 fd;
    const u8 *buffer, *address, *length;     // in its user memory
    u32 stimulus;                            // of the recvfrom that it is in
    kernel::TaskId sender = 0;               // a thread of it that sends while it waits; 0: it never sent
    const u8 *data = nullptr, *to = nullptr; // in the sender's user memory
  };
  void findEnds();
  void startProgram(const Endpoint& end);
  void receive(Program& program);
  void collect();
  void advanceTo(s64 time);
  bool arrive(const CapturedFrame& frame);
  bool send(const CapturedFrame& frame);
  s64 dueTime(const CapturedFrame& frame);

  CapturePlan m_plan;
  Stage& m_stage;
  Received m_received;
  std::string m_name;             // of the file, without folder and ending: what its cases are named after
  std::vector<Endpoint> m_ends;   // to which a program is to be bound
  std::deque<Program> m_programs; // their places do not change: calls refer to them
  size_t m_nextEnd = 0, m_nextFrame = 0;
  s64 m_start = 0;    // ns: when the first frame of the file arrives
  s64 m_lastTime = 0; // ns since then, in the file, of the frame before
};

} // namespace sockwalk::scenario
