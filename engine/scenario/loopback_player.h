// Plays a capture of lo: a program is bound to each end of what passed there, and what one end was captured sending it sends
// at that time. See capture_loopback.h for what of it can be played.
#pragma once
#include "engine/scenario/loopback_tcp.h"
#include "engine/scenario/relive_program.h"
#include "engine/scenario/udp_readers.h"

namespace sockwalk::scenario {

class LoopbackPlayer final : public Player {
public:
  LoopbackPlayer(CapturePlan plan, Stage& stage, UdpReaders::Received received);

  bool pending() const override { return m_nextEnd < m_ends.size() || m_nextFrame < m_frames.size(); }
  void next() override;
  double progress() const override;
  Endpoint local() const override { return {m_plan.options.address, 8080}; }
  Endpoint remote() const override { return {m_plan.options.gateway, 8080}; }
  kernel::TaskId task() const override { return 0; }

private:
  bool send(const HostFrame& frame);

  CapturePlan m_plan;
  Stage& m_stage;
  std::string m_name; // of the file: what its cases are named after
  UdpReaders m_readers;
  LoopbackTcp m_tcp;
  std::map<kernel::TaskId, Program> m_senders; // threads of the readers
  std::vector<Endpoint> m_ends;                // to which a program is to be bound
  std::vector<HostFrame> m_frames;
  size_t m_nextEnd = 0, m_nextFrame = 0;
  s64 m_start = 0; // ns: when the first frame of the file is sent
};

} // namespace sockwalk::scenario
