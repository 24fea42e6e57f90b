#include "engine/scenario/relive_datagrams.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/capture_loopback.h"
#include "engine/scenario/constants.h"

namespace sockwalk::scenario {

using namespace kernel;

namespace {

constexpr int MostPerFrame = 64; // datagrams that one frame can complete
constexpr int Datagrams = 2, Raw = 3;

// UDP takes what comes into a queue of its own first (reader_queue).
bool waits(const sock* sk) { return sk->sk_protocol == IPPROTO_UDP && udp_sk(sk)->reader_queue.qlen; }

} // namespace

ReliveDatagrams::ReliveDatagrams(const Relived& relived, Stage& stage, UdpReaders::Received received)
    : m_relived(relived), m_stage(stage), m_readers(stage, relived.plan.capture.file.path(), std::move(received)) {}

void ReliveDatagrams::begin() {
  size_t started = 0;
  for (const Endpoint& end : ends()) {
    if (started++ < UdpReaders::Most) m_readers.start(end);
    else senderFor(end);
  }
}

// Where the host received and did not refuse. On lo its own programs sent it, and are bound to the addresses they use.
std::vector<Endpoint> ReliveDatagrams::ends() const {
  const CapturePlan& capture = m_relived.plan.capture;
  if (capture.host.loopback) return loopbackEnds(capture);
  std::vector<Endpoint> all;
  for (const HostPort& p : capture.host.udpPorts)
    if (!p.closed()) all.push_back({0, p.port});
  return all;
}

// ---- sending

ReliveDatagrams::Sender& ReliveDatagrams::echo() {
  if (!m_echo) {
    m_echo.emplace(Sender{Program(m_stage, "ping"), -1});
    m_echo->fd = m_echo->program.socket(Raw, IPPROTO_ICMP);
  }
  return *m_echo;
}

// A thread of the port's reader, with its descriptors. Ports that only send, and those that are too many for a task of
// their own, share one that does not sleep.
ReliveDatagrams::Sender& ReliveDatagrams::senderFor(const Endpoint& end) {
  const std::pair<u32, u16> key{end.address, end.port};
  const auto known = m_senders.find(key);
  if (known != m_senders.end()) return known->second;
  if (const UdpReaders::Reader* reader = m_readers.at(end)) {
    const Program thread(m_stage, "port " + std::to_string(end.port) + " sends", reader->program.task());
    return m_senders.try_emplace(key, Sender{thread, reader->fd}).first->second;
  }
  if (!m_shared) m_shared.emplace(m_stage, "other ports");
  Sender& s = m_senders.try_emplace(key, Sender{*m_shared, m_shared->socket(Datagrams)}).first->second;
  s.reads = true;
  m_shared->bind(s.fd, end);
  return s;
}

void ReliveDatagrams::drain(Sender& s, std::optional<u16> port) {
  for (int n = 0; n < MostPerFrame; ++n) {
    const sock* sk = s.program.sockOf(s.fd);
    if (!sk || (sk->sk_receive_queue.qlen == 0 && !waits(sk))) return;
    const s64 count = s.program.receive(s.fd);
    if (count < 0) return;
    if (port) m_readers.received(*port, s.program.received(count));
  }
}

void ReliveDatagrams::arrived(const HostFrame& frame) {
  collect();
  const FrameHeaders& h = frame.headers;
  if (!h.ipv4) return;
  if (m_echo && h.ipv4->protocol == IpIcmp) drain(*m_echo, std::nullopt);
  if (h.ipv4->protocol != IpUdp) return;
  for (auto& [end, sender] : m_senders) // a fragment does not say its port
    if (sender.reads && (!h.udp || h.udp->destination == end.second)) drain(sender, end.second);
}

// The header fields are the socket's: an option is set where a datagram has another value than the one before it.
void ReliveDatagrams::header(Sender& s, const Act& act) {
  const auto set = [&](int name, const char* words, s32 value) {
    s.program.option(s.fd, IPPROTO_IP, name, std::string("IPPROTO_IP, ") + words + ", [" + std::to_string(value) + "]",
                     {value});
  };
  const bool group = act.to >> 28 == 14;
  if (u8& ttl = group ? s.groupTtl : s.ttl; act.ttl && ttl != act.ttl) {
    group ? set(IP_MULTICAST_TTL, "IP_MULTICAST_TTL", act.ttl) : set(IP_TTL, "IP_TTL", act.ttl);
    ttl = act.ttl;
  }
  if (s.set ? s.last.tos != act.tos : act.tos != 0) set(IP_TOS, "IP_TOS", act.tos);
  const bool usual = act.kind != Act::Echo; // a UDP socket sets the bit, as long as the packet fits
  if (s.set ? s.last.dontFragment != act.dontFragment : act.dontFragment != usual)
    set(IP_MTU_DISCOVER, "IP_MTU_DISCOVER", act.dontFragment ? IP_PMTUDISC_WANT : IP_PMTUDISC_DONT);
  const bool toAll = act.to == 0xffffffff || (act.to & 0xff) == 0xff;
  if (toAll && !s.broadcasts) s.program.option(s.fd, SOL_SOCKET, SO_BROADCAST, "SOL_SOCKET, SO_BROADCAST, [1]", {1});
  s.broadcasts |= toAll;
  s.last = act;
  s.last.bytes.clear();
  s.set = true;
}

void ReliveDatagrams::send(const Act& act) {
  const u32 own = m_relived.plan.capture.host.loopback ? act.from : 0;
  Sender& s = act.kind == Act::Echo ? echo() : senderFor({own, act.port});
  header(s, act);
  const s64 sent = s.program.sendTo(s.fd, act.bytes, {act.to, act.toPort});
  if (sent < 0) throw PlayError{{}, "sendto(): " + std::string(errnoName(static_cast<int>(sent)))};
}

} // namespace sockwalk::scenario
