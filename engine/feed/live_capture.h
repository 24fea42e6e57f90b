#pragma once
// Frames from an interface of this machine as they pass, by libpcap. Never blocks: watch fd() (with a
// QSocketNotifier, or poll(2)) and call poll() when it is readable.
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct pcap;

namespace sockwalk {

struct LiveFrame {
  std::int64_t timeNs;          ///< since the first frame of this capture; never negative nor backward
  std::int64_t epochNs;         ///< since 1970-01-01 UTC, by the clock of the capture
  std::uint32_t originalLength; ///< on the wire
  std::vector<std::uint8_t> bytes;
};

class LiveCapture {
public:
  struct Options {
    bool promiscuous = false; ///< also frames that are for other hosts
  };
  struct Statistics {
    std::uint32_t received = 0;
    std::uint32_t dropped = 0; ///< lost because nobody polled in time
  };

  /// Only Ethernet interfaces ("lo" counts as one). An error names the interface, and says what to type if a
  /// right is missing.
  static Result<LiveCapture> open(const std::string& interface, Options options);
  static Result<LiveCapture> open(const std::string& interface) { return open(interface, Options{}); }

  /// Names of the interfaces that can be captured on, as libpcap finds them; empty if it finds none.
  static std::vector<std::string> interfaces();

  LiveCapture(LiveCapture&&) noexcept = default;
  LiveCapture& operator=(LiveCapture&&) noexcept = default;

  /// What came since the last call, at most `maxFrames`; empty if nothing did. Not thread-safe.
  Result<std::vector<LiveFrame>> poll(std::size_t maxFrames = 256);

  int fd() const { return m_fd; }
  const std::string& interface() const { return m_interface; }
  Statistics statistics() const;

private:
  struct Closer {
    void operator()(pcap* handle) const;
  };
  LiveCapture() = default;

  std::unique_ptr<pcap, Closer> m_handle;
  std::string m_interface;
  int m_fd = -1;
  std::int64_t m_firstNs = -1;
  std::int64_t m_lastNs = 0;
};

/// The commands that let `program` capture without root, for error messages and for Help.
std::string captureRightsHelp(const std::string& program);

} // namespace sockwalk
