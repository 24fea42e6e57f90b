// The map of the stack: every function of it lies in one part, and what is lit has been called.
#include "engine/journal/queries.h"
#include "engine/tell/map/stack_map.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

TEST(StackMap, HasEveryFunctionOfTheNetworkStack) {
  std::set<std::string_view> homeless;
  std::set<int> used;
  for (const FunctionInfo* f : Symbols::get().functions()) {
    const int part = mapPartOf(*f);
    if (part >= 0) used.insert(part);
    const bool network = f->file.starts_with("engine/kernel/") &&
                         (f->file.find("/net/") != f->file.npos || f->file.find("/fs/") != f->file.npos);
    if (network && part < 0) homeless.insert(f->file);
  }
  std::string names;
  for (const std::string_view file : homeless) names += std::string(file) + "\n";
  EXPECT_TRUE(homeless.empty()) << names;
  EXPECT_EQ(used.size(), stackMap().size()) << "a part without a function";
}

TEST(StackMap, PartsDoNotLieOnOneAnotherAndEdgesHaveBothEnds) {
  std::set<std::string_view> ids;
  for (const MapPart& a : stackMap()) {
    EXPECT_TRUE(ids.insert(a.id).second);
    EXPECT_LE(a.column + a.width, 12.0);
    for (const MapPart& b : stackMap()) {
      const bool sameRows = std::abs(a.row - b.row) < 0.9,
                 sameColumns = a.column < b.column + b.width && b.column < a.column + a.width;
      EXPECT_TRUE(&a == &b || !sameRows || !sameColumns) << a.id << " lies on " << b.id;
    }
  }
  for (const MapEdge& edge : stackMapEdges())
    EXPECT_TRUE(ids.contains(edge.from) && ids.contains(edge.to)) << edge.from << edge.to;
}

TEST(StackMap, LightsWhatWasCalledUpToTheMoment) {
  const auto session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-between-two-hosts.pkt");
  const Journal& j = session->journal();
  Playhead at(j);
  MapReader reader;
  for (const EventIndex position : tests::someMoments(j, 80)) {
    at.seek(position);
    const MapMoment moment = reader.at(at);
    const int stimulus = j.stimulusAt(position - 1);
    std::vector<int> calls(stackMap().size(), 0);
    for (EventIndex i = stimulus < 0 ? 0 : j.stimuli()[size_t(stimulus)].event; i < position; ++i)
      if (j[i].type == EventType::Call)
        if (const int part = mapPartOf(j.function(j[i])); part >= 0) ++calls[size_t(part)];
    for (size_t p = 0; p < calls.size(); ++p) EXPECT_EQ(moment.parts[p].calls, calls[p]) << stackMap()[p].id;
    for (const auto& [from, to] : moment.crossings) EXPECT_TRUE(calls[size_t(to)] > 0 && from != to);
  }
}
