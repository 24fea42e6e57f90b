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
};

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
