// Reads the scenario language: packetdrill scripts with Sockwalk's `//@` additions, and console lines.
//
// The grammar is packetdrill's: options, an optional back-quoted command, timed events, an optional
// back-quoted command without a time. Not read, and said so in the error: IPv4/IPv6/GRE/MPLS/PSP
// encapsulation. In `//@` comments, one to a line:
//
//     //@link e1000|veth|wire|lo|tun        the device under the script (once, before the first event)
//     //@hz N                               ticks per second of the simulated kernel (likewise)
//     //@machine plain|recorded             as Linux has it, or with the oddities of the machine that was recorded (likewise)
//     //@era 2.6|6.1                        which Linux plays it: that of 2.6 can make sockets and close them (likewise)
//     //@case NAME                          names the next call or inbound packet for recording
//     //@note TEXT                          a sentence for the person who watches
//     //@limit NAME=N [NAME=N ...]          nofile, file_max, ...
//     //@fail FUNCTION [N]                  the N-th (first) allocation from now inside FUNCTION fails
//     //@skb push|put|pull N [FUNCTION]     the next sk_buff handed to FUNCTION gets a skb_push(), skb_put() or skb_pull() of
//                                           N bytes, right or wrong; without one: to dev_hard_start_xmit(), as a driver
//                                           would do it, and skb_pull() to ip_rcv_core()
//     //@capability +NAME|-NAME [...]       grants or takes a capability, net_raw for instance
//     //@task NAME                          the calls that follow are made by this task
//     //@task NAME shares|forks TASK        and it is a thread of TASK, or its child
//     //@signal TASK SIGNAL                 sends a signal, which ends a call that can be interrupted
//     //@peer echo PORT                     the far host echoes on that port, over UDP and TCP
//     //@idle SECONDS                      time passes for the case named before it, or for the one at hand
//     //@answer PLACE                       of a walk in which something goes wrong: where, as lessons name places; what
//                                           there is to see stands below it (before the first event; may stand again)
//     //@frame TIME <|> HEX...              an Ethernet frame injected or expected; `#` begins a remark
//     //@  HEX... or TEXT...                `//@` and a blank: carries the //@frame, //@note or //@answer above on
//
// Bounded whatever the input: sources of up to kMaxSourceBytes, expressions nested up to kMaxDepth. Nothing
// throws.
#pragma once

#include "engine/scenario/script_error.h"

#include <map>
#include <string>
#include <string_view>

namespace sockwalk::scenario {

inline constexpr std::size_t kMaxSourceBytes = 4u << 20;
inline constexpr int kMaxDepth = 64;

/// Symbols that replace bare words, as given by -D NAME=value; the value may be "quoted" or `back-quoted`.
/// A script's own --define options add to them and win.
using Definitions = std::map<std::string, std::string, std::less<>>;

/// `//@answer`: whoever plays the script passes it over.
struct AnswerLine {
  Position position; ///< of the place
  std::string place; ///< "note tcp.accept_queue_full"
  std::string words;
};

/// `file` serves messages only.
ScriptResult<Script> parseScript(std::string_view source, const std::string& file, const Definitions& defines = {});

/// The answers of a script, in its order; there are none in most.
ScriptResult<std::vector<AnswerLine>> parseAnswers(std::string_view source, const std::string& file = {},
                                                   const Definitions& defines = {});

/// Reads the file and parses it; a file that cannot be read is an error at 1:1.
ScriptResult<Script> parseScriptFile(const std::string& path, const Definitions& defines = {});

/// `[variable =] name(arguments)` with an optional `;`. Arguments may name variables of earlier lines.
ScriptResult<ConsoleCall> parseConsoleCall(std::string_view line);
/// A packet that arrives, as a script has it, without a time: `< S 0:0(0) win 65535 <mss 1460>`.
ScriptResult<Packet> parseConsolePacket(std::string_view line);

} // namespace sockwalk::scenario
