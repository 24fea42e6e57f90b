// What happened to a buffer, in sentences.
#pragma once
#include "engine/tell/buffers/buffer_journey.h"
#include "engine/tell/values.h"

namespace sockwalk::tell {

enum class BufferDeed { None, Born, Reserve, Put, Push, Pull, Trim, Moved, Marks, Other };

class BufferWords {
public:
  // Which of the classic moves lies between two shapes.
  static BufferDeed deed(const BufferShape* before, const BufferShape& after);
  // "skb_pull(20)": for the arrow.
  static std::string label(const Journal& journal, const BufferJourney& journey, const BufferOperation& operation);
  // "ip_protocol_deliver_rcu() has pulled the 20-byte IPv4 header: data moved from 78 to 98, len from 33
  // to 13."
  static Text sentence(const Playhead& at, const BufferJourney& journey, const BufferOperation& operation,
                       const std::vector<BufferBand>& bands);
  // What that is good for; empty if there is nothing to add.
  static Text lesson(const BufferJourney& journey, const BufferOperation& operation,
                     const std::vector<BufferBand>& bands);
  static Text times(const BufferJourney::Times& times);
};

} // namespace sockwalk::tell
