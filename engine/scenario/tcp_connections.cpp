#include "engine/scenario/tcp_connections.h"
#include <algorithm>

namespace sockwalk::scenario {

void TcpConnections::bound(s64 fd, Endpoint local) { m_bound[fd] = local; }

void TcpConnections::listening(s64 fd) {
  const auto it = m_bound.find(fd);
  m_listening[fd] = it == m_bound.end() ? m_local : it->second;
  m_listenerWaits = true;
}

void TcpConnections::connecting(s64 fd, const std::optional<Endpoint>& remote) {
  const auto same = std::find_if(m_flows.begin(), m_flows.end(), [&](const TcpFlow& f) { return f.fd == fd; });
  if (same != m_flows.end()) {
    m_current = &*same;
    return;
  }
  const auto it = m_bound.find(fd);
  Endpoint local = it == m_bound.end() ? Endpoint{m_local.address, 0} : it->second;
  if (!local.address) local.address = m_local.address;
  begin(local, remote.value_or(m_remote), false, std::nullopt).fd = fd;
}

void TcpConnections::accepted(s64 fd, u16 remotePort) {
  for (auto f = m_flows.rbegin(); f != m_flows.rend(); ++f)
    if (f->passive() && f->remote().port == remotePort) {
      f->fd = fd;
      return;
    }
}

void TcpConnections::closed(s64 fd) {
  m_bound.erase(fd);
  m_listening.erase(fd);
  if (m_newest == fd) m_newest = -1;
  for (TcpFlow& f : m_flows)
    if (f.fd == fd) f.fd = -1; // its segments may still come
}

TcpFlow& TcpConnections::begin(Endpoint local, Endpoint remote, bool passive, const std::optional<Ports>& ports) {
  m_flows.emplace_back(local, remote, passive);
  m_flows.back().scriptPorts = ports;
  m_current = &m_flows.back();
  return m_flows.back();
}

TcpFlow* TcpConnections::withPorts(const std::optional<Ports>& inbound) {
  if (!inbound) return nullptr;
  for (auto f = m_flows.rbegin(); f != m_flows.rend(); ++f)
    if (f->scriptPorts == inbound) return &*f;
  // Not written with ports before: the socket under test, if they can be its own.
  if (m_current && !m_current->scriptPorts && m_current->remote().port == inbound->source) {
    m_current->scriptPorts = inbound;
    return m_current;
  }
  return nullptr;
}

TcpFlow& TcpConnections::forInbound(const TcpPacket& line) {
  const bool syn = (line.flags & (tcpflag::Syn | tcpflag::Ack)) == tcpflag::Syn;
  TcpFlow* known = line.ports ? withPorts(line.ports) : m_current;
  const bool opens = syn && m_listenerWaits && !line.ports;
  if (known && !opens) return *(m_current = known);
  if (syn) m_listenerWaits = false;
  Endpoint local = m_listening.empty() ? m_local : m_listening.rbegin()->second;
  if (!local.address) local.address = m_local.address;
  Endpoint remote{m_remote.address, m_nextRemotePort};
  if (line.ports) {
    local.port = line.ports->destination;
    remote.port = line.ports->source;
  } else {
    ++m_nextRemotePort;
  }
  return begin(local, remote, true, line.ports);
}

void TcpConnections::learn(ByteView sent) {
  for (auto f = m_flows.rbegin(); f != m_flows.rend(); ++f)
    if (f->owns(sent)) {
      f->seen(sent);
      return;
    }
}

TcpFlow& TcpConnections::forOutbound(const TcpPacket& line) {
  std::optional<Ports> inbound;
  if (line.ports) inbound = Ports{line.ports->destination, line.ports->source};
  if (TcpFlow* known = line.ports ? withPorts(inbound) : m_current) return *(m_current = known);
  Endpoint local{m_local.address, 0}, remote = m_remote;
  if (line.ports) {
    local.port = line.ports->source;
    remote.port = line.ports->destination;
  }
  return begin(local, remote, false, inbound);
}

} // namespace sockwalk::scenario
