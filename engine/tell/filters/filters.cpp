#include "engine/tell/filters/filters.h"
#include "engine/journal/queries.h"
#include "engine/memory/constants/packet.h"
#include "engine/tell/filters/instruction_text.h"
#include "engine/tell/filters/latest_run.h"
#include "engine/tell/live_objects.h"
#include "engine/tell/position.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

using namespace sockwalk::kernel;

namespace {

std::vector<std::string> holdersOf(const Playhead& at, u64 program, const LiveObjects& live) {
  std::vector<std::string> names;
  for (const u64 address : live.sockets(at.position())) {
    const sk_filter* fp = at.object<sock>(address)->sk_filter.get();
    if (fp && fp->prog.value == program) names.push_back(addressName(at, address));
  }
  return names;
}

} // namespace

std::vector<FilterTold> readFilters(const Playhead& at) { return readFilters(at, LiveObjects(at.journal())); }

std::vector<FilterTold> readFilters(const Playhead& at, const LiveObjects& live) {
  std::vector<FilterTold> out;
  for (const Allocation* program : liveAt(at.journal(), at.position(), TypeName<bpf_prog>::index)) {
    FilterTold filter;
    const u64 address = Arena::addressOf(program->offset);
    const auto* prog = at.object<bpf_prog>(address);
    filter.address = address;
    filter.program = addressName(at, address);
    filter.sockets = holdersOf(at, address, live);
    for (u32 i = 0; i < std::min<u32>(prog->len, BPF_MAXINSNS); ++i) {
      filter.lines.push_back(
          {.text = instructionLine(prog->insns[i], i), .leadsTo = leadsTo(prog->insns[i], i), .outcome = {}});
      filter.usesWords = filter.usesWords || usesWords(prog->insns[i]);
    }
    readLatestRun(at, program->born, filter);
    out.push_back(std::move(filter));
  }
  return out;
}

Text programText(const FilterTold& filter) {
  if (filter.sockets.empty()) return filter.program;
  std::vector<Text> sockets(filter.sockets.begin(), filter.sockets.end());
  return say("%1 of %2", filter.program, Text::list(", ", std::move(sockets)));
}

Text runText(const FilterTold& filter) {
  if (filter.begun == NoEvent) return say("no packet has come to it yet");
  const Text packet = say("%1 of %2", filter.packet, bytes(s64(filter.bytes)));
  if (!filter.over) return say("it is being run on %1", packet);
  if (!filter.answer) return say("run last on %1, which it does not want", packet);
  return say("run last on %1, of which it wants up to %2", packet, bytes(s64(filter.answer)));
}

static std::string line(const FilterLine& l) {
  char lead[12] = "     ";
  if (l.order) std::snprintf(lead, sizeof lead, "%c%3d ", l.latest ? '>' : ' ', l.order);
  std::string out = lead + l.text;
  if (l.outcome.empty()) return out;
  constexpr size_t Column = 58;
  const size_t tab = out.find('\t');
  if (tab != std::string::npos) out.replace(tab, 1, "  ");
  out.resize(std::max(out.size(), Column), ' ');
  return out + "  " + spoken(l.outcome);
}

std::vector<std::string> lines(const std::vector<FilterTold>& filters) {
  std::vector<std::string> out;
  for (const FilterTold& f : filters) {
    out.push_back(spoken(say("%1: %2 instructions; %3", programText(f), f.lines.size(), runText(f))));
    for (const FilterLine& l : f.lines) out.push_back(line(l));
  }
  return out;
}

static nlohmann::json runJson(const FilterTold& f) {
  nlohmann::json words = nlohmann::json::object(), looks = nlohmann::json::array();
  for (const auto& [slot, value] : f.words) words[std::to_string(slot)] = value;
  for (const FilterLook& look : f.looks)
    looks.push_back({{"instruction", look.line}, {"from", look.from}, {"size", look.size}});
  nlohmann::json run{{"event", f.begun}, {"packet", f.packet}, {"bytes", f.bytes}, {"over", f.over},
                     {"a", f.a},         {"x", f.x},           {"words", words},   {"looks", looks}};
  if (f.over) run["answer"] = f.answer;
  return run;
}

nlohmann::json json(const std::vector<FilterTold>& filters) {
  nlohmann::json out = nlohmann::json::array();
  for (const FilterTold& f : filters) {
    nlohmann::json rows = nlohmann::json::array();
    for (const FilterLine& l : f.lines) {
      nlohmann::json row{{"text", l.text}, {"ran", l.order != 0}};
      if (l.order) row.update({{"order", l.order}, {"outcome", english(l.outcome)}, {"event", l.event}});
      if (l.latest) row["latest"] = true;
      rows.push_back(std::move(row));
    }
    nlohmann::json told{{"program", f.program}, {"sockets", f.sockets}, {"instructions", std::move(rows)}};
    if (f.begun != NoEvent) told["run"] = runJson(f);
    out.push_back(std::move(told));
  }
  return out;
}

} // namespace sockwalk::tell
