#include "engine/tell/walk_lines.h"
#include "engine/journal/queries.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/arguments.h"
#include "engine/tell/in_words.h"
#include "engine/tell/moments.h"
#include <cstdio>
#include <unordered_map>

namespace sockwalk::tell {
namespace {

class Teller {
public:
  Teller(const Journal& journal, const WalkLines& wish, const std::function<void(const std::string&)>& out)
      : m_journal(journal), m_at(journal), m_wish(wish), m_out(out) {}
  void tell();

private:
  void findResults();
  void tell(EventIndex i);
  void stimulus(EventIndex i);
  void call(EventIndex i);
  void buffer(EventIndex call, int depth);
  void sentence(EventIndex i, char sign);
  void line(int depth, const std::string& text) { m_out(std::string(size_t(2 * depth), ' ') + text); }
  int depthIn(EventIndex call) const { // of what happens directly in `call`
    auto it = m_depth.find(call);
    return it == m_depth.end() ? 1 : it->second + 1;
  }

  const Journal& m_journal;
  Playhead m_at;
  WalkLines m_wish;
  const std::function<void(const std::string&)>& m_out;
  std::unordered_map<EventIndex, std::string> m_results; // by call
  std::unordered_map<EventIndex, int> m_depth;
};

// What a call returned, named as it was at that moment; the calls are printed with it later.
void Teller::findResults() {
  for (EventIndex i = m_wish.from; i < m_journal.size(); ++i) {
    const Event& e = m_journal[i];
    if (e.type != EventType::Return || !e.a) continue;
    m_at.seek(i + 1);
    const Event& call = m_journal[e.where];
    m_results[e.where] = resultValue(m_at, m_journal.function(call), m_journal.arguments(call), e.data);
  }
}

void Teller::tell() {
  findResults();
  for (EventIndex i = m_wish.from; i < m_journal.size(); ++i) tell(i);
}

void Teller::tell(EventIndex i) {
  switch (m_journal[i].type) {
  case EventType::Stimulus: return stimulus(i);
  case EventType::Call: return call(i);
  case EventType::Note: return m_wish.callsOnly ? void() : sentence(i, '*');
  case EventType::Drop:
  case EventType::Panic: return sentence(i, '!');
  case EventType::PacketIn: return sentence(i, '>');
  case EventType::PacketOut: return sentence(i, '<');
  default: return;
  }
}

void Teller::stimulus(EventIndex i) {
  const Stimulus& s = m_journal.stimuli()[m_journal[i].where];
  const Context& context = m_journal.contextAt(i);
  const bool task = context.kind == Context::Task;
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.6f  ", double(m_journal.timeAt(i)) / 1e9);
  std::string text = seconds + (task ? context.name + ": " : std::string()) + spoken(stimulusText(s.text));
  if (task) text += s.finished ? " = " + systemResult(s.result) : " " + spoken(say("sleeps"));
  if (!s.name.empty()) text += "   [" + s.name + "]";
  m_out("");
  m_out(text);
}

void Teller::call(EventIndex i) {
  const Event& e = m_journal[i];
  const int depth = e.where == NoEvent ? 1 : depthIn(e.where);
  m_depth[i] = depth;
  m_at.seek(i + 1);
  const auto result = m_results.find(i);
  std::string text = tell::call(m_at, i) + (result == m_results.end() ? "" : " = " + result->second);
  if (const FunctionInfo& f = m_journal.function(e); Symbols::get().inlined(f.name, f.era()))
    text += "   (" + spoken(say("inlined")) + ')';
  line(depth, text);
  if (!m_wish.callsOnly) buffer(i, depth + 1);
}

void Teller::buffer(EventIndex call, int depth) {
  const u64 skb = bufferOf(m_journal, m_journal[call]);
  const scenario::BufferGeometry g = skb ? scenario::geometryOf(m_at, skb) : scenario::BufferGeometry{};
  if (!g.valid) return;
  const auto offset = [](int v) { return v < 0 ? std::string("-") : std::to_string(v); };
  char text[200];
  std::snprintf(text, sizeof text,
                "skb data %u tail %u end %u, len %u (%u paged), mac %s net %s transport %s, truesize %u, users %d%s",
                g.data, g.tail, g.end, g.len, g.dataLen, offset(g.mac).c_str(), offset(g.network).c_str(),
                offset(g.transport).c_str(), g.truesize, g.users, g.cloned ? ", cloned" : "");
  line(depth, text);
}

void Teller::sentence(EventIndex i, char sign) {
  m_at.seek(i + 1);
  const EventIndex around = m_journal.callAround(i);
  line(around == NoEvent ? 1 : depthIn(around), std::string(1, sign) + ' ' + spoken(event(m_at, i)));
}

} // namespace

void walkLines(const Journal& journal, const WalkLines& wish, const std::function<void(const std::string&)>& out) {
  Teller(journal, wish, out).tell();
}

} // namespace sockwalk::tell
