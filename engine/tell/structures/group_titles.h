// What the groups of members are called. One home for the words, so that each is translated once.
#pragma once
#include "engine/tell/text.h"

namespace sockwalk::tell::titles {

inline constexpr const char* Identity = Words("identity").english;
inline constexpr const char* State = Words("state").english;
inline constexpr const char* Pointers = Words("pointers").english;
inline constexpr const char* Queues = Words("queues").english;
inline constexpr const char* Memory = Words("memory").english;
inline constexpr const char* Timers = Words("timers").english;
inline constexpr const char* Callbacks = Words("callbacks").english;
inline constexpr const char* Options = Words("options").english;
inline constexpr const char* Connection = Words("connection").english;
inline constexpr const char* Sending = Words("sending").english;
inline constexpr const char* Receiving = Words("receiving").english;
inline constexpr const char* Congestion = Words("congestion").english;
inline constexpr const char* RoundTrips = Words("round trips").english;
inline constexpr const char* Layout = Words("layout").english;
inline constexpr const char* Headers = Words("headers").english;
inline constexpr const char* General = Words("general").english;
inline constexpr const char* Ownership = Words("ownership").english;
// Only where every member has a group.
inline constexpr const char* Features = Words("features").english;
inline constexpr const char* Functions = Words("functions").english;
inline constexpr const char* Recovery = Words("loss and recovery").english;
inline constexpr const char* Statistics = Words("statistics").english;
inline constexpr const char* Steering = Words("which CPU, which queue of the card").english;
inline constexpr const char* Stamps = Words("time stamps").english;
inline constexpr const char* BusyPolling = Words("busy polling").english;
inline constexpr const char* Hooks = Words("filters, security, accounting").english;
inline constexpr const char* Lists = Words("the lists that it is on").english;
inline constexpr const char* Locks = Words("locks").english;
inline constexpr const char* Others = Words("others").english;

} // namespace sockwalk::tell::titles
