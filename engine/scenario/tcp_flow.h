// A TCP connection as a script speaks of it: the numbers that stand in the script, and those that are on the wire.
//
// Segments with SYN carry the sequence numbers that the script wrote; all others count from the initial ones, so that
// data begins at 1. The script knows neither the port nor the initial number that the machine chooses; both are learnt
// from its first segment. Time stamps that the machine sent are remembered by what the script called them, so that an
// echo can name one.
#pragma once
#include "engine/base/bytes.h"
#include "engine/scenario/values.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sockwalk::scenario {

using Bytes = std::vector<u8>;

// A segment that was sent, in the script's numbers.
struct SeenSegment {
  TcpPacket packet;
  std::string unknownOption; // "option 99": one that the language does not know
  std::vector<u8> payload;
};

class TcpFlow {
public:
  TcpFlow(Endpoint local, Endpoint remote, bool passive) : m_local(local), m_remote(remote), m_passive(passive) {}

  Endpoint local() const { return m_local; }
  Endpoint remote() const { return m_remote; }
  bool passive() const { return m_passive; }
  bool started() const { return m_localIsn || m_remoteIsn; }
  s64 fd = -1;                      // of the script, once a call tied one to the connection
  std::optional<Ports> scriptPorts; // as the lines of this connection write them, seen from the far host

  // Does this segment, sent by the machine, belong to the connection? An active one without a port yet takes the first SYN.
  bool owns(ByteView packet) const;

  // The bytes of an inbound line. Throws PlayError (no place): an echo of a time stamp that never was sent.
  Bytes segment(const TcpPacket& line);
  // The first bytes of a segment that the machine sent, as an ICMP error quotes them.
  Bytes quoted(const SequenceRange& sequence) const;

  // A line is about to be compared with what was sent: a SYN tells the initial number that the script gives the machine.
  void expect(const TcpPacket& line);
  // What was sent (an IPv4 packet that owns() accepted), in the script's numbers. Learns ports and numbers.
  SeenSegment seen(ByteView packet);
  // What differs; nothing if they agree. `tick`: ns of one time stamp step, 0: they are not compared.
  std::optional<std::string> difference(const TcpPacket& line, const SeenSegment& seen, s64 tick, s64 tolerance);

private:
  bool connects(u16 flags) const;
  u32 localOffset(bool syn) const { return m_localIsn.value_or(0) - (syn ? m_scriptLocalIsn.value_or(0) : 0); }
  u32 remoteOffset(bool syn) const {
    return syn ? m_remoteIsn.value_or(0) - m_scriptRemoteIsn : m_remoteIsn.value_or(0);
  }
  Bytes optionBytes(const TcpPacket& line) const;

  Endpoint m_local, m_remote;
  bool m_passive;
  std::optional<u32> m_localIsn, m_remoteIsn; // on the wire
  std::optional<u32> m_scriptLocalIsn;        // as the first line with a SYN says
  u32 m_scriptRemoteIsn = 0;
  std::map<u32, u32> m_timeStamps;                     // the script's value -> the one that was sent
  std::optional<std::pair<u32, u32>> m_firstTimeStamp; // the script's, the one sent
};

} // namespace sockwalk::scenario
