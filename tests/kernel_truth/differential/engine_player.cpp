// The player on the engine: each section is a machine of its own.
#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/machine/machine.h"
#include "engine/memory/layout.h"
#include "engine/scenario/call_table.h"
#include "tests/kernel_truth/differential/player.h"
#include <fstream>
#include <memory>
#include <utility>

namespace {

using differential::Bytes;
using namespace sockwalk;

constexpr s64 Millisecond = 1000000;
constexpr u32 Tun0 = 2; // its interface index

class Engine : public differential::System {
public:
  void tun() override {
    kernel::MachineOptions options = plain();
    options.tun = true, options.address = 0xc0a80001, options.prefix = 16, options.gateway = 0xc0a80002;
    boot(options);
  }
  long call(const std::string& name, const std::vector<uint64_t>& given) override {
    const scenario::CallShape* shape = scenario::callNamed(name);
    if (!shape) return -38; // ENOSYS
    std::vector<u64> a(given.begin(), given.end());
    a.resize(8);
    return run([shape, a] { return shape->call(a.data()); });
  }
  uint64_t room(size_t size) override {
    kernel::EnterMachine enter(machine());
    return Arena::address(machine().userMemory(m_task, static_cast<u32>(size + 64)));
  }
  uint8_t* bytes(uint64_t at) override {
    return const_cast<u8*>(machine().recorder().arena().at(static_cast<u32>(at)));
  }
  void fill(uint64_t at, const Bytes& b) override {
    kernel::EnterMachine enter(machine());
    if (!b.empty()) setBytes(bytes(at), b.data(), static_cast<u32>(b.size()));
  }
  void inject(const Bytes& packet) override {
    if (!packet.empty()) kernel::receiveFrame(machine(), Tun0, packet, "packet");
  }
  void wait(long ms) override { machine().runUntil(machine().now() + ms * Millisecond); }
  std::vector<Bytes> sent() override { return std::exchange(m_sent, {}); }
  std::vector<std::string> drops() override {
    std::vector<std::string> reasons;
    const Journal& j = machine().journal();
    for (; m_seen < j.size(); ++m_seen) {
      const Event& e = j[m_seen];
      if (e.type == EventType::Drop) reasons.push_back(reason(e.b));
    }
    if (machine().panicked()) reasons.push_back("PANIC " + machine().panicText());
    return reasons;
  }

private:
  static std::string reason(u16 number) { // without SKB_DROP_REASON_
    for (const auto& known : enumNamed("skb_drop_reason")->values)
      if (known.value == number) return std::string(known.name).substr(16);
    return std::to_string(number);
  }
  static kernel::MachineOptions plain() {
    kernel::MachineOptions options;
    options.ethernet = false;
    return options;
  }
  kernel::Machine& machine() {
    if (!m_machine) boot(plain());
    return *m_machine;
  }
  void boot(const kernel::MachineOptions& options) {
    m_machine = std::make_unique<kernel::Machine>(options);
    m_machine->onTransmit = [this](u32, const u8* bytes, u32 size) { m_sent.emplace_back(bytes, bytes + size); };
    m_machine->boot();
    m_task = m_machine->createTask("player");
    constexpr u64 SigPipe = 13, Ignore = 1;
    call("sigaction", {SigPipe, Ignore});
    m_sent.clear();
    m_seen = m_machine->journal().size();
  }
  // A call that sleeps keeps its task; the next is made by another thread of the program.
  long run(const std::function<s64()>& body) {
    kernel::Machine& m = machine();
    const u32 stimulus = m.systemCall(m_task, "", body);
    if (m.busy(m_task)) m.runUntil(m.now() + 2000 * Millisecond);
    if (!m.busy(m_task)) return m.journal().stimuli()[stimulus].result;
    m_task = m.createTask("player", m_task, kernel::Descriptors::Shared);
    return differential::Blocks;
  }
  std::unique_ptr<kernel::Machine> m_machine;
  std::vector<Bytes> m_sent;
  kernel::TaskId m_task = 0;
  EventIndex m_seen = 0;
};

} // namespace

int main(int, char** argv) {
  std::ifstream list(argv[1]);
  std::unique_ptr<Engine> engine;
  std::unique_ptr<differential::Player> player;
  unsigned number = 0;
  for (std::string text; std::getline(list, text);) {
    ++number;
    if (text.rfind("section ", 0) == 0) {
      player.reset();
      engine = std::make_unique<Engine>();
      player = std::make_unique<differential::Player>(*engine, stdout);
      std::printf("%s\n", text.c_str());
    } else if (player) {
      player->line(text, number);
    }
  }
  std::printf("@@DONE\n");
}
