#include "engine/tell/lessons/goal.h"
#include "engine/journal/era_of.h"
#include "engine/scenario/constants.h"
#include "engine/tell/expression/tokens.h"
#include "engine/tell/lessons/lesson_place.h"
#include "engine/tell/until/until.h"
#include <algorithm>
#include <map>

namespace sockwalk::tell {

using expression::Constant;
using expression::Name;
using expression::Type;

namespace {

enum RunName : u32 { Count, Drop, Result };
const Name RunNames[] = {{"count", Type::Number, say("how often something happens"), true, Count, 0},
                         {"drop", Type::Named, say("why a packet is dropped"), false, Drop, 0},
                         {"result", Type::Number, say("what a case gives back"), true, Result, 0}};

// What may be counted, by kind: 0 a function, 1 a note, 2 drops; with its number.
s64 countable(int kind, u32 id) { return s64(kind) << 32 | id; }

std::vector<Constant> allCountable() {
  std::map<std::string, std::vector<s64>> all;
  for (const FunctionInfo* f : Symbols::get().functions()) {
    auto& known = all[std::string(f->name)]; // both kernels may have it: the name means either
    if (known.empty()) known.push_back(countable(0, f->id));
  }
  for (const NoteInfo* n : Symbols::get().notes()) {
    const std::string name(n->name);
    all[name].push_back(countable(1, n->id));
    if (const auto dot = name.rfind('.'); dot != name.npos) all[name.substr(dot + 1)].push_back(countable(1, n->id));
  }
  all["drop"] = {countable(2, 0)};
  std::vector<Constant> out;
  for (const auto& [word, values] : all)
    if (values.size() == 1) out.push_back({word, values.front()}); // what could mean two things is said in full
  return out;
}

class Run final : public expression::Item {
public:
  Run(const Journal& journal, EventIndex from) : m_journal(journal), m_from(from) {}
  void values(const Name& name, expression::Values& out) const override {
    if (name.id == Count) return out.push_back({count(name.argument), {}});
    if (name.id == Result) {
      const auto& stimuli = m_journal.stimuli();
      const auto at = static_cast<size_t>(name.argument);
      if (at < stimuli.size() && stimuli[at].finished) out.push_back({stimuli[at].result, {}});
      return;
    }
    for (EventIndex i = m_from; i < m_journal.size(); ++i)
      if (m_journal[i].type == EventType::Drop) out.push_back({m_journal[i].b, {}});
  }

private:
  s64 count(s64 what) const {
    const s64 kind = what >> 32;
    const FunctionInfo* const function =
        kind == 0 ? functionNamed(m_journal, Symbols::get().functions()[static_cast<u32>(what)]->name) : nullptr;
    const u32 id = function ? function->id : static_cast<u32>(what);
    const EventType type = kind == 0 ? EventType::Call : kind == 1 ? EventType::Note : EventType::Drop;
    s64 n = 0;
    for (EventIndex i = std::max(m_from, afterBoot(m_journal)); i < m_journal.size(); ++i)
      n += m_journal[i].type == type && (kind == 2 || m_journal[i].b == id);
    return n;
  }
  const Journal& m_journal;
  EventIndex m_from;
};

// "drop" alone is a moment; with something that it is compared with, and in a run, so is the run.
bool asksForRun(const std::string& goal) {
  const auto all = expression::tokens(goal);
  return std::ranges::any_of(all, [](const expression::Token& t) {
    return t.kind == expression::Token::Word && RunVocabulary::knows(t.text);
  });
}

// ---- a goal of both kinds: what stands between its outermost || and &&

struct Part {
  std::string text;
  size_t from; // in the goal
  bool ofRun;
};
using Alternative = std::vector<Part>; // all of it must hold

std::vector<Alternative> alternativesOf(const std::string& goal) {
  std::vector<Alternative> out(1);
  size_t from = 0;
  int depth = 0;
  for (const expression::Token& t : expression::tokens(goal)) {
    depth += t.is("(") ? 1 : t.is(")") ? -1 : 0;
    const bool either = !depth && t.is("||");
    if (!either && t.kind != expression::Token::End && (depth || !t.is("&&"))) continue;
    from = std::min(goal.find_first_not_of(" \t", from), t.from);
    const std::string text = goal.substr(from, t.from - from);
    out.back().push_back({text, from, asksForRun(text)});
    if (either) out.emplace_back();
    from = t.to;
  }
  return out;
}

bool isMixed(const std::vector<Alternative>& goal) {
  int run = 0, moment = 0;
  for (const Alternative& alternative : goal)
    for (const Part& part : alternative) {
      if (part.text.empty()) return false; // it is no goal at all, and is read as a whole to say so
      ++(part.ofRun ? run : moment);
    }
  return run && moment;
}

// Those of a moment must hold at once.
std::string momentOf(const Alternative& alternative) {
  std::string out;
  for (const Part& part : alternative)
    if (!part.ofRun) out += (out.empty() ? "" : " && ") + part.text;
  return wholeCondition(out);
}

std::optional<expression::Problem> movedBy(std::optional<expression::Problem> problem, size_t from) {
  if (problem) problem->from += from, problem->to += from;
  return problem;
}

// In one comparison, or in brackets, nobody can say whether the run is meant or a moment of it.
std::optional<expression::Problem> troubleOfRun(const scenario::Session& session, const std::string& text,
                                                const GoalPart& part) {
  auto problem = expression::parse(text, RunVocabulary(session.journal(), part)).problem;
  if (!problem) return problem;
  const MomentVocabulary moments(session.journal());
  for (const expression::Token& t : expression::tokens(text))
    if (t.kind == expression::Token::Word && t.from == problem->from && moments.find(wholeCondition(t.text)))
      problem->sentence =
          say("'%1' is of a moment, and stands in one comparison or in brackets with what is of the whole "
              "run; join the two with && outside brackets: %2",
              t.text, "count(retransmit) == 1 && tcp_sock#1.sk_rcvbuf == 8192");
  return problem;
}

std::optional<expression::Problem> troubleWithMixed(const scenario::Session& session,
                                                    const std::vector<Alternative>& goal, const GoalPart& asked) {
  for (const Alternative& alternative : goal) {
    for (const Part& part : alternative) {
      auto problem =
          part.ofRun ? troubleOfRun(session, part.text, asked) : Until(session).set(wholeCondition(part.text));
      if (problem) return movedBy(std::move(problem), part.from);
    }
    const auto moment = std::ranges::find(alternative, false, &Part::ofRun);
    if (moment == alternative.end()) continue;
    if (auto problem = Until(session).set(momentOf(alternative)))
      return expression::Problem{moment->from, moment->from + moment->text.size(), problem->sentence};
  }
  return std::nullopt;
}

bool holdsOfRun(const scenario::Session& session, const std::string& text, const GoalPart& part) {
  const expression::Parsed parsed = expression::parse(text, RunVocabulary(session.journal(), part));
  return !parsed.problem && parsed.expression.holds(Run(session.journal(), part.from));
}

bool holds(const scenario::Session& session, const Alternative& alternative, const GoalPart& asked) {
  const bool run = std::ranges::all_of(
      alternative, [&](const Part& part) { return !part.ofRun || holdsOfRun(session, part.text, asked); });
  const std::string moment = momentOf(alternative);
  return run && (moment.empty() || momentWhen(session, asked.from, moment));
}

} // namespace

RunVocabulary::RunVocabulary(const Journal& journal, const GoalPart& part) : m_countable(allCountable()) {
  if (part.call) m_cases.push_back({"call", *part.call});
  const auto& stimuli = journal.stimuli();
  for (size_t i = 0; i < stimuli.size(); ++i)
    if (!stimuli[i].name.empty()) m_cases.push_back({stimuli[i].name, static_cast<s64>(i)});
}

bool RunVocabulary::knows(std::string_view word) {
  return std::ranges::any_of(RunNames, [&](const Name& n) { return word.substr(0, word.find('(')) == n.word; });
}

std::optional<Name> RunVocabulary::find(std::string_view word) const {
  const auto found = std::ranges::find(RunNames, word, &Name::word);
  return found == std::end(RunNames) ? std::nullopt : std::optional(*found);
}
std::vector<Name> RunVocabulary::names() const { return {std::begin(RunNames), std::end(RunNames)}; }

std::vector<Constant> RunVocabulary::constants(const Name& name) const {
  if (name.id == Drop) {
    const PacketVocabulary packets;
    const auto reason = packets.find("drop.reason");
    return reason ? packets.constants(*reason) : std::vector<Constant>();
  }
  std::vector<Constant> out;
  if (name.id == Result)
    for (int error = 1; error < 134; ++error)
      if (const auto word = scenario::errnoName(error); !word.empty()) out.push_back({std::string(word), -error});
  return out;
}
std::vector<Constant> RunVocabulary::arguments(const Name& name) const {
  return name.id == Count ? m_countable : name.id == Result ? m_cases : std::vector<Constant>();
}

std::optional<expression::Problem> troubleWithGoal(const scenario::Session& session, const std::string& goal,
                                                   const GoalPart& part) {
  if (!asksForRun(goal)) return Until(session).set(wholeCondition(goal));
  const auto alternatives = alternativesOf(goal);
  return isMixed(alternatives) ? troubleWithMixed(session, alternatives, part) : troubleOfRun(session, goal, part);
}

bool isReached(const scenario::Session& session, const std::string& goal, const GoalPart& part) {
  if (!asksForRun(goal)) return bool(momentWhen(session, part.from, wholeCondition(goal)));
  const auto alternatives = alternativesOf(goal);
  if (!isMixed(alternatives)) return holdsOfRun(session, goal, part);
  if (troubleWithMixed(session, alternatives, part)) return false;
  return std::ranges::any_of(alternatives, [&](const Alternative& a) { return holds(session, a, part); });
}

} // namespace sockwalk::tell
