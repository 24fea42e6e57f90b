#include "engine/scenario/relive_connections.h"
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/net/inet_connection_sock.h"
#include "engine/kernel/include/net/inet_sock.h"
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/wire.h"

namespace sockwalk::scenario {

using namespace kernel;

namespace {

constexpr int Stream = 1, Backlog = 4096;
constexpr size_t MostPrograms = 200; // one of them does whatever there is beyond

[[noreturn]] void failed(const std::string& what, s64 result) {
  throw PlayError{{}, what + ": " + std::string(errnoName(static_cast<int>(result)))};
}

ConnectionEnds keyOf(const FlowEnds& e) {
  return {__builtin_bswap32(e.local), __builtin_bswap32(e.remote), __builtin_bswap16(e.localPort),
          __builtin_bswap16(e.remotePort)};
}

void timeToLive(Program& p, s64 fd, u8 ttl) {
  p.option(fd, IPPROTO_IP, IP_TTL, "IPPROTO_IP, IP_TTL, [" + std::to_string(ttl) + "]", {ttl});
}

void typeOfService(Program& p, s64 fd, u8 tos) {
  p.option(fd, IPPROTO_IP, IP_TOS, "IPPROTO_IP, IP_TOS, [" + std::to_string(tos) + "]", {tos});
}

void noDelay(const RelivedConnection& c, Program& p, s64 fd) {
  if (c.noDelay) p.option(fd, IPPROTO_TCP, TCP_NODELAY, "IPPROTO_TCP, TCP_NODELAY, [1]", {1});
}

} // namespace

ReliveConnections::ReliveConnections(const Relived& relived, Stage& stage)
    : m_relived(relived), m_stage(stage), m_live(relived.plan.connections.size()), m_begun(m_live.size()) {}

Program& ReliveConnections::program(const std::string& name) {
  const auto known = m_programs.find(name);
  if (known != m_programs.end()) return known->second;
  if (m_programs.size() >= MostPrograms) return m_programs.begin()->second;
  return m_programs.try_emplace(name, m_stage, name).first->second;
}

void ReliveConnections::perform(const Act& act) {
  switch (act.kind) {
  case Act::Listen: return listen(act.port, act.flow);
  case Act::Unlisten: return unlisten(act.port);
  case Act::Wish: return wish(act.flow);
  case Act::Connect: return connect(act.flow);
  case Act::Adopt: return adopt(act.flow);
  default: break;
  }
  Live& live = m_live[act.flow];
  if (live.fd < 0 && (act.kind == Act::Pause || act.kind == Act::Resume)) {
    live.paused = act.kind == Act::Pause; // before it is accepted
    return;
  }
  if (live.fd < 0)
    throw PlayError{{}, "the connection that the capture shows is not there, so its program can do nothing"};
  live.waiting.push_back(act);
  proceed(live);
}

void ReliveConnections::wish(u32 flow) {
  const RelivedConnection& c = connection(flow);
  m_begun[flow] = true;
  if (c.lives()) m_stage.machine.wishes.connections[keyOf(c.ends)] = c.wish;
}

void ReliveConnections::options(const RelivedConnection& c, Program& p, s64 fd) {
  if (c.mss) p.option(fd, IPPROTO_TCP, TCP_MAXSEG, "IPPROTO_TCP, TCP_MAXSEG, [" + std::to_string(c.mss) + "]", {c.mss});
  if (c.buffer)
    p.option(fd, SOL_SOCKET, SO_RCVBUF, "SOL_SOCKET, SO_RCVBUF, [" + std::to_string(c.buffer) + "]",
             {static_cast<s32>(c.buffer)});
  if (c.ttl) timeToLive(p, fd, c.ttl);
  if (c.tos) typeOfService(p, fd, c.tos);
}

void ReliveConnections::listen(u16 port, u32 flow) {
  Listener& l = m_listeners[port];
  l.program = &program("port " + std::to_string(port));
  l.fd = l.program->socket(Stream);
  if (l.fd < 0) failed("a listener", l.fd);
  l.program->option(l.fd, SOL_SOCKET, SO_REUSEADDR, "SOL_SOCKET, SO_REUSEADDR, [1]", {1});
  options(connection(flow), *l.program, l.fd);
  l.tos = connection(flow).tos;
  if (const s64 err = l.program->bind(l.fd, {0, port}); err < 0) failed("port " + std::to_string(port), err);
  if (const s64 err = l.program->listen(l.fd, Backlog); err < 0) failed("port " + std::to_string(port), err);
}

void ReliveConnections::unlisten(u16 port) {
  const auto l = m_listeners.find(port);
  if (l == m_listeners.end()) return;
  l->second.program->close(l->second.fd);
  m_listeners.erase(l);
}

// The answer to a SYN is only good if it gives the time stamp back. Ours steps on within microseconds of where the other
// did: if it falls on another side of the step here, the connection's stamps count from one more or one less.
void ReliveConnections::stampAsThere(const RelivedConnection& c) {
  constexpr s64 Step = 1'000'000, Call = 60'000; // ns: of a stamp; until the SYN is stamped, at the most
  if (!c.wish.timeStampOffset) return;
  Machine& machine = m_stage.machine;
  const s64 stamped = (machine.now() + Call) / Step;
  if (machine.now() / Step != stamped) m_stage.advanceTo(stamped * Step, [] {});
  const s64 there = (m_relived.start + m_relived.plan.frames[c.firstFrame].time) / Step;
  auto& offset = machine.wishes.connections[keyOf(c.ends)].timeStampOffset;
  if (offset) *offset -= static_cast<u32>(stamped - there);
}

void ReliveConnections::connect(u32 flow) {
  const RelivedConnection& c = connection(flow);
  Program& p = program("to " + ipv4Text(c.ends.remote) + ":" + std::to_string(c.ends.remotePort));
  const s64 fd = p.socket(Stream);
  if (fd < 0) failed("a socket", fd);
  p.option(fd, SOL_SOCKET, SO_REUSEADDR, "SOL_SOCKET, SO_REUSEADDR, [1]", {1});
  options(c, p, fd);
  noDelay(c, p, fd);
  if (const s64 err = p.bind(fd, {c.ends.local, c.ends.localPort}); err < 0)
    failed("bind() to the captured port " + std::to_string(c.ends.localPort), err);
  stampAsThere(c);
  const s64 err = p.connect(fd, {c.ends.remote, c.ends.remotePort});
  if (err < 0 && err != -EINPROGRESS) failed("connect()", err);
  m_live[flow] = {&p, fd, {}, false, false};
}

// As a program that was moved from another machine takes its connections up again (CRIU does it so).
void ReliveConnections::adopt(u32 flow) {
  const RelivedConnection& c = connection(flow);
  Program& p = program("port " + std::to_string(c.ends.localPort) + ", adopted");
  const s64 fd = p.socket(Stream);
  if (fd < 0) failed("a socket", fd);
  const auto tcp = [&](int name, const std::string& words, std::vector<s32> value) {
    const s64 err = p.option(fd, IPPROTO_TCP, name, "IPPROTO_TCP, " + words, std::move(value));
    if (err < 0) failed(words, err);
  };
  const auto queue = [&](int which, const char* words, u32 next) {
    tcp(TCP_REPAIR_QUEUE, std::string("TCP_REPAIR_QUEUE, [") + words + "]", {which});
    tcp(TCP_QUEUE_SEQ, "TCP_QUEUE_SEQ, [" + std::to_string(next) + "]", {static_cast<s32>(next)});
  };
  tcp(TCP_REPAIR, "TCP_REPAIR, [TCP_REPAIR_ON]", {TCP_REPAIR_ON});
  options(c, p, fd);
  noDelay(c, p, fd);
  if (const s64 err = p.bind(fd, {c.ends.local, c.ends.localPort}); err < 0) failed("bind()", err);
  queue(TCP_SEND_QUEUE, "TCP_SEND_QUEUE", c.sendNext);
  queue(TCP_RECV_QUEUE, "TCP_RECV_QUEUE", c.receiveNext);
  p.block(fd); // a socket under repair is connected at once
  if (const s64 err = p.connect(fd, {c.ends.remote, c.ends.remotePort}); err < 0) failed("connect()", err);
  agree(c, tcp);
  p.option(fd, SOL_SOCKET, SO_REUSEADDR, "SOL_SOCKET, SO_REUSEADDR, [1]", {1}); // a listener may come besides
  m_live[flow] = {&p, fd, {}, false, false};
}

// What the SYNs agreed on, as far as the segments show it, and what either side may send.
void ReliveConnections::agree(const RelivedConnection& c, const TcpOption& tcp) {
  const s32 scales = c.ownScale << 16 | c.peerScale;
  std::vector<s32> agreed{TCPOPT_MSS, c.peerMss, TCPOPT_WINDOW, scales};
  if (c.sack) agreed.insert(agreed.end(), {TCPOPT_SACK_PERM, 0});
  if (c.stamps) agreed.insert(agreed.end(), {TCPOPT_TIMESTAMP, 0});
  tcp(TCP_REPAIR_OPTIONS, "TCP_REPAIR_OPTIONS, ...", std::move(agreed));
  if (c.stamps) {
    const u32 elapsed = static_cast<u32>((m_stage.machine.now() - m_relived.start) / 1'000'000);
    const u32 stamp = c.stampAtStart + elapsed;
    tcp(TCP_TIMESTAMP, "TCP_TIMESTAMP, [" + std::to_string(stamp) + "]", {static_cast<s32>(stamp)});
  }
  const auto word = [](u32 v) { return static_cast<s32>(v); };
  const u32 peer = u32(c.peerWindow) << c.peerScale, own = u32(c.ownWindow) << c.ownScale;
  tcp(TCP_REPAIR_WINDOW, "TCP_REPAIR_WINDOW, ...",
      {word(c.receiveNext), word(peer), word(std::max(peer, 65535u)), word(own), word(c.receiveNext)});
  tcp(TCP_REPAIR, "TCP_REPAIR, [TCP_REPAIR_OFF_NO_WP]", {TCP_REPAIR_OFF_NO_WP});
}

// The children that wait in a listener's queue belong to the connections whose ends they have.
void ReliveConnections::acceptOn(Listener& listener) {
  const auto waits = [&] {
    const sock* sk = listener.program->sockOf(listener.fd);
    const auto enter = EnterMachine(m_stage.machine);
    return sk && !reqsk_queue_empty(&inet_csk(sk)->icsk_accept_queue);
  };
  while (waits()) {
    const s64 fd = listener.program->accept(listener.fd);
    if (fd < 0) return;
    const sock* child = listener.program->sockOf(fd);
    for (size_t i = m_live.size(); child && i-- > 0;) {
      const RelivedConnection& c = connection(static_cast<u32>(i));
      const FlowEnds& e = c.ends;
      if (c.role != RelivedConnection::Server || m_live[i].program || !m_begun[i]) continue;
      const ConnectionEnds key = keyOf(e);
      if (child->sk_daddr != key.daddr || child->sk_dport != key.dport || inet_sk(child)->inet_sport != key.sport)
        continue;
      m_live[i] = {listener.program, fd, {}, m_live[i].paused, false};
      noDelay(c, *listener.program, fd);
      if (c.tos != listener.tos) typeOfService(*listener.program, fd, c.tos);
      break;
    }
  }
}

void ReliveConnections::arriving(const HostFrame& frame) {
  const s32 flow = m_relived.plan.connectionOf[frame.number];
  if (flow < 0) return;
  Live& live = m_live[static_cast<size_t>(flow)];
  const sock* sk = live.fd < 0 ? nullptr : live.program->sockOf(live.fd);
  if (!sk || (sk->sk_state != TCP_ESTABLISHED && sk->sk_state != TCP_CLOSE_WAIT)) return;
  const CapturedSegment segment = segmentOf(frame);
  const tcp_sock* tp = tcp_sk(sk);
  // A reader that stopped goes on where its buffer is smaller here than there: what came is not lost.
  if (live.paused && segment.length && scenario::after(segment.dataEnd(), tp->rcv_wup + tp->rcv_wnd)) read(live);
  if (segment.has(TcpAck)) release(sk, segment.tcp().acknowledgement);
}

// Sends what waits up to a number, as if the congestion window had room for it. The card tells at once that it is done, or
// too much would wait in it for the socket to go on (tcp_small_queue_check).
static void sendUpTo(const sock* sk, u32 end, bool card) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 mss = tp->mss_cache;
  for (u32 from = tp->snd_nxt; scenario::after(end, from); from = tp->snd_nxt) {
    lock_sock(sk); // a card that has sent what is under way would let the socket send in the middle of this
    const u32 needed = tp->packets_out + (end - from + mss - 1) / mss;
    if (tp->snd_cwnd < needed) set(tp->snd_cwnd, needed);
    // This one now: it does not wait to become larger (tcp_tso_should_defer).
    if (const sk_buff* head = tcp_send_head(sk); head && head->len >= mss) tcp_push_one(sk, mss);
    else __tcp_push_pending_frames(sk, mss, TCP_NAGLE_OFF);
    release_sock(sk);
    if (card) deliverBurst(Eth0, {});
    if (tp->snd_nxt == from) return;
  }
}

void ReliveConnections::release(const sock* sk, u32 acknowledged) {
  const tcp_sock* tp = tcp_sk(sk);
  const bool held = scenario::after(acknowledged, tp->snd_nxt) && !scenario::after(acknowledged, tp->write_seq);
  if (!held || !tp->mss_cache || sock_owned_by_user(sk)) return;
  const bool card = !m_relived.plan.capture.host.loopback;
  m_stage.machine.interrupt("the captured host had more under way: what waits in the socket leaves",
                            [=] { sendUpTo(sk, acknowledged, card); });
}

void ReliveConnections::arrived(u32 frame) {
  for (auto& [port, listener] : m_listeners) acceptOn(listener);
  const RelivePlan& plan = m_relived.plan;
  // On lo an answer may have come back already.
  for (const s32 flow : {plan.receiverOf[frame], plan.capture.host.loopback ? plan.connectionOf[frame] : -1})
    if (flow >= 0) wake(static_cast<u32>(flow));
}

void ReliveConnections::wake(u32 flow) {
  Live& live = m_live[flow];
  if (live.fd < 0) return;
  if (!live.paused) read(live);
  proceed(live);
}

void ReliveConnections::read(Live& live) {
  for (int n = 0; n < 64; ++n) {
    const sock* sk = live.program->sockOf(live.fd);
    if (!sk || sk->sk_state == TCP_LISTEN || sk->sk_state == TCP_SYN_SENT) return;
    const tcp_sock* tp = tcp_sk(sk);
    const bool data = tp->rcv_nxt != tp->copied_seq, over = sk->sk_shutdown & RCV_SHUTDOWN || sk->sk_err;
    if (!data && (!over || live.atEnd)) return;
    if (live.program->receive(live.fd) <= 0) {
      live.atEnd = over;
      return;
    }
  }
}

// What a program wanted is done in order; a write that finds no room waits, and with it all that follows.
void ReliveConnections::proceed(Live& live) {
  while (!live.waiting.empty() && live.fd >= 0) {
    if (!step(live, live.waiting.front())) return;
    live.waiting.pop_front();
  }
}

bool ReliveConnections::step(Live& live, Act& act) {
  Program& p = *live.program;
  switch (act.kind) {
  case Act::Corked:
    p.option(live.fd, IPPROTO_TCP, TCP_CORK, "IPPROTO_TCP, TCP_CORK, [1]", {1});
    return write(live, act);
  case Act::Write:
  case Act::Urgent: return write(live, act);
  case Act::Service:
    typeOfService(p, live.fd, act.tos);
    if (act.ttl) timeToLive(p, live.fd, act.ttl);
    return true;
  case Act::Shut: p.shutdown(live.fd); return true;
  case Act::Pause: live.paused = true; return true;
  case Act::Resume:
    live.paused = false;
    read(live);
    return true;
  case Act::Reset:
    p.option(live.fd, SOL_SOCKET, SO_LINGER, "SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}", {1, 0});
    end(live);
    return true;
  case Act::Vanish:
    p.option(live.fd, IPPROTO_TCP, TCP_REPAIR, "IPPROTO_TCP, TCP_REPAIR, [TCP_REPAIR_ON]", {TCP_REPAIR_ON});
    end(live);
    return true;
  default: end(live); return true;
  }
}

void ReliveConnections::end(Live& live) {
  if (!live.paused) read(live);
  live.program->close(live.fd);
  live.fd = -1;
}

bool ReliveConnections::isWriteable(const sock* sk) {
  const auto enter = EnterMachine(m_stage.machine);
  return sk_stream_is_writeable(sk);
}

// Send buffers grow with the congestion window (tcp_sndbuf_expand). What left the captured host at this moment had lain in
// its buffer: where that had grown larger than ours, ours does, too.
void ReliveConnections::growSendBuffer(const sock* sk, u32 bytes) {
  constexpr s32 Most = 64 << 20;
  const s32 wanted = sk->sk_wmem_queued / 2 * 3 + static_cast<s32>(std::min<u32>(bytes, 1 << 20)) * 2;
  if (sk->sk_state != TCP_ESTABLISHED && sk->sk_state != TCP_CLOSE_WAIT) return;
  if (wanted <= sk->sk_sndbuf || wanted > Most || sock_owned_by_user(sk)) return;
  m_stage.machine.interrupt("the captured host's send buffer had grown larger", [=] { set(sk->sk_sndbuf, wanted); });
}

// As much as there is room for; a program that is told when there is room again is told at a third.
bool ReliveConnections::write(Live& live, Act& act) {
  while (!act.bytes.empty()) {
    const sock* sk = live.program->sockOf(live.fd);
    if (!sk) return false;
    if (!isWriteable(sk)) growSendBuffer(sk, static_cast<u32>(act.bytes.size()));
    if (!isWriteable(sk)) return false;
    const s64 sent = live.program->send(live.fd, act.bytes, act.kind == Act::Urgent);
    if (sent == -EAGAIN) return false;
    if (sent < 0) return true; // the connection is over: the rest cannot leave
    act.bytes.erase(act.bytes.begin(), act.bytes.begin() + sent);
  }
  return true;
}

} // namespace sockwalk::scenario
