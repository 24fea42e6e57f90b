// What is to be played of a packet file: which of its hosts the machine is, and who else is on the wire.
#pragma once
#include "engine/feed/capture_file.h"
#include "engine/feed/hosts.h"
#include "engine/kernel/machine/machine.h"
#include "engine/scenario/peer.h"

namespace sockwalk::scenario {

struct CapturePlan {
  static constexpr u32 LargestMtu = 16110; // that the e1000 takes

  CaptureFile file;
  CaptureHost host;
  kernel::MachineOptions options;
  std::map<u32, Mac> neighbours;    // who else is on the wire, for ARP
  u32 mtu = EthernetMtu;            // of eth0, for the largest frames that the host had
  std::vector<std::string> notices; // what a person should know before it is played

  // Does the host get this frame: sent to it or to everybody, and not by it?
  bool arrives(const CapturedFrame& frame) const;
};

// The name of a file, without folder and ending: what the cases of its frames are named after.
std::string stemOf(const std::string& path);

// `host`: a MAC or IPv4 address as text, "" for the one that findHosts() proposes. Where nothing could be played, the error
// says why, and what to do.
Result<CapturePlan> capturePlan(Result<CaptureFile> file, const std::string& host);

} // namespace sockwalk::scenario
