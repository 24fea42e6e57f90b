#include "engine/tell/buffers/buffer_shape.h"
#include "engine/memory/constants/skbuff.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

namespace {

// Structures are read member by member at their offsets: the bytes may be a copy outside of any arena.
template <class T> T load(const u8* skb, size_t offset) {
  T v;
  std::memcpy(&v, skb + offset, sizeof v);
  return v;
}

} // namespace

bool BufferShape::sameGeometry(const BufferShape& o) const {
  return head == o.head && data == o.data && tail == o.tail && end == o.end && len == o.len && dataLen == o.dataLen &&
         mac == o.mac && network == o.network && transport == o.transport;
}
bool BufferShape::same(const BufferShape& o) const {
  return sameGeometry(o) && sk == o.sk && dev == o.dev && truesize == o.truesize && users == o.users &&
         protocol == o.protocol && fclone == o.fclone && pktType == o.pktType && ipSummed == o.ipSummed &&
         cloned == o.cloned && csumStart == o.csumStart && csumOffset == o.csumOffset;
}

u32 datarefIn(const kernel::skb_shared_info& shared) {
  constexpr u32 WholeBytes = 0xffff; // above it the kernel counts who needs the payload only (SKB_DATAREF_SHIFT)
  return static_cast<u32>(shared.dataref.counter) & WholeBytes;
}

BufferShape readShape(const u8* p) {
  using kernel::sk_buff;
  BufferShape s;
  s.head = load<u64>(p, offsetof(sk_buff, head));
  s.sk = load<u64>(p, offsetof(sk_buff, sk));
  s.dev = load<u64>(p, offsetof(sk_buff, dev));
  s.data = static_cast<u32>(load<u64>(p, offsetof(sk_buff, data)) - s.head);
  s.tail = load<u32>(p, offsetof(sk_buff, tail));
  s.end = load<u32>(p, offsetof(sk_buff, end));
  s.len = load<u32>(p, offsetof(sk_buff, len));
  s.dataLen = load<u32>(p, offsetof(sk_buff, data_len));
  s.truesize = load<u32>(p, offsetof(sk_buff, truesize));
  s.users = load<s32>(p, offsetof(sk_buff, users));
  s.mac = load<u16>(p, offsetof(sk_buff, mac_header));
  s.network = load<u16>(p, offsetof(sk_buff, network_header));
  s.transport = load<u16>(p, offsetof(sk_buff, transport_header));
  // The kernel leaves network_header 0, not 0xffff, until a layer sets it.
  constexpr u32 Unset = BufferShape::Unset;
  if (!s.network && (s.data || s.mac != Unset || s.transport == Unset)) s.network = Unset;
  s.protocol = __builtin_bswap16(load<u16>(p, offsetof(sk_buff, protocol)));
  const auto bits = [p](Bits<sk_buff> b) {
    u32 v = 0;
    std::memcpy(&v, p + b.offset, b.unit);
    return static_cast<u8>(v >> b.shift & ((1u << b.width) - 1));
  };
  s.fclone = bits(sk_buff::bit::fclone);
  s.cloned = bits(sk_buff::bit::cloned);
  s.pktType = bits(sk_buff::bit::pkt_type);
  s.ipSummed = bits(sk_buff::bit::ip_summed);
  if (s.ipSummed != kernel::CHECKSUM_PARTIAL) return s;
  const u16 start = load<u16>(p, offsetof(sk_buff, csum_start));
  if (!start) return s; // no header has said yet where its sum begins
  s.csumStart = start;
  s.csumOffset = load<u16>(p, offsetof(sk_buff, csum_offset));
  return s;
}

namespace {

// Cuts [low, tail) into bands from the front.
class Cutter {
public:
  Cutter(const BufferShape& shape, const u8* bytes) : m_shape(shape), m_bytes(bytes), m_at(shape.low) {}
  u32 at() const { return m_at; }
  u8 byte(u32 offset) const { return offset < m_shape.tail ? m_bytes[offset] : 0; }
  u32 be16(u32 offset) const { return u32(byte(offset)) << 8 | byte(offset + 1); }
  void cut(u32 to, PacketPart part, Text name, std::string_view type = {}) {
    to = std::min(to, m_shape.tail);
    if (to <= m_at) return;
    m_bands.push_back({m_at, to, part, std::move(name), type, to <= m_shape.data, true, m_at, to});
    m_at = to;
  }
  std::vector<BufferBand> take() { return std::move(m_bands); }

private:
  const BufferShape& m_shape;
  const u8* m_bytes;
  u32 m_at;
  std::vector<BufferBand> m_bands;
};

void cutTransport(Cutter& c, int protocol, u32 from) {
  switch (protocol) {
  case 1: c.cut(from + 8, PacketPart::Transport, "ICMP", "icmphdr"); break;
  case 6: {
    const u32 words = c.byte(from + 12) >> 4;
    c.cut(from + (words < 5 ? 20 : 4 * words), PacketPart::Transport, "TCP", "tcphdr");
    break;
  }
  case 17: c.cut(from + 8, PacketPart::Transport, "UDP", "udphdr"); break;
  default: break;
  }
}

} // namespace

std::vector<BufferBand> bandsOf(const BufferShape& s, const u8* bytes, int ipProtocol) {
  constexpr u32 Unset = BufferShape::Unset;
  Cutter c(s, bytes);
  const u32 mac = s.mac != Unset ? s.mac : s.macHint;
  const u32 network = s.network != Unset ? s.network : s.networkHint;
  // Until the IP layer has read the header's length, transport_header stands where network_header does.
  const u32 transport =
      s.transport != Unset && (network == Unset || s.transport > network) ? s.transport : s.transportHint;
  const u32 protocol = s.protocol ? s.protocol : s.protocolHint;
  if (mac != Unset && network != Unset && network > mac) {
    if (c.at() < mac) c.cut(mac, PacketPart::Payload, say("bytes")); // in front of the frame
    c.cut(network, PacketPart::Ethernet, "Ethernet", "ethhdr");
  }
  if (network == Unset && s.transport != Unset && c.at() <= s.transport && (ipProtocol == 6 || ipProtocol == 17)) {
    c.cut(s.transport, PacketPart::Payload, say("bytes")); // a segment that IP has not seen yet
    cutTransport(c, ipProtocol, s.transport);
  } else if (network == Unset || c.at() < network) {
    c.cut(network == Unset ? s.tail : network, PacketPart::Payload, network == Unset ? say("bytes") : say("payload"));
  }
  if (network != Unset && protocol == 0x0806) {
    c.cut(network + 28, PacketPart::Arp, "ARP", "arphdr");
  } else if (network != Unset && (protocol == 0x0800 || !protocol)) {
    const u32 ihl = 4 * (c.byte(network) & 15);
    const bool written = c.byte(network) >> 4 == 4 && ihl >= 20;
    const u32 behind = transport != Unset && transport > network ? transport : network + (written ? ihl : 20);
    if (c.at() < behind) c.cut(behind, PacketPart::Ipv4, "IPv4", "iphdr");
    const bool fragment = written && (c.be16(network + 6) & 0x1fff);
    if (written && c.byte(network + 9)) ipProtocol = c.byte(network + 9);
    if (!fragment && c.at() == behind) cutTransport(c, ipProtocol, behind);
    if (const u32 total = written ? c.be16(network + 2) : 0; total >= ihl)
      c.cut(network + total, PacketPart::Payload, say("payload"));
    if (written) {
      c.cut(s.tail, PacketPart::Payload, say("padding"));
      return c.take();
    }
  }
  c.cut(s.tail, PacketPart::Payload, protocol == 0x0806 ? say("padding") : say("payload"));
  return c.take();
}

std::vector<BufferBand> writtenBands(std::vector<BufferBand> bands, const ByteRanges& written) {
  std::vector<BufferBand> out;
  const auto claimed = [&out](const BufferBand& of, u32 from, u32 to) {
    if (from >= to) return;
    if (!out.empty() && !out.back().written && out.back().to == from && out.back().pulled == of.pulled) {
      out.back().to = out.back().wholeTo = to;
      return;
    }
    out.push_back({from, to, of.part, say("claimed, not written yet"), {}, of.pulled, false, from, to});
  };
  for (const BufferBand& b : bands) {
    u32 at = b.from;
    for (const ByteRange& r : written.all()) {
      const u32 from = std::max(r.from, b.from), to = std::min(r.to, b.to);
      if (from >= to) continue;
      claimed(b, at, from);
      out.push_back(b);
      out.back().from = from, out.back().to = at = to;
    }
    claimed(b, at, b.to);
  }
  return out;
}

std::vector<BufferFlag> flagsOf(const BufferShape& s) {
  std::vector<BufferFlag> out{{"mac_header", s.mac, Layer::Link},
                              {"network_header", s.network, Layer::Ip},
                              {"transport_header", s.transport, Layer::Transport},
                              {"csum_start", s.csumStart, Layer::Transport}};
  std::erase_if(out, [](const BufferFlag& f) { return f.offset == BufferShape::Unset; });
  return out;
}

const BufferBand* bandAt(const std::vector<BufferBand>& bands, u32 offset) {
  for (const BufferBand& b : bands)
    if (offset >= b.from && offset < b.to) return &b;
  return nullptr;
}

} // namespace sockwalk::tell
