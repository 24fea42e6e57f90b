#include "engine/scenario/udp_readers.h"
#include "engine/scenario/play_error.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

constexpr int Datagrams = 2;     // SOCK_DGRAM
constexpr int MostPerFrame = 64; // datagrams that one frame can complete

} // namespace

UdpReaders::UdpReaders(Stage& stage, std::string file, Received received)
    : m_stage(stage), m_file(std::move(file)), m_received(std::move(received)) {}

void UdpReaders::start(const Endpoint& end) {
  const std::string port = std::to_string(end.port);
  try {
    Program program(m_stage, "port " + port);
    const s64 fd = program.socket(Datagrams);
    if (fd < 0 || program.bind(fd, end) < 0) throw PlayError{{}, "no program could be bound to UDP port " + port};
    Reader& reader = m_readers.emplace_back(Reader{program, end, fd});
    reader.stimulus = reader.program.receiveFrom(fd);
  } catch (const PlayError& e) {
    m_stage.failures.push_back({m_file + ": " + e.what, m_stage.lastStimulus()});
  }
}

void UdpReaders::collect() {
  const auto& stimuli = m_stage.machine.journal().stimuli();
  for (Reader& r : m_readers)
    for (int n = 0; n < MostPerFrame && !m_stage.machine.busy(r.program.task()) && !m_stage.machine.panicked(); ++n) {
      if (const s64 count = stimuli[r.stimulus].result; count >= 0) received(r.bound.port, r.program.received(count));
      r.stimulus = r.program.receiveFrom(r.fd);
    }
}

const UdpReaders::Reader* UdpReaders::at(const Endpoint& end) const {
  const auto found = std::ranges::find(m_readers, end, &Reader::bound);
  return found == m_readers.end() ? nullptr : &*found;
}

} // namespace sockwalk::scenario
