#include "engine/scenario/udp_readers.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/new_task.h"
#include "engine/scenario/relive_program.h"
#include <algorithm>

namespace sockwalk::scenario {

namespace {

constexpr u32 BufferSize = 65535; // no datagram is longer
constexpr u32 AddressRoom = 128;
constexpr int MostPerFrame = 64; // datagrams that one frame can complete

s64 make(const char* name, std::array<u64, 6> arguments) { return callNamed(name)->call(arguments.data()); }

} // namespace

UdpReaders::UdpReaders(Stage& stage, std::string file, Received received)
    : m_stage(stage), m_file(std::move(file)), m_received(std::move(received)) {}

void UdpReaders::start(const Endpoint& end) {
  kernel::Machine& machine = m_stage.machine;
  kernel::TaskId task = 0;
  try {
    task = newTask(machine, "port " + std::to_string(end.port));
  } catch (const PlayError& e) {
    m_stage.failures.push_back({m_file + ": " + e.what, m_stage.lastStimulus()});
    return;
  }
  const u32 s = machine.systemCall(task, "socket(AF_INET, SOCK_DGRAM, 0)", [] { return make("socket", {2, 2, 0}); });
  const auto room = [&](u32 size) { return static_cast<const u8*>(machine.userMemory(task, size)); };
  Reader r{task, end, machine.journal().stimuli()[s].result, room(BufferSize), room(AddressRoom), room(4), 0};
  const std::vector<u8> address = socketAddress(end);
  const u32 b = machine.systemCall(task, "bind(" + std::to_string(r.fd) + ", " + addressWords(end) + ")", [r, address] {
    setBytes(r.address, address.data(), 16, 0);
    return make("bind", {static_cast<u64>(r.fd), Arena::address(r.address), 16});
  });
  if (r.fd < 0 || machine.journal().stimuli()[b].result < 0) {
    m_stage.failures.push_back({m_file + ": no program could be bound to UDP port " + std::to_string(end.port), b});
    return;
  }
  m_readers.push_back(r);
  receive(m_readers.back());
}

void UdpReaders::receive(Reader& reader) {
  const bool told = m_stage.machine.options().recording; // else nobody will read of it
  reader.stimulus = m_stage.machine.systemCall(
      reader.task, told ? "recvfrom(" + std::to_string(reader.fd) + ", ..., 65535, 0, ..., ...)" : "", [&r = reader] {
        const u32 length = AddressRoom;
        setBytes(r.length, &length, 4, 0);
        return make("recvfrom", {static_cast<u64>(r.fd), Arena::address(r.buffer), BufferSize, 0,
                                 Arena::address(r.address), Arena::address(r.length)});
      });
}

void UdpReaders::collect() {
  for (Reader& r : m_readers)
    for (int n = 0; n < MostPerFrame && !m_stage.machine.busy(r.task) && !m_stage.machine.panicked(); ++n) {
      const s64 result = m_stage.machine.journal().stimuli()[r.stimulus].result;
      if (result >= 0) received(r.bound.port, {r.buffer, static_cast<size_t>(result)});
      receive(r);
    }
}

const UdpReaders::Reader* UdpReaders::at(const Endpoint& end) const {
  const auto found = std::ranges::find(m_readers, end, &Reader::bound);
  return found == m_readers.end() ? nullptr : &*found;
}

} // namespace sockwalk::scenario
