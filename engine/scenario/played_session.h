// The session that runs: a player goes through the script or capture, and what was done by hand or came from a wire is
// done again when its moment comes. Live, each such thing is done at once and then remembered.
#pragma once
#include "engine/scenario/console.h"
#include "engine/scenario/player.h"
#include <deque>

namespace sockwalk::scenario {

class PlayedSession final : public Session {
public:
  // `stimuli` of which the player has its own; those with a time wait for it.
  PlayedSession(const kernel::MachineOptions& options, const MachineSetup& setup, std::vector<SessionStimulus> stimuli);
  Stage& stage() { return m_stage; }
  void setPlayer(std::unique_ptr<Player> player);
  void setComment(FileComment comment) { m_comment = std::move(comment); }

  const Journal& journal() const override { return m_stage.machine.journal(); }
  kernel::Machine& machine() override { return m_stage.machine; }
  const MachineSetup& setup() const override { return m_setup; }
  const std::vector<SessionStimulus>& stimuli() const override { return m_stimuli; }
  const std::vector<Failure>& failures() const override { return m_stage.failures; }
  const std::vector<std::string>& notices() const override { return m_stage.notices; }
  const std::vector<Case>& cases() const override { return m_stage.cases; }

  FileComment comment() const override { return m_comment; }
  const Relived* relived() const override { return m_player ? m_player->relived() : nullptr; }

  bool pending() const override { return playerPending() || !m_later.empty(); }
  double progress() const override { return playerPending() ? m_player->progress() : m_later.empty() ? 1 : 0.99; }
  void runNext() override;
  Result<u32> console(const std::string& line) override;
  void passTime(s64 until) override;
  void frame(std::span<const u8> bytes, s64 time) override;

private:
  bool playerPending() const { return m_player && m_player->pending(); }
  Result<u32> perform(const SessionStimulus& stimulus);
  u32 arrive(const FrameStimulus& frame);
  Result<u32> limit(const LimitStimulus& change);
  Result<u32> pauseUntil(s64 time);

  Stage m_stage;
  MachineSetup m_setup;
  std::vector<SessionStimulus> m_stimuli;
  FileComment m_comment;
  std::deque<SessionStimulus> m_later; // to be done again, in order
  std::unique_ptr<Player> m_player;
  Console m_console;
};

} // namespace sockwalk::scenario
