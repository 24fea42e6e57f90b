#include "engine/kernel/drivers/net/frame_record.h"
#include <vector>

namespace sockwalk::kernel {

void recordFrame(bool in, const net_device* dev, std::span<const u8> frame) {
  recorder().packet(in, static_cast<u16>(dev->ifindex), Arena::offsetOf(dev), frame.data(),
                    static_cast<u32>(frame.size()));
}

void refuseFrame(Refusal why, const net_device* dev, int line) {
  if (t_arena->silent()) return;
  recorder().mark(BufferMark::Refused, static_cast<u32>(why), Arena::address(dev), line);
}

void flushFrames(const net_device* dev, int line) {
  if (t_arena->silent()) return;
  recorder().mark(BufferMark::Flushed, 0, Arena::address(dev), line);
}

static void gather(const sk_buff* skb, std::vector<u8>& bytes) {
  bytes.insert(bytes.end(), skb->data.get(), skb->data.get() + skb_headlen(skb));
  const skb_shared_info* shinfo = skb_shinfo(skb);
  for (u32 i = 0; i < shinfo->nr_frags; ++i) {
    const u8* from = skb_frag_address(&shinfo->frags[i]);
    bytes.insert(bytes.end(), from, from + skb_frag_size(&shinfo->frags[i]));
  }
  for (const sk_buff* part = shinfo->frag_list; part; part = part->next) gather(part, bytes);
}

void recordFrame(bool in, const net_device* dev, const sk_buff* skb) {
  if (t_arena->silent()) return;
  std::vector<u8> bytes;
  gather(skb, bytes);
  recordFrame(in, dev, bytes);
  mark(in ? BufferMark::Taken : BufferMark::Sent, skb, dev);
}

} // namespace sockwalk::kernel
