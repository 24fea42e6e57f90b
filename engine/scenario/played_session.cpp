#include "engine/scenario/played_session.h"
#include "engine/scenario/commands.h"

namespace sockwalk::scenario {

PlayedSession::PlayedSession(const kernel::MachineOptions& options, const MachineSetup& setup,
                             std::vector<SessionStimulus> stimuli)
    : m_stage(options), m_setup(setup), m_stimuli(std::move(stimuli)), m_console(m_stage) {
  for (const SessionStimulus& s : m_stimuli)
    if (timeOf(s)) m_later.push_back(s);
  m_stage.wire.onSent = [this](std::span<const u8> frame) {
    if (onTransmit) onTransmit(frame);
  };
  m_stage.machine.boot();
}

void PlayedSession::setPlayer(std::unique_ptr<Player> player) {
  m_player = std::move(player);
  m_console.speaksFor(m_player.get());
}

void PlayedSession::runNext() {
  if (m_later.empty() || (playerPending() && m_stage.machine.now() < *timeOf(m_later.front()))) {
    if (playerPending()) m_player->next();
    return;
  }
  const SessionStimulus next = std::move(m_later.front());
  m_later.pop_front();
  if (auto done = perform(next); !done)
    m_stage.failures.push_back({"console: " + done.error().message, m_stage.lastStimulus()});
}

// Now, or when its time comes; a moment that has passed is now.
Result<u32> PlayedSession::perform(const SessionStimulus& stimulus) {
  kernel::Machine& machine = m_stage.machine;
  if (machine.panicked()) return Error{"the kernel has stopped: " + machine.panicText()};
  const s64 time = timeOf(stimulus).value_or(0);
  if (time - machine.now() > LongestPause) return Error{"more than a day passes before the next stimulus"};
  if (time > machine.now()) machine.runUntil(time);
  if (const auto* call = std::get_if<CallStimulus>(&stimulus)) return m_console.run(call->text);
  if (const auto* frame = std::get_if<FrameStimulus>(&stimulus)) return arrive(*frame);
  if (const auto* change = std::get_if<LimitStimulus>(&stimulus)) return limit(*change);
  if (const auto* pause = std::get_if<TimeStimulus>(&stimulus)) return pauseUntil(pause->until);
  return Error{"this is not done at a moment of its own"};
}

Result<u32> PlayedSession::console(const std::string& line) {
  auto stimulus = consoleStimulus(line, m_stage.machine.now());
  if (!stimulus) return stimulus.error();
  auto done = perform(*stimulus);
  if (done) m_stimuli.push_back(std::move(*stimulus));
  return done;
}

// It is remembered even if nothing was due: so the record is the same when it is played again.
void PlayedSession::passTime(s64 until) {
  const TimeStimulus pause{m_stage.machine.now(), until};
  if (until > pause.time && perform(pause)) m_stimuli.push_back(pause);
}

void PlayedSession::frame(std::span<const u8> bytes, s64 time) {
  const FrameStimulus frame{time, {bytes.begin(), bytes.end()}};
  if (perform(frame)) m_stimuli.push_back(frame);
}

u32 PlayedSession::arrive(const FrameStimulus& frame) {
  const u32 stimulus = m_stage.wire.inject(frame.bytes);
  m_stage.wire.settle();
  return stimulus;
}

Result<u32> PlayedSession::limit(const LimitStimulus& change) {
  try {
    setLimit(m_stage, change.name, change.value);
  } catch (const PlayError& e) {
    return Error{e.what};
  }
  return m_stage.lastStimulus();
}

Result<u32> PlayedSession::pauseUntil(s64 time) {
  if (time - m_stage.machine.now() > LongestPause) return Error{"a wait takes a day at most"};
  m_stage.advanceTo(time, [this] { m_stage.wire.settle(); });
  return m_stage.lastStimulus();
}

} // namespace sockwalk::scenario
