// What engine/tell says, as Qt's text in the person's language. Nothing is worked out here.
#pragma once
#include "engine/tell/moments.h"
#include "views/walk/text.h"

namespace sockwalk {

class Walk;
// "The kernel has stopped: …" from the moment on at which it did; "" before, and if it runs.
QString stoppedSentence(Walk& walk);

inline QString eventSentence(const Playhead& at, EventIndex event) { return shown(tell::event(at, event)); }
inline QString systemResultText(s64 value) { return text(tell::systemResult(value)); }
inline QString memberText(const Playhead& at, u64 address, u32 size) {
  return text(tell::memberName(at, address, size));
}
inline QString addressWords(const Playhead& at, u64 address) { return text(tell::addressName(at, address)); }
inline QString deviceName(const Playhead& at, const Event& packet) { return text(tell::deviceName(at, packet)); }
inline QString networkName(const Playhead& at, u64 net) { return text(tell::networkName(at, net)); }
inline QString dropReasonText(u32 reason) { return text(tell::dropReason(reason)); }
inline QString bytesText(s64 count) { return shown(tell::bytes(count)); }
inline QString durationText(s64 ns) { return text(tell::duration(ns)); }
inline QString timeText(s64 ns) { return text(tell::time(ns)); }

} // namespace sockwalk
