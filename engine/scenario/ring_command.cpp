#include "engine/scenario/ring_command.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/net/packet/ring.h"
#include "engine/scenario/play_error.h"
#include <charconv>

namespace sockwalk::scenario {

using namespace kernel;

namespace {

u32 numberIn(const std::string& word) {
  u32 number = 0;
  const auto parsed = std::from_chars(word.data(), word.data() + word.size(), number);
  if (word.empty() || parsed.ec != std::errc() || parsed.ptr != word.data() + word.size())
    throw PlayError{{}, "expected ring FD back N, two numbers; found '" + word + "'"};
  return number;
}

const packet_sock* ringOf(const Machine& machine, u32 fd) {
  for (const auto& [id, task] : machine.tasks()) {
    const file* file = task->task && task->task->files ? files_lookup_fd(task->task->files, fd) : nullptr;
    const socket* sock = file ? sock_from_file(file) : nullptr;
    const packet_sock* po = sock && sock->sk ? pkt_sk(sock->sk) : nullptr;
    if (po && sock->sk->__sk_common.skc_family == PF_PACKET && po->rx_ring.pg_vec) return po;
  }
  throw PlayError{{}, "descriptor " + std::to_string(fd) + " is no packet socket with a ring (PACKET_RX_RING)"};
}

} // namespace

void runRingCommand(const std::vector<std::string>& words, Stage& stage) {
  if (words.size() != 4 || words[2] != "back") throw PlayError{{}, "expected ring FD back N"};
  const u32 fd = numberIn(words[1]), index = numberIn(words[3]);
  const packet_sock* po = nullptr;
  {
    const EnterMachine enter(stage.machine);
    po = ringOf(stage.machine, fd);
    if (index >= ringParts(po))
      throw PlayError{{}, "the ring has " + std::to_string(ringParts(po)) + " parts, counted from 0"};
  }
  stage.machine.interrupt("ring " + words[1] + " back " + words[3], [=] { programGivesBack(po, index); });
}

} // namespace sockwalk::scenario
