// Session files: what was done to the simulated kernel, so that it can be done again, and where the person
// stood.
//
// The format is text, one item to a line, for people and version control alike:
//
//     sockwalk-session 1                 the version of the format, kSessionVersion
//     hz 250
//     link e1000
//     playhead 5123
//     layout QUJD...                     opaque bytes of the window, base64; left out when there are none
//     script lesson.pkt                  a script, whole: `|` before each line, `>` before one without its
//     new line |0 socket(AF_INET, SOCK_STREAM, 0) = 3 define TFO_COOKIE 3021b9d889017eeb    belongs to the
//     script above capture /data/dns.pcap host 192.0.2.1                     which of the capture's hosts the
//     kernel is call 1500 main fd = socket(AF_INET, SOCK_DGRAM, 0)      time in ns, task, console line frame
//     2500 eth0 0200...            time in ns, device, bytes in hex: what a live feed brought limit nofile 3
//     sysctl net.ipv4.tcp_sack 0
//     until 9000000                      time passes until then, in ns
//     end 6 8f3c2a11                     stimuli, and the CRC-32 of all that stands above this line
//
// In names and texts `%XX` stands for a byte that would end the line or be lost at its edges, and for '%'.
// Reader and writer stand in session_file.cpp; whatever one writes the other reads back equal.
#pragma once

#include "engine/base/result.h"
#include "engine/scenario/script_error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sockwalk::scenario {

inline constexpr unsigned kSessionVersion = 1;

/// A script with its contents, so that the session stays whole when the file changes.
struct ScriptStimulus {
  std::string name;
  std::string contents;
  std::vector<std::pair<std::string, std::string>> definitions; ///< as given by -D
  bool operator==(const ScriptStimulus&) const = default;
};
/// A packet file, by path; `host` is the address of the host that the kernel plays.
struct CaptureStimulus {
  std::string path;
  std::string host;
  bool operator==(const CaptureStimulus&) const = default;
};
struct CallStimulus {
  std::int64_t time = 0; ///< simulated ns
  std::string task;      ///< one word; empty: the first task
  std::string text;      ///< a console line, see parseConsoleCall()
  bool operator==(const CallStimulus&) const = default;
};
struct FrameStimulus {
  std::int64_t time = 0; ///< simulated ns
  std::string device;    ///< one word
  std::vector<std::uint8_t> bytes;
  bool operator==(const FrameStimulus&) const = default;
};
struct LimitStimulus {
  std::string name; ///< one word
  std::int64_t value = 0;
  bool operator==(const LimitStimulus&) const = default;
};
struct SysctlStimulus {
  std::string name; ///< one word
  std::string value;
  bool operator==(const SysctlStimulus&) const = default;
};
struct TimeStimulus {
  std::int64_t until = 0; ///< simulated ns
  bool operator==(const TimeStimulus&) const = default;
};

using SessionStimulus = std::variant<ScriptStimulus, CaptureStimulus, CallStimulus, FrameStimulus, LimitStimulus,
                                     SysctlStimulus, TimeStimulus>;

struct SessionFile {
  std::uint32_t hz = 250;
  std::string link; ///< e1000, veth, lo, tun; empty: the default
  std::vector<SessionStimulus> stimuli;
  std::uint64_t playhead = 0; ///< position in the journal
  std::string layout;         ///< the window's own bytes
  bool operator==(const SessionFile&) const = default;
};

std::string writeSession(const SessionFile& session);
/// `file` serves messages: they name its line and what was expected there.
ScriptResult<SessionFile> readSession(std::string_view text, const std::string& file);

/// Replaces the file only once all is written, so that an error leaves the old one as it was.
Result<void> saveSession(const SessionFile& session, const std::string& path);
ScriptResult<SessionFile> loadSession(const std::string& path);

} // namespace sockwalk::scenario
