#include "engine/tell/filters/instruction_text.h"
#include "engine/base/digits.h"
#include "engine/kernel/include/linux/filter.h"
#include <cstdio>
#include <cstring>
#include <utility>

namespace sockwalk::tell {

using namespace sockwalk::kernel;

namespace {

std::string decimal(u32 k) { return std::to_string(static_cast<s32>(k)); }

// What is behind SKF_AD_OFF, as tcpdump calls it.
std::string ancillaryName(s32 what) {
  static constexpr std::pair<int, const char*> Names[] = {{SKF_AD_PROTOCOL, "proto"},
                                                          {SKF_AD_PKTTYPE, "type"},
                                                          {SKF_AD_IFINDEX, "ifidx"},
                                                          {SKF_AD_NLATTR, "nla"},
                                                          {SKF_AD_NLATTR_NEST, "nlan"},
                                                          {SKF_AD_MARK, "mark"},
                                                          {SKF_AD_QUEUE, "queue"},
                                                          {SKF_AD_HATYPE, "hatype"},
                                                          {SKF_AD_RXHASH, "rxhash"},
                                                          {SKF_AD_CPU, "cpu"},
                                                          {SKF_AD_ALU_XOR_X, "xor_x"},
                                                          {SKF_AD_VLAN_TAG, "vlan_tci"},
                                                          {SKF_AD_VLAN_TAG_PRESENT, "vlanp"},
                                                          {SKF_AD_PAY_OFFSET, "poff"},
                                                          {SKF_AD_RANDOM, "rand"}};
  for (const auto& [number, name] : Names)
    if (number == what) return name;
  return {};
}
std::string packetPlace(const sock_filter& f) {
  const auto k = static_cast<s32>(f.k);
  if (BPF_MODE(f.code) == BPF_IND) return "[x + " + decimal(f.k) + ']';
  const std::string known = k < 0 && k >= SKF_AD_OFF ? ancillaryName(k - SKF_AD_OFF) : std::string();
  return '[' + (known.empty() ? decimal(f.k) : known) + ']';
}

InstructionWords load(const sock_filter& f) {
  const bool index = BPF_CLASS(f.code) == BPF_LDX;
  const std::string ld = index ? "ldx" : "ld";
  switch (BPF_MODE(f.code)) {
  case BPF_IMM: return {ld, '#' + hexText(f.k)};
  case BPF_MEM: return {ld, "M[" + decimal(f.k) + ']'};
  case BPF_LEN: return {ld, "#pktlen"};
  case BPF_MSH: return {"ldxb", "4*([" + decimal(f.k) + "]&0xf)"};
  default: return {BPF_SIZE(f.code) == BPF_W ? "ld" : BPF_SIZE(f.code) == BPF_H ? "ldh" : "ldb", packetPlace(f)};
  }
}
InstructionWords compute(const sock_filter& f) {
  static constexpr const char* Names[] = {"add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor"};
  const u16 op = BPF_OP(f.code);
  const char* name = op <= BPF_XOR ? Names[op >> 4] : "?";
  if (op == BPF_NEG) return {name, ""};
  if (BPF_SRC(f.code) == BPF_X) return {name, "x"};
  const bool bits = op == BPF_OR || op == BPF_AND || op == BPF_XOR;
  return {name, '#' + (bits ? hexText(f.k) : decimal(f.k))};
}
InstructionWords jump(const sock_filter& f) {
  static constexpr const char* Names[] = {"ja", "jeq", "jgt", "jge", "jset"};
  const u16 op = BPF_OP(f.code);
  if (op == BPF_JA) return {"ja", ""};
  return {op <= BPF_JSET ? Names[op >> 4] : "?", BPF_SRC(f.code) == BPF_X ? "x" : '#' + hexText(f.k)};
}

} // namespace

InstructionWords instructionWords(const sock_filter& f) {
  switch (BPF_CLASS(f.code)) {
  case BPF_LD:
  case BPF_LDX: return load(f);
  case BPF_ST: return {"st", "M[" + decimal(f.k) + ']'};
  case BPF_STX: return {"stx", "M[" + decimal(f.k) + ']'};
  case BPF_ALU: return compute(f);
  case BPF_JMP: return jump(f);
  case BPF_RET: return {"ret", f.code == (BPF_RET | BPF_A) ? "" : '#' + decimal(f.k)};
  default: return {f.code == (BPF_MISC | BPF_TAX) ? "tax" : "txa", ""};
  }
}

bool isConditionalJump(const sock_filter& f) { return BPF_CLASS(f.code) == BPF_JMP && BPF_OP(f.code) != BPF_JA; }

std::vector<u32> leadsTo(const sock_filter& f, u32 at) {
  if (f.code == (BPF_JMP | BPF_JA)) return {at + 1 + f.k};
  return isConditionalJump(f) ? std::vector<u32>{at + 1 + f.jt, at + 1 + f.jf} : std::vector<u32>{};
}
bool usesWords(const sock_filter& f) {
  const u16 kind = BPF_CLASS(f.code);
  return kind == BPF_ST || kind == BPF_STX || (kind <= BPF_LDX && BPF_MODE(f.code) == BPF_MEM);
}

std::string instructionLine(const sock_filter& f, u32 at) {
  InstructionWords words = instructionWords(f);
  if (f.code == (BPF_JMP | BPF_JA)) words.operand = std::to_string(at + 1 + f.k);
  char text[96];
  if (isConditionalJump(f))
    std::snprintf(text, sizeof text, "(%03u) %-8s %-16s jt %u\tjf %u", at, words.operation.c_str(),
                  words.operand.c_str(), at + 1 + f.jt, at + 1 + f.jf);
  else std::snprintf(text, sizeof text, "(%03u) %-8s %s", at, words.operation.c_str(), words.operand.c_str());
  return text;
}

std::string instructionText(u64 bits) {
  sock_filter f;
  std::memcpy(&f, &bits, sizeof f);
  const InstructionWords words = instructionWords(f);
  return words.operand.empty() ? words.operation : words.operation + ' ' + words.operand;
}

} // namespace sockwalk::tell
