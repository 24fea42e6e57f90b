#include "engine/feed/live_capture.h"

#include "engine/feed/link_types.h"
#include <algorithm>
#include <pcap/pcap.h>
#include <unistd.h>

namespace sockwalk {

namespace {

std::string thisProgram() {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : "PROGRAM";
}

std::string activationProblem(pcap_t* handle, int status, const std::string& interface) {
  const std::string begin = "cannot capture on " + interface + ": ";
  switch (status) {
  case PCAP_ERROR_PERM_DENIED:
  case PCAP_ERROR_PROMISC_PERM_DENIED:
    return begin + "no right to capture. To grant it once, type:\n" + captureRightsHelp(thisProgram());
  case PCAP_ERROR_NO_SUCH_DEVICE: {
    std::string known;
    for (const std::string& name : LiveCapture::interfaces()) known += (known.empty() ? "" : ", ") + name;
    return begin + "there is no such interface" + (known.empty() ? "" : "; expected one of: " + known);
  }
  case PCAP_ERROR_IFACE_NOT_UP:
    return begin + "the interface is down. To bring it up, type:\nsudo ip link set " + interface + " up";
  default: {
    std::string reason = pcap_geterr(handle);
    return begin + (reason.empty() ? pcap_statustostr(status) : reason);
  }
  }
}

constexpr int SnapLength = 262144; // the largest libpcap takes: no frame is cut
constexpr int BufferBytes = 8 << 20;

Result<void> configure(pcap_t* handle, const std::string& interface, bool promiscuous) {
  pcap_set_snaplen(handle, SnapLength);
  pcap_set_promisc(handle, promiscuous);
  pcap_set_immediate_mode(handle, 1); // frames one by one, not in batches: a person is watching
  pcap_set_buffer_size(handle, BufferBytes);
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  if (int status = pcap_activate(handle); status < 0) return Error{activationProblem(handle, status, interface)};
  if (const auto link = static_cast<std::uint32_t>(pcap_datalink(handle)); !linkType(link))
    return Error{"cannot capture on " + interface + ": its link type is " + linkTypeName(link) + "; " +
                 linkTypeAdvice(link)};
  char reason[PCAP_ERRBUF_SIZE] = "";
  if (pcap_setnonblock(handle, 1, reason) != 0) return Error{"cannot capture on " + interface + ": " + reason};
  return {};
}

} // namespace

std::string captureRightsHelp(const std::string& program) {
  return "sudo setcap cap_net_raw+ep '" + program + "'\nand start the program again.";
}

void LiveCapture::Closer::operator()(pcap* handle) const { pcap_close(handle); }

Result<LiveCapture> LiveCapture::open(const std::string& interface, Options options) {
  char reason[PCAP_ERRBUF_SIZE] = "";
  LiveCapture capture;
  capture.m_interface = interface;
  capture.m_handle.reset(pcap_create(interface.c_str(), reason));
  if (!capture.m_handle) return Error{"cannot capture on " + interface + ": " + reason};
  if (Result<void> ready = configure(capture.m_handle.get(), interface, options.promiscuous); !ready)
    return ready.error();
  capture.m_fd = pcap_get_selectable_fd(capture.m_handle.get());
  return capture;
}

std::vector<std::string> LiveCapture::interfaces() {
  std::vector<std::string> names;
  char reason[PCAP_ERRBUF_SIZE];
  pcap_if_t* list = nullptr;
  if (pcap_findalldevs(&list, reason) != 0) return names;
  for (const pcap_if_t* entry = list; entry; entry = entry->next) names.push_back(entry->name);
  pcap_freealldevs(list);
  return names;
}

Result<std::vector<LiveFrame>> LiveCapture::poll(std::size_t maxFrames) {
  std::vector<LiveFrame> frames;
  const LinkType& link = *linkType(static_cast<std::uint32_t>(pcap_datalink(m_handle.get())));
  while (frames.size() < maxFrames) {
    pcap_pkthdr* header = nullptr;
    const u_char* data = nullptr;
    int status = pcap_next_ex(m_handle.get(), &header, &data);
    if (status == 0) break;
    if (status < 0) {
      if (!frames.empty()) break; // hand over what came first; the next call meets the error again
      return Error{"capture on " + m_interface + " ended: " + pcap_geterr(m_handle.get())};
    }
    const std::int64_t epochNs = std::int64_t{header->ts.tv_sec} * 1'000'000'000 + header->ts.tv_usec;
    if (m_firstNs < 0) m_firstNs = epochNs;
    m_lastNs = std::max(m_lastNs, epochNs - m_firstNs); // the host's clock may be set back
    const auto opened = link.open({data, header->caplen});
    if (!opened) continue; // neither IP nor ARP
    std::vector<std::uint8_t> frame = ethernetFrame(*opened);
    const auto length = static_cast<std::uint32_t>(header->len - header->caplen + frame.size());
    frames.push_back({m_lastNs, epochNs, length, std::move(frame)});
  }
  return frames;
}

LiveCapture::Statistics LiveCapture::statistics() const {
  pcap_stat counts{};
  if (pcap_stats(m_handle.get(), &counts) != 0) return {};
  return {counts.ps_recv, counts.ps_drop};
}

} // namespace sockwalk
