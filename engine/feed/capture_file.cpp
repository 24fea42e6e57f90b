#include "engine/feed/capture_file.h"

#include "engine/feed/link_types.h"
#include <cerrno>
#include <cstring>
#include <memory>
#include <pcap/pcap.h>
#include <sys/stat.h>

namespace sockwalk {

namespace {

struct PcapCloser {
  void operator()(pcap_t* handle) const { pcap_close(handle); }
};
using Pcap = std::unique_ptr<pcap_t, PcapCloser>;

/// libpcap's own messages for these cases are terse or silent, so look at the file first.
Result<void> checkFile(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0)
    return Error{path + ": cannot open: " + std::strerror(errno) + "; expected a pcap or pcapng file"};
  if (S_ISDIR(info.st_mode)) return Error{path + ": is a folder; expected a pcap or pcapng file"};
  if (S_ISREG(info.st_mode) && info.st_size == 0)
    return Error{path + ": the file is empty; expected a pcap or pcapng file with at least its header"};
  return {};
}

// Takes the stream over.
Result<Pcap> openPcap(std::FILE* stream, const std::string& path) {
  char reason[PCAP_ERRBUF_SIZE] = "";
  Pcap handle(pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, reason));
  if (!handle) {
    std::fclose(stream);
    if (std::strstr(reason, "truncated"))
      return Error{path + ": ends inside its file header (" + reason + "); expected a whole pcap or pcapng file"};
    return Error{path + ": not a capture file (" + reason + "); expected pcap or pcapng, as tcpdump -w writes"};
  }
  if (const int link = pcap_datalink(handle.get()); !linkType(link))
    return Error{path + ": its link type is " + linkTypeName(link) + "; expected " + playableLinkTypes() +
                 ": capture on one Ethernet interface, not on \"any\""};
  return handle;
}

} // namespace

Result<CaptureFile> CaptureFile::open(const std::string& path, std::size_t maxBytes) {
  if (Result<void> checked = checkFile(path); !checked) return checked.error();
  std::FILE* stream = std::fopen(path.c_str(), "rb");
  if (stream) return readFrom(stream, path, maxBytes);
  return Error{path + ": cannot open: " + std::strerror(errno) + "; expected a readable pcap or pcapng file"};
}

Result<CaptureFile> CaptureFile::read(const std::string& name, const std::string& contents, std::size_t maxBytes) {
  if (contents.empty())
    return Error{name + ": the file is empty; expected a pcap or pcapng file with at least its header"};
  std::FILE* stream = fmemopen(const_cast<char*>(contents.data()), contents.size(), "rb"); // it only reads
  if (stream) return readFrom(stream, name, maxBytes);
  return Error{name + ": cannot be read from memory: " + std::strerror(errno)};
}

Result<CaptureFile> CaptureFile::readFrom(std::FILE* stream, const std::string& path, std::size_t maxBytes) {
  Result<Pcap> opened = openPcap(stream, path);
  if (!opened) return opened.error();
  pcap_t* handle = opened->get();
  const LinkType& link = *linkType(pcap_datalink(handle));

  CaptureFile file;
  file.m_path = path;
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  int status;
  while ((status = pcap_next_ex(handle, &header, &data)) == 1) {
    if (file.m_bytes.size() + header->caplen > maxBytes) {
      file.m_warnings.push_back(path + ": holds more than " + std::to_string(maxBytes) +
                                " bytes of frames; only the first " + std::to_string(file.size()) + " frames are read");
      break;
    }
    const ByteView packet{data, header->caplen}, frame = link.frame(packet);
    const auto ahead = static_cast<std::uint32_t>(packet.size() - frame.size()); // what the link put before the frame
    // With nanosecond precision asked for, tv_usec holds nanoseconds.
    file.append(std::int64_t{header->ts.tv_sec} * 1'000'000'000 + header->ts.tv_usec, header->len - ahead, frame);
  }
  if (status == PCAP_ERROR) {
    std::string reason = pcap_geterr(handle);
    bool cut = reason.find("truncated") != std::string::npos;
    std::string where = (cut ? ": ends in the middle of frame " : ": is damaged at frame ") +
                        std::to_string(file.size() + 1) + " (" + reason + ")";
    if (file.size() == 0) return Error{path + where + "; expected at least one whole frame"};
    file.m_warnings.push_back(path + where + "; the " + std::to_string(file.size()) + " frames before it are kept");
  } else if (file.size() == 0 && file.m_warnings.empty()) {
    return Error{path + ": holds no frames; expected at least one"};
  }
  file.warnAboutFrames();
  return file;
}

void CaptureFile::append(std::int64_t epochNs, std::uint32_t originalLength, ByteView bytes) {
  if (!m_slots.empty() && epochNs < m_slots.back().epochNs) ++m_outOfOrder;
  if (bytes.size() < originalLength) ++m_snapped;
  m_slots.push_back({epochNs, originalLength, static_cast<std::uint32_t>(bytes.size()), m_bytes.size()});
  m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void CaptureFile::warnAboutFrames() {
  const std::string of = " of " + std::to_string(size()) + " frames ";
  if (m_snapped)
    m_warnings.push_back(m_path + ": " + std::to_string(m_snapped) + of +
                         "are cut short (captured with a snapshot length; tcpdump -s 0 keeps them whole)");
  if (m_outOfOrder)
    m_warnings.push_back(m_path + ": " + std::to_string(m_outOfOrder) + of +
                         "bear a time before the frame they follow");
}

CapturedFrame CaptureFile::frame(std::size_t index) const {
  const Slot& slot = m_slots[index];
  return {slot.epochNs - m_slots.front().epochNs, slot.epochNs, slot.originalLength,
          ByteView(m_bytes).subspan(slot.offset, slot.length)};
}

std::vector<CapturedFrame> CaptureFile::frames() const {
  std::vector<CapturedFrame> all;
  all.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) all.push_back(frame(i));
  return all;
}

} // namespace sockwalk
