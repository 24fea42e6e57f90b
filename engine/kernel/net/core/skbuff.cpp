// The bytes of an sk_buff: put, push, pull, trim, and the queues that packets wait in.
#include "engine/kernel/net/core/skbuff_internal.h"

namespace sockwalk::kernel {

// The line by which kernel developers know the accident: who put how much into what.
static std::string skb_panic(const char* what, const sk_buff* skb, u32 len) {
  const auto number = [](u64 value) { return static_cast<unsigned long long>(value); };
  const char* device = skb->dev ? reinterpret_cast<const char*>(skb->dev->name) : "<NULL>";
  char line[256];
  std::snprintf(line, sizeof line, "%s: len:%u put:%u head:%llx data:%llx tail:%#x end:%#x dev:%s", what, skb->len, len,
                number(skb->head.value), number(skb->data.value), skb->tail, skb->end, device);
  return line;
}
[[noreturn]] static void skb_over_panic(const sk_buff* skb, u32 len, int line = __builtin_LINE()) {
  KFUNC(skb_over_panic, skb, len);
  SIMPLIFIED("the line leaves out text:, the address of the caller's machine code");
  panic(skb_panic("skb_over_panic", skb, len), line);
}
[[noreturn]] static void skb_under_panic(const sk_buff* skb, u32 len, int line = __builtin_LINE()) {
  KFUNC(skb_under_panic, skb, len);
  SIMPLIFIED("the line leaves out text:, the address of the caller's machine code");
  panic(skb_panic("skb_under_panic", skb, len), line);
}

// Takes `len` bytes of tailroom. Nobody checks before: who puts must have asked for enough, and past the end lies the
// shared info, so the kernel stops rather than let it be overwritten.
const u8* skb_put(const sk_buff* skb, u32 len) {
  KFUNC(skb_put, skb, len);
  const u8* taken = skb_tail_pointer(skb);
  BUG_ON(skb_is_nonlinear(skb));
  add(skb->tail, len);
  const bool pastEnd = skb->tail > skb->end;
  add(skb->len, len);
  if (pastEnd) skb_over_panic(skb, len);
  return call.result(taken);
}

const u8* skb_put_data(const sk_buff* skb, const void* data, u32 len) {
  KFUNC(skb_put_data, skb, data, len);
  INLINED();
  const u8* at = skb_put(skb, len);
  setBytes(at, data, len);
  return call.result(at);
}
const u8* skb_put_zero(const sk_buff* skb, u32 len) {
  KFUNC(skb_put_zero, skb, len);
  INLINED();
  const u8* at = skb_put(skb, len);
  fillBytes(at, 0, len);
  return call.result(at);
}

// Takes `len` bytes of headroom, for a header before what is there.
const u8* skb_push(const sk_buff* skb, u32 len) {
  KFUNC(skb_push, skb, len);
  advance(skb->data, -s64(len));
  add(skb->len, len);
  if (skb->data.get() < skb->head.get()) skb_under_panic(skb, len);
  return call.result(skb->data.get());
}

// Gives `len` bytes to the headroom: a header that has been read stays where it is, before `data`.
const u8* skb_pull(const sk_buff* skb, u32 len) {
  KFUNC(skb_pull, skb, len);
  return call.result(len > skb->len ? nullptr : __skb_pull(skb, len));
}

void skb_trim(const sk_buff* skb, u32 len) {
  KFUNC(skb_trim, skb, len);
  if (skb->len <= len) return;
  BUG_ON(skb_is_nonlinear(skb));
  set(skb->len, len);
  skb_set_tail_pointer(skb, len);
}

// Cuts the end off a packet that a device or IP made longer than it is. A checksum of the whole packet that the
// device gave loses the part that goes.
int pskb_trim_rcsum_slow(const sk_buff* skb, u32 len) {
  KFUNC(pskb_trim_rcsum_slow, skb, len);
  const int cut = static_cast<int>(len);
  if (skb->ip_summed == CHECKSUM_COMPLETE) {
    const u32 goes = skb_checksum(skb, cut, static_cast<int>(skb->len) - cut, 0);
    set(skb->csum, csum_block_sub(skb->csum, goes, cut));
  }
  const bool stillToFill = skb->ip_summed == CHECKSUM_PARTIAL;
  const int fieldEnd = skb_checksum_start_offset(skb) + skb->csum_offset + 2;
  const bool fieldGoes = fieldEnd > static_cast<int>(std::min(len, skb_headlen(skb)));
  return call.result(stillToFill && fieldGoes ? -EINVAL : pskb_trim(skb, len));
}

const u8* skb_pull_rcsum(const sk_buff* skb, u32 len) {
  KFUNC(skb_pull_rcsum, skb, len);
  const u8* header = skb->data;
  __skb_pull(skb, len);
  skb_postpull_rcsum(skb, header, len);
  return call.result(skb->data.get());
}

// ---- queues
void skb_queue_tail(const sk_buff_head* list, const sk_buff* skb) {
  KFUNC(skb_queue_tail, list, skb);
  __skb_queue_tail(list, skb);
}
void skb_queue_head(const sk_buff_head* list, const sk_buff* skb) {
  KFUNC(skb_queue_head, list, skb);
  __skb_queue_head(list, skb);
}
const sk_buff* skb_dequeue(const sk_buff_head* list) {
  KFUNC(skb_dequeue, list);
  return call.result(__skb_dequeue(list));
}
const sk_buff* skb_dequeue_tail(const sk_buff_head* list) {
  KFUNC(skb_dequeue_tail, list);
  const sk_buff* skb = skb_peek_tail(list);
  if (skb) __skb_unlink(skb, list);
  return call.result(skb);
}
void skb_unlink(const sk_buff* skb, const sk_buff_head* list) {
  KFUNC(skb_unlink, skb, list);
  __skb_unlink(skb, list);
}
void skb_queue_purge(const sk_buff_head* list) {
  KFUNC(skb_queue_purge, list);
  while (const sk_buff* skb = skb_dequeue(list)) kfree_skb(skb);
}

} // namespace sockwalk::kernel
