// The packets of a walk of assets/, played to its end.
#pragma once
#include "engine/tell/packets/packet_list.h"
#include "tests/support/walks.h"

namespace sockwalk::tell {

struct PlayedPackets {
  std::unique_ptr<scenario::Session> session;
  PacketList list;
  explicit PlayedPackets(const std::string& path) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/" + path)) {
    list.update(session->journal());
  }
  const Journal& journal() const { return session->journal(); }
};

} // namespace sockwalk::tell
