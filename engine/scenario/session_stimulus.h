// What drives a session. A session is a machine and a list of these; saved, the list is all that is needed to get the same
// record again. The first three say what the machine is there for (at most one of them, and it plays by itself); the
// others are what was done besides, by hand or by a wire, each at its moment of simulated time.
#pragma once

#include "engine/scenario/script.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sockwalk::scenario {

/// That a session may stand still between two stimuli, ns: a day. Nothing that the kernel waits for takes longer; more is
/// a damaged file, and would take for ever.
constexpr std::int64_t LongestPause = std::int64_t{24} * 3600 * 1'000'000'000;

/// A scenario script with its contents, so that the session stays whole when the file changes.
struct ScriptStimulus {
  std::string name; ///< of the file, for messages
  std::string contents;
  std::vector<std::pair<std::string, std::string>> definitions = {}; ///< as given by -D NAME=VALUE
  bool operator==(const ScriptStimulus&) const = default;
};

/// A packet file with its contents, for the same reason. The machine takes the part of one of its hosts.
struct CaptureStimulus {
  std::string name;        ///< of the file, for messages
  std::string bytes;       ///< the whole pcap or pcapng file
  std::string host = {};   ///< MAC or IPv4 address of the host to be; "": the one that findHosts() proposes
  std::string filter = {}; ///< frames that do not fit it, in libpcap's words, are left out; "": there are none
  bool operator==(const CaptureStimulus&) const = default;
};

/// A machine that waits on a wire whose other end is a TAP.
struct TapStimulus {
  std::string address; ///< of its eth0, with the length of the prefix: "10.77.0.2/24"
  bool operator==(const TapStimulus&) const = default;
};

/// A line of the console: a call, or a command such as `ip` or `task`.
struct CallStimulus {
  std::int64_t time = 0; ///< ns
  std::string text;
  bool operator==(const CallStimulus&) const = default;
};

/// A frame that a live feed brought to eth0.
struct FrameStimulus {
  std::int64_t time = 0; ///< ns
  std::vector<std::uint8_t> bytes;
  bool operator==(const FrameStimulus&) const = default;
};

/// A limit of the machine is changed, as `//@limit` does it: `limit nofile=3` on the console.
struct LimitStimulus {
  std::int64_t time = 0; ///< ns
  std::string name;
  std::int64_t value = 0;
  bool operator==(const LimitStimulus&) const = default;
};

/// Time passes, and timers fire: `wait 0.5` on the console.
struct TimeStimulus {
  std::int64_t time = 0;  ///< ns
  std::int64_t until = 0; ///< ns
  bool operator==(const TimeStimulus&) const = default;
};

using SessionStimulus = std::variant<ScriptStimulus, CaptureStimulus, TapStimulus, CallStimulus, FrameStimulus,
                                     LimitStimulus, TimeStimulus>;

/// When a stimulus is due, for those that come at a moment of their own.
inline std::optional<std::int64_t> timeOf(const SessionStimulus& stimulus) {
  return std::visit(
      [](const auto& s) -> std::optional<std::int64_t> {
        if constexpr (requires { s.time; }) return s.time;
        else return std::nullopt;
      },
      stimulus);
}

/// What a person says of the machine. It stands above what a script says of it; what nobody says is left to the player.
struct MachineSetup {
  std::optional<MachineKind> machine;
  std::optional<std::uint32_t> hz;            ///< ticks a second, 1 to 10000
  std::optional<Link> link;                   ///< the device under a script
  std::optional<Era> era = std::nullopt;      ///< which Linux
  MachineKind otherwise = MachineKind::Plain; ///< which machine, if neither this nor the script says
  bool operator==(const MachineSetup&) const = default;
};

} // namespace sockwalk::scenario
