// The events of a journal as sentences: plain, present tense, the kernel's names exact, one idea a sentence.
//
// Everything here only reads. Names of objects are looked up in the playhead's memory, so they are right for events
// at or near the playhead; an object that is not there (any more, or yet) is told by its address.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/journal/reflection.h"
#include <QString>

namespace sockwalk {

// "inet_create() is called with socket #1, protocol 0." Never empty for an event of the journal.
QString eventSentence(const Playhead& at, EventIndex event);
// "The kernel has stopped: …" from the moment on at which it did; "" before, and if it runs.
class Walk;
QString stoppedSentence(Walk& walk);
// A Note event in words: "The entry of inetsw[SOCK_STREAM] for IPPROTO_TCP matches."
QString noteSentence(const Playhead& at, EventIndex event);

// ---- the parts that sentences are made of, for lists and tooltips
// "inet_create(&init_net, socket #1, 0, 0)"
QString callText(const Playhead& at, EventIndex call);
// "protocol 0", "AF_INET", "socket #1": one argument by its name, where the name says what the number means.
QString argumentWords(const Playhead& at, std::string_view name, u64 value, bool pointer);
// "3", "tcp_sock #1", "-EAFNOSUPPORT (97)"
QString resultText(const Playhead& at, u64 value);
// A system call's result as strace writes it: "3", "-1 EAFNOSUPPORT (97)".
QString systemResultText(s64 value);
// "sk->sk_state" for a byte of a tcp_sock, "sock->ops" for one of a socket: as kernel source would say it.
QString memberText(const Playhead& at, u64 address, u32 size);
QString addressWords(const Playhead& at, u64 address);       // "tcp_sock #1", "inet_stream_ops", "NULL"
QString deviceName(const Playhead& at, const Event& packet); // "eth0", and "server eth0" in a namespace of that name
QString networkName(const Playhead& at, u64 net);            // a namespace as `ip netns` names it; "" if it has no name
QString dropReasonText(u32 reason);                          // "SKB_DROP_REASON_NO_SOCKET"
QString bytesText(s64 count);                                // "1 byte", "2280 bytes"
QString durationText(s64 ns);                                // "2.14 µs"
QString timeText(s64 ns);                                    // seconds since boot: "0.000 002 140 s"

} // namespace sockwalk
