#include "engine/tell/lessons/lesson_places.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/arguments.h"
#include "engine/tell/fields.h"
#include "engine/tell/relive/relive.h"
#include "engine/tell/text.h"
#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace sockwalk::tell {

namespace {

const Stimulus* stimulusNamed(const Journal& j, const std::string& name) {
  for (auto& s : j.stimuli())
    if (s.name == name) return &s;
  return nullptr;
}

bool isAt(const Journal& j, EventIndex i, const Place& p, u16 function, u16 note) {
  const Event& e = j[i];
  if (p.kind == "call") return e.type == EventType::Call && e.b == function;
  if (p.kind == "return") return e.type == EventType::Return && j[e.where].b == function;
  if (p.kind == "note") return e.type == EventType::Note && e.b == note;
  if (p.kind == "event") return p.name == "drop" && e.type == EventType::Drop;
  return false;
}

Result<EventIndex> findWrite(const Journal& j, const Place& p, EventIndex from) {
  const auto dot = p.name.find('.');
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

} // namespace

static Result<RelivedFrame> frameNumbered(const scenario::Session& session, const std::string& number) {
  const auto told = relivedCapture(session);
  if (!told) return Error{"the scenario is no capture of a host, so it has no frame " + number};
  const u32 wanted = frameNumber(number);
  for (const RelivedFrame& f : told->frames)
    if (f.number == wanted) return f;
  return Error{"the capture has no frame " + number + ", it has " + std::to_string(told->totals.frames)};
}

static Result<EventIndex> findFrame(const scenario::Session& session, const std::string& number) {
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

Result<EventIndex> findPlace(const scenario::Session& session, const Place& p, EventIndex from) {
  const Journal& j = session.journal();
  if (p.kind == "start") return EventIndex(0);
  if (p.kind == "frame") return findFrame(session, p.name);
  if (p.kind == "stimulus" || p.kind == "end") {
    const Stimulus* s = stimulusNamed(j, p.name);
    if (!s) return Error{"the scenario has no case named " + p.name};
    if (p.kind == "stimulus") return s->event + 1;
    return scenario::spanOf(j, static_cast<u32>(s - j.stimuli().data())).end;
  }
  if (p.kind == "write") return findWrite(j, p, from);
  const FunctionInfo* f = Symbols::get().functionNamed(p.name);
  u16 note = 0xffff;
  for (auto* n : Symbols::get().notes())
    if (n->name == p.name) note = n->id;
  const bool known = p.kind == "note" ? note != 0xffff : p.kind == "event" || f;
  if (!known) return Error{"this kernel knows no " + p.kind + " " + p.name};
  u32 left = p.count;
  for (EventIndex i = from; i < j.size(); ++i)
    if (isAt(j, i, p, f ? f->id : 0xffff, note) && --left == 0) return i + 1;
  return Error{"after event " + std::to_string(from) + " there is no " + p.kind + " " + p.name};
}

static std::string inLesson(const Lesson& lesson, const LessonStop& stop, const Error& why) {
  return lesson.file + ":" + std::to_string(stop.at.line) + ": " + why.message;
}

Result<std::vector<EventIndex>> findStops(const scenario::Session& session, const Lesson& lesson) {
  std::vector<EventIndex> out;
  for (const StopPlace& stop : stopPlaces(session, lesson)) {
    if (stop.position == NoEvent) return Error{stop.missing};
    out.push_back(stop.position);
  }
  return out;
}

static std::string asWritten(const Place& p) {
  const std::string what = p.name.empty() ? p.kind : p.kind + " " + p.name;
  return p.count == 1 ? what : what + " " + std::to_string(p.count);
}

std::vector<StopPlace> stopPlaces(const scenario::Session& session, const Lesson& lesson) {
  std::vector<StopPlace> out;
  EventIndex from = 0;
  for (const LessonStop& stop : lesson.stops) {
    out.push_back({stop.heading, stop.view, stop.focus, asWritten(stop.at), NoEvent, "", stop.questions.size()});
    const auto at = findPlace(session, stop.at, from);
    if (at) out.back().position = from = *at;
    else out.back().missing = inLesson(lesson, stop, at.error());
  }
  return out;
}

std::vector<std::string> lines(const std::vector<StopPlace>& stops) {
  std::vector<std::string> out;
  for (size_t i = 0; i < stops.size(); ++i) {
    const StopPlace& s = stops[i];
    const std::string where = s.position == NoEvent ? s.missing : spoken(say("event %1, %2", s.position, s.at));
    out.push_back(std::to_string(i + 1) + ". " + s.heading + " (" + where + ")");
  }
  return out;
}

namespace {

// "tcp_sock #2" or "tcp_sock#2": the type, and which of its kind; 0 where that is not said.
std::pair<std::string, u32> typeAndOrdinal(const std::string& words) {
  const auto sharp = words.find('#');
  const std::string type = words.substr(0, words.find_first_of(" #"));
  return {type, sharp == words.npos ? 0u : static_cast<u32>(std::atoi(words.c_str() + sharp + 1))};
}

} // namespace

u64 newestObject(const Playhead& p, const std::string& words) {
  const auto [type, ordinal] = typeAndOrdinal(words);
  const TypeId id = typeNamed(type);
  if (id == TypeNone) return 0; // not every type
  const auto live = liveAt(p.journal(), p.position(), id);
  for (auto it = live.rbegin(); it != live.rend(); ++it)
    if (!ordinal || (*it)->ordinal == ordinal) return Arena::addressOf((*it)->offset);
  return 0;
}

namespace {

Result<std::string> askMember(Playhead& p, const Question& q) {
  const Field m = q.answer.size() < 3 ? Field() : fieldAt(typeAndOrdinal(q.answer[1]).first, q.answer[2]);
  if (!m) return Error{"no such member"};
  const u64 object = newestObject(p, q.answer[1]);
  if (!object) return Error{"no " + q.answer[1] + " is alive there"};
  return valueText(p, *m.layout, *m.member, static_cast<u32>(object) + m.base);
}

Result<std::string> askBuffer(const Playhead& p, const std::string& what) {
  const u64 skb = newestObject(p, "sk_buff");
  if (!skb) return Error{"no sk_buff is alive there"};
  const auto g = scenario::geometryOf(p, skb);
  const std::pair<const char*, s64> known[] = {{"headroom", g.data},
                                               {"data", g.data},
                                               {"tail", g.tail},
                                               {"end", g.end},
                                               {"len", g.len},
                                               {"tailroom", s64(g.end) - g.tail},
                                               {"truesize", g.truesize},
                                               {"users", g.users},
                                               {"network_header", g.network},
                                               {"transport_header", g.transport},
                                               {"mac_header", g.mac}};
  for (auto& [name, value] : known)
    if (what == name) return std::to_string(value);
  return Error{"a buffer has no " + what};
}

Result<std::string> askResult(const Journal& j, const std::string& name) {
  const Stimulus* s = stimulusNamed(j, name);
  if (!s) return Error{"the scenario has no case named " + name};
  if (!s->finished) return Error{name + " has not returned"};
  const std::string_view error = s->result < 0 ? scenario::errnoName(static_cast<int>(s->result)) : "";
  return error.empty() ? std::to_string(s->result) : std::string(error);
}

Result<std::string> askFrame(const scenario::Session& session, const Question& q) {
  const auto frame = frameNumbered(session, q.answer[1]);
  if (!frame) return frame.error();
  if (q.answer[2] == "verdict" && frame->verdict != Verdict::None) return std::string(verdictName(frame->verdict));
  if (q.answer[2] == "function" && !frame->function.empty()) return frame->function;
  return Error{"frame " + q.answer[1] + " has no " + q.answer[2]};
}

} // namespace

Result<std::string> askEngine(const scenario::Session& session, Playhead& p, const Question& q, EventIndex at) {
  if (!q.when.kind.empty()) {
    auto when = findPlace(session, q.when, at);
    if (!when) return when.error();
    at = *when;
  }
  p.seek(at);
  const std::string& kind = q.answer[0];
  if (kind == "member") return askMember(p, q);
  if (kind == "buffer") return askBuffer(p, q.answer[1]);
  if (kind == "frame") return askFrame(session, q);
  if (kind == "result") return askResult(p.journal(), q.answer[1]);
  if (kind == "argument" && q.answer.size() > 2) {
    const FunctionInfo* f = Symbols::get().functionNamed(q.answer[1]);
    const EventIndex i = f ? nextCall(p.journal(), at, f->id, true) : at;
    if (i == at) return Error{q.answer[1] + " is not called there"};
    size_t n = 0;
    const char* end = q.answer[2].data() + q.answer[2].size();
    if (std::from_chars(q.answer[2].data(), end, n).ptr != end) return Error{"'" + q.answer[2] + "' is no number"};
    const auto arguments = p.journal().arguments(p.journal()[i - 1]);
    if (n >= arguments.size()) return Error{"it has no such argument"};
    p.seek(i);
    return argumentValue(p, *f, arguments, n);
  }
  return Error{
      "expected 'member TYPE PATH', 'buffer WHAT', 'result CASE', 'argument F N', 'frame N verdict' or 'frame N "
      "function'"};
}

bool sameAnswer(const std::string& given, const std::string& right) {
  const auto plain = [](const std::string& s) {
    std::string out;
    for (char c : s)
      if (!isspace(static_cast<unsigned char>(c))) out += static_cast<char>(tolower(static_cast<unsigned char>(c)));
    return out;
  };
  return plain(given) == plain(right);
}

} // namespace sockwalk::tell
