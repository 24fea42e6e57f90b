#include "engine/feed/capture_file.h"

#include "engine/feed/link_types.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace sockwalk {

namespace {

constexpr std::size_t MostFrames = 4'000'000;
constexpr std::size_t MostComment = std::size_t{64} << 20; // bytes of all comments
constexpr std::size_t MostShown = 2000;                    // bytes of the comment of a file

/// The unpacker's own messages for these cases are terse, so look at the file first.
Result<void> checkFile(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0)
    return Error{path + ": cannot open: " + std::strerror(errno) + "; expected a pcap or pcapng file"};
  if (S_ISDIR(info.st_mode)) return Error{path + ": is a folder; expected a pcap or pcapng file"};
  return {};
}

/// Loopback is known by its link, or by addresses that only loopback has behind a header that tells nothing.
bool isLoopback(const LinkPacket& packet, ByteView frame) {
  if (packet.loopback) return true;
  if (frame.size() < 34 || loadBe16(frame, 12) != EtherIpv4 || frame[14] >> 4 != 4) return false;
  const bool silent = packet.etherType || std::all_of(frame.begin(), frame.begin() + 12, [](auto b) { return !b; });
  return silent && isLoopbackPair(loadBe32(frame, 26), loadBe32(frame, 30));
}

} // namespace

Result<CaptureFile> CaptureFile::open(const std::string& path, std::size_t maxBytes, const std::string& filter) {
  if (Result<void> checked = checkFile(path); !checked) return checked.error();
  return readFrom(ByteSource::open(path), path, maxBytes, filter);
}

Result<CaptureFile> CaptureFile::read(const std::string& name, const std::string& contents, std::size_t maxBytes,
                                      const std::string& filter) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(contents.data());
  return readFrom(ByteSource::over({bytes, contents.size()}), name, maxBytes, filter);
}

Result<CaptureFile> CaptureFile::readFrom(Result<ByteSource> source, const std::string& path, std::size_t maxBytes,
                                          const std::string& filter) {
  if (!source) return Error{path + ": cannot be read: " + source.error().message + "; expected a pcap or pcapng file"};
  auto opened = readPackets(*std::move(source));
  if (!opened) return Error{path + ": " + opened.error().message};
  PacketReader& reader = **opened;

  CaptureFile file;
  file.m_path = path;
  if (!filter.empty()) {
    auto compiled = FrameFilter::compile(filter);
    if (!compiled) return compiled.error();
    file.m_filter = *std::move(compiled);
  }
  const std::uint64_t mostRead = std::uint64_t{2} * maxBytes + PacketReader::LargestRecord;
  for (PacketRecord packet; reader.next(packet);) {
    const bool room = reader.position() <= mostRead && file.size() < MostFrames;
    if (room && file.append(packet, reader.interfaces()[packet.interface], maxBytes)) continue;
    file.warn("holds more than " + std::to_string(maxBytes) + " bytes of frames, or more than " +
              std::to_string(MostFrames) + " frames; only the first " + std::to_string(file.size()) +
              " frames are read");
    break;
  }
  file.m_interfaces = reader.interfaces();
  file.m_comments = reader.comments();
  file.m_names = reader.names();
  if (Result<void> end = file.ended(reader); !end) return end.error();
  if (Result<void> playable = file.checkPlayable(); !playable) return playable.error();
  if (Result<void> fits = file.checkFilter(filter); !fits) return fits.error();
  file.m_retold = settleAddresses(file.m_slots, file.m_bytes);
  file.m_offload = findOffload(file.m_slots, file.m_bytes);
  file.warnAboutFrames();
  return file;
}

// False: there is no room for it.
bool CaptureFile::append(const PacketRecord& packet, const CaptureInterface& from, std::size_t maxBytes) {
  const std::uint32_t wire = packet.originalLength - std::min(packet.originalLength, from.checkLength);
  const ByteView captured = packet.bytes.first(std::min<std::size_t>(packet.bytes.size(), wire));
  FrameSlot slot;
  slot.epochNs = packet.epochNs;
  slot.offset = m_bytes.size();
  slot.interface = packet.interface;
  slot.direction = packet.direction;
  slot.originalLength = wire;
  const LinkType* link = linkType(from.linkType);
  const auto opened = link ? link->open(captured) : std::nullopt;
  if (opened) {
    std::vector<std::uint8_t> frame = ethernetFrame(*opened);
    slot.facts.loopback = isLoopback(*opened, frame);
    slot.facts.madeLink = opened->etherType != 0;
    if (slot.facts.loopback) std::fill_n(frame.begin(), 12, std::uint8_t{0});
    slot.senderKnown = opened->sender.has_value();
    const std::uint64_t length = std::uint64_t{wire} - captured.size() + frame.size();
    slot.originalLength = static_cast<std::uint32_t>(std::min<std::uint64_t>(length, 0xffffffff));
    if (slot.direction == FrameDirection::Unknown) slot.direction = opened->direction;
    if (!keep(slot, frame, maxBytes)) return false;
  } else {
    ++m_unplayed[from.linkType];
  }
  if (!m_slots.empty() && slot.epochNs < m_slots.back().epochNs) ++m_outOfOrder;
  if (!packet.comment.empty() && m_commentBytes + packet.comment.size() < MostComment) {
    m_frameComments.emplace(m_slots.size(), packet.comment);
    m_commentBytes += packet.comment.size();
  }
  m_slots.push_back(slot);
  return true;
}

bool CaptureFile::keep(FrameSlot& slot, const std::vector<std::uint8_t>& frame, std::size_t maxBytes) {
  if (m_filter && !m_filter->matches(frame)) return ++m_filtered, true;
  if (m_bytes.size() + frame.size() > maxBytes) return false;
  slot.length = static_cast<std::uint32_t>(frame.size());
  m_bytes.insert(m_bytes.end(), frame.begin(), frame.end());
  if (slot.length < slot.originalLength) ++m_snapped;
  return true;
}

Result<void> CaptureFile::checkFilter(const std::string& filter) {
  if (!m_filtered) return {};
  const std::string fit = "the filter '" + filter + "'";
  if (m_bytes.empty()) return Error{m_path + ": none of its " + std::to_string(size()) + " frames fits " + fit};
  warn(ofFrames(m_filtered) + "do not fit " + fit + " and are left out");
  return {};
}

Result<void> CaptureFile::ended(const PacketReader& reader) {
  if (!reader.problem().empty()) {
    const std::string where = (reader.cut() ? "ends in the middle of frame " : "is damaged at frame ") +
                              std::to_string(size() + 1) + " (" + reader.problem() + ")";
    if (size() == 0) return Error{m_path + ": " + where + "; expected at least one whole frame"};
    warn(where + "; the " + std::to_string(size()) + " frames before it are kept");
  } else if (size() == 0 && m_warnings.empty()) {
    return Error{m_path + ": holds no frames; expected at least one"};
  }
  return {};
}

// A file of which nothing can be played is refused; one of which something can, says what cannot.
Result<void> CaptureFile::checkPlayable() {
  std::size_t unplayed = 0;
  std::string kinds;
  for (const auto& [type, count] : m_unplayed) {
    unplayed += count;
    kinds += (kinds.empty() ? "" : " and ") + linkTypeName(type);
  }
  if (!unplayed) return {};
  const std::uint32_t first = m_unplayed.begin()->first;
  const std::string advice = linkType(first) ? "it carries neither IP nor ARP" : linkTypeAdvice(first);
  if (unplayed == size()) return Error{m_path + ": its link type is " + kinds + "; " + advice};
  warn(ofFrames(unplayed) + "are of link type " + kinds + " and cannot be played; " + advice);
  return {};
}

std::string CaptureFile::ofFrames(std::size_t count) const {
  return std::to_string(count) + " of " + std::to_string(size()) + " frames ";
}

void CaptureFile::warnAboutFrames() {
  if (m_snapped)
    warn(ofFrames(m_snapped) + "are cut short (captured with a snapshot length; tcpdump -s 0 keeps them whole)");
  if (m_outOfOrder) warn(ofFrames(m_outOfOrder) + "bear a time before the frame they follow");
  if (m_retold)
    warn(ofFrames(m_retold) +
         "bear the same MAC address on both sides; hosts are told by their IPv4 addresses, and have "
         "MAC addresses made of them");
  if (m_offload.buffers)
    warn(ofFrames(m_offload.buffers) +
         "are buffers of several segments (TSO on the way out, GRO on the way in; ethtool -K "
         "eth0 tso off gro off shows what was on the wire)");
  if (m_offload.partialChecksums)
    warn(ofFrames(m_offload.partialChecksums) +
         "bear a checksum that the card was to complete (CHECKSUM_PARTIAL); they "
         "count as right");
  for (const CaptureInterface& from : m_interfaces) {
    const std::uint64_t lost = from.dropped.value_or(0) + from.lost.value_or(0);
    if (lost)
      warn("the capture itself lost " + std::to_string(lost) + " packets" +
           (from.name.empty() ? "" : " of " + from.name) +
           ": not everything that is missing here was lost by the network");
  }
}

std::string CaptureFile::comment() const {
  std::string all;
  for (const std::string& one : m_comments) all += (all.empty() || one.empty() ? "" : "\n") + one;
  for (char& c : all)
    if (c != '\n' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)) c = ' '; // a terminal would obey it
  if (all.size() <= MostShown) return all;
  std::size_t end = MostShown;
  while (end && (static_cast<unsigned char>(all[end]) & 0xc0) == 0x80) --end; // not in the middle of a character
  return all.substr(0, end) + "…";
}

CapturedFrame CaptureFile::frame(std::size_t index) const {
  const FrameSlot& slot = m_slots[index];
  const auto comment = m_frameComments.find(index);
  return {slot.epochNs - m_slots.front().epochNs,
          slot.epochNs,
          slot.originalLength,
          ByteView(m_bytes).subspan(slot.offset, slot.length),
          index + 1,
          slot.interface,
          m_interfaces[slot.interface].linkType,
          slot.direction,
          slot.facts,
          comment == m_frameComments.end() ? std::string_view() : comment->second};
}

std::vector<CapturedFrame> CaptureFile::frames() const {
  std::vector<CapturedFrame> all;
  all.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) all.push_back(frame(i));
  return all;
}

} // namespace sockwalk
