#include "engine/scenario/capture_player.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/new_task.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::scenario {

namespace {

constexpr size_t MostPrograms = 40; // each has 16 MiB of user memory, and there are 768
constexpr u32 BufferSize = 65535;   // no datagram is longer
constexpr u32 AddressRoom = 128;
constexpr int MostPerFrame = 64; // datagrams that one frame can complete

s64 make(const char* name, std::array<u64, 6> arguments) {
  const CallShape* shape = callNamed(name);
  return shape ? shape->call(arguments.data()) : -38; // ENOSYS
}

std::string hostText(const CaptureHost& h) {
  return macText(h.mac) + (h.addresses.empty() ? "" : " (" + ipv4Text(h.addresses[0].address) + ")");
}

std::optional<size_t> chosen(const CaptureHosts& all, const std::string& host) {
  if (host.empty()) return all.proposed;
  for (size_t i = 0; i < all.hosts.size(); ++i) {
    const CaptureHost& h = all.hosts[i];
    const bool address = std::any_of(h.addresses.begin(), h.addresses.end(),
                                     [&](const HostAddress& a) { return ipv4Text(a.address) == host; });
    if (macText(h.mac) == host || address) return i;
  }
  return std::nullopt;
}

// Addresses behind a router are reached through it: the gateway is an address of our net with the router's MAC.
void findNeighbours(CapturePlan& plan) {
  const u32 mask = 0xffffff00, net = plan.options.address & mask;
  plan.options.gateway = 0;
  for (size_t i = 0; i < plan.file.size(); ++i) {
    const FrameHeaders h = parseHeaders(plan.file.frame(i).bytes);
    if (!h.ethernet || h.ethernet->source == plan.host.mac) continue;
    const u32 source = h.arp ? h.arp->sender : h.ipv4 ? h.ipv4->source : 0;
    if (!source) continue;
    if ((source & mask) == net) {
      plan.neighbours.emplace(source, h.ethernet->source);
    } else if (h.ethernet->destination == plan.host.mac && !plan.options.gateway) {
      plan.options.gateway = net | (plan.options.address == (net | 1) ? 254 : 1);
      plan.neighbours[plan.options.gateway] = h.ethernet->source;
    }
  }
}

} // namespace

Result<CapturePlan> CapturePlayer::plan(Result<CaptureFile> file, const std::string& host) {
  if (!file) return file.error();
  const std::string path = file->path();
  const CaptureHosts all = findHosts(*file);
  const auto index = chosen(all, host);
  if (!index && host.empty())
    return Error{path + ": no host in it has an IPv4 address, so there is none that the simulated machine could be"};
  if (!index) {
    std::string known;
    for (const CaptureHost& h : all.hosts) known += "\n  " + hostText(h);
    return Error{path + ": no host " + host + " in it; its hosts are:" + known};
  }
  CapturePlan plan{std::move(*file), all.hosts[*index], {}, {}};
  if (plan.host.addresses.empty())
    return Error{path + ": host " + macText(plan.host.mac) + " has no IPv4 address in it"};
  std::copy(plan.host.mac.begin(), plan.host.mac.end(), plan.options.mac);
  plan.options.address = plan.host.addresses[0].address;
  plan.options.prefix = 24;
  findNeighbours(plan);
  return plan;
}

CapturePlayer::CapturePlayer(CapturePlan plan, Stage& stage, Received received)
    : m_plan(std::move(plan)), m_stage(stage), m_received(std::move(received)) {
  const std::string& path = m_plan.file.path();
  m_name = path.substr(path.find_last_of('/') + 1);
  m_name = m_name.substr(0, m_name.find_last_of('.'));
  for (const HostPort& p : m_plan.host.udpPorts)
    if (!p.closed()) m_ports.push_back(p.port);
  for (const std::string& w : m_plan.file.warnings()) stage.notices.push_back(w);
  if (m_ports.size() > MostPrograms) {
    stage.notices.push_back(m_plan.file.path() + ": the host received on " + std::to_string(m_ports.size()) +
                            " UDP ports; a program is bound to the first " + std::to_string(MostPrograms));
    m_ports.resize(MostPrograms);
  }
  Peer peer(Peer::DefaultMac, m_plan.options.address);
  peer.setAnswersPing(false);
  for (const auto& [address, mac] : m_plan.neighbours) peer.claims(address, mac);
  stage.wire.connect(std::move(peer));
}

double CapturePlayer::progress() const {
  return double(m_nextPort + m_nextFrame) / double(std::max<size_t>(1, m_ports.size() + m_plan.file.size()));
}

bool CapturePlayer::isForHost(const CapturedFrame& frame) const {
  if (frame.bytes.size() < 14) return false;
  const auto to = frame.bytes.begin(), from = to + 6;
  const auto& mac = m_plan.host.mac;
  return !std::equal(mac.begin(), mac.end(), from) && (std::equal(mac.begin(), mac.end(), to) || (*to & 1));
}

void CapturePlayer::next() {
  if (m_stage.machine.panicked()) {
    m_stage.failures.push_back({m_plan.file.path() + ": frame " + std::to_string(m_nextFrame) +
                                    ": the kernel has stopped: " + m_stage.machine.panicText(),
                                m_stage.lastStimulus()});
    m_nextPort = m_ports.size();
    m_nextFrame = m_plan.file.size();
    return;
  }
  if (m_nextPort < m_ports.size()) return startProgram(m_ports[m_nextPort++]);
  if (m_nextFrame == 0) m_start = m_stage.machine.now();
  while (m_nextFrame < m_plan.file.size()) {
    const CapturedFrame frame = m_plan.file.frame(m_nextFrame++);
    if (!isForHost(frame)) continue;
    advanceTo(m_start + frame.timeNs);
    const u32 first = m_stage.wire.inject(frame.bytes);
    collect();
    m_stage.wire.settle();
    collect();
    if (m_stage.machine.options().recording)
      m_stage.cases.push_back({m_name + "_frame_" + std::to_string(m_nextFrame), first, m_stage.lastStimulus() + 1});
    return;
  }
}

void CapturePlayer::advanceTo(s64 time) {
  kernel::Machine& machine = m_stage.machine;
  while (machine.nextTimer() >= 0 && machine.nextTimer() <= time && !machine.panicked()) {
    machine.runUntil(machine.nextTimer());
    m_stage.wire.settle();
    collect();
  }
  if (time > machine.now()) machine.runUntil(time);
}

// ---- the programs that receive

void CapturePlayer::startProgram(u16 port) {
  kernel::Machine& machine = m_stage.machine;
  kernel::TaskId task = 0;
  try {
    task = newTask(machine, "port " + std::to_string(port));
  } catch (const PlayError& e) {
    m_stage.failures.push_back({m_plan.file.path() + ": " + e.what, m_stage.lastStimulus()});
    return;
  }
  const u32 s = machine.systemCall(task, "socket(AF_INET, SOCK_DGRAM, 0)", [] { return make("socket", {2, 2, 0}); });
  const auto room = [&](u32 size) { return static_cast<const u8*>(machine.userMemory(task, size)); };
  Program p{task, port, machine.journal().stimuli()[s].result, room(BufferSize), room(AddressRoom), room(4), 0};
  const std::vector<u8> any{2, 0, static_cast<u8>(port >> 8), static_cast<u8>(port), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                            0, 0};
  const u32 b = machine.systemCall(task,
                                   "bind(" + std::to_string(p.fd) + ", {sa_family = AF_INET, sin_port = htons(" +
                                       std::to_string(port) + "), sin_addr = inet_addr(\"0.0.0.0\")}, 16)",
                                   [p, any] {
                                     setBytes(p.address, any.data(), 16, 0);
                                     return make("bind", {static_cast<u64>(p.fd), Arena::address(p.address), 16});
                                   });
  const s64 result = machine.journal().stimuli()[b].result;
  if (p.fd < 0 || result < 0) {
    m_stage.failures.push_back(
        {m_plan.file.path() + ": no program could be bound to UDP port " + std::to_string(port), b});
    return;
  }
  m_programs.push_back(p);
  receive(m_programs.back());
}

void CapturePlayer::receive(Program& program) {
  const bool told = m_stage.machine.options().recording; // else nobody will read of it
  program.stimulus = m_stage.machine.systemCall(
      program.task, told ? "recvfrom(" + std::to_string(program.fd) + ", ..., 65535, 0, ..., ...)" : "",
      [&p = program] {
        const u32 length = AddressRoom;
        setBytes(p.length, &length, 4, 0);
        return make("recvfrom", {static_cast<u64>(p.fd), Arena::address(p.buffer), BufferSize, 0,
                                 Arena::address(p.address), Arena::address(p.length)});
      });
}

// Programs whose recvfrom() has returned take what came and ask for more.
void CapturePlayer::collect() {
  for (Program& p : m_programs) {
    for (int n = 0; n < MostPerFrame && !m_stage.machine.busy(p.task) && !m_stage.machine.panicked(); ++n) {
      const s64 result = m_stage.machine.journal().stimuli()[p.stimulus].result;
      if (result >= 0 && m_received) m_received(p.port, {p.buffer, static_cast<size_t>(result)});
      receive(p);
    }
  }
}

} // namespace sockwalk::scenario
