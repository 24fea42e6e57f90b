// Two objects of one type beside each other, or one object at two moments: which members differ, and who wrote each.
//
//   tell::compareStructures({a, first}, {b, second})     two playheads, or one twice
#pragma once
#include "engine/base/result.h"
#include "engine/journal/playhead.h"
#include "engine/tell/structures/subject.h"
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// An object at a moment. Both sides are of one record.
struct ComparedAt {
  const Playhead* at = nullptr;
  StructureSubject subject;
};
struct ComparedValue {
  Text value;
  EventIndex written = NoEvent; // by the last write before the moment; NoEvent: by none
  Text writer;                  // the function
};
struct ComparedMember {
  std::string path, type; // "icsk_inet.sk.__sk_common.skc_state"
  std::vector<std::string_view> macros;
  u32 offset = 0, size = 0;
  bool differs = false;
  ComparedValue left, right; // who wrote is told of those that differ
};
struct Comparison {
  std::string type;        // that both have, or both begin with
  std::string left, right; // "tcp_sock #1"
  Text leftMoment, rightMoment;
  std::vector<ComparedMember> members; // that are one value each, in the order of memory
  size_t differing = 0;
};
// An Error says why they are not comparable: their types have nothing in common.
Result<Comparison> compareStructures(const ComparedAt& left, const ComparedAt& right);
// The largest structure that both are or begin with; nullptr: none.
const LayoutInfo* commonLayout(const LayoutInfo* left, const LayoutInfo* right);

Text comparisonSummary(const Comparison& comparison); // "12 of 214 members differ"
// `all`: those that are alike, too.
std::vector<std::string> lines(const Comparison& comparison, bool all = false);
nlohmann::json json(const Comparison& comparison, bool all = false);

} // namespace sockwalk::tell
