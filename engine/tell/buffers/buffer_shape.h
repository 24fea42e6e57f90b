// What an sk_buff says at one moment, and which headers stand where in its buffer.
//
// All offsets are bytes from `head`, as tail, end and the header marks of the kernel are; `data` is turned
// into one. Source: struct sk_buff (include/linux/skbuff.h), assets/layout/sk_buff.tsv.
#pragma once
#include "engine/base/layer.h"
#include "engine/base/packet_part.h"
#include "engine/journal/playhead.h"
#include "engine/tell/buffers/byte_ranges.h"
#include "engine/tell/text.h"
#include <vector>

namespace sockwalk::kernel {
struct skb_shared_info;
}

namespace sockwalk::tell {

struct BufferShape {
  static constexpr u32 Unset = 0xffff; // what the kernel keeps in a mark that nobody has set

  EventIndex event = NoEvent;    // the event that made it so
  u64 head = 0, sk = 0, dev = 0; // addresses
  u32 data = 0, tail = 0, end = 0, len = 0, dataLen = 0, truesize = 0;
  s32 users = 0;
  u32 mac = Unset, network = Unset, transport = Unset;
  u16 protocol = 0; // EtherType, host byte order
  u8 fclone = 0, pktType = 0, ipSummed = 0;
  bool cloned = false;

  // The first byte that has held content so far, and the marks as they will be once the layers have set them:
  // the bytes stand there before the mark does. Filled in by BufferJourney.
  u32 low = 0;
  u32 macHint = Unset, networkHint = Unset, transportHint = Unset;
  u16 protocolHint = 0;

  // What stands in the sum's place is to be made of the bytes from `csumStart` on (CHECKSUM_PARTIAL); else Unset.
  u32 csumStart = Unset, csumOffset = Unset;

  u32 headlen() const { return len - dataLen; }
  // A push too far leaves data before head, a put too far tail behind end: the kernel stops there.
  s32 dataFromHead() const { return static_cast<s32>(data); }
  bool beforeHead() const { return dataFromHead() < 0; }
  bool behindEnd() const { return tail > end; }
  u32 dataInside() const { return beforeHead() ? 0 : data < end ? data : end; }
  u32 tailInside() const { return tail < end ? tail : end; }
  bool sameGeometry(const BufferShape& o) const;
  bool same(const BufferShape& o) const; // but for event and hints
};

// From the 232 bytes of a struct sk_buff.
BufferShape readShape(const u8* skb);
// How many sk_buffs describe the bytes in front of it.
u32 datarefIn(const kernel::skb_shared_info& shared);

// One stretch of the buffer's content, [from, to).
struct BufferBand {
  u32 from, to;
  PacketPart part;
  Text name;                      // "IPv4", "payload"; "claimed, not written yet"
  std::string_view type;          // its structure, "iphdr"; "" for payload
  bool pulled;                    // wholly in front of data
  bool written = true;            // false: claimed by a pointer, and what stands there is what the memory held before
  u32 wholeFrom = 0, wholeTo = 0; // the header, or payload, that it is (the written part of)
};
// The bands of [low, tail), as if all of it were written. `bytes`: those at `head`, at least up to tail; `ipProtocol`:
// what is known from elsewhere (the owner socket) while the IP header is not written yet, 0 if nothing is.
std::vector<BufferBand> bandsOf(const BufferShape& shape, const u8* bytes, int ipProtocol = 0);

// The same, cut where what is written ends: only written bytes have a name.
std::vector<BufferBand> writtenBands(std::vector<BufferBand> bands, const ByteRanges& written);

// Where the kernel has marked that a header begins.
struct BufferFlag {
  std::string_view member; // "network_header"
  u32 offset;
  Layer layer;
};
std::vector<BufferFlag> flagsOf(const BufferShape& shape);

// The band that covers an offset; nullptr if none does.
const BufferBand* bandAt(const std::vector<BufferBand>& bands, u32 offset);

} // namespace sockwalk::tell
