// The events of a journal as sentences: plain, present tense, the kernel's names exact, one idea a sentence. Everything
// here only reads.
#pragma once
#include "engine/tell/members.h"
#include "engine/tell/values.h"

namespace sockwalk::tell {

// "inet_create() is called with socket #1, protocol 0." Never empty for an event of the journal.
Text event(const Playhead& at, EventIndex event);
// A Note event in words: "The entry of inetsw[SOCK_STREAM] for IPPROTO_TCP matches."
Text note(const Playhead& at, EventIndex event);
// Why the kernel has stopped, of a Panic event.
std::string panicText(const Journal& journal, const Event& panic);
// "inet_create(net=init_net, sock=socket #1, protocol=IPPROTO_TCP, kern=0)"
std::string call(const Playhead& at, EventIndex call);

} // namespace sockwalk::tell
