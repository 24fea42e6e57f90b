// Prints parts of a script back as script text in one canonical form; what it prints parses to the same
// again.
#pragma once

#include "engine/scenario/script.h"

#include <string>

namespace sockwalk::scenario {

/// One event with its time, without a new line at the end: `+0.1 < S 0:0(0) win 1000 <mss 1460>`.
/// A `//@` event is printed as its `//@` line; it must stand on a line of its own.
std::string describe(const Event& event);
std::string describe(const Expression& expression);
std::string describe(const Packet& packet);   ///< without the time
std::string describe(const SystemCall& call); ///< without the time, result and note included
std::string describe(const ConsoleCall& call);
std::string describe(const TcpOption& option);
std::string describe(const Action& action);        ///< without the time; for a frame, without its bytes' remarks
std::string describeFlags(std::uint16_t tcpFlags); ///< "S.", "FP.", "-" for none
std::string describeTime(const EventTime& time);   ///< "+0.1", "*", "1~2"; "" if unspecified
/// The whole script, one event to a line.
std::string describe(const Script& script);

} // namespace sockwalk::scenario
