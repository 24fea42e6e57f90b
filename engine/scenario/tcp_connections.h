// The connections of a script: which one a packet line is about.
//
// Lines rarely say ports. They are then about the socket under test: the one that was connected last, or whose first
// segment came in last. A SYN that comes in while a socket listens begins a new connection.
#pragma once
#include "engine/scenario/tcp_flow.h"
#include <deque>

namespace sockwalk::scenario {

class TcpConnections {
public:
  TcpConnections(Endpoint local, Endpoint remote) : m_local(local), m_remote(remote) {}

  // What calls tell, by the script's descriptors.
  void bound(s64 fd, Endpoint local);
  void listening(s64 fd);
  void connecting(s64 fd, const std::optional<Endpoint>& remote); // connect(), or a send that connects
  void accepted(s64 fd, u16 remotePort);
  void closed(s64 fd);

  TcpFlow& forInbound(const TcpPacket& line);
  TcpFlow& forOutbound(const TcpPacket& line);
  void learn(ByteView sent); // of an IPv4 packet that nobody expects: the numbers that the machine has chosen
  TcpFlow* current() { return m_current; }

private:
  TcpFlow& begin(Endpoint local, Endpoint remote, bool passive, const std::optional<Ports>& ports);
  TcpFlow* withPorts(const std::optional<Ports>& inbound);

  Endpoint m_local, m_remote;
  std::map<s64, Endpoint> m_bound;
  std::map<s64, Endpoint> m_listening;
  std::deque<TcpFlow> m_flows; // never moved
  TcpFlow* m_current = nullptr;
  u16 m_nextRemotePort = 33000;
};

} // namespace sockwalk::scenario
