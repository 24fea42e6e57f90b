// What a script expects the machine to send: packet lines `>` and whole frames. Waits until it comes, or until it is too
// late, and says what is not as written.
#pragma once
#include "engine/scenario/script_clock.h"

namespace sockwalk::scenario {

class ScriptExpectations {
public:
  ScriptExpectations(ScriptContext& context, ScriptClock& clock) : m_context(context), m_clock(clock) {}

  // Throw PlayError.
  void packet(const Event& event, const Packet& packet);
  void frame(const Event& event, const Frame& frame);

private:
  using Keep = std::function<bool(ByteView sent)>;
  using Difference = std::optional<std::string>;
  using Differs = std::function<Difference(ByteView sent)>;
  // The segments that one line stands for.
  struct Train {
    SeenSegment seen;     // as one
    s64 first, last;      // ns; when they left
    Difference ipDiffers; // of the first
  };

  void expect(const Event& event, const Keep& mine, const Differs& differs);
  void expectSegment(const Event& event, const Packet& packet, const TcpPacket& line);
  std::optional<Wire::Sent> nextSent(const Event& event, const Keep& mine);
  std::optional<Train> nextTrain(const Event& event, const Packet& packet, TcpFlow& flow);
  // Takes the next segment into the train, if it carries on; `lengthBefore`: the payload of the one before.
  bool carriesOn(const Event& event, const TcpPacket& line, TcpFlow& flow, Train& train, size_t& lengthBefore);
  s64 timeStampTick() const; // ns; 0: time stamps are not compared

  ScriptContext& m_context;
  ScriptClock& m_clock;
};

} // namespace sockwalk::scenario
