// How the TCP connections of a capture fare when it is relived: does what was sent to the host reach an open socket, and
// does our kernel refuse what the captured host took?
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sockwalk::testing {

// Of one file as one of its hosts.
struct TcpSurvey {
  std::string host, error;
  std::uint32_t connections = 0, complete = 0; // complete: SYNs both ways, and a FIN or RST
  std::uint32_t segments = 0, reached = 0;    // to the host, in complete connections; of them, those that a socket took
  std::map<std::string, std::uint32_t> fates; // of these segments: "delivered", "dropped NO_SOCKET" ...
  std::uint32_t resets = 0, noSocket = 0;     // in any connection, where the captured host reset nothing
  std::vector<std::string> wrong;             // a line for each that did not reach one, or was refused
  std::uint32_t missed = 0;                   // calls of its programs that could not be made
  std::uint32_t different = 0;                // frames that our kernel sent otherwise, or alone, or not at all
  TcpSurvey& operator+=(const TcpSurvey& other);
};

// As the host that is proposed, then as each of the others that has TCP, `most` in all.
std::vector<TcpSurvey> surveyTcp(const std::string& name, const std::string& bytes, std::size_t most = 6);

} // namespace sockwalk::testing
