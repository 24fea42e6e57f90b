#include "engine/tell/filters/filters.h"
#include "engine/base/digits.h"
#include "engine/journal/queries.h"
#include "engine/memory/constants/packet.h"
#include "engine/tell/filters/instruction_text.h"
#include "engine/tell/live_objects.h"
#include "engine/tell/position.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

using namespace sockwalk::kernel;

namespace {

std::string placeText(u64 at) {
  char text[12];
  std::snprintf(text, sizeof text, "(%03llu)", static_cast<unsigned long long>(at));
  return text;
}

std::string_view noteName(const Event& e) {
  return e.type == EventType::Note ? std::string_view(Symbols::get().notes()[e.b]->name) : std::string_view();
}
bool endsRun(std::string_view note) {
  return note == "filter.returned" || note == "filter.outside" || note == "filter.divided_by_zero";
}

// What a note says of the instruction that it is about. Their arguments: engine/kernel/notes.tsv.
Text outcomeOf(std::string_view note, std::span<const u64> a) {
  if (note == "filter.step") return "A = " + hexText(a[2]) + ", X = " + hexText(a[3]);
  if (note == "filter.stored") return "M[" + std::to_string(a[2]) + "] = " + hexText(a[3]);
  if (note == "filter.jump")
    return (a[4] ? say("yes: on to %1", placeText(a[3])) : say("no: on to %1", placeText(a[3])));
  if (note == "filter.jump_always") return say("on to %1", placeText(a[2]));
  if (note == "filter.outside") return say("not in the packet: the answer is 0");
  if (note == "filter.divided_by_zero") return say("X is 0: the answer is 0");
  if (note == "filter.returned") return a[2] ? say("wanted: up to %1", bytes(s64(a[2]))) : say("not wanted");
  return {};
}

// The latest run of `program` that has begun when the moment has come.
EventIndex latestRun(const Playhead& at, u64 program, EventIndex since) {
  for (EventIndex i = at.position(); i > since; --i) {
    const Event& e = at.journal()[i - 1];
    if (noteName(e) == "filter.begins" && at.journal().arguments(e)[0] == program) return i - 1;
  }
  return NoEvent;
}

void readRun(const Playhead& at, FilterTold& filter) {
  const Journal& journal = at.journal();
  const auto begin = journal.arguments(journal[filter.begun]);
  filter.packet = addressName(at, begin[1]);
  filter.bytes = begin[2];
  const EventIndex call = journal.callAround(filter.begun);
  int order = 0;
  FilterLine* latest = nullptr;
  for (EventIndex i = filter.begun + 1; i < at.position() && !filter.over; ++i) {
    const std::string_view note = noteName(journal[i]);
    if (!note.starts_with("filter.") || journal.callAround(i) != call) continue;
    const auto a = journal.arguments(journal[i]);
    const Text outcome = outcomeOf(note, a);
    if (outcome.empty() || a[0] >= filter.lines.size()) continue;
    latest = &filter.lines[a[0]];
    latest->order = ++order;
    latest->outcome = outcome;
    latest->event = i;
    filter.over = endsRun(note);
    if (note == "filter.returned") filter.answer = a[2];
  }
  if (latest) latest->latest = true;
}

std::vector<std::string> holdersOf(const Playhead& at, u64 program, const LiveObjects& live) {
  std::vector<std::string> names;
  for (const u64 address : live.sockets(at.position())) {
    const sk_filter* fp = at.object<sock>(address)->sk_filter.get();
    if (fp && fp->prog.value == program) names.push_back(addressName(at, address));
  }
  return names;
}

} // namespace

std::vector<FilterTold> readFilters(const Playhead& at) {
  const LiveObjects live(at.journal());
  std::vector<FilterTold> out;
  for (const Allocation* program : liveAt(at.journal(), at.position(), TypeName<bpf_prog>::index)) {
    FilterTold filter;
    const u64 address = Arena::addressOf(program->offset);
    const auto* prog = at.object<bpf_prog>(address);
    filter.program = addressName(at, address);
    filter.sockets = holdersOf(at, address, live);
    for (u32 i = 0; i < std::min<u32>(prog->len, BPF_MAXINSNS); ++i)
      filter.lines.push_back({.text = instructionLine(prog->insns[i], i), .outcome = {}});
    filter.begun = latestRun(at, address, program->born);
    if (filter.begun != NoEvent) readRun(at, filter);
    out.push_back(std::move(filter));
  }
  return out;
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
    Text of = f.program;
    if (!f.sockets.empty()) {
      std::vector<Text> sockets(f.sockets.begin(), f.sockets.end());
      of = say("%1 of %2", f.program, Text::list(", ", std::move(sockets)));
    }
    out.push_back(spoken(say("%1: %2 instructions; %3", of, f.lines.size(), runText(f))));
    for (const FilterLine& l : f.lines) out.push_back(line(l));
  }
  return out;
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
    if (f.begun != NoEvent) {
      told["run"] = {{"event", f.begun}, {"packet", f.packet}, {"bytes", f.bytes}, {"over", f.over}};
      if (f.over) told["run"]["answer"] = f.answer;
    }
    out.push_back(std::move(told));
  }
  return out;
}

} // namespace sockwalk::tell
