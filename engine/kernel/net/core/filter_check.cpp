// The check of a filter when it is attached: whatever passes may be run on any packet without a further look.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/trace.h"
#include "engine/memory/constants/errors.h"
#include <algorithm>
#include <vector>

namespace sockwalk::kernel {

namespace {
bool isOneOf(u16 code, std::initializer_list<int> codes) { return std::ranges::find(codes, code) != codes.end(); }
bool isOperation(u16 code) { // with the constant or with X; neg has no second operand
  const u16 op = BPF_OP(code);
  return op <= BPF_XOR && (op != BPF_NEG || BPF_SRC(code) == BPF_K);
}
bool isLoad(u16 code) {
  const u16 mode = BPF_MODE(code), size = BPF_SIZE(code);
  if (mode == BPF_ABS || mode == BPF_IND) return size <= BPF_B;
  return size == BPF_W && isOneOf(mode, {BPF_IMM, BPF_MEM, BPF_LEN});
}
// Of the 256 codes that an instruction could have, classic BPF has about fifty.
bool isKnown(u16 code) {
  if (code > 0xff) return false;
  switch (BPF_CLASS(code)) {
  case BPF_LD: return isLoad(code);
  case BPF_LDX:
    return isOneOf(code, {BPF_LDX | BPF_IMM, BPF_LDX | BPF_MEM, BPF_LDX | BPF_LEN, BPF_LDX | BPF_B | BPF_MSH});
  case BPF_ST: return code == BPF_ST;
  case BPF_STX: return code == BPF_STX;
  case BPF_ALU: return isOperation(code);
  case BPF_JMP: return code == (BPF_JMP | BPF_JA) || (BPF_OP(code) && BPF_OP(code) <= BPF_JSET);
  case BPF_RET: return isOneOf(code, {BPF_RET | BPF_K, BPF_RET | BPF_A});
  default: return isOneOf(code, {BPF_MISC | BPF_TAX, BPF_MISC | BPF_TXA});
  }
}

bool usesWord(u16 code) { return isOneOf(code, {BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM, BPF_ST, BPF_STX}); }
bool isStore(u16 code) { return code == BPF_ST || code == BPF_STX; }
bool isAbsoluteLoad(u16 code) { return BPF_CLASS(code) == BPF_LD && BPF_MODE(code) == BPF_ABS; }

// The last instruction but one may be jumped over; the last must be a ret, so that there is always one to come to.
bool staysInside(const sock_filter& f, u32 at, u32 length) {
  if (f.code == (BPF_JMP | BPF_JA)) return f.k < length - at - 1;
  return at + 1 + std::max(f.jt, f.jf) < length;
}
// What is asked for behind SKF_AD_OFF exists.
bool isAnswered(const sock_filter& f) {
  const auto offset = static_cast<s32>(f.k);
  if (offset < SKF_AD_OFF || offset >= 0) return true;
  const s32 what = offset - SKF_AD_OFF;
  const bool answered = what % 4 == 0 && what < SKF_AD_MAX;
  return answered && !isOneOf(static_cast<u16>(what), {SKF_AD_NLATTR, SKF_AD_NLATTR_NEST, SKF_AD_PAY_OFFSET});
}

bool isSafe(const sock_filter& f, u32 at, u32 length) {
  const u64 bits = instructionBits(f);
  const u16 op = BPF_OP(f.code);
  if (!isKnown(f.code)) return NOTE("filter.unknown_code", at, f.code), false;
  const bool byConstant = BPF_CLASS(f.code) == BPF_ALU && BPF_SRC(f.code) == BPF_K;
  if (byConstant && (op == BPF_DIV || op == BPF_MOD) && !f.k) return NOTE("filter.constant_zero", at, bits), false;
  if (byConstant && (op == BPF_LSH || op == BPF_RSH) && f.k >= 32) return NOTE("filter.shift_too_far", at, bits), false;
  if (usesWord(f.code) && f.k >= BPF_MEMWORDS) return NOTE("filter.no_such_word", at, bits), false;
  if (BPF_CLASS(f.code) == BPF_JMP && !staysInside(f, at, length))
    return NOTE("filter.jumps_out", at, bits, length), false;
  if (isAbsoluteLoad(f.code) && !isAnswered(f)) return NOTE("filter.no_such_ancillary", at, bits), false;
  return true;
}

// A word of M may be read only where every way to that place has written it: else a program would read what an earlier
// packet, or the kernel, has left there. All jumps go forward, so one pass from front to back meets every way.
class StoredWords {
public:
  explicit StoredWords(u32 length) : m_atPlace(length, AllWords) {}
  // False: it reads a word that may not have been written.
  bool pass(const sock_filter& f, u32 at) {
    m_stored &= m_atPlace[at];
    if (isStore(f.code)) m_stored |= 1u << f.k;
    else if (usesWord(f.code)) return m_stored >> f.k & 1;
    else if (f.code == (BPF_JMP | BPF_JA)) leaveFor(at + 1 + f.k);
    else if (BPF_CLASS(f.code) == BPF_JMP) branch(at + 1 + f.jt, at + 1 + f.jf);
    return true;
  }

private:
  static constexpr u32 AllWords = 0xffff;
  void arrive(u32 place) { m_atPlace[place] &= m_stored; }
  void leaveFor(u32 place) {
    arrive(place);
    m_stored = AllWords; // nobody comes from here to the next instruction
  }
  void branch(u32 yes, u32 no) {
    arrive(yes);
    leaveFor(no);
  }
  std::vector<u32> m_atPlace; // what is written for certain when one comes there by a jump
  u32 m_stored = 0;
};
} // namespace

static int check_load_and_stores(const sock_filter* filter, u32 flen) {
  KFUNC(check_load_and_stores, filter, flen);
  INLINED();
  StoredWords words(flen);
  for (u32 at = 0; at < flen; ++at) {
    if (words.pass(filter[at], at)) continue;
    NOTE("filter.never_stored", at, instructionBits(filter[at]));
    return call.result(-EINVAL);
  }
  return call.result(0);
}

int bpf_check_classic(const sock_filter* filter, u32 flen) {
  KFUNC(bpf_check_classic, filter, flen);
  INLINED();
  SIMPLIFIED("a filter that loads netlink attributes or the payload's offset is refused");
  for (u32 at = 0; at < flen; ++at)
    if (!isSafe(filter[at], at, flen)) return call.result(-EINVAL);
  const bool ends = BPF_CLASS(filter[flen - 1].code) == BPF_RET;
  if (!ends) return NOTE("filter.no_return", flen), call.result(-EINVAL);
  return call.result(check_load_and_stores(filter, flen));
}

} // namespace sockwalk::kernel
