// The latest run of a filter: the kernel notes every instruction (net/core/filter_run.cpp), and what A, X and M are by now,
// and what was read of the packet, follows from these notes.
#include "engine/tell/filters/latest_run.h"
#include "engine/base/digits.h"
#include "engine/journal/queries.h"
#include "engine/kernel/include/linux/filter.h"
#include "engine/tell/filters/instruction_text.h"
#include "engine/tell/values.h"
#include <cstdio>
#include <cstring>
#include <optional>

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

// Which bytes of the packet an instruction reads when X is `x`; those that are counted from a header are not told.
std::optional<FilterLook> lookOf(u64 bits, u32 x, u32 line) {
  sock_filter f;
  std::memcpy(&f, &bits, sizeof f);
  const u16 load = BPF_CLASS(f.code), mode = BPF_MODE(f.code);
  if (load == BPF_LDX && mode == BPF_MSH) return FilterLook{f.k, 1, line};
  if (load != BPF_LD || (mode != BPF_ABS && mode != BPF_IND)) return {};
  const u32 from = mode == BPF_IND ? x + f.k : f.k, size = BPF_SIZE(f.code) == BPF_W   ? 4
                                                           : BPF_SIZE(f.code) == BPF_H ? 2
                                                                                       : 1;
  if (static_cast<s32>(from) < 0) return {};
  return FilterLook{from, size, line};
}

// The latest run of `program` that has begun when the moment has come.
EventIndex latestRun(const Playhead& at, u64 program, EventIndex since) {
  for (EventIndex i = at.position(); i > since; --i) {
    const Event& e = at.journal()[i - 1];
    if (noteName(e) == "filter.begins" && at.journal().arguments(e)[0] == program) return i - 1;
  }
  return NoEvent;
}

// One note after another is taken in.
class Follower {
public:
  explicit Follower(FilterTold& filter) : m_filter(filter) {}
  void take(EventIndex event, std::string_view note, std::span<const u64> a) {
    const Text outcome = outcomeOf(note, a);
    if (outcome.empty() || a[0] >= m_filter.lines.size()) return;
    const auto at = static_cast<u32>(a[0]);
    if (m_latest) m_latest->latest = false;
    m_latest = &m_filter.lines[at];
    m_latest->order = ++m_order;
    m_latest->outcome = outcome;
    m_latest->event = event;
    m_latest->latest = true;
    m_latest->next = endsRun(note) ? -1 : static_cast<int>(at) + 1; // a jump says another one
    if (const auto look = lookOf(a[1], m_filter.x, at)) m_filter.looks.push_back(*look);
    remember(note, a);
  }

private:
  void remember(std::string_view note, std::span<const u64> a) {
    if (note == "filter.step") m_filter.a = static_cast<u32>(a[2]), m_filter.x = static_cast<u32>(a[3]);
    if (note == "filter.stored") m_filter.words[static_cast<u32>(a[2])] = static_cast<u32>(a[3]);
    if (note == "filter.jump") m_latest->next = static_cast<int>(a[3]);
    if (note == "filter.jump_always") m_latest->next = static_cast<int>(a[2]);
    if (note == "filter.returned") m_filter.answer = a[2];
    m_filter.over = endsRun(note);
  }
  FilterTold& m_filter;
  FilterLine* m_latest = nullptr;
  int m_order = 0;
};

} // namespace

void readLatestRun(const Playhead& at, EventIndex since, FilterTold& filter) {
  filter.begun = latestRun(at, filter.address, since);
  if (filter.begun == NoEvent) return;
  const Journal& journal = at.journal();
  const auto begin = journal.arguments(journal[filter.begun]);
  filter.packet = addressName(at, begin[1]);
  filter.bytes = begin[2];
  const EventIndex call = journal.callAround(filter.begun);
  Follower follower(filter);
  for (EventIndex i = filter.begun + 1; i < at.position() && !filter.over; ++i) {
    const std::string_view note = noteName(journal[i]);
    if (note.starts_with("filter.") && journal.callAround(i) == call)
      follower.take(i, note, journal.arguments(journal[i]));
  }
}

std::vector<u8> packetOfRun(const Journal& journal, const FilterTold& filter) {
  if (filter.begun == NoEvent) return {};
  Playhead then(journal);
  then.seek(filter.begun + 1);
  const auto* skb = then.object<sk_buff>(journal.arguments(journal[filter.begun])[1]);
  const u8* from = skb->data;
  return {from, from + (skb->len - skb->data_len)};
}

} // namespace sockwalk::tell
