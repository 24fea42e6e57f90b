#include "engine/tell/lessons/answers.h"
#include "engine/journal/era_of.h"
#include "engine/journal/queries.h"
#include <algorithm>
#include <charconv>
#include <cmath>

namespace sockwalk::tell {

// ---- values

namespace {

std::string plain(const std::string& s) { // blanks and case do not count
  std::string out;
  for (const char c : s)
    if (!isspace(static_cast<unsigned char>(c))) out += static_cast<char>(tolower(static_cast<unsigned char>(c)));
  return out;
}

struct Unit {
  const char* word;
  double times;
};
constexpr Unit Units[] = {{"", 1},         {"b", 1},        {"byte", 1},    {"bytes", 1},   {"字节", 1},
                          {"k", 1024},     {"kib", 1024},   {"kb", 1024},   {"m", 1048576}, {"mib", 1048576},
                          {"mb", 1048576}, {"segments", 1}, {"segment", 1}, {"packets", 1}, {"buffers", 1},
                          {"frames", 1},   {"ns", 1},       {"us", 1},      {"µs", 1},      {"ms", 1},
                          {"s", 1},        {"jiffies", 1}};

// "131 072", "131,072": groups of three belong together.
std::string withoutGroups(const std::string& s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    const auto digit = [&](size_t at) { return at < s.size() && isdigit(static_cast<unsigned char>(s[at])); };
    const bool group =
        s[i] == ',' && i && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
    if (!group) out += s[i];
  }
  return out;
}

std::optional<double> quantity(const std::string& given) {
  const std::string s = withoutGroups(plain(given));
  const bool minus = s.starts_with('-');
  const char* const begin = s.data() + (minus ? 1 : 0);
  const char* const end = s.data() + s.size();
  double value = 0;
  const char* rest = begin;
  if (s.compare(minus ? 1 : 0, 2, "0x") == 0) {
    u64 whole = 0;
    rest = std::from_chars(begin + 2, end, whole, 16).ptr;
    if (rest == begin + 2) return std::nullopt;
    value = static_cast<double>(whole);
  } else if (const auto r = std::from_chars(begin, end, value); r.ec == std::errc()) rest = r.ptr;
  else return std::nullopt;
  for (const Unit& unit : Units)
    if (std::string_view(rest, static_cast<size_t>(end - rest)) == unit.word)
      return (minus ? -value : value) * unit.times;
  return std::nullopt;
}

// "listen" of "tcp_listen": what is left when words are cut off in front.
bool isShortFor(const std::string& given, const std::string& name) {
  return name == given || (name.size() > given.size() && !given.empty() && name.ends_with(given) &&
                           name[name.size() - given.size() - 1] == '_');
}

// The value of a constant by its name, or by the end of it if that is of one alone.
std::optional<s64> named(const std::string& given, const std::vector<expression::Constant>& names) {
  std::optional<s64> found;
  for (const expression::Constant& c : names) {
    if (plain(c.word) == given) return c.value;
    if (!isShortFor(given, plain(c.word))) continue;
    if (found && *found != c.value) return std::nullopt;
    found = c.value;
  }
  return found;
}

} // namespace

bool sameAnswer(const std::string& given, const FormulaValue& right) {
  const std::string g = plain(given), r = plain(right.text);
  if (g.empty()) return false;
  if (g == r) return true;
  if (g.front() == '-' && !r.empty() && g.substr(1) == r && !right.number) return true;
  if (!right.number) return false;
  if (const auto value = named(g.starts_with('-') ? g.substr(1) : g, right.names); value)
    return *value == *right.number;
  if (isdigit(static_cast<unsigned char>(g.front())) || g.front() == '-' || g.front() == '.') {
    const auto value = quantity(given);
    return value && std::abs(*value - static_cast<double>(*right.number)) <= 0.005 * (*value != std::floor(*value));
  }
  return isShortFor(g, r);
}

// ---- asking

namespace {

Result<RightAnswer> askOrder(const Journal& j, const Question& q, EventIndex at) {
  std::vector<std::pair<EventIndex, std::string>> calls;
  for (const Written& name : q.calls) {
    const FunctionInfo* const f = functionNamed(j, name.text);
    const EventIndex to = f ? nextCall(j, at, f->id, true) : at;
    if (to == at) return Error{"after this moment " + name.text + " is not called"};
    calls.emplace_back(to, name.text);
  }
  std::ranges::sort(calls);
  RightAnswer out;
  for (const auto& [event, name] : calls) out.list.push_back(name);
  out.shownAt = calls.front().first;
  return out;
}

Result<RightAnswer> askMatch(const scenario::Session& session, Playhead& p, const Question& q) {
  RightAnswer out;
  for (const MatchPair& pair : q.match) {
    const EventIndex at = p.position();
    const auto value = valueOf(session, p, pair.formula);
    if (!value) return value.error();
    out.list.push_back(value->text);
    p.seek(at);
  }
  return out;
}

// Any call that brings it about is right; the author's is one.
RightAnswer askForCall(const scenario::Session& session, const Question& q, EventIndex at) {
  std::vector<std::string> wrong;
  for (const Wrong& w : q.wrong) wrong.push_back(w.answer);
  RightAnswer out;
  out.value.text = q.solution.text;
  out.bench = std::make_shared<const CallBench>(session, at, q.goal.text, std::move(wrong));
  out.shownAt = at;
  return out;
}

// The stop's place, p, shows where they stand now.
Result<RightAnswer> askDrag(Playhead& p, const Question& q, EventIndex stop, EventIndex when) {
  std::vector<std::string> names;
  for (const Written& w : q.pointers) names.push_back(w.text);
  RightAnswer out;
  u64 buffer = 0;
  p.seek(when);
  auto right = pointersAt(p, names, &buffer);
  if (!right) return right.error();
  out.pointers = std::move(*right);
  for (const Pointer& pointer : out.pointers) out.list.push_back(std::to_string(pointer.at));
  out.value.text = saidOf(out.pointers);
  out.object = static_cast<u32>(buffer);
  p.seek(stop);
  out.board = pointerBoard(p, buffer, out.pointers);
  out.shownAt = when;
  return out;
}

// ---- of two runs

Result<EventIndex> placeIn(const scenario::Session& run, const Place& when) {
  return when.kind.empty() ? Result<EventIndex>(run.journal().size()) : findPlace(run, when, afterBoot(run.journal()));
}

Result<FormulaValue> askRun(const scenario::Session& run, const Question& q) {
  const auto at = placeIn(run, q.when);
  if (!at) return at.error();
  Playhead p(run.journal());
  p.seek(*at);
  return valueOf(run, p, q.answer);
}

Result<RightAnswer> askCompared(const Question& q, const FormulaValue& here, const FormulaValue& there) {
  RightAnswer out;
  out.here = here.text;
  out.there = there.text;
  out.value = there;
  if (q.how == CompareHow::Value) return out;
  s64 difference = 0;
  if (!here.number || !there.number || __builtin_sub_overflow(*there.number, *here.number, &difference))
    return Error{"'" + q.answer.text + "' is no number that could be more or less"};
  if (q.how == CompareHow::Difference) out.value = {std::to_string(difference), difference, {}};
  else out.value = {relations()[difference > 0 ? 0 : difference < 0 ? 1 : 2].first, std::nullopt, {}};
  return out;
}

Result<RightAnswer> askCompare(const scenario::Session& session, const Question& q) {
  const auto other = q.other->session(session);
  if (!other) return other.error();
  if (!q.calls.empty()) {
    const Journal& j = (*other)->journal();
    const auto at = q.when.kind.empty() ? Result<EventIndex>(afterBoot(j)) : placeIn(**other, q.when);
    return at ? askOrder(j, q, *at) : at.error();
  }
  const auto here = askRun(session, q), there = askRun(**other, q);
  if (!here) return here.error();
  if (!there) return Error{"in the other run: " + there.error().message};
  return askCompared(q, *here, *there);
}

Result<RightAnswer> askClick(const scenario::Session& session, Playhead& p, const Question& q) {
  RightAnswer out;
  const auto value = valueOf(session, p, q.answer);
  if (!value) return value.error();
  out.value = *value;
  if (q.answer.kind == Formula::Line) return out;
  out.object = static_cast<u32>(newestObject(p, q.answer.words[0]));
  if (q.answer.kind != Formula::Member) {
    out.offset = out.object;
    return out;
  }
  const MemberPlace place = memberAt(p, q.answer);
  out.offset = place.offset();
  out.size = place.member.size;
  return out;
}

} // namespace

Result<RightAnswer> askEngine(const scenario::Session& session, Playhead& p, const Question& q, EventIndex at) {
  if (q.kind == AnswerKind::Order) return askOrder(session.journal(), q, at);
  if (q.kind == AnswerKind::Compare) {
    auto compared = askCompare(session, q);
    if (compared) compared->shownAt = at; // no moment of this run shows it
    return compared;
  }
  const EventIndex stop = at;
  if (!q.when.kind.empty()) {
    const auto when = findPlace(session, q.when, at);
    if (!when) return when.error();
    at = *when;
  }
  p.seek(at);
  if (q.kind == AnswerKind::Write) return askForCall(session, q, at);
  if (q.kind == AnswerKind::Drag) return askDrag(p, q, stop, at);
  Result<RightAnswer> out = RightAnswer{};
  if (q.kind == AnswerKind::Match) out = askMatch(session, p, q);
  else if (q.kind == AnswerKind::Click) out = askClick(session, p, q);
  else if (const auto value = valueOf(session, p, q.answer)) out->value = *value;
  else return value.error();
  if (out) out->shownAt = std::max(at, p.position());
  return out;
}

// ---- judging

static bool isClicked(const RightAnswer& right, const Given& given) {
  if (!right.object) return sameAnswer(given.text, right.value);
  if (right.size) return given.offset >= right.offset && given.offset < right.offset + right.size;
  return given.offset == right.object;
}

std::vector<std::string> callsToOrder(const Question& q) {
  std::vector<std::string> out;
  for (const Written& call : q.calls) out.push_back(call.text);
  std::ranges::sort(out);
  return out;
}
std::vector<std::string> valuesToMatch(const RightAnswer& right) {
  std::vector<std::string> out = right.list;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

bool isRight(const Question& q, const RightAnswer& right, const Given& given) {
  if (q.kind == AnswerKind::Write) return judge(q, right, given).right;
  if (q.kind == AnswerKind::Click) return isClicked(right, given);
  if (q.kind == AnswerKind::Drag) return given.list == right.list;
  if (answeredAs(q) == AnswerKind::Order || q.kind == AnswerKind::Match) return given.list == right.list;
  return sameAnswer(given.text, right.value);
}

// "data 30": of whoever put it there, wherever the others were put.
static const Wrong* wrongPlaces(const Question& q, const Given& given) {
  std::vector<Pointer> put;
  for (size_t i = 0; i < q.pointers.size() && i < given.list.size(); ++i)
    put.push_back({q.pointers[i].text, static_cast<u32>(std::strtoul(given.list[i].c_str(), nullptr, 10))});
  const auto fits = std::ranges::find_if(q.wrong, [&](const Wrong& w) { return standAs(w.answer, put) == true; });
  return fits == q.wrong.end() ? nullptr : &*fits;
}

const Wrong* wrongSaid(const Question& q, const RightAnswer& right, const Given& given) {
  if (q.kind == AnswerKind::Write) return judge(q, right, given).wrong;
  if (q.kind == AnswerKind::Drag) return wrongPlaces(q, given);
  for (const Wrong& w : q.wrong) {
    FormulaValue said{w.answer, std::nullopt, right.value.names};
    said.number = named(plain(w.answer), right.value.names);
    if (const auto number = quantity(w.answer); !said.number && number) said.number = static_cast<s64>(*number);
    if (sameAnswer(given.text, said)) return &w;
  }
  return nullptr;
}

// A line that is no call is none that could be wrong.
static JudgedAnswer judgeCall(const Question& q, const RightAnswer& right, const Given& given) {
  CallOutcome outcome = right.bench->run(given.text);
  JudgedAnswer out{outcome.reached, std::move(outcome.trouble), nullptr, std::move(outcome.result)};
  const auto wrong = std::ranges::find(outcome.others, true);
  if (!out.right && wrong != outcome.others.end())
    out.wrong = &q.wrong[static_cast<size_t>(wrong - outcome.others.begin())];
  return out;
}

JudgedAnswer judge(const Question& q, const RightAnswer& right, const Given& given) {
  if (q.kind == AnswerKind::Write) return judgeCall(q, right, given);
  const bool good = isRight(q, right, given);
  return {good, {}, good ? nullptr : wrongSaid(q, right, given), {}};
}

std::vector<std::pair<std::string, Text>> relations() {
  return {{"more", say("more than here")}, {"less", say("less than here")}, {"same", say("the same as here")}};
}

std::string saidAsText(const Question& q, const RightAnswer& right) {
  if (q.kind == AnswerKind::Drag) return saidOf(right.pointers);
  if (!right.there.empty()) {
    const auto choice = std::ranges::find(q.choices, right.value.text, &Choice::answer);
    const std::string value = choice == q.choices.end() ? right.value.text : choice->shown.text;
    return value + " (" + spoken(say("%1 here, %2 in the other run", right.here, right.there)) + ")";
  }
  if (right.list.empty()) return right.value.text;
  std::string out;
  for (size_t i = 0; i < right.list.size(); ++i) {
    const std::string name = q.kind == AnswerKind::Match ? q.match[i].name.text + " = " : "";
    out += (out.empty() ? "" : ", ") + name + right.list[i];
  }
  return out;
}

} // namespace sockwalk::tell
