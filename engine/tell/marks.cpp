#include "engine/tell/marks.h"

namespace sockwalk::tell {

Text refusal(u32 why) {
  switch (static_cast<Refusal>(why)) {
  case Refusal::DeviceDown: return say("the device is down");
  case Refusal::TooShort: return say("it is shorter than an Ethernet header");
  case Refusal::TooLong: return say("it is longer than the device takes");
  case Refusal::OtherAddress: return say("it is addressed to another card");
  case Refusal::RingFull: return say("no descriptor of the receive ring is free");
  case Refusal::NoMemory: return say("there is no memory for an sk_buff");
  case Refusal::Count: break;
  }
  return {};
}

// Devices are spoken of by their names, as everywhere.
static std::string deviceAt(const Playhead& at, u64 address) {
  return deviceName(at, {EventType::PacketIn, 0, 0, 0, u64(u32(address)) << 32});
}

static Text ofFamily(BufferMark what, const std::string& skb, const std::string& other) {
  switch (what) {
  case BufferMark::Cloned: return say("%1 becomes a clone of %2: both describe the same bytes.", skb, other);
  case BufferMark::Copied: return say("%1 is a copy of %2 now, with bytes of its own.", skb, other);
  case BufferMark::Segment: return say("%1 is a segment cut from %2.", skb, other);
  case BufferMark::Fragment: return say("%1 is an IP fragment of %2.", skb, other);
  case BufferMark::Split: return say("%1 has taken over the rear part of %2.", skb, other);
  case BufferMark::Merged:
    return say("GRO has put the payload of %1 behind that of %2: they climb as one packet.", skb, other);
  case BufferMark::Joined: return say("The bytes of %1 go over to %2, the buffer before it.", skb, other);
  case BufferMark::Reassembled: return say("The fragment %1 becomes a part of the datagram %2.", skb, other);
  default: return {};
  }
}

static Text atDevice(const Playhead& at, const Event& e, const std::string& skb) {
  const std::string device = deviceAt(at, e.data);
  switch (static_cast<BufferMark>(e.a)) {
  case BufferMark::Taken: return say("%1 holds the frame that has arrived on %2.", skb, device);
  case BufferMark::Refused: return say("%1 does not take the frame: %2.", device, refusal(e.where));
  case BufferMark::Flushed: return say("%1 forgets the frames that still wait in it.", device);
  case BufferMark::Sent: return say("The frame that has left by %1 was made of %2.", device, skb);
  case BufferMark::Forwarded: return say("%1 is for another host: it goes on by %2.", skb, device);
  default: return {};
  }
}

Text mark(const Playhead& at, EventIndex event) {
  const Event& e = at.journal()[event];
  if (e.type != EventType::Mark) return {};
  const auto what = static_cast<BufferMark>(e.a);
  const bool hasBuffer = what != BufferMark::Refused && what != BufferMark::Flushed;
  const std::string skb = hasBuffer ? addressName(at, Arena::addressOf(e.where)) : std::string();
  switch (what) {
  case BufferMark::Born: return say("%1 becomes a new packet, still empty.", skb);
  case BufferMark::Taken:
  case BufferMark::Refused:
  case BufferMark::Flushed:
  case BufferMark::Sent:
  case BufferMark::Forwarded: return atDevice(at, e, skb);
  case BufferMark::Delivered:
    return say("%1 is put into a queue of %2, from which a program reads.", skb, addressName(at, e.data));
  case BufferMark::Handled: return say("%1 makes use of what %2 says.", addressName(at, e.data), skb);
  case BufferMark::Answered:
    return e.data ? say("%1 is answered by %2.", skb, addressName(at, e.data)) : say("%1 is answered.", skb);
  case BufferMark::Learned: return say("%1 is learned from %2.", addressName(at, e.data), skb);
  case BufferMark::Released: return say("%1 lets go of its bytes, its route and its owner.", skb);
  default: return ofFamily(what, skb, addressName(at, e.data));
  }
}

} // namespace sockwalk::tell
