#include "engine/scenario/capture_player.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/capture_frames.h"
#include "engine/scenario/capture_loopback.h"
#include "engine/scenario/frame_builder.h"
#include "engine/scenario/new_task.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::scenario {

namespace {

constexpr size_t MostPrograms = 40; // each has 16 MiB of user memory, and there are 768
constexpr u32 BufferSize = 65535;   // no datagram is longer
constexpr u32 AddressRoom = 128;
constexpr int MostPerFrame = 64;                             // datagrams that one frame can complete
constexpr s64 LongestPause = s64(24) * 3600 * 1'000'000'000; // ns between two frames

s64 make(const char* name, std::array<u64, 6> arguments) {
  const CallShape* shape = callNamed(name);
  return shape ? shape->call(arguments.data()) : -38; // ENOSYS
}

Bytes socketAddress(const Endpoint& end) { // struct sockaddr_in
  Bytes a{2, 0};
  putBe16(a, end.port);
  putBe32(a, end.address);
  a.resize(16);
  return a;
}

} // namespace

CapturePlayer::CapturePlayer(CapturePlan plan, Stage& stage, Received received)
    : m_plan(std::move(plan)), m_stage(stage), m_received(std::move(received)) {
  const std::string& path = m_plan.file.path();
  m_name = path.substr(path.find_last_of('/') + 1);
  m_name = m_name.substr(0, m_name.find_last_of('.'));
  for (const std::string& w : m_plan.file.warnings()) stage.notices.push_back(w);
  for (const std::string& n : m_plan.notices) stage.notices.push_back(n);
  findEnds();
  Peer peer(Peer::DefaultMac, m_plan.options.address);
  peer.setAnswersPing(false);
  for (const auto& [address, mac] : m_plan.neighbours) peer.claims(address, mac);
  stage.wire.connect(std::move(peer));
}

void CapturePlayer::findEnds() {
  if (m_plan.host.loopback) {
    m_ends = loopbackEnds(m_plan);
    if (const std::string left = loopbackLeftOut(m_plan); !left.empty()) m_stage.notices.push_back(left);
  } else {
    for (const HostPort& p : m_plan.host.udpPorts)
      if (!p.closed()) m_ends.push_back({0, p.port});
  }
  if (m_ends.size() <= MostPrograms) return;
  m_stage.notices.push_back(m_plan.file.path() + ": the host has " + std::to_string(m_ends.size()) +
                            " UDP ports in it; a program is bound to the first " + std::to_string(MostPrograms));
  m_ends.resize(MostPrograms);
}

double CapturePlayer::progress() const {
  return double(m_nextEnd + m_nextFrame) / double(std::max<size_t>(1, m_ends.size() + m_plan.file.size()));
}

void CapturePlayer::next() {
  if (m_stage.machine.panicked()) {
    m_stage.failures.push_back({m_plan.file.path() + ": frame " + std::to_string(m_nextFrame) +
                                    ": the kernel has stopped: " + m_stage.machine.panicText(),
                                m_stage.lastStimulus()});
    m_nextEnd = m_ends.size();
    m_nextFrame = m_plan.file.size();
    return;
  }
  if (m_nextEnd < m_ends.size()) return startProgram(m_ends[m_nextEnd++]);
  if (m_nextFrame == 0) m_start = m_stage.machine.now();
  while (m_nextFrame < m_plan.file.size()) {
    const CapturedFrame frame = m_plan.file.frame(m_nextFrame++);
    const s64 due = dueTime(frame);
    if (!m_plan.arrives(frame)) continue;
    advanceTo(due);
    const u32 first = m_stage.lastStimulus() + 1;
    if (!(frame.facts.loopback ? send(frame) : arrive(frame))) continue;
    if (m_stage.machine.options().recording)
      m_stage.cases.push_back({m_name + "_frame_" + std::to_string(m_nextFrame), first, m_stage.lastStimulus() + 1});
    return;
  }
}

// A pause of more than a day is one of a day: nothing that the kernel waits for takes longer.
s64 CapturePlayer::dueTime(const CapturedFrame& frame) {
  const s64 longer = frame.timeNs - m_lastTime - LongestPause;
  if (longer > 0) m_start -= longer;
  m_lastTime = std::max(m_lastTime, frame.timeNs);
  return m_start + frame.timeNs;
}

// All segments of a buffer are in the ring before the card interrupts.
bool CapturePlayer::arrive(const CapturedFrame& frame) {
  const std::vector<Bytes> frames = arrivalsOf(frame);
  if (frames.empty()) return false;
  m_stage.wire.inject(frames);
  collect();
  m_stage.wire.settle();
  collect();
  return true;
}

// What one end of a loopback exchange was captured sending.
bool CapturePlayer::send(const CapturedFrame& frame) {
  const auto datagram = loopbackDatagram(frame, m_plan.options.address);
  if (!datagram) return false;
  const auto found = std::ranges::find(m_programs, datagram->from, &Program::bound);
  if (found == m_programs.end()) return false;
  Program& p = *found;
  kernel::Machine& machine = m_stage.machine;
  if (!p.sender) {
    p.sender =
        machine.createTask("port " + std::to_string(p.bound.port) + " sends", p.task, kernel::Descriptors::Shared);
    if (!p.sender) return false;
    p.data = static_cast<const u8*>(machine.userMemory(p.sender, BufferSize));
    p.to = static_cast<const u8*>(machine.userMemory(p.sender, AddressRoom));
  }
  Bytes data(datagram->payload.begin(), datagram->payload.end());
  data.resize(std::min<size_t>(datagram->size, BufferSize));
  const Bytes to = socketAddress(datagram->to);
  machine.systemCall(p.sender,
                     "sendto(" + std::to_string(p.fd) + ", ..., " + std::to_string(data.size()) + ", 0, {" +
                         endpointText(datagram->to) + "}, 16)",
                     [p, data, to] {
                       setBytes(p.data, data.data(), static_cast<u32>(data.size()));
                       setBytes(p.to, to.data(), 16);
                       return make("sendto", {static_cast<u64>(p.fd), Arena::address(p.data), data.size(), 0,
                                              Arena::address(p.to), 16});
                     });
  collect();
  return true;
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

void CapturePlayer::startProgram(const Endpoint& end) {
  kernel::Machine& machine = m_stage.machine;
  const u16 port = end.port;
  kernel::TaskId task = 0;
  try {
    task = newTask(machine, "port " + std::to_string(port));
  } catch (const PlayError& e) {
    m_stage.failures.push_back({m_plan.file.path() + ": " + e.what, m_stage.lastStimulus()});
    return;
  }
  const u32 s = machine.systemCall(task, "socket(AF_INET, SOCK_DGRAM, 0)", [] { return make("socket", {2, 2, 0}); });
  const auto room = [&](u32 size) { return static_cast<const u8*>(machine.userMemory(task, size)); };
  Program p{task,    end,    machine.journal().stimuli()[s].result, room(BufferSize), room(AddressRoom), room(4), 0, 0,
            nullptr, nullptr};
  const Bytes any = socketAddress(end);
  const u32 b =
      machine.systemCall(task,
                         "bind(" + std::to_string(p.fd) + ", {sa_family = AF_INET, sin_port = htons(" +
                             std::to_string(port) + "), sin_addr = inet_addr(\"" + ipv4Text(end.address) + "\")}, 16)",
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
      if (result >= 0 && m_received) m_received(p.bound.port, {p.buffer, static_cast<size_t>(result)});
      receive(p);
    }
  }
}

} // namespace sockwalk::scenario
