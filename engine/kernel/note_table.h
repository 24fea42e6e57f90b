// What the notes say: the sentences of engine/kernel/notes.tsv. A front end puts the arguments of a Note event in their
// places, each named as its kind says, and may translate the sentence; nobody has words of his own for a note.
#pragma once
#include "engine/base/types.h"
#include <span>
#include <string_view>

namespace sockwalk::kernel {

// What a number is, so that it can be named. Arguments and results of functions have the same kinds
// (engine/tell/arguments.tsv); kinds.py says how a table writes them.
enum class NoteKind : u8 {
  Number,
  Sequence, // of TCP: counted from the first one of its connection
  Constant, // 2 of the group "families" is AF_INET; a value without a name stays a number
  Hex,
  Octal,
  Boolean,
  Whether, // not shown: 0 chooses `otherwise`
  Object,  // a kernel address
  User,    // an address of the program's
  Text,    // the address of a text in the kernel's memory, which ends with a zero byte
  Address, // IPv4, in network byte order
  Port,    // in network byte order
  EtherType,
  NetworkEtherType, // the same in network byte order
  Interface,        // the number of a device
  Task,             // a pid
  Error,            // a result: a negative errno is named
  Errno,            // an errno as errno.h has it, positive
  Icmp,             // the message in words; the next argument is its code
  IcmpType,
  IcmpCode,       // of the IcmpType or Icmp before it
  ControlMessage, // by the level before it
  NetworkNumber,  // in network byte order
  SocketType,     // with SOCK_NONBLOCK and SOCK_CLOEXEC in it
  OpenFlags,      // of a file: the access mode and the flags
  OpenBits,       // the flags alone
  DropResult,     // a result: the negative of a reason for a drop
  Instruction,    // of classic BPF: a whole struct sock_filter
  Verdict,        // of a rule of iptables: negative if it decides, else the offset of the rule that is next
  Bytes,
  Packets,
  Nanoseconds,
  Microseconds,
  Milliseconds,
  Seconds,
  Ticks,  // jiffies, as a length of time
  Moment, // nanoseconds since the machine began
};

struct NoteArgument {
  NoteKind kind = NoteKind::Number;
  std::string_view group =
      {};               // of constants: "families"; of two, "errors|more", the first that has a name for the value
  bool chooses = false; // 0 chooses `otherwise`
};

struct NoteText {
  std::string_view id;
  NoteArgument kinds[6]; // of the first `arguments` values
  u8 arguments;
  const char* sentence; // %1, %2 ... stand for the arguments
  const char* otherwise = nullptr;

  // Which of the two sentences these values ask for.
  const char* chosen(std::span<const u64> values) const;
};

std::span<const NoteText> noteTable(); // sorted by id
// Of a registered note: NOTE() takes no id that is not in the table.
const NoteText& noteText(std::string_view id);

} // namespace sockwalk::kernel
