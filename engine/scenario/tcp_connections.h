// The connections of a script: which one a packet line is about.
//
// Lines rarely say ports. They are then about the socket under test: the one that was connected last, or whose first
// segment came in last. The first SYN that comes in after listen() begins a connection; those after it belong to that
// one, unless they name other ports.
#pragma once
#include "engine/scenario/tcp_flow.h"
#include <deque>

namespace sockwalk::scenario {

class TcpConnections {
public:
  TcpConnections(Endpoint local, Endpoint remote) : m_local(local), m_remote(remote) {}

  // What calls tell, by the script's descriptors.
  void opened(s64 fd) { m_newest = fd; } // a stream socket
  void bound(s64 fd, Endpoint local);
  void listening(s64 fd);
  void connecting(s64 fd, const std::optional<Endpoint>& remote); // connect(), or a send that connects
  void accepted(s64 fd, u16 remotePort);
  void closed(s64 fd);

  TcpFlow& forInbound(const TcpPacket& line);
  TcpFlow& forOutbound(const TcpPacket& line);
  void learn(ByteView sent); // of an IPv4 packet that nobody expects: the numbers that the machine has chosen
  TcpFlow* current() { return m_current; }
  // The descriptor of the socket under test; -1: of a connection that no call has asked for yet, or of nothing.
  s64 descriptor() const { return m_current ? m_current->fd : m_newest; }

private:
  TcpFlow& begin(Endpoint local, Endpoint remote, bool passive, const std::optional<Ports>& ports);
  TcpFlow* withPorts(const std::optional<Ports>& inbound);

  Endpoint m_local, m_remote;
  std::map<s64, Endpoint> m_bound;
  std::map<s64, Endpoint> m_listening;
  std::deque<TcpFlow> m_flows; // never moved
  TcpFlow* m_current = nullptr;
  bool m_listenerWaits = false; // for its first SYN
  s64 m_newest = -1;
  u16 m_nextRemotePort = 33000;
};

} // namespace sockwalk::scenario
