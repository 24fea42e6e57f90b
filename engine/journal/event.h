// What a machine does, one event a moment. Sixteen bytes each; what does not fit stands in the journal's payload.
#pragma once
#include "engine/base/types.h"

namespace sockwalk {

enum class EventType : u8 {
  Call,      // a = arguments, b = function, where = event of the caller's Call, low data = event of its Return
  Return,    // a = has value, b = line, where = event of the Call, data = value
  Write,     // a = bytes if 8 or fewer, b = line, where = offset
  Fill,      // a = value, b = line, where = offset
  Slab,      // where = first page, payload = PageRecord
  Alloc,     // b = line, where = object, data = type | cache << 16 | bytes wanted << 32
  Free,      // b = line, where = object, data = birth | type << 32 | cache << 48
  TableCall, // where = offset of the slot, data = target
  Context,   // where = index in contexts(): the task, softirq or time that goes on from here
  PacketIn,  // b = interface index, where = payload, data = bytes | offset of the net_device << 32
  PacketOut,
  Drop,     // b = reason (enum skb_drop_reason), where = sk_buff
  TimerArm, // where = timer, data = expiry in ns
  TimerFire,
  TimerCancel,
  Note,     // a = arguments, b = note, where = line, low data = payload
  Stimulus, // where = index in stimuli(): the machine is told to do something
  Panic,    // where = payload (text), b = line: an invariant of the kernel was broken here
  Mark,     // a = BufferMark, b = line, where = sk_buff, data = address of the other party
};

// What the kernel knows of a packet at the moment when it does it, and what nobody could read from calls and writes
// without knowing the kernel's functions by heart. The other party stands in brackets.
enum class BufferMark : u8 {
  Born,        // the structure becomes an empty packet
  Cloned,      // it becomes a second description of the same bytes [the sk_buff that it is a clone of]
  Copied,      // it gets bytes of its own that are like those of another [that one]
  Segment,     // it is cut from a larger packet, which TCP or UDP built in one piece [that one]
  Fragment,    // it is an IP fragment of a larger packet [that one]
  Split,       // it takes the rear part of what another one held [that one]
  Merged,      // GRO puts its payload behind that of another [that one]
  Joined,      // its payload goes over to the one before it in a queue [that one]
  Reassembled, // it is a fragment, and its part goes to the whole datagram [the sk_buff that becomes the whole]
  Taken,       // it holds a frame that has arrived: the oldest of the device's that nobody has taken [the device]
  Refused,     // no sk_buff: the frame that has just arrived goes no further (where = Refusal) [the device]
  Flushed,     // no sk_buff: the frames that wait in the device are lost, it was taken down [the device]
  Sent,        // the frame that has just left was made of it [the device]
  Delivered,   // it is put into a queue from which a program reads [the socket]
  Handled,     // a socket makes use of what it says; its bytes are not for a program [the socket]
  Forwarded,   // it goes on to another host [the device by which]
  Answered,    // something is sent back because of it [the sk_buff of the answer, or 0]
  Learned,     // a neighbour's address is noted from it [the neighbour]
  Released,    // its bytes, route and owner are let go of
  Count
};

// Why a device did not take a frame.
enum class Refusal : u8 { DeviceDown, TooShort, TooLong, OtherAddress, RingFull, NoMemory, Count };

struct Event {
  EventType type;
  u8 a;
  u16 b;
  u32 where;
  u64 data;
};
static_assert(sizeof(Event) == 16);

using EventIndex = u32;
constexpr EventIndex NoEvent = 0xffffffff;

} // namespace sockwalk
