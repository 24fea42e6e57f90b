// Instructions of classic BPF as tcpdump -d writes them.
#pragma once
#include "engine/memory/structures.h"
#include <string>
#include <vector>

namespace sockwalk::tell {

struct InstructionWords {
  std::string operation, operand; // "ldh", "[12]"
};
InstructionWords instructionWords(const kernel::sock_filter& f);
bool isConditionalJump(const kernel::sock_filter& f);
// The instructions to which one that stands at `at` may jump: first for "yes", then for "no"; none: it is no jump.
std::vector<u32> leadsTo(const kernel::sock_filter& f, u32 at);
bool usesWords(const kernel::sock_filter& f); // it reads or writes M

// "(001) jeq      #0x800           jt 2\tjf 10": with where it stands, since its jumps are told as places.
std::string instructionLine(const kernel::sock_filter& f, u32 at);
// "jeq #0x800", of the eight bytes of the instruction, as a note has them.
std::string instructionText(u64 bits);

} // namespace sockwalk::tell
