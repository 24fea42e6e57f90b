// Relives a capture: the machine is one of its hosts. Frames of others arrive at their times; what the host's programs did
// is done at its time, as the plan has it; what the host's kernel did is left to ours.
#pragma once
#include "engine/scenario/relive_connections.h"
#include "engine/scenario/relive_datagrams.h"
#include "engine/scenario/relived.h"

namespace sockwalk::scenario {

class RelivePlayer final : public Player {
public:
  RelivePlayer(RelivePlan plan, Stage& stage, UdpReaders::Received received);

  bool pending() const override { return m_step < m_relived.plan.frames.size() + 2; }
  void next() override;
  double progress() const override { return double(m_step) / double(m_relived.plan.frames.size() + 2); }
  Endpoint local() const override { return {m_relived.plan.capture.options.address, 8080}; }
  Endpoint remote() const override { return {m_relived.plan.capture.options.gateway, 8080}; }
  kernel::TaskId task() const override { return 0; }
  const Relived* relived() const override { return &m_relived; }

private:
  void begin();
  void play(const HostFrame& frame);
  void arrive(const HostFrame& frame);
  void passed(const HostFrame& frame, u32 first);
  void arriveUnseen(const Act& act, u32 frame);
  void perform(const Act& act, u32 frame);
  void advanceTo(s64 time);
  void stop(const std::string& why);

  Relived m_relived;
  Stage& m_stage;
  std::string m_name; // of the file, without folder and ending: what its cases are named after
  ReliveConnections m_connections;
  ReliveDatagrams m_datagrams;
  size_t m_step = 0; // 0: before the first frame
};

} // namespace sockwalk::scenario
