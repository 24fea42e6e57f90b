// A filter in libpcap's words, "tcp port 80 and host 10.0.0.1" (pcap-filter(7)), on Ethernet frames that are here already;
// or as the program that libpcap makes of the words, for a kernel that is to run it.
#pragma once
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include <memory>
#include <string>
#include <vector>

namespace sockwalk {

enum class FirstHeader { Ethernet, Ip }; // with what the packets begin that the filter will see

struct FilterInstruction { // of classic BPF; the same eight bytes as the kernel's struct sock_filter
  u16 code;
  u8 yes, no; // instructions to jump over
  u32 k;
};

class FrameFilter {
public:
  static Result<FrameFilter> compile(const std::string& words, FirstHeader first = FirstHeader::Ethernet);
  bool matches(ByteView frame) const;
  std::vector<FilterInstruction> instructions() const;

private:
  struct Program; // libpcap's
  explicit FrameFilter(std::shared_ptr<const Program> program) : m_program(std::move(program)) {}
  std::shared_ptr<const Program> m_program;
};

} // namespace sockwalk
