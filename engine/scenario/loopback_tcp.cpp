#include "engine/scenario/loopback_tcp.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/capture_loopback.h"
#include "engine/scenario/play_error.h"

namespace sockwalk::scenario {

namespace {

constexpr size_t MostListeners = 40, MostConnections = 200; // with a task each; there are 768
constexpr u32 MostBytes = 65535;
constexpr int Stream = 1; // SOCK_STREAM

Endpoint endOf(const std::pair<u32, u16>& a) { return {a.first, a.second}; }

} // namespace

void LoopbackTcp::listen(const CapturePlan& plan) {
  const u32 ours = plan.options.address;
  for (const CaptureFlow& flow : findHosts(plan.file).flows) {
    const Address at{flow.server.address, flow.server.port};
    const bool refused = flow.opened && flow.reset && !flow.answered;
    const bool here = hasAddress(flow.client.address, ours) && hasAddress(at.first, ours);
    if (flow.protocol != kernel::IPPROTO_TCP || !here || refused || m_listeners.count(at)) continue;
    if (m_listeners.size() == MostListeners) {
      m_stage.notices.push_back("a program listens on the first " + std::to_string(MostListeners) +
                                " ports of lo that were connected to; connections to the others are refused");
      return;
    }
    listenAt(at);
  }
}

void LoopbackTcp::listenAt(const Address& at) {
  Program program(m_stage, "port " + std::to_string(at.second));
  const s64 fd = program.socket(Stream);
  program.bind(fd, endOf(at));
  program.listen(fd, 128);
  m_listeners.try_emplace(at, Listener{program, fd});
}

bool LoopbackTcp::play(const HostFrame& frame) {
  const FrameHeaders& h = frame.headers;
  if (!h.tcp || m_stage.machine.panicked()) return false;
  const u32 before = m_stage.lastStimulus();
  bool byClient = true;
  Connection* c = connectionOf(h, byClient);
  if (!c) return m_stage.lastStimulus() != before;
  Side &side = byClient ? c->from : c->to, &other = byClient ? c->to : c->from;
  if (h.tcp->flags & TcpSyn) side.next = h.tcp->sequence + 1;
  else send(side, other, frame);
  if (h.tcp->flags & (TcpFin | TcpRst)) finish(side, other, h.tcp->flags & TcpRst);
  return m_stage.lastStimulus() != before;
}

// A SYN begins a connection; in the middle of one that nobody saw begin, the end that somebody listens on is the server's.
LoopbackTcp::Connection* LoopbackTcp::connectionOf(const FrameHeaders& h, bool& byClient) {
  const Address from{h.ipv4->source, h.tcp->source}, to{h.ipv4->destination, h.tcp->destination};
  const bool syn = (h.tcp->flags & (TcpSyn | TcpAck)) == TcpSyn;
  auto found = m_connections.find({from, to});
  if (!syn && found == m_connections.end() && (found = m_connections.find({to, from})) != m_connections.end())
    byClient = false;
  const bool over = found != m_connections.end() && found->second.from.fd < 0 && found->second.to.fd < 0;
  if (found != m_connections.end() && !(syn && over)) return &found->second;
  byClient = syn || m_listeners.count(to);
  if (!byClient && !m_listeners.count(from)) return nullptr;
  if (!syn && h.tcp->flags & TcpRst) return nullptr; // nothing is left to be seen of it
  try {
    return open(byClient ? Ends{from, to} : Ends{to, from});
  } catch (const PlayError&) { // there are no more tasks
    return nullptr;
  }
}

LoopbackTcp::Connection* LoopbackTcp::open(const Ends& ends) {
  if (++m_opened > MostConnections) {
    if (m_opened == MostConnections + 1)
      m_stage.notices.push_back("of the connections on lo the first " + std::to_string(MostConnections) +
                                " are played");
    return nullptr;
  }
  Connection c;
  c.client = std::make_unique<Program>(m_stage, "from port " + std::to_string(ends.client.second));
  const s64 fd = c.client->socket(Stream);
  c.client->option(fd, kernel::SOL_SOCKET, kernel::SO_REUSEADDR, "SOL_SOCKET, SO_REUSEADDR, [1]", {1});
  c.client->bind(fd, endOf(ends.client));
  c.client->block(fd);
  if (c.client->connect(fd, endOf(ends.server)) == 0) {
    c.from.program = c.client.get(), c.from.fd = fd;
    if (const auto l = m_listeners.find(ends.server); l != m_listeners.end()) {
      c.to.program = &l->second.program;
      c.to.fd = c.to.program->accept(l->second.fd);
    }
  } else {
    c.client->close(fd);
  }
  return &m_connections.insert_or_assign(ends, std::move(c)).first->second;
}

// The part of the payload that was not sent before.
void LoopbackTcp::send(Side& side, Side& other, const HostFrame& frame) {
  const FrameHeaders& h = frame.headers;
  const u32 begin = h.tcp->sequence, length = static_cast<u32>(h.wirePayloadLength);
  const s32 known = side.next ? static_cast<s32>(*side.next - begin) : 0;
  const u32 skip = known > 0 ? static_cast<u32>(known) : 0;
  if (length <= skip) return;
  side.next = begin + length;
  if (side.fd < 0 || side.shut) return;
  const ByteView payload = frame.payload();
  std::vector<u8> bytes(payload.begin(), payload.end());
  bytes.resize(std::min(length, MostBytes));
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<long>(std::min<size_t>(skip, bytes.size())));
  const s64 sent = side.program->send(side.fd, bytes);
  if (sent > 0) other.unread += static_cast<u64>(sent);
  read(other);
}

void LoopbackTcp::read(Side& side) {
  while (side.fd >= 0 && side.unread) {
    const s64 got = side.program->receive(side.fd);
    if (got <= 0) return; // it has not come yet, or never will
    side.unread -= std::min(side.unread, static_cast<u64>(got));
  }
}

// A FIN: it has nothing more to send; if the other had ended before, it closes. A RST: it closes and lets nothing linger.
// The other's program learns of either when it reads again.
void LoopbackTcp::finish(Side& side, Side& other, bool reset) {
  if (side.fd < 0 || side.shut) return;
  if (reset)
    side.program->option(side.fd, kernel::SOL_SOCKET, kernel::SO_LINGER, "SOL_SOCKET, SO_LINGER, {1, 0}", {1, 0});
  side.shut = true;
  const bool last = reset || other.shut;
  if (!last) side.program->shutdown(side.fd);
  else side.program->close(std::exchange(side.fd, -1));
  if (other.fd < 0) return;
  other.program->receive(other.fd);
  if (last) other.program->close(std::exchange(other.fd, -1));
}

} // namespace sockwalk::scenario
