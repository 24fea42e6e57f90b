// Session files: what was done to the simulated machine, so that it can be done again anywhere, and where the person
// stood. The format is text, one item to a line, for people and version control alike:
//
// clang-format off
//     sockwalk-session 2              the version of the format, kSessionVersion
//     machine recorded                or plain: which machine plays
//     hz 1000                         ticks a second, if the person chose them
//     link tun                        e1000, veth, wire, lo or tun, if the person chose it
//     playhead 5123                   position in the journal
//     layout QUJD...                  what the window keeps about itself, base64; left out if it kept nothing
//     script lesson.pkt               a script, whole:
//     |0 socket(AF_INET, SOCK_STREAM, 0) = 3
//     >+0 close(3) = 0                `|` stands before each of its lines, `>` before one without a new line
//     define TFO_COOKIE 3021b9d8      belongs to the script above, as -D gave it
//     capture dns.pcap                a packet file, whole:
//     host 192.0.2.1                  which of its hosts the machine is; nothing behind the blank: the proposed one
//     filter tcp port 80              the frames that are played, in libpcap's words; left out if all are
//     =1MOyoQIABAAAAAAA...            its bytes, base64, in lines that begin with `=`
//     tap 10.77.0.2/24                eth0 hangs on a TAP and has this address
//     call 1500 close(fd)             time in ns, line of the console
//     frame 2500 0200...              time in ns, bytes in hex: what a live feed brought
//     limit 2500 nofile 3             time in ns, name, value
//     until 2500 9000000              time in ns, and until when time passes
//     end 6 8f3c2a11                  how many stimuli there are, and the CRC-32 of all that stands above this line
// clang-format on
//
// A session has one of `script`, `capture` and `tap`, or none. In names and texts `%XX` stands for a byte that would
// end the line or be lost at its edges, and for '%'. Whatever the writer writes the reader reads back equal.
//
// Version 1 named a capture by its path alone; had "call TIME - LINE", "frame TIME eth0 HEX" and, for a TAP, "sysctl
// tap.address ADDRESS"; and wrote "hz 250" whatever the machine had. It is still read: the capture is looked for where
// it was, then beside the session; and the machine is the recorded one, since there was no other.
#pragma once

#include "engine/base/result.h"
#include "engine/scenario/script_error.h"
#include "engine/scenario/session_stimulus.h"

#include <string>
#include <string_view>

namespace sockwalk::scenario {

inline constexpr unsigned kSessionVersion = 2;

struct SessionFile {
  MachineSetup setup;
  std::vector<SessionStimulus> stimuli;
  std::uint64_t playhead = 0; ///< position in the journal
  std::string layout;         ///< the window's own bytes
  bool operator==(const SessionFile&) const = default;
};

std::string writeSession(const SessionFile& session);
/// `file` serves messages: they name its line and what was expected there. A capture of version 1 has no bytes yet.
ScriptResult<SessionFile> readSession(std::string_view text, const std::string& file);

/// Replaces the file only once all is written, so that an error leaves the old one as it was.
Result<void> saveSession(const SessionFile& session, const std::string& path);
ScriptResult<SessionFile> loadSession(const std::string& path);

} // namespace sockwalk::scenario
