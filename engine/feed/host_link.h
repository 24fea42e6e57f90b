#pragma once
// What the host's kernel says of one of its interfaces, and a descriptor that tells when it has something new to say.
#include <cstdint>
#include <string>

namespace sockwalk {

struct HostLink {
  bool exists = false;
  bool up = false;
  bool hasIpv4 = false;
  std::uint32_t notSent =
      0; ///< frames that it threw away instead of sending (tx_dropped), since the interface is there
};
/// By name, in the network namespace of the calling thread.
HostLink hostLink(const std::string& name);

/// Interfaces that come, go, are brought up or down: fd() is readable when one did. Nothing is asked in between.
class LinkWatch {
public:
  LinkWatch();
  ~LinkWatch();
  LinkWatch(const LinkWatch&) = delete;
  LinkWatch& operator=(const LinkWatch&) = delete;
  int fd() const { return m_fd; } ///< -1: this host does not tell
  void drain();                   ///< takes what came, so that fd() waits for the next

private:
  int m_fd;
};

} // namespace sockwalk
