// Programs that are bound to a UDP port each and sleep in recvfrom(), again and again.
#pragma once
#include "engine/scenario/relive_program.h"
#include <deque>
#include <functional>
#include <span>

namespace sockwalk::scenario {

class UdpReaders {
public:
  static constexpr size_t Most = 40; // each has 16 MiB of user memory, and there are 768
  struct Reader {
    Program program;
    Endpoint bound;
    s64 fd;
    u32 stimulus = 0; // of the recvfrom() that it is in
  };
  using Received = std::function<void(u16 port, std::span<const u8> payload)>;

  // `file`: what failures begin with.
  UdpReaders(Stage& stage, std::string file, Received received);
  void start(const Endpoint& end);
  // Those whose recvfrom() has returned take what came and ask for more.
  void collect();
  const Reader* at(const Endpoint& end) const;
  void received(u16 port, std::span<const u8> payload) const {
    if (m_received) m_received(port, payload);
  }

private:
  Stage& m_stage;
  const std::string m_file;
  const Received m_received;
  std::deque<Reader> m_readers; // their places do not change
};

} // namespace sockwalk::scenario
