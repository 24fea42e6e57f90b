#include "engine/tell/eras/walks.h"
#include "engine/journal/layers.h"
#include "engine/journal/playhead.h"
#include "engine/journal/queries.h"
#include "engine/tell/arguments.h"
#include "engine/tell/eras/alignment.h"
#include "engine/tell/eras/successors.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace sockwalk::tell {

namespace {

// The name by which both walks are compared: of what changed its name, the one of now.
std::string nameNow(const FunctionInfo& f) {
  if (f.era() == Era::Linux61) return std::string(f.name);
  for (const Successor& s : FunctionSuccessors)
    if (s.then == f.name) return std::string(s.now);
  return std::string(f.name);
}

// "engine/kernel/net/ipv4/af_inet_init.cpp" is "net/ipv4/af_inet_init".
std::string placeOf(const FunctionInfo& f) {
  std::string_view path = f.file;
  for (std::string_view root : {"engine/kernel26/", "engine/kernel/"})
    if (path.starts_with(root)) path.remove_prefix(root.size());
  return std::string(path.substr(0, path.rfind('.')));
}

// The entry of a system call is one thing, whatever its name: sys_socketcall for all, or one for each.
constexpr const char* Entry = "(entry)";

struct Side {
  explicit Side(const Journal& j) : journal(j), at(j) {}
  const Journal& journal;
  Playhead at;
  std::vector<u32> stimuli; // those of the script

  EraCall callAt(EventIndex i) {
    const Event& e = journal[i];
    const FunctionInfo& f = journal.function(e);
    EraCall out{i, NoEvent, std::string(f.name), {}, {}, placeOf(f), depthOf(journal, i), layerOf(f)};
    if (e.where != NoEvent) out.caller = journal.function(journal[e.where]).name;
    const EventIndex back = Journal::returnOf(e);
    if (!back || back >= journal.size() || journal[back].type != EventType::Return) return out;
    out.back = back;
    if (!journal[back].a) return out;
    at.seek(back + 1);
    out.result = resultValue(at, f, journal.arguments(e), journal[back].data);
    return out;
  }
  std::string keyOf(EventIndex i) const {
    const FunctionInfo& f = journal.function(journal[i]);
    return entersKernel(f) ? Entry : nameNow(f);
  }
  // From where it is called: the nearest function above that both kernels have, for what was put in between or taken out
  // does not move what stands below.
  std::string callerKey(EventIndex i, const std::set<std::string>& common) const {
    EventIndex caller = journal[i].where;
    while (caller != NoEvent && !common.count(keyOf(caller))) caller = journal[caller].where;
    return caller == NoEvent ? std::string() : keyOf(caller);
  }
  EraAnswer answerTo(u32 stimulus) const {
    const auto& all = journal.stimuli();
    return {all[stimulus].event, stimulus + 1 < all.size() ? all[stimulus + 1].event : journal.size(),
            all[stimulus].finished ? systemResult(all[stimulus].result) : std::string("...")};
  }
  // The calls of a stimulus, each before those that it makes.
  std::vector<EventIndex> callsOf(const EraAnswer& answer) const {
    std::vector<EventIndex> out;
    for (EventIndex i = answer.begins; i < answer.ends; ++i)
      if (journal[i].type == EventType::Call) out.push_back(i);
    return out;
  }
};

// What the script has asked of both: system calls, and what was set between them.
void findStimuli(Side& side, bool boot) {
  const auto& all = side.journal.stimuli();
  for (u32 i = 0; i < all.size(); ++i) {
    const bool starts = all[i].text == "boot";
    const bool asked = side.journal.contextAt(all[i].event).kind == Context::Task;
    if (starts ? boot : asked) side.stimuli.push_back(i);
  }
}

// One of the kernels may not have taken all calls: those that both have made go together.
std::vector<std::string> textsOf(const Side& side) {
  constexpr size_t Most = 2000;
  std::vector<std::string> out;
  for (size_t i = 0; i < std::min(side.stimuli.size(), Most); ++i)
    out.push_back(side.journal.stimuli()[side.stimuli[i]].text);
  return out;
}

class Comparer {
public:
  Comparer(const Journal& then, const Journal& now, bool boot) : m_then(then), m_now(now) {
    findStimuli(m_then, boot);
    findStimuli(m_now, boot);
  }
  ErasCompared compare() {
    const std::vector<int> beside = aligned(textsOf(m_then), textsOf(m_now));
    for (size_t i = 0; i < beside.size(); ++i)
      if (beside[i] >= 0) compareStimulus(m_then.stimuli[i], m_now.stimuli[size_t(beside[i])]);
    m_out.unpaired = m_then.stimuli.size() + m_now.stimuli.size() - 2 * m_out.stimuli.size();
    for (const auto& [name, mark] : m_marks) ++m_out.counts[static_cast<size_t>(mark)];
    return std::move(m_out);
  }

private:
  void compareStimulus(u32 then, u32 now) {
    EraStimulus out{m_then.journal.stimuli()[then].text, m_then.answerTo(then), m_now.answerTo(now), {}};
    const auto left = m_then.callsOf(out.then), right = m_now.callsOf(out.now);
    std::vector<std::string> leftKeys, rightKeys;
    for (EventIndex i : left) leftKeys.push_back(m_then.keyOf(i));
    for (EventIndex i : right) rightKeys.push_back(m_now.keyOf(i));
    const std::vector<int> beside = aligned(leftKeys, rightKeys);
    const std::set<std::string> ofThen(leftKeys.begin(), leftKeys.end()), ofNow(rightKeys.begin(), rightKeys.end());
    std::set<std::string> common;
    std::ranges::set_intersection(ofThen, ofNow, std::inserter(common, common.end()));
    size_t k = 0;
    const auto takeNow = [&](size_t end) {
      for (; k < end; ++k)
        add(out, {ofThen.count(rightKeys[k]) ? EraMark::Moved : EraMark::New, {}, m_now.callAt(right[k])},
            rightKeys[k]);
    };
    for (size_t i = 0; i < left.size(); ++i) {
      if (beside[i] < 0) {
        const bool later = ofNow.count(leftKeys[i]);
        add(out, {later ? EraMark::Moved : EraMark::Gone, m_then.callAt(left[i]), {}}, leftKeys[i]);
        continue;
      }
      const size_t other = static_cast<size_t>(beside[i]);
      takeNow(other);
      add(out, {markOf(left[i], right[other], common), m_then.callAt(left[i]), m_now.callAt(right[other])},
          leftKeys[i]);
      k = other + 1;
    }
    takeNow(right.size());
    findElsewhere(out);
    m_out.stimuli.push_back(std::move(out));
  }

  EraMark markOf(EventIndex then, EventIndex now, const std::set<std::string>& common) const {
    if (m_then.callerKey(then, common) != m_now.callerKey(now, common)) return EraMark::Moved;
    const auto name = [](const Side& side, EventIndex i) { return side.journal.function(side.journal[i]).name; };
    return name(m_then, then) == name(m_now, now) ? EraMark::Kept : EraMark::Renamed;
  }

  // What has moved stands alone in two rows, one for each kernel: they know each other.
  void findElsewhere(EraStimulus& in) const {
    const auto key = [this](const EraRow& row) {
      return row.then ? m_then.keyOf(row.then.call) : m_now.keyOf(row.now.call);
    };
    for (EraRow& row : in.rows) {
      if (row.mark != EraMark::Moved || (row.then && row.now)) continue;
      const bool then = bool(row.then);
      const auto other = std::ranges::find_if(
          in.rows, [&](const EraRow& r) { return (then ? bool(r.now) : bool(r.then)) && key(r) == key(row); });
      if (other != in.rows.end()) row.elsewhere = static_cast<int>(other - in.rows.begin());
    }
  }

  // Of a function that is called in several ways the mark that says least of a change counts.
  void add(EraStimulus& to, EraRow row, const std::string& key) {
    const auto [known, fresh] = m_marks.emplace(key, row.mark);
    if (!fresh) known->second = std::min(known->second, row.mark);
    to.rows.push_back(std::move(row));
  }

  Side m_then, m_now;
  ErasCompared m_out;
  std::map<std::string, EraMark> m_marks;
};

} // namespace

ErasCompared compareWalks(const Journal& then, const Journal& now, bool boot) {
  return Comparer(then, now, boot).compare();
}

} // namespace sockwalk::tell
