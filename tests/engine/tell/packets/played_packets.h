// The packets of a walk of assets/, played to its end.
#pragma once
#include "engine/scenario/session.h"
#include "engine/tell/packets/packet_list.h"
#include <stdexcept>

namespace sockwalk::tell {

struct PlayedPackets {
  std::unique_ptr<scenario::Session> session;
  PacketList list;
  explicit PlayedPackets(const std::string& path) {
    auto opened = scenario::Session::openFile(SOCKWALK_SOURCE_ROOT "/assets/" + path);
    if (!opened) throw std::runtime_error(opened.error().message);
    session = std::move(*opened);
    session->runAll();
    list.update(session->journal());
  }
  const Journal& journal() const { return session->journal(); }
};

} // namespace sockwalk::tell
