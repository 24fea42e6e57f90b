// The system calls that scripts and the console can make, and what their arguments are.
#pragma once
#include "engine/base/types.h"
#include <span>
#include <string>
#include <string_view>

namespace sockwalk::scenario {

// What stands in one place of a call. A letter each in CallShape::arguments:
//   f  a file descriptor of the script         i  a number
//   D  a descriptor that the call is to give: one that is open, or a number that is free
//   d  bytes that the call reads: "text", a netlink message in words (netlink_words.h), ...: zeros
//   n  how many (of the d or w before it); ...: as many as the message has
//   w  room that the call fills; a text, or netlink messages, are compared with what came
//   a  an address that the call reads          l  its length, or a value's
//   A  room for an address; one given is compared
//   L  pointer to a length: [in], compared; [in, out] if they differ; `...`: the room there is
//   v  an option's value: [int], text, {onoff=, linger=}
//   V  room for an option's value, compared
//   c  fcntl's third, absent for some commands
//   g  ioctl's third: [n] is compared, or given to commands that read it
//   m  a msghdr to send                        M  a msghdr to receive into
//   s  room for two descriptors: [3, 4]
//   F  a family; `...`: AF_INET
//   r  iovecs to read into                     W  iovecs to write from: [{..., 1000}, {"text", 4}]
//   p  pollfds: [{fd=3, events=POLLIN, revents=POLLIN}], revents compared
//   e  an epoll_event that the call reads      E  room for as many as `n` says; those given are compared
//   S  a set of descriptors for select: [3, 4], or {[3, 4], [3]} with what is to come back
//   t  a timespec: [seconds, nanoseconds], or NULL      T  a timeval, [seconds, microseconds], made a timespec
//   o  pointer to a file offset: [0]
//   P  a path: "text"
struct CallShape {
  std::string_view name, arguments;
  char result; // 'f': a new file descriptor; 'n': a number; 'x': 0, and the descriptor (first argument) is gone
  s64 (*call)(const u64* arguments);
  size_t required; // arguments that must be written; the rest may be left out
};
const CallShape* callNamed(std::string_view name); // nullptr: this kernel does not have it
std::span<const CallShape> callShapes();
std::string noCallNamed(const std::string& name); // what is said then, with the one that was probably meant

} // namespace sockwalk::scenario
