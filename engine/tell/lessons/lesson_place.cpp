#include "engine/tell/lessons/lesson_place.h"
#include "engine/base/whole_number.h"
#include "engine/journal/era_of.h"
#include "engine/journal/queries.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/expression/tokens.h"
#include "engine/tell/fields.h"
#include "engine/tell/until/until.h"
#include <algorithm>
#include <sstream>

namespace sockwalk::tell {

std::vector<std::string> wordsOf(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string w; in >> w;) out.push_back(w);
  return out;
}

size_t dotOf(const std::string& member) {
  return member.find('.', eraOfStructure(member) == Era::Linux26 ? Prefix26.size() : 0);
}

std::vector<std::string> functionNamesOfKernel() {
  std::vector<std::string> out;
  for (const FunctionInfo* f : Symbols::get().functions()) out.emplace_back(f->name);
  return out;
}
std::vector<std::string> noteNames() {
  std::vector<std::string> out;
  for (const NoteInfo* n : Symbols::get().notes()) out.emplace_back(n->name);
  return out;
}

u32 frameNumber(const std::string& word) { return wholeNumber<u32>(word).value_or(0); }

// ---- as it is written

namespace {

const std::vector<std::string> Kinds{"call",  "return", "note",  "stimulus", "end",
                                     "write", "event",  "frame", "until",    "start"};
constexpr const char* Example =
    "'call inet_create', 'return sk_alloc', 'note inetsw.match', 'stimulus CASE', 'end CASE', "
    "'write sock.sk_state', 'event drop', 'frame 3', 'until CONDITION', 'start' or 'end'";

bool isCounted(const std::string& kind) {
  return kind == "call" || kind == "return" || kind == "note" || kind == "event";
}

bool knownName(const Place& p, Problems& problems) {
  const auto known = [&](const std::vector<std::string>& names, Text what) {
    if (std::ranges::find(names, p.name) != names.end()) return true;
    problems.add(p.spot, std::move(what), nearestOf(p.name, names));
    return false;
  };
  if (p.kind == "call" || p.kind == "return")
    return known(functionNamesOfKernel(), say("this kernel has no function '%1'", p.name));
  if (p.kind == "note") return known(noteNames(), say("no function of this kernel notes '%1'", p.name));
  if (p.kind == "event") return known({"drop"}, say("'event %1' is no place", p.name));
  if (p.kind == "frame" && !frameNumber(p.name)) {
    problems.add(p.spot, say("'%1' is no number of a frame", p.name), say("frames are counted from 1"));
    return false;
  }
  const auto dot = dotOf(p.name);
  if (p.kind == "write" && (dot == p.name.npos || !fieldAt(p.name.substr(0, dot), p.name.substr(dot + 1)))) {
    problems.add(p.spot, say("no structure has '%1'", p.name), say("for example 'write sock.sk_rcvbuf'"));
    return false;
  }
  return true;
}

bool readCount(Place& p, const std::vector<std::string>& words, Problems& problems) {
  if (words.size() == 2) return true;
  const auto count = wholeNumber<decltype(p.count)>(words[2]);
  if (isCounted(p.kind) && words.size() == 3 && count && *count) return p.count = *count, true;
  problems.add(p.spot, say("too much is said behind '%1 %2'", p.kind, p.name),
               say("behind a call, return, note or event may stand which one, counted from 1"));
  return false;
}

} // namespace

Place placeOf(const Written& written, Problems& problems) {
  const auto words = wordsOf(written.text);
  if (words.empty() || std::ranges::find(Kinds, words[0]) == Kinds.end()) {
    problems.add(written.spot, say("'%1' is no place", written.text), say("a place is %1", Example));
    return {};
  }
  Place p{words[0], words.size() > 1 ? words[1] : "", 1, written.spot};
  if (p.kind == "until" && words.size() > 1)
    return placeWhen({written.text.substr(written.text.find(words[1], 5)), written.spot});
  const bool alone = p.kind == "start" || (p.kind == "end" && words.size() == 1);
  if (alone && words.size() > 1) {
    problems.add(p.spot, say("'%1' takes no name", p.kind), say("write '%1' alone", p.kind));
    return {};
  }
  if (!alone && words.size() < 2) {
    problems.add(p.spot, say("'%1' needs a name", p.kind), say("a place is %1", Example));
    return {};
  }
  if (!alone && !(readCount(p, words, problems) && knownName(p, problems))) return {};
  return p;
}

Place placeWhen(const Written& condition) { return {"until", condition.text, 1, condition.spot}; }

std::string asWritten(const Place& p) {
  const std::string what = p.name.empty() ? p.kind : p.kind + " " + p.name;
  return p.count == 1 ? what : what + " " + std::to_string(p.count);
}

std::string wholeCondition(const std::string& condition) {
  std::string out;
  size_t from = 0;
  for (const expression::Token& token : expression::tokens(condition)) {
    out += condition.substr(from, token.from - from);
    std::string word = condition.substr(token.from, token.to - token.from);
    if (token.kind == expression::Token::Word && word.starts_with("sk.")) word = "sock" + word.substr(2);
    if (token.kind == expression::Token::Word && word.starts_with("skb.")) word = "sk_buff" + word.substr(3);
    out += word;
    from = token.to;
  }
  return out;
}

// ---- in a record

const Stimulus* caseNamed(const Journal& j, const std::string& name) {
  const auto found = std::ranges::find(j.stimuli(), name, &Stimulus::name);
  return found == j.stimuli().end() ? nullptr : &*found;
}
EventIndex afterBoot(const Journal& j) {
  const auto first = std::ranges::find_if(j.stimuli(), [](const Stimulus& s) { return s.name != "boot"; });
  return first == j.stimuli().end() ? j.size() : first->event;
}
std::vector<std::string> caseNames(const Journal& j) {
  std::vector<std::string> out;
  for (const Stimulus& s : j.stimuli())
    if (!s.name.empty() && s.name != "boot") out.push_back(s.name);
  return out;
}

Result<RelivedFrame> frameNumbered(const scenario::Session& session, const std::string& number) {
  const auto told = relivedCapture(session);
  if (!told) return Error{"the scenario is no capture of a host, so it has no frame " + number};
  const u32 wanted = frameNumber(number);
  for (const RelivedFrame& f : told->frames)
    if (f.number == wanted) return f;
  return Error{"the capture has no frame " + number + ", it has " + std::to_string(told->totals.frames)};
}

namespace {

bool isAt(const Journal& j, EventIndex i, const Place& p, u16 function, u16 note) {
  const Event& e = j[i];
  if (p.kind == "call") return e.type == EventType::Call && e.b == function;
  if (p.kind == "return") return e.type == EventType::Return && j[e.where].b == function;
  if (p.kind == "note") return e.type == EventType::Note && e.b == note;
  return p.kind == "event" && e.type == EventType::Drop;
}

Result<EventIndex> findWrite(const Journal& j, const Place& p, EventIndex from) {
  const auto dot = dotOf(p.name);
  const std::string type = p.name.substr(0, dot);
  const Field m = dot == p.name.npos ? Field() : fieldAt(type, p.name.substr(dot + 1));
  if (!m) return Error{"no structure has " + p.name};
  const TypeId id = typeNamed(type);
  EventIndex best = NoEvent;
  for (auto& a : j.allocations()) {
    if (a.type != id) continue;
    const u32 at = a.offset + m.offset();
    const EventIndex w = nextWrite(j, std::max(from, a.born + 1), at, m.member->size, true);
    if (w != std::max(from, a.born + 1) && w <= (a.died == NoEvent ? j.size() : a.died)) best = std::min(best, w);
  }
  if (best == NoEvent) return Error{"nobody writes " + p.name + " after event " + std::to_string(from)};
  return best;
}

Result<EventIndex> findFrame(const scenario::Session& session, const std::string& number) {
  const auto frame = frameNumbered(session, number);
  if (!frame) return frame.error();
  const Journal& j = session.journal();
  if (!frame->events.empty()) {
    EventIndex at = frame->events.front();
    while (frame->in && at + 1 < j.size() && j[at].type != EventType::PacketIn)
      ++at; // the machine is told of it before
    return at + 1;
  }
  return Error{"frame " + number + " is nowhere in the walk: " + english(frame->outcome)};
}

Result<EventIndex> findCase(const Journal& j, const Place& p) {
  const Stimulus* s = caseNamed(j, p.name);
  if (!s) return Error{"the scenario has no case named " + p.name};
  if (p.kind == "stimulus") return s->event + 1;
  return scenario::spanOf(j, static_cast<u32>(s - j.stimuli().data())).end;
}

Result<EventIndex> findEvent(const Journal& j, const Place& p, EventIndex from) {
  const FunctionInfo* f = functionNamed(j, p.name);
  u16 note = 0xffff;
  for (auto* n : Symbols::get().notes())
    if (n->name == p.name) note = n->id;
  const bool known = p.kind == "note" ? note != 0xffff : p.kind == "event" || f;
  if (!known) return Error{"this kernel knows no " + p.kind + " " + p.name};
  u32 left = p.count;
  for (EventIndex i = from; i < j.size(); ++i)
    if (isAt(j, i, p, f ? f->id : 0xffff, note) && --left == 0) return i + 1;
  return Error{"after event " + std::to_string(from) + " there is no " + asWritten(p)};
}

} // namespace

Result<EventIndex> findPlace(const scenario::Session& session, const Place& p, EventIndex from) {
  const Journal& j = session.journal();
  if (p.kind == "start") return EventIndex(0);
  if (p.kind == "end" && p.name.empty()) return j.size();
  if (p.kind == "frame") return findFrame(session, p.name);
  if (p.kind == "stimulus" || p.kind == "end") return findCase(j, p);
  if (p.kind == "write") return findWrite(j, p, from);
  if (p.kind == "until") return momentWhen(session, from, wholeCondition(p.name));
  return findEvent(j, p, from);
}

} // namespace sockwalk::tell
