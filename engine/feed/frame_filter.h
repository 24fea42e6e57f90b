// A filter in libpcap's words, "tcp port 80 and host 10.0.0.1" (pcap-filter(7)), on Ethernet frames that are here already.
#pragma once
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include <memory>
#include <string>

namespace sockwalk {

class FrameFilter {
public:
  static Result<FrameFilter> compile(const std::string& words);
  bool matches(ByteView frame) const;

private:
  struct Program; // libpcap's
  explicit FrameFilter(std::shared_ptr<const Program> program) : m_program(std::move(program)) {}
  std::shared_ptr<const Program> m_program;
};

} // namespace sockwalk
