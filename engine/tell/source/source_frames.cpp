#include "engine/tell/source/source_frames.h"
#include "engine/journal/layers.h"
#include "engine/journal/reflection.h"
#include "engine/tell/running.h"
#include "engine/tell/source/source_files.h"

namespace sockwalk::tell {
namespace {

// The last line of `call` that the journal knows from before event `before`. Callees are passed over in one step each.
int lastKnownLine(const Journal& j, EventIndex call, EventIndex before) {
  const FunctionInfo& f = j.function(j[call]);
  const SourceLines* lines = sourceLines(f.file);
  int budget = 4096; // far more than one function does between two lines; then its first line must do
  for (EventIndex i = before; i-- > call && budget--;) {
    const Event& e = j[i];
    if (e.type == EventType::Return && e.where > call) {
      i = e.where; // the callee's Call; its events are not ours
      continue;
    }
    if (j.callAround(i) != call) continue;
    const int line = j.line(i);
    if (line && (!lines || couldRun(*lines, f.line, line))) return line;
  }
  return f.line;
}

// Where `caller` stands while `callee` runs: the journal tells the last line before, the text the call itself.
int lineOfCall(const Journal& j, EventIndex caller, EventIndex callee) {
  const int known = lastKnownLine(j, caller, callee);
  const SourceLines* lines = sourceLines(j.function(j[caller]).file);
  if (!lines) return known;
  // Through a table, the text names the slot and not the function.
  if (callee && j[callee - 1].type == EventType::TableCall) {
    const u32 slot = j[callee - 1].where;
    std::string path;
    if (const DataSymbol* d = Symbols::get().dataAt(slot)) {
      if (const LayoutInfo* l = layoutNamed(d->type)) path = memberPath(*l, (slot - d->offset) % d->size);
    }
    if (const auto dot = path.rfind('.'); dot != path.npos) path.erase(0, dot + 1);
    if (!path.empty())
      if (const int line = callLine(*lines, known, path)) return line;
  }
  const std::string_view name = j.function(j[callee]).name;
  if (const int line = callLine(*lines, known, name)) return line;
  // Perhaps from a small helper in the same file that does not record its calls.
  const int line = callLineAnywhere(*lines, name);
  return line ? line : known;
}

} // namespace

Text simplification(const FunctionInfo& function) {
  const std::string_view leftOut =
      Symbols::get().simplified(function.name, function.era()); // of a literal, so it ends with a zero
  return leftOut.empty() ? Text() : say(TableWords{leftOut.data()});
}

Text inlining(const FunctionInfo& function) {
  if (!Symbols::get().inlined(function.name, function.era())) return {};
  return say("inlined: the compiler of the real kernel put %1() into its callers, where a trace does not see it",
             std::string(function.name));
}

std::vector<SourceFrame> sourceFrames(const Playhead& at) {
  std::vector<SourceFrame> out;
  const Journal& j = at.journal();
  const std::vector<EventIndex> stack = runningCalls(at);
  for (size_t i = 0; i < stack.size(); ++i) {
    const FunctionInfo& f = j.function(j[stack[i]]);
    const bool runs = i + 1 == stack.size();
    const int line = runs ? lastKnownLine(j, stack[i], at.position()) : lineOfCall(j, stack[i], stack[i + 1]);
    out.push_back(
        {stack[i], std::string(f.name), std::string(f.file), line, layerOf(f), simplification(f), inlining(f)});
  }
  return out;
}

SourceFrame sourceOf(const Journal& j, EventIndex event) {
  const EventIndex call = event < j.size() ? j.callAround(event) : NoEvent;
  if (call == NoEvent) return {};
  const FunctionInfo& f = j.function(j[call]);
  return {call,       std::string(f.name), std::string(f.file), lastKnownLine(j, call, event + 1),
          layerOf(f), simplification(f),   inlining(f)};
}

std::vector<std::string> lines(const std::vector<SourceFrame>& frames) {
  std::vector<std::string> out;
  for (const SourceFrame& f : frames) {
    out.push_back(f.function + "  " + f.file + ":" + std::to_string(f.line));
    if (!f.simplified.empty()) out.push_back("    " + spoken(say("simplified: %1", f.simplified)));
    if (!f.inlined.empty()) out.push_back("    " + spoken(f.inlined));
  }
  return out;
}

} // namespace sockwalk::tell
