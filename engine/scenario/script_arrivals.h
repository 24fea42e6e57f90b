// What a script lets arrive at the machine: packet lines `<` and whole frames.
#pragma once
#include "engine/scenario/script_cases.h"
#include "engine/scenario/script_clock.h"

namespace sockwalk::scenario {

class ScriptArrivals {
public:
  ScriptArrivals(ScriptContext& context, ScriptClock& clock, ScriptCases& cases)
      : m_context(context), m_clock(clock), m_cases(cases) {}

  // `later`: the events that follow. Those that arrive at the same moment (+0) are all in the ring before the device
  // interrupts; gives how many of them that were. tun0 has no ring: each packet is written, and climbs, on its own.
  size_t packet(const Event& event, const Packet& packet, std::span<const Event> later);
  size_t frame(const Event& event, const Frame& frame, std::span<const Event> later);
  Bytes bytesOf(const Packet& packet); // as it is on the wire

private:
  size_t arrive(const Event& event, Bytes first, std::span<const Event> later);

  ScriptContext& m_context;
  ScriptClock& m_clock;
  ScriptCases& m_cases;
};

} // namespace sockwalk::scenario
