#include "tests/captures/capture_survey.h"
#include "engine/scenario/capture_player.h"
#include "engine/scenario/played_session.h"
#include "engine/tell/relive/relive.h"
#include <fstream>
#include <random>

namespace sockwalk::testing {

using namespace scenario;

CaptureOutcome playCapture(const std::string& name, const std::string& bytes, const std::string& host, bool recording) {
  CaptureOutcome outcome;
  auto plan = capturePlan(CaptureFile::read(name, bytes), host);
  if (!plan) {
    outcome.error = plan.error().message;
    return outcome;
  }
  outcome.frames = plan->file.size();
  plan->options.recording = recording;
  PlayedSession session(plan->options, {}, {});
  const std::size_t before = session.journal().stimuli().size();
  session.setPlayer(capturePlayer(std::move(*plan), session.stage(),
                                  [&](u16, std::span<const u8> data) { outcome.received += data.size(); }));
  session.runAll();
  outcome.stimuli = session.journal().stimuli().size() - before;
  for (std::size_t i = before; recording && i < session.journal().stimuli().size(); ++i) {
    const auto& s = session.journal().stimuli()[i];
    outcome.calls.push_back(s.text + " = " + std::to_string(s.result));
  }
  outcome.notices = session.notices();
  for (const Failure& f : session.failures()) outcome.failures.push_back(f.message);
  outcome.panic = session.machine().panicText();
  if (const auto relived = recording ? tell::relivedCapture(session) : std::nullopt)
    outcome.compared = relived->totals.same + relived->totals.equivalent + relived->totals.different;
  return outcome;
}

std::string contentsOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string mutated(std::string bytes, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return n ? random() % n : 0; };
  for (std::size_t n = 1 + below(8); n && !bytes.empty(); --n) {
    const std::size_t at = below(below(2) ? bytes.size() : std::min<std::size_t>(bytes.size(), 200));
    const std::size_t length = 1 + below(std::min<std::size_t>(bytes.size() - at, 64));
    constexpr const char* Edges[] = {"\xff\xff\xff\xff", "\0\0\0\0", "\x7f\xff\xff\xff", "\x80\0\0\0", "\1\0\0\0"};
    switch (below(6)) {
    case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); break;
    case 1: bytes[at] = static_cast<char>(random()); break;
    case 2: bytes.replace(at, std::min<std::size_t>(4, bytes.size() - at), Edges[below(5)], 4); break;
    case 3: bytes.erase(at, length); break;
    case 4: bytes.insert(at, bytes.substr(at, length)); break;
    default:
      if (!below(4)) bytes.resize(at);
    }
  }
  return bytes;
}

} // namespace sockwalk::testing
