#include "engine/tell/moments.h"
#include "engine/journal/queries.h"
#include "engine/tell/arguments.h"
#include "engine/tell/in_words.h"
#include "engine/tell/marks.h"
#include "engine/tell/moves.h"
#include "engine/tell/packets/counted_numbers.h"
#include <cstring>

namespace sockwalk::tell {
namespace {

Text callSentence(const Playhead& at, EventIndex event) {
  constexpr size_t Most = 4; // more make no sentence; the call itself says them all
  const Journal& j = at.journal();
  const FunctionInfo& f = j.function(j[event]);
  const auto values = j.arguments(j[event]);
  std::vector<Text> words;
  for (size_t i = 0; i < values.size() && i < Most; ++i) words.push_back(argumentWords(at, f, values, i));
  if (words.empty()) return say("%1() is called.", f.name);
  return say("%1() is called with %2.", f.name, Text::list(", ", std::move(words)));
}

Text returnSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  if (Text moved = bufferMove(at, e.where, event); !moved.empty()) return moved;
  const FunctionInfo& f = j.function(j[e.where]);
  if (!e.a) return say("%1() returns.", f.name);
  return say("%1() returns %2.", f.name, resultValue(at, f, j.arguments(j[e.where]), e.data));
}

Text writeSentence(const Playhead& at, const Event& e) {
  const auto c = at.journal().change(e);
  const u64 address = Arena::addressOf(c.offset);
  if (c.size > 8 || !c.oldBytes || !c.newBytes)
    return say("%1 is written, %2.", memberName(at, address, c.size), bytes(c.size));
  const NamedMember member = memberWritten(at, address, c.size, c.oldBytes, c.newBytes);
  const std::string now = memberValue(at, member, c.newBytes, c.size);
  const std::string before = memberValue(at, member, c.oldBytes, c.size);
  if (now == before) return say("%1 is set to %2, which it was already.", member.text, now);
  return say("%1 is set to %2; it was %3.", member.text, now, before);
}

Text fillSentence(const Playhead& at, const Event& e) {
  const auto c = at.journal().change(e);
  const std::string where = memberName(at, Arena::addressOf(c.offset), c.size);
  if (!c.fillValue) return say("%1 is set to zero, %2.", where, bytes(c.size));
  return say("%1 is filled with %2, %3.", where, hexText(c.fillValue, 2), bytes(c.size));
}

std::string cacheName(const Journal& j, u32 index) {
  return index < j.caches().size() ? j.caches()[index].name : std::to_string(index);
}
Text allocSentence(const Journal& j, EventIndex event) {
  const Allocation* a = j.allocationBornAt(event);
  if (!a) return {};
  return say("%1 is born in the slab %2, %3.", objectOf(*a).name, cacheName(j, a->cache), bytes(a->size));
}
Text freeSentence(const Journal& j, const Event& e) {
  const Allocation* a = j.allocationBornAt(u32(e.data) - 1);
  if (!a) return say("An object is freed.");
  return say("%1 is freed: its %2 go back to the slab %3.", objectOf(*a).name, bytes(a->size), cacheName(j, a->cache));
}
Text slabSentence(const Journal& j, const Event& e) {
  PageRecord page;
  std::memcpy(&page, j.payload(e.data), sizeof page);
  const Text pages = page.pages == 1 ? say("a fresh page") : say("%1 fresh pages", page.pages);
  return say("The slab cache %1 gets %2 for objects of %3.", cacheName(j, page.cache), pages, bytes(page.objectSize));
}

Text contextSentence(const Context& c) {
  switch (c.kind) {
  case Context::Boot: return say("The kernel boots.");
  case Context::Task: return say("Task %1 (pid %2) runs.", c.name, c.task);
  case Context::Softirq: return say("A softirq runs: the work that an interrupt left for later.");
  case Context::Idle: return say("Nothing is left to do: the processor is idle.");
  }
  return {};
}

Text packetSentence(const Playhead& at, EventIndex event) {
  const Event& e = at.journal()[event];
  const ByteView frame = at.journal().frame(e);
  const std::string info = countedSummary(at.journal(), event).info;
  if (e.type == EventType::PacketIn)
    return say("A frame of %1 arrives on %2: %3.", bytes(s64(frame.size())), deviceName(at, e), info);
  return say("A frame of %1 leaves by %2: %3.", bytes(s64(frame.size())), deviceName(at, e), info);
}

Text timerSentence(const Playhead& at, EventIndex event) {
  const Event& e = at.journal()[event];
  constexpr u32 TimerSize = 40; // struct timer_list
  const std::string who = memberName(at, Arena::addressOf(e.where), TimerSize);
  if (e.type == EventType::TimerFire) return say("The timer %1 fires.", who);
  if (e.type == EventType::TimerCancel) return say("The timer %1 is stopped.", who);
  return say("The timer %1 is set to fire in %2.", who, duration(s64(e.data) - at.journal().timeAt(event)));
}

} // namespace

std::string panicText(const Journal& j, const Event& panic) {
  return {reinterpret_cast<const char*>(j.payload(panic.where)), size_t(panic.data)};
}

Text event(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  if (event >= j.size()) return {};
  const Event& e = j[event];
  switch (e.type) {
  case EventType::Call: return callSentence(at, event);
  case EventType::Return: return returnSentence(at, event);
  case EventType::Write: return writeSentence(at, e);
  case EventType::Fill: return fillSentence(at, e);
  case EventType::Slab: return slabSentence(j, e);
  case EventType::Alloc: return allocSentence(j, event);
  case EventType::Free: return freeSentence(j, e);
  case EventType::TableCall:
    return say("The call goes through %1, which points at %2.", memberName(at, Arena::addressOf(e.where), 8),
               addressName(at, e.data));
  case EventType::Context: return contextSentence(j.contexts()[e.where]);
  case EventType::PacketIn:
  case EventType::PacketOut: return packetSentence(at, event);
  case EventType::Drop: return say("%1 is dropped: %2.", addressName(at, Arena::addressOf(e.where)), dropReason(e.b));
  case EventType::TimerArm:
  case EventType::TimerFire:
  case EventType::TimerCancel: return timerSentence(at, event);
  case EventType::Note: return note(at, event);
  case EventType::Stimulus: return say("The machine is told: %1.", stimulusText(j.stimuli()[e.where].text));
  case EventType::Panic: return say("The kernel panics: %1.", panicText(j, e));
  case EventType::Mark: return mark(at, event);
  }
  return {};
}

Text note(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  if (e.type != EventType::Note) return {};
  const kernel::NoteText& sentence = kernel::noteText(Symbols::get().notes()[e.b]->name);
  const auto values = j.arguments(e);
  std::vector<Text> given;
  for (size_t i = 0; i < sentence.arguments; ++i) {
    const kernel::NoteArgument& kind = sentence.kinds[i];
    if (kind.kind == kernel::NoteKind::Sequence)
      given.emplace_back(countedNumber(j, event, static_cast<u32>(values[i])));
    else given.push_back(valueName(at, kind, values, i));
  }
  return Text(sentence.chosen(values), std::move(given));
}

std::string call(const Playhead& at, EventIndex call) {
  const FunctionInfo& f = at.journal().function(at.journal()[call]);
  const auto values = at.journal().arguments(at.journal()[call]);
  std::string out(f.name);
  out += '(';
  for (size_t i = 0; i < values.size(); ++i)
    out += (i ? ", " : "") + argumentName(f, i) + '=' + argumentValue(at, f, values, i);
  return out + ')';
}

} // namespace sockwalk::tell
