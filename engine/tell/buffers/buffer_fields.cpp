// The fields of a packet's headers, as far as they are written.
#include "engine/base/bytes.h"
#include "engine/tell/buffers/buffer_picture.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

// Headers that are not there yet, so that those behind them can be decoded: Ethernet, and for a segment that IP has not
// seen an IPv4 header that claims one byte more than there is, so that nobody holds a checksum against it.
std::vector<u8> headersBefore(const BufferBand& b, int protocol, size_t length) {
  std::vector<u8> made(b.part == PacketPart::Transport ? 34 : 14, 0);
  made[12] = 0x08;
  made[13] = b.part == PacketPart::Arp ? 0x06 : 0x00;
  if (b.part != PacketPart::Transport) return made;
  const size_t total = 20 + length + 1;
  made[14] = 0x45;
  made[16] = static_cast<u8>(total >> 8), made[17] = static_cast<u8>(total);
  made[23] = static_cast<u8>(protocol);
  return made;
}

// A header is read field by field while it is written: the few numbers by which a decoder finds its way are filled in where
// nobody has written them. They are not shown.
class Completed {
public:
  Completed(const BufferPicture& p, const std::vector<BufferBand>& whole, int protocol)
      : m_picture(p), m_protocol(protocol), m_bytes(p.bytes) {
    for (const BufferBand& b : whole) complete(b);
  }
  std::vector<u8> take() { return std::move(m_bytes); }

private:
  void put(u32 at, u32 size, u32 value) {
    if (m_picture.written.containsAll(at, at + size) || at + size > m_bytes.size()) return;
    for (u32 i = 0; i < size; ++i) m_bytes[at + i] = static_cast<u8>(value >> 8 * (size - 1 - i));
  }
  void complete(const BufferBand& b) {
    const u32 rest = static_cast<u32>(m_bytes.size()) - b.from;
    if (b.type == "ethhdr") put(b.from + 12, 2, m_picture.shape.protocol == 0x0806 ? 0x0806 : 0x0800);
    if (b.type == "arphdr") put(b.from, 2, 1), put(b.from + 2, 2, 0x0800), put(b.from + 4, 2, 0x0604);
    if (b.type == "iphdr") {
      put(b.from, 1, 0x45);
      put(b.from + 2, 2, rest);
      put(b.from + 6, 2, 0);
      put(b.from + 9, 1, static_cast<u32>(m_protocol));
    }
    if (b.type == "udphdr") put(b.from + 4, 2, rest), put(b.from + 6, 2, 0);
    if (b.type == "tcphdr") put(b.from + 12, 1, (b.to - b.from) / 4 << 4);
  }

  const BufferPicture& m_picture;
  const int m_protocol;
  std::vector<u8> m_bytes;
};

std::string withoutVerdict(const std::string& value) { return value.substr(0, value.find(" (")); }

// False: no byte of it is written. Of a header that is written in part only the fields that are whole are left.
bool keepWritten(const BufferPicture& p, FrameField& f, bool wholePacket) {
  std::erase_if(f.children, [&](FrameField& c) { return !keepWritten(p, c, wholePacket); });
  const u32 from = static_cast<u32>(f.offset), to = static_cast<u32>(f.offset + f.length);
  const u32 written = p.written.count(from, to);
  if (f.name.ends_with("hecksum") && from == p.checksumAt)
    f.value = spoken(say("%1 (not checked: whoever sends it completes it)", withoutVerdict(f.value)));
  else if (f.name.ends_with("hecksum") && !wholePacket) f.value = withoutVerdict(f.value);
  if (written == to - from) return true;
  f.value = spoken(say("%1 of %2 bytes written", written, to - from));
  return !f.children.empty() || (written && (f.layer == FrameLayer::Payload || f.layer == FrameLayer::Padding));
}

void move(FrameField& f, s64 by) {
  f.offset = static_cast<std::size_t>(static_cast<s64>(f.offset) + by);
  for (FrameField& c : f.children) move(c, by);
}

} // namespace

// With offsets counted from head. A packet without its lower headers is decoded behind made-up ones, whose fields are then
// left out.
std::vector<FrameField> fieldsOf(const BufferPicture& p, const std::vector<BufferBand>& whole, int protocol) {
  const auto first = std::ranges::find_if(whole, [](auto& b) { return b.part != PacketPart::Payload; });
  if (first == whole.end() || first->from >= p.bytes.size()) return {};
  const std::vector<u8> bytes = Completed(p, whole, protocol).take();
  std::vector<u8> frame;
  if (first->part != PacketPart::Ethernet) frame = headersBefore(*first, protocol, bytes.size() - first->from);
  const u32 made = static_cast<u32>(frame.size()), end = static_cast<u32>(bytes.size());
  frame.insert(frame.end(), bytes.begin() + first->from, bytes.end());
  std::vector<FrameField> fields = decodeFrame(frame);
  std::erase_if(fields, [made](const FrameField& f) { return f.offset < made; });
  for (FrameField& f : fields) move(f, s64(first->from) - made);
  const bool wholePacket = p.written.containsAll(first->from, end);
  std::erase_if(fields, [&](FrameField& f) { return !keepWritten(p, f, wholePacket); });
  return fields;
}

} // namespace sockwalk::tell
