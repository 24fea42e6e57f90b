// What happened to a buffer, in sentences.
#pragma once
#include "views/buffer/buffer_journey.h"
#include <QCoreApplication>

namespace sockwalk {

enum class BufferDeed { None, Born, Reserve, Put, Push, Pull, Trim, Moved, Marks, Other };

class BufferWords {
  Q_DECLARE_TR_FUNCTIONS(BufferView)
public:
  // Which of the classic moves lies between two shapes.
  static BufferDeed deed(const BufferShape* before, const BufferShape& after);
  // "skb_pull(20)": for the arrow.
  static QString label(const Journal& journal, const BufferJourney& journey, const BufferOperation& operation);
  // "ip_protocol_deliver_rcu() has pulled the 20-byte IPv4 header: data moved from 78 to 98, len from 33
  // to 13."
  static QString sentence(const Playhead& at, const BufferJourney& journey, const BufferOperation& operation,
                          const std::vector<BufferBand>& bands);
  // What that is good for; "" if there is nothing to add.
  static QString lesson(const BufferJourney& journey, const BufferOperation& operation,
                        const std::vector<BufferBand>& bands);
  static QString dropReason(u16 reason); // SKB_DROP_REASON_NO_SOCKET
  static QString bytes(u32 n);           // "1 byte", "20 bytes"
  static QString times(const BufferJourney::Times& times);
};

} // namespace sockwalk
