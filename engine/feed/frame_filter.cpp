#include "engine/feed/frame_filter.h"
#include <pcap/pcap.h>

namespace sockwalk {

struct FrameFilter::Program {
  bpf_program code{};
  Program() = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { pcap_freecode(&code); }
};

Result<FrameFilter> FrameFilter::compile(const std::string& words, FirstHeader first) {
  constexpr int WholeFrames = 262144, Optimise = 1;
  const int link = first == FirstHeader::Ethernet ? DLT_EN10MB : DLT_RAW;
  const std::unique_ptr<pcap_t, void (*)(pcap_t*)> handle(pcap_open_dead(link, WholeFrames), pcap_close);
  if (!handle) return Error{"libpcap has no memory for a filter"};
  auto program = std::make_shared<Program>();
  if (pcap_compile(handle.get(), &program->code, words.c_str(), Optimise, PCAP_NETMASK_UNKNOWN) != 0)
    return Error{"'" + words + "' is no filter as tcpdump takes it: " + pcap_geterr(handle.get())};
  return FrameFilter(std::move(program));
}

bool FrameFilter::matches(ByteView frame) const {
  pcap_pkthdr header{};
  header.caplen = header.len = static_cast<bpf_u_int32>(frame.size());
  return pcap_offline_filter(&m_program->code, &header, frame.data()) != 0;
}

std::vector<FilterInstruction> FrameFilter::instructions() const {
  const bpf_program& code = m_program->code;
  std::vector<FilterInstruction> out;
  for (u_int i = 0; i < code.bf_len; ++i)
    out.push_back({code.bf_insns[i].code, code.bf_insns[i].jt, code.bf_insns[i].jf, code.bf_insns[i].k});
  return out;
}

} // namespace sockwalk
