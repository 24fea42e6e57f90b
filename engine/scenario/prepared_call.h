// One system call on its way from text to kernel and back: arguments are evaluated and laid out in user memory, the call
// runs, and what it left in user memory is held against what the script wrote.
#pragma once
#include "engine/base/bytes.h"
#include "engine/kernel/machine/machine.h"
#include "engine/scenario/call_table.h"
#include "engine/scenario/values.h"
#include <functional>
#include <optional>

namespace sockwalk::scenario {

// What a call is made with. File descriptors of scripts are numbers of their own; the console uses the kernel's.
struct CallContext {
  kernel::Machine& machine;
  kernel::TaskId task;
  Endpoint local, remote;                           // what `...` means as an address
  std::function<s64(s64 fd, Position at)> kernelFd; // the kernel's number of a script's
  const Variables* variables = nullptr;
  s64 start = 0, tolerance = 0; // ns: a script's time 0, and how far a time stamp may be off
};

class PreparedCall {
public:
  // Throws PlayError.
  PreparedCall(const CallShape& shape, const std::vector<Expression>& arguments, Position at,
               const CallContext& context);

  // Makes the call; gives the stimulus.
  u32 make(kernel::Machine& machine, kernel::TaskId task, std::string text, std::string caseName);
  // After the call returned: what it left in memory is not as the arguments say. Throws PlayError.
  void compareMemory(const kernel::Machine& machine, s64 result) const;

  const CallShape& shape() const { return *m_shape; }
  u64 argument(size_t i) const { return m_arguments[i]; }
  std::optional<Endpoint> address() const { return m_address; } // the one that the call was given
  bool isLocal() const { return m_local; }                      // its address is a local socket's
  bool hasText() const { return m_hasText; }                    // it sends written text, not zeros
  // Descriptors that the call left in memory: what the script calls each, and the kernel's number.
  std::vector<std::pair<s64, s64>> newDescriptors() const;

private:
  struct Fill {
    const void* at;
    std::vector<u8> bytes;
  };
  using Check = std::function<void(s64 result)>;

  u64 prepare(char kind, const std::vector<Expression>& all, size_t i);
  u64 room(size_t size);             // fresh user memory; its address
  u64 filled(std::vector<u8> bytes); // user memory that holds these when the call begins
  u64 data(const Expression& e, const Expression* count);
  u64 received(const Expression& e, const Expression* count);
  u64 addressIn(const Expression& e);
  u64 addressOut(const Expression& e);
  std::vector<u8> netlinkName(const Struct& s) const;
  u64 netlinkAddress(const Struct& s);
  void expectNetlinkName(u64 at, const Struct& s, Position where);
  u64 lengthInOut(const Expression& e);
  u64 optionIn(const Expression& e);
  bool attachesFilter() const;
  u64 filterIn(const Expression& e); // struct sock_fprog and what it points at
  u64 optionOut(const Expression& e, const Expression* length);
  u64 numberOut(const Expression& e, u64 command);
  u64 descriptorOut(const Expression& e);
  u64 descriptorsOut(const Expression& e);
  u64 vectors(const Expression& e, bool toSend);
  u64 pollFds(const Expression& e);
  u64 epollEventIn(const Expression& e);
  u64 epollEventsOut(const Expression& e, const Expression* count);
  u64 descriptorSet(const Expression& e);
  u64 timeIn(const Expression& e, s64 fraction); // ns of one step of its fraction
  u64 offsetInOut(const Expression& e);
  u64 path(const Expression& e);
  u64 controlIn(const Expression& e, size_t& length);
  u64 controlOut(const Expression& e, u64 header, size_t& length);
  // ---- prepared_local.cpp: what only sockets of AF_UNIX have
  u64 localAddressIn(const Struct& s);
  u64 localAddressOut(const Struct& s, Position where);
  std::vector<u8> localAddress(const Struct& s, Position where) const;
  std::vector<u8> controlBytes(const Expression& value, u32 type) const; // descriptors, credentials, text or an int
  void expectCredentials(const Struct& s, u64 at);
  void compareCredentials(const Struct& expected, Position where, const u8* at) const;
  std::vector<std::pair<s64, s64>> passedDescriptors() const;
  ByteView controlCame() const;
  void compareControl(const Expression& expected, const u8* at, size_t size) const;
  void compareCmsg(const Struct& expected, Position where, ByteView data) const;
  std::vector<u8> setOf(const Expression& list);
  u64 message(const Expression& e, bool toSend);
  s64 number(const Expression& e) const { return integerOf(e, m_context.variables); }
  size_t size(const Expression& e, bool mayBeNegative = false) const; // a byte count that fits into user memory
  const u8* host(u64 address) const;
  void expectInt(u64 address, s64 expected, Position at, const char* what);
  Endpoint endpointOf(const Struct& s, Position at, u16& family) const;
  std::vector<u8> sockaddr(u16 family, const Endpoint& e) const;

  const CallShape* m_shape;
  const CallContext m_context;
  std::vector<u64> m_arguments;
  std::vector<Fill> m_fills;
  std::vector<Check> m_checks;
  std::optional<Endpoint> m_address;
  bool m_hasText = false, m_local = false;
  u64 m_descriptorsAt = 0; // where the call leaves new descriptors
  std::vector<s64> m_newDescriptors;
  const Expression* m_controlExpected = nullptr; // a list of control messages, among them descriptors perhaps
  u64 m_controlAt = 0, m_controlHeader = 0;      // where they will stand, and the msghdr that says how much of it
  s64 m_highestFd = -1;                          // of the sets given to select
  size_t m_messageLength = 0;                    // of the netlink message just prepared: what `...` means as its length
  u32 m_lastLength = 0; // of the address or value just prepared: what `...` means as its length
};

} // namespace sockwalk::scenario
