// What the pictures of a long walk read: the packets of a record and the histories of its sockets, taken in together.
#pragma once
#include "engine/tell/sockets/socket_histories.h"

namespace sockwalk::tell {

struct Record {
  PacketList packets;
  SocketHistories sockets;

  // Takes in at most `most` events more; true once all that was recorded is taken in.
  bool update(const Journal& journal, EventIndex most = NoEvent) {
    const EventIndex left = journal.size() - packets.seen();
    packets.update(journal, packets.seen() + std::min(most, left));
    sockets.update(journal, packets);
    return packets.seen() == journal.size();
  }
};

} // namespace sockwalk::tell
