#include "engine/scenario/relive_datagrams.h"
#include "engine/kernel/include/linux/udp.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/new_task.h"
#include <algorithm>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

constexpr size_t MostReaders = 40; // each has 16 MiB of user memory, and there are 768
constexpr u32 BufferSize = 65535;  // no datagram is longer
constexpr u32 AddressRoom = 128;
constexpr int MostPerFrame = 64; // datagrams that one frame can complete
constexpr int Datagrams = 2, Raw = 3;

// UDP takes what comes into a queue of its own first (reader_queue).
bool waits(const sock* sk) { return sk->sk_protocol == IPPROTO_UDP && udp_sk(sk)->reader_queue.qlen; }

s64 make(const char* name, std::array<u64, 6> arguments) { return callNamed(name)->call(arguments.data()); }

} // namespace

ReliveDatagrams::ReliveDatagrams(const Relived& relived, Stage& stage, Received received)
    : m_relived(relived), m_stage(stage), m_received(std::move(received)) {}

void ReliveDatagrams::begin() {
  const CapturePlan& capture = m_relived.plan.capture;
  std::vector<u16> ports;
  for (const HostPort& p : capture.host.udpPorts)
    if (!p.closed()) ports.push_back(p.port);
  for (size_t i = 0; i < ports.size(); ++i)
    if (i < MostReaders) start(ports[i]);
    else senderFor(ports[i]);
}

void ReliveDatagrams::start(u16 port) {
  Machine& machine = m_stage.machine;
  TaskId task = 0;
  try {
    task = newTask(machine, "port " + std::to_string(port));
  } catch (const PlayError& e) {
    m_stage.failures.push_back({m_relived.plan.capture.file.path() + ": " + e.what, m_stage.lastStimulus()});
    return;
  }
  const u32 s = machine.systemCall(task, "socket(AF_INET, SOCK_DGRAM, 0)", [] { return make("socket", {2, 2, 0}); });
  const auto room = [&](u32 size) { return static_cast<const u8*>(machine.userMemory(task, size)); };
  Reader r{task, port, machine.journal().stimuli()[s].result, room(BufferSize), room(AddressRoom), room(4), 0};
  const std::vector<u8> any{2, 0, static_cast<u8>(port >> 8), static_cast<u8>(port), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                            0, 0};
  const u32 b = machine.systemCall(task,
                                   "bind(" + std::to_string(r.fd) + ", {sa_family = AF_INET, sin_port = htons(" +
                                       std::to_string(port) + "), sin_addr = inet_addr(\"0.0.0.0\")}, 16)",
                                   [r, any] {
                                     setBytes(r.address, any.data(), 16, 0);
                                     return make("bind", {static_cast<u64>(r.fd), Arena::address(r.address), 16});
                                   });
  const s64 result = machine.journal().stimuli()[b].result;
  if (r.fd < 0 || result < 0) {
    m_stage.failures.push_back(
        {m_relived.plan.capture.file.path() + ": no program could be bound to UDP port " + std::to_string(port), b});
    return;
  }
  m_readers.push_back(r);
  receive(m_readers.back());
}

void ReliveDatagrams::receive(Reader& reader) {
  const bool told = m_stage.machine.options().recording; // else nobody will read of it
  reader.stimulus = m_stage.machine.systemCall(
      reader.task, told ? "recvfrom(" + std::to_string(reader.fd) + ", ..., 65535, 0, ..., ...)" : "", [&r = reader] {
        const u32 length = AddressRoom;
        setBytes(r.length, &length, 4, 0);
        return make("recvfrom", {static_cast<u64>(r.fd), Arena::address(r.buffer), BufferSize, 0,
                                 Arena::address(r.address), Arena::address(r.length)});
      });
}

void ReliveDatagrams::collect() {
  for (Reader& r : m_readers)
    for (int n = 0; n < MostPerFrame && !m_stage.machine.busy(r.task) && !m_stage.machine.panicked(); ++n) {
      const s64 result = m_stage.machine.journal().stimuli()[r.stimulus].result;
      if (result >= 0 && m_received) m_received(r.port, {r.buffer, static_cast<size_t>(result)});
      receive(r);
    }
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
ReliveDatagrams::Sender& ReliveDatagrams::senderFor(u16 port) {
  const auto known = m_senders.find(port);
  if (known != m_senders.end()) return known->second;
  const auto reader = std::find_if(m_readers.begin(), m_readers.end(), [&](const Reader& r) { return r.port == port; });
  if (reader != m_readers.end()) {
    Program thread(m_stage, "port " + std::to_string(port) + " sends", reader->task);
    return m_senders.try_emplace(port, Sender{std::move(thread), reader->fd}).first->second;
  }
  if (!m_shared) m_shared.emplace(m_stage, "other ports");
  Sender& s = m_senders.try_emplace(port, Sender{*m_shared, m_shared->socket(Datagrams)}).first->second;
  s.reads = true;
  m_shared->bind(s.fd, {0, port});
  return s;
}

void ReliveDatagrams::drain(Sender& s, std::optional<u16> port) {
  for (int n = 0; n < MostPerFrame; ++n) {
    const sock* sk = s.program.sockOf(s.fd);
    if (!sk || (sk->sk_receive_queue.qlen == 0 && !waits(sk))) return;
    const s64 count = s.program.receive(s.fd);
    if (count < 0) return;
    if (port && m_received) m_received(*port, s.program.received(count));
  }
}

void ReliveDatagrams::arrived(const HostFrame& frame) {
  collect();
  const FrameHeaders& h = frame.headers;
  if (!h.ipv4) return;
  if (m_echo && h.ipv4->protocol == IpIcmp) drain(*m_echo, std::nullopt);
  if (h.ipv4->protocol != IpUdp) return;
  for (auto& [port, sender] : m_senders) // a fragment does not say its port
    if (sender.reads && (!h.udp || h.udp->destination == port)) drain(sender, port);
}

// The header fields are the socket's: an option is set where a datagram has another value than the one before it.
void ReliveDatagrams::header(Sender& s, const Act& act) {
  const auto set = [&](int name, const char* words, s32 value) {
    s.program.option(s.fd, IPPROTO_IP, name, std::string("IPPROTO_IP, ") + words + ", [" + std::to_string(value) + "]",
                     {value});
  };
  const bool group = act.to >> 28 == 14;
  if (act.ttl && (!s.set || s.last.ttl != act.ttl))
    group ? set(IP_MULTICAST_TTL, "IP_MULTICAST_TTL", act.ttl) : set(IP_TTL, "IP_TTL", act.ttl);
  if (s.set ? s.last.tos != act.tos : act.tos != 0) set(IP_TOS, "IP_TOS", act.tos);
  const bool usual = act.kind != Act::Echo; // a UDP socket sets the bit, as long as the packet fits
  if (s.set ? s.last.dontFragment != act.dontFragment : act.dontFragment != usual)
    set(IP_MTU_DISCOVER, "IP_MTU_DISCOVER", act.dontFragment ? IP_PMTUDISC_WANT : IP_PMTUDISC_DONT);
  const bool toAll = act.to == 0xffffffff || (act.to & 0xff) == 0xff;
  if (toAll && !s.set) s.program.option(s.fd, SOL_SOCKET, SO_BROADCAST, "SOL_SOCKET, SO_BROADCAST, [1]", {1});
  s.last = act;
  s.last.bytes.clear();
  s.set = true;
}

void ReliveDatagrams::send(const Act& act) {
  Sender& s = act.kind == Act::Echo ? echo() : senderFor(act.port);
  header(s, act);
  const s64 sent = s.program.sendTo(s.fd, act.bytes, {act.to, act.toPort});
  if (sent < 0) throw PlayError{{}, "sendto(): " + std::string(errnoName(static_cast<int>(sent)))};
}

} // namespace sockwalk::scenario
