#include "engine/feed/live_capture.h"

#include "engine/feed/host_link.h"
#include "engine/feed/link_types.h"
#include <algorithm>
#include <arpa/inet.h>
#include <bit>
#include <cerrno>
#include <cstring>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <sys/socket.h>
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

constexpr int BufferBytes = 8 << 20;

// libpcap's words for what is wrong with a filter, without what it says each time before them.
std::string filterWords(pcap_t* handle) {
  const std::string words = pcap_geterr(handle), before = "can't parse filter expression: ";
  return words.starts_with(before) ? words.substr(before.size()) : words;
}

// Compiles `filter` for this handle; "" or what is wrong with it. `use`: and lets through only what it takes.
std::string applyFilter(pcap_t* handle, const std::string& filter, bool use) {
  bpf_program program{};
  if (pcap_compile(handle, &program, filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) return filterWords(handle);
  const bool done = !use || pcap_setfilter(handle, &program) == 0;
  pcap_freecode(&program);
  return done ? "" : pcap_geterr(handle);
}

std::uint32_t linkOf(pcap_t* handle) { return static_cast<std::uint32_t>(pcap_datalink(handle)); }

// Of the two kinds of packets that "any" gives, the newer one: it names the interface of each.
Result<void> chooseLink(pcap_t* handle, const std::string& interface) {
  if (pcap_datalink(handle) == DLT_LINUX_SLL) pcap_set_datalink(handle, DLT_LINUX_SLL2);
  if (const std::uint32_t link = linkOf(handle); !linkType(link))
    return Error{"cannot capture on " + interface + ": its link type is " + linkTypeName(link) + "; " +
                 linkTypeAdvice(link)};
  return {};
}

Result<void> configure(pcap_t* handle, const std::string& interface, const LiveCapture::Options& options) {
  pcap_set_snaplen(handle, static_cast<int>(options.snapLength));
  pcap_set_promisc(handle, options.promiscuous);
  pcap_set_immediate_mode(handle, 1); // frames one by one, not in batches: a person is watching
  pcap_set_buffer_size(handle, BufferBytes);
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
  if (int status = pcap_activate(handle); status < 0) return Error{activationProblem(handle, status, interface)};
  if (Result<void> chosen = chooseLink(handle, interface); !chosen) return chosen;
  if (!options.filter.empty())
    if (const std::string wrong = applyFilter(handle, options.filter, true); !wrong.empty())
      return Error{"cannot capture on " + interface + ": the filter \"" + options.filter + "\" is wrong: " + wrong};
  char reason[PCAP_ERRBUF_SIZE] = "";
  if (pcap_setnonblock(handle, 1, reason) != 0) return Error{"cannot capture on " + interface + ": " + reason};
  return {};
}

} // namespace

std::string captureRightsHelp(const std::string& program) {
  return "sudo setcap cap_net_raw+ep '" + program + "'\nand start the program again.";
}

void LiveCapture::Closer::operator()(pcap* handle) const { pcap_close(handle); }
void LiveCapture::Closer::operator()(pcap_dumper* file) const { pcap_dump_close(file); }

Result<LiveCapture> LiveCapture::open(const std::string& interface, const Options& options) {
  if (options.snapLength < 1 || options.snapLength > WholeFrames)
    return Error{"cannot capture on " + interface + ": expected 1 to " + std::to_string(WholeFrames) +
                 " bytes to be kept of each frame, not " + std::to_string(options.snapLength)};
  char reason[PCAP_ERRBUF_SIZE] = "";
  LiveCapture capture;
  capture.m_interface = interface;
  capture.m_handle.reset(pcap_create(interface.c_str(), reason));
  if (!capture.m_handle) return Error{"cannot capture on " + interface + ": " + reason};
  if (Result<void> ready = configure(capture.m_handle.get(), interface, options); !ready) return ready.error();
  if (!options.recordTo.empty())
    if (Result<void> ready = capture.record(options.recordTo); !ready) return ready.error();
  capture.m_fd = pcap_get_selectable_fd(capture.m_handle.get());
  return capture;
}

// "10.0.0.2/24"; "" if it is of another family.
static std::string addressText(const pcap_addr_t& entry) {
  if (!entry.addr) return {};
  char text[INET6_ADDRSTRLEN] = "";
  int prefix = 0;
  const auto count = [&](const void* mask, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) prefix += std::popcount(static_cast<const unsigned char*>(mask)[i]);
  };
  if (entry.addr->sa_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(entry.addr)->sin_addr, text, sizeof text);
    if (entry.netmask) count(&reinterpret_cast<const sockaddr_in*>(entry.netmask)->sin_addr, 4);
  } else if (entry.addr->sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(entry.addr)->sin6_addr, text, sizeof text);
    if (entry.netmask) count(&reinterpret_cast<const sockaddr_in6*>(entry.netmask)->sin6_addr, 16);
  }
  if (!*text) return {};
  return prefix ? std::string(text) + "/" + std::to_string(prefix) : text;
}

static LiveCapture::Interface interfaceOf(const pcap_if_t& entry) {
  LiveCapture::Interface found{entry.name};
  for (const pcap_addr_t* address = entry.addresses; address; address = address->next)
    if (std::string text = addressText(*address); !text.empty()) found.addresses.push_back(std::move(text));
  std::ranges::stable_partition(found.addresses, [](const std::string& a) { return a.find(':') == a.npos; });
  found.up = entry.flags & PCAP_IF_UP;
  found.running = entry.flags & PCAP_IF_RUNNING;
  found.loopback = entry.flags & PCAP_IF_LOOPBACK;
  found.wireless = entry.flags & PCAP_IF_WIRELESS;
  return found;
}

// libpcap also finds what is no interface: queues of the firewall, buses.
std::vector<LiveCapture::Interface> LiveCapture::devices() {
  std::vector<Interface> all;
  char reason[PCAP_ERRBUF_SIZE];
  pcap_if_t* list = nullptr;
  if (pcap_findalldevs(&list, reason) != 0) return all;
  for (const pcap_if_t* entry = list; entry; entry = entry->next)
    if (std::strcmp(entry->name, "any") == 0 || hostLink(entry->name).exists) all.push_back(interfaceOf(*entry));
  pcap_freealldevs(list);
  return all;
}

bool LiveCapture::permitted() {
  const int fd = socket(AF_PACKET, SOCK_RAW, 0);
  if (fd < 0) return errno != EPERM && errno != EACCES;
  close(fd);
  return true;
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

std::string LiveCapture::filterProblem(const std::string& filter) {
  const std::unique_ptr<pcap, Closer> none(pcap_open_dead(DLT_EN10MB, static_cast<int>(WholeFrames)));
  return applyFilter(none.get(), filter, false);
}

std::string LiveCapture::link() const { return linkTypeName(linkOf(m_handle.get())); }

Result<void> LiveCapture::record(const std::string& path) {
  m_recordTo = path;
  m_file.reset(pcap_dump_open(m_handle.get(), path.c_str()));
  if (!m_file) return Error{path + ": cannot be written: " + std::strerror(errno)};
  return flush();
}

// So that whoever opens the file finds every frame that was handed out.
Result<void> LiveCapture::flush() const {
  if (!m_file || pcap_dump_flush(m_file.get()) == 0) return {};
  return Error{m_recordTo + ": cannot be written: " + std::strerror(errno)};
}

// An interface that goes down ends nothing: frames come again when it is up.
std::string LiveCapture::endOfCapture() const {
  const std::string begin = "capture on " + m_interface + " ended: ";
  const bool gone = m_interface != "any" && !hostLink(m_interface).exists;
  return begin + (gone ? "the interface is gone" : pcap_geterr(m_handle.get()));
}

Result<std::vector<LiveFrame>> LiveCapture::poll(std::size_t maxFrames) {
  std::vector<LiveFrame> frames;
  const LinkType& link = *linkType(linkOf(m_handle.get()));
  bool any = false;
  while (frames.size() < maxFrames) {
    pcap_pkthdr* header = nullptr;
    const u_char* data = nullptr;
    int status = pcap_next_ex(m_handle.get(), &header, &data);
    if (status == 0) break;
    if (status < 0) {
      if (!frames.empty()) break; // hand over what came first; the next call meets the error again
      return Error{endOfCapture()};
    }
    any = true;
    if (m_file) pcap_dump(reinterpret_cast<u_char*>(m_file.get()), header, data);
    const std::int64_t epochNs = std::int64_t{header->ts.tv_sec} * 1'000'000'000 + header->ts.tv_usec;
    if (m_firstNs < 0) m_firstNs = epochNs;
    m_lastNs = std::max(m_lastNs, epochNs - m_firstNs); // the host's clock may be set back
    const auto opened = link.open({data, header->caplen});
    if (!opened) continue; // neither IP nor ARP
    std::vector<std::uint8_t> frame = ethernetFrame(*opened);
    const auto length = static_cast<std::uint32_t>(header->len - header->caplen + frame.size());
    frames.push_back({m_lastNs, epochNs, length, std::move(frame)});
  }
  if (Result<void> written = any ? flush() : Result<void>{}; !written) return written.error();
  return frames;
}

LiveCapture::Statistics LiveCapture::statistics() const {
  pcap_stat counts{};
  if (pcap_stats(m_handle.get(), &counts) != 0) return {};
  return {counts.ps_recv, counts.ps_drop, counts.ps_ifdrop};
}

} // namespace sockwalk
