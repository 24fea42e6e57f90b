// What a call was handed and what it gave back, as the kernel's source would write it: priority=GFP_KERNEL,
// state=TCP_SYN_RECV, saddr=10.0.2.15, optname=SO_REUSEADDR. engine/tell/arguments.tsv says what each number is; what
// one is may depend on the function and on the other arguments (an optname on the level).
#pragma once
#include "engine/journal/playhead.h"
#include "engine/kernel/note_table.h"
#include "engine/tell/text.h"
#include <optional>

namespace sockwalk::tell {

// As the source has it: "protocol".
std::string argumentName(const FunctionInfo& function, size_t index);
// "IPPROTO_TCP" of all the `arguments` of a call.
std::string argumentValue(const Playhead& at, const FunctionInfo& function, std::span<const u64> arguments,
                          size_t index);
// The same for a sentence: "protocol IPPROTO_TCP"; what speaks for itself has no label: "tcp_sock #1", "AF_INET".
Text argumentWords(const Playhead& at, const FunctionInfo& function, std::span<const u64> arguments, size_t index);
// "3", "tcp_sock #1", "-EAFNOSUPPORT (97)", "NET_RX_SUCCESS", "TCP_TW_ACK".
std::string resultValue(const Playhead& at, const FunctionInfo& function, std::span<const u64> arguments, u64 value);

// What the table says of them; nothing where an argument is not in it, or is a pointer to a structure.
std::optional<kernel::NoteArgument> argumentKind(const FunctionInfo& function, std::span<const u64> arguments,
                                                 size_t index);
std::optional<kernel::NoteArgument> resultKind(const FunctionInfo& function, std::span<const u64> arguments);

} // namespace sockwalk::tell
