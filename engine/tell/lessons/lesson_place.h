// A place in a record, looked for forward from another:
//
//   call F [N], return F [N]     a function is entered, returns; the N-th time from there
//   note ID [N], event drop [N]  what the kernel's function says of itself; a packet is dropped
//   stimulus CASE, end CASE      a //@case of the script begins, is over
//   write TYPE.MEMBER            somebody writes it
//   frame N                      of a capture: it arrives, or our kernel sends what the captured host sent
//   until CONDITION              it begins to hold (until.h)
//   start, end
#pragma once
#include "engine/base/result.h"
#include "engine/scenario/session.h"
#include "engine/tell/lessons/block.h"
#include "engine/tell/relive/relive.h"

namespace sockwalk::tell {

struct Place {
  std::string kind, name; // kind "": none
  u32 count = 1;
  Spot spot{};
};
// What is wrong in itself, whatever the record, is a problem: a function that this kernel does not have.
Place placeOf(const Written& written, Problems& problems);
Place placeWhen(const Written& condition); // "until"
std::string asWritten(const Place& place);

// The position of a place, looked for from `from` on; an Error says what the record does not have.
Result<EventIndex> findPlace(const scenario::Session& session, const Place& place, EventIndex from);

const Stimulus* caseNamed(const Journal& journal, const std::string& name);
std::vector<std::string> caseNames(const Journal& journal);
// Where the machine has booted, and what the script or the capture does begins: what is counted, is counted from here.
EventIndex afterBoot(const Journal& journal);
u32 frameNumber(const std::string& word); // "14" is 14; what is no number of a frame is 0
Result<RelivedFrame> frameNumbered(const scenario::Session& session, const std::string& number);
// Where in "sock.sk_state" or "2.6/sock.sk_state" the object's name ends, at a dot; npos: it is all there is.
size_t dotOf(const std::string& member);
std::vector<std::string> wordsOf(const std::string& text);
std::vector<std::string> functionNamesOfKernel();
std::vector<std::string> noteNames();
// As conditions of lessons are written: sk is a sock and skb an sk_buff.
std::string wholeCondition(const std::string& condition);

} // namespace sockwalk::tell
