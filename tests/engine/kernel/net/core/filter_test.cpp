// Programs of classic BPF: what each instruction does, what the check refuses, and who is dropped.
#include "engine/kernel/include/linux/filter.h"
#include "engine/memory/constants/errors.h"
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

using Code = std::vector<sock_filter>;
constexpr int SolSocket = 1, AttachFilter = 26;

struct Filter : OnTheWire {
  s64 attach(const Code& code) {
    const u64 at = m.user(code.data(), static_cast<u32>(code.size() * sizeof(sock_filter)));
    const u64 program[2] = {code.size(), at};
    const u64 where = m.user(program, sizeof program);
    return m.call([=, this] { return __x64_sys_setsockopt(socket, SolSocket, AttachFilter, where, 16); });
  }
  std::span<const u64> lastNote(std::string_view name) const {
    const Journal& j = m.machine.journal();
    for (EventIndex i = j.size(); i-- > 0;)
      if (j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == name) return j.arguments(j[i]);
    return {};
  }
  // What the program answers for a datagram of two bytes: a socket's filter sees it from its UDP header on.
  s64 answer(const Code& code) {
    if (const s64 err = attach(code)) return err;
    const int before = notes("filter.begins");
    arrives(onEthernet(datagram(7000, "ab")));
    received();
    if (notes("filter.begins") == before) return -1;
    const auto returned = lastNote("filter.returned");
    return returned.empty() ? 0 : s64(returned[2]);
  }
  static Code returningA(Code code) {
    code.push_back({BPF_RET | BPF_A, 0, 0, 0});
    return code;
  }
};

TEST_F(Filter, LoadsFromThePacketAndFromWhereverElse) {
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_H | BPF_ABS, 0, 0, 2}})), 7000) << "the UDP port";
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_B | BPF_ABS, 0, 0, 9}})), 'b');
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_W | BPF_ABS, 0, 0, 0}})), 0x30391b58);
  EXPECT_EQ(answer(returningA({{BPF_LDX | BPF_IMM, 0, 0, 8}, {BPF_LD | BPF_B | BPF_IND, 0, 0, 0}})), 'a');
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_W | BPF_LEN, 0, 0, 0}})), 10);
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_B | BPF_ABS, 0, 0, u32(SKF_NET_OFF) + 9}})), 17)
      << "the IP header's protocol";
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_H | BPF_ABS, 0, 0, u32(SKF_LL_OFF) + 12}})), 0x800);
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_W | BPF_ABS, 0, 0, u32(SKF_AD_OFF) + SKF_AD_IFINDEX}})), Eth0);
  EXPECT_EQ(answer(returningA({{BPF_LD | BPF_W | BPF_ABS, 0, 0, u32(SKF_AD_OFF) + SKF_AD_PROTOCOL}})), 0x800);
  const Code headerLength{{BPF_LDX | BPF_B | BPF_MSH, 0, 0, u32(SKF_NET_OFF)}, {BPF_MISC | BPF_TXA, 0, 0, 0}};
  EXPECT_EQ(answer(returningA(headerLength)), 20);
}

TEST_F(Filter, ComputesStoresAndJumps) {
  const auto by = [](int op, u32 a, u32 k) {
    return returningA({{BPF_LD | BPF_IMM, 0, 0, a}, {static_cast<u16>(BPF_ALU | op | BPF_K), 0, 0, k}});
  };
  EXPECT_EQ(answer(by(BPF_ADD, 5, 3)), 8);
  EXPECT_EQ(answer(by(BPF_MUL, 5, 3)), 15);
  EXPECT_EQ(answer(by(BPF_MOD, 17, 5)), 2);
  EXPECT_EQ(answer(by(BPF_LSH, 1, 4)), 16);
  EXPECT_EQ(answer(by(BPF_XOR, 0xff, 0xf0)), 0x0f);
  const Code stored{{BPF_LD | BPF_IMM, 0, 0, 9},
                    {BPF_ST, 0, 0, 15},
                    {BPF_LD | BPF_IMM, 0, 0, 1},
                    {BPF_LDX | BPF_MEM, 0, 0, 15},
                    {BPF_ALU | BPF_ADD | BPF_X, 0, 0, 0}};
  EXPECT_EQ(answer(returningA(stored)), 10);
  const Code jumps{{BPF_LD | BPF_IMM, 0, 0, 7},
                   {BPF_JMP | BPF_JGT | BPF_K, 0, 2, 6},
                   {BPF_JMP | BPF_JA, 0, 0, 1},
                   {BPF_RET | BPF_K, 0, 0, 1},
                   {BPF_RET | BPF_K, 0, 0, 2}};
  EXPECT_EQ(answer(jumps), 2);
}

TEST_F(Filter, ThatFindsNoSuchByteOrDividesByZeroAnswers0) {
  EXPECT_EQ(attach({{BPF_LD | BPF_B | BPF_ABS, 0, 0, 10}, {BPF_RET | BPF_K, 0, 0, 99}}), 0);
  arrives(onEthernet(datagram(7000, "ab")));
  EXPECT_EQ(received(), "");
  EXPECT_EQ(notes("filter.outside"), 1);
  EXPECT_EQ(attach({{BPF_ALU | BPF_DIV | BPF_X, 0, 0, 0}, {BPF_RET | BPF_K, 0, 0, 99}}), 0) << "X is known only later";
  arrives(onEthernet(datagram(7000, "ab")));
  EXPECT_EQ(received(), "");
  EXPECT_EQ(notes("filter.divided_by_zero"), 1);
}

TEST_F(Filter, IsRefusedForWhateverCouldGoWrongLater) {
  const sock_filter end{BPF_RET | BPF_K, 0, 0, 1};
  const std::pair<Code, const char*> wrong[] = {
      {{{0xff, 0, 0, 0}, end}, "filter.unknown_code"},
      {{{BPF_ALU | BPF_DIV | BPF_K, 0, 0, 0}, end}, "filter.constant_zero"},
      {{{BPF_ALU | BPF_LSH | BPF_K, 0, 0, 32}, end}, "filter.shift_too_far"},
      {{{BPF_ST, 0, 0, 16}, end}, "filter.no_such_word"},
      {{{BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0}, end}, "filter.jumps_out"},
      {{{BPF_JMP | BPF_JA, 0, 0, 1}, end}, "filter.jumps_out"},
      {{{BPF_LD | BPF_W | BPF_ABS, 0, 0, u32(SKF_AD_OFF) + 2}, end}, "filter.no_such_ancillary"},
      {{{BPF_LD | BPF_IMM, 0, 0, 1}}, "filter.no_return"},
      {{{BPF_LD | BPF_MEM, 0, 0, 3}, end}, "filter.never_stored"},
      // Stored on one of the two ways only.
      {{{BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0}, {BPF_ST, 0, 0, 3}, {BPF_LD | BPF_MEM, 0, 0, 3}, end},
       "filter.never_stored"},
  };
  for (const auto& [code, note] : wrong) {
    const int before = notes(note);
    EXPECT_EQ(attach(code), -EINVAL) << note;
    EXPECT_EQ(notes(note), before + 1) << note;
  }
  EXPECT_EQ(attach({{BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0},
                    {BPF_ST, 0, 0, 3},
                    {BPF_ST, 0, 0, 3},
                    {BPF_LD | BPF_MEM, 0, 0, 3},
                    end}),
            0)
      << "whichever way: it is stored";
}

TEST_F(Filter, IsFreedWithItsLastSocket) {
  const auto before = m.census();
  EXPECT_EQ(attach({{BPF_RET | BPF_K, 0, 0, 0}}), 0);
  EXPECT_EQ(attach({{BPF_RET | BPF_K, 0, 0, 1}}), 0);
  const u64 zero = m.userRoom(4);
  EXPECT_EQ(m.call([=, this] { return __x64_sys_setsockopt(socket, SolSocket, 27, zero, 4); }), 0);
  m.machine.runUntil(m.machine.now() + 1000000000); // RCU's grace
  EXPECT_EQ(m.census(), before);
  EXPECT_EQ(m.call([=, this] { return __x64_sys_setsockopt(socket, SolSocket, 27, zero, 4); }), -ENOENT);
}

} // namespace
} // namespace sockwalk::kernel
