// The packets of a walk of assets/, played to its end.
#pragma once
#include "engine/tell/packets/packet_rows.h"
#include "tests/support/walks.h"

namespace sockwalk::tell {

struct PlayedPackets {
  std::unique_ptr<scenario::Session> session;
  PacketRows rows; // the packets, also of a capture
  const PacketList& list = rows.packets();
  explicit PlayedPackets(const std::string& path) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/" + path)) {
    rows.open(session->journal());
    rows.update();
  }
  const Journal& journal() const { return session->journal(); }
};

} // namespace sockwalk::tell
