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
struct pcap_dumper;

namespace sockwalk {

struct LiveFrame {
  std::int64_t timeNs;          ///< since the first frame of this capture; never negative nor backward
  std::int64_t epochNs;         ///< since 1970-01-01 UTC, by the clock of the capture
  std::uint32_t originalLength; ///< on the wire
  std::vector<std::uint8_t> bytes;
};

class LiveCapture {
public:
  static constexpr std::uint32_t WholeFrames = 262144; ///< the largest libpcap takes: no frame is cut
  struct Options {
    bool promiscuous = false;               ///< also frames that are for other hosts
    std::string filter = {};                ///< in libpcap's language, "tcp port 80"; "": everything
    std::uint32_t snapLength = WholeFrames; ///< so many bytes are kept of each
    std::string recordTo = {};              ///< a pcap file that is written as frames come; "": none
  };
  struct Statistics {
    std::uint32_t received = 0;
    std::uint32_t dropped = 0;            ///< lost because nobody polled in time
    std::uint32_t droppedByInterface = 0; ///< lost by the card or its driver before
  };

  /// "any" is all interfaces at once. An error is a sentence that names the interface, and says what to type if that
  /// mends it.
  static Result<LiveCapture> open(const std::string& interface, const Options& options);
  static Result<LiveCapture> open(const std::string& interface) { return open(interface, Options{}); }

  struct Interface {
    std::string name;
    std::vector<std::string> addresses = {}; ///< "10.0.0.2/24", "fe80::1/64"; those of IPv4 first
    bool up = false;
    bool running = false; ///< and something is plugged in
    bool loopback = false, wireless = false;
  };
  /// What there is to choose from, the most useful first, as libpcap finds it: the machine's interfaces and "any".
  static std::vector<Interface> devices();
  /// Whether this program may capture at all.
  static bool permitted();
  /// Names of the interfaces that can be captured on, as libpcap finds them; empty if it finds none.
  static std::vector<std::string> interfaces();
  /// What is wrong with a filter, "syntax error" for instance; "" if nothing is.
  static std::string filterProblem(const std::string& filter);

  LiveCapture(LiveCapture&&) noexcept = default;
  LiveCapture& operator=(LiveCapture&&) noexcept = default;

  /// What came since the last call, at most `maxFrames`; empty if nothing did. Not thread-safe.
  Result<std::vector<LiveFrame>> poll(std::size_t maxFrames = 256);

  int fd() const { return m_fd; }
  const std::string& interface() const { return m_interface; }
  std::string link() const; ///< the kind of link, "LINUX_SLL2 (Linux cooked v2)"
  Statistics statistics() const;

private:
  struct Closer {
    void operator()(pcap* handle) const;
    void operator()(pcap_dumper* file) const;
  };
  LiveCapture() = default;
  Result<void> record(const std::string& path);
  Result<void> flush() const;
  std::string endOfCapture() const;

  std::unique_ptr<pcap, Closer> m_handle;
  std::unique_ptr<pcap_dumper, Closer> m_file;
  std::string m_interface, m_recordTo;
  int m_fd = -1;
  std::int64_t m_firstNs = -1;
  std::int64_t m_lastNs = 0;
};

/// The commands that let `program` capture without root, for error messages and for Help.
std::string captureRightsHelp(const std::string& program);

} // namespace sockwalk
