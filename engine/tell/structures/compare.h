// Two objects of one type beside each other, or one object at two moments: which members differ, and who wrote each.
//
//   tell::compareStructures({a, first}, {b, second})     two playheads, or one twice
#pragma once
#include "engine/base/result.h"
#include "engine/journal/playhead.h"
#include "engine/tell/structures/rows.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// An object at a moment. Both sides are of one record.
struct ComparedAt {
  const Playhead* at = nullptr;
  StructureSubject subject;
};
struct ComparedValue {
  Text value;
  bool sought = false;          // who wrote it: of what differs, once ComparedWriters has come so far
  EventIndex written = NoEvent; // by the last write before the moment; NoEvent: by none
  Text writer;                  // the function
};
struct ComparedMember {
  std::string path, type; // "icsk_inet.sk.__sk_common.skc_state"
  std::vector<std::string_view> macros;
  u32 offset = 0, size = 0;
  MemberPlace place; // from the beginning of the structure
  bool differs = false;
  ComparedValue left, right;
};
struct Comparison {
  std::string type;        // that both have, or both begin with
  std::string left, right; // "tcp_sock #1"
  Text leftMoment, rightMoment;
  std::vector<ComparedMember> members; // that are one value each, in the order of memory
  size_t differing = 0;
};
// An Error says why they are not comparable: their types have nothing in common. Who wrote is not told yet.
Result<Comparison> compareValues(const ComparedAt& left, const ComparedAt& right);

// Who wrote the values that differ: looks back from either moment, a piece at a time, for a life may be long.
class ComparedWriters {
public:
  ComparedWriters(const ComparedAt& left, const ComparedAt& right, const Comparison& comparison);
  // Looks at so many events more of either side. true: all writers are known. The comparison may have moved in memory.
  bool advance(Comparison& comparison, EventIndex events);

private:
  struct Side {
    const Journal* journal;
    StructureSubject subject;
    EventIndex next; // the event behind those that are to be looked at
    ComparedValue ComparedMember::*value;
    std::vector<size_t> open; // members whose writer is not known
  };
  static void advance(Side& side, Comparison& comparison, EventIndex events);
  static void settle(Side& side, Comparison& comparison, EventIndex event);
  Side m_sides[2];
};
// With who wrote them.
Result<Comparison> compareStructures(const ComparedAt& left, const ComparedAt& right);
// The largest structure that both are or begin with; nullptr: none.
const LayoutInfo* commonLayout(const LayoutInfo* left, const LayoutInfo* right);

Text comparisonSummary(const Comparison& comparison); // "12 of 214 members differ"
// `all`: those that are alike, too.
std::vector<std::string> lines(const Comparison& comparison, bool all = false);
nlohmann::json json(const Comparison& comparison, bool all = false);

} // namespace sockwalk::tell
