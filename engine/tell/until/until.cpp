#include "engine/tell/until/until.h"
#include "engine/tell/moments.h"
#include <algorithm>

namespace sockwalk::tell {

using expression::Expression;
using expression::Name;
using Kind = MomentVocabulary::Kind;

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view Blank = " \t\r\n";
  const size_t from = text.find_first_not_of(Blank);
  return from == text.npos ? std::string_view() : text.substr(from, text.find_last_not_of(Blank) + 1 - from);
}

} // namespace

Until::Until(const scenario::Session& session)
    : m_session(session), m_journal(session.journal()), m_vocabulary(session.journal()) {}

// What happens decides, where something is to happen; else whatever may change what the names say.
u32 Until::eventsOf(const Expression& expression) {
  u32 happen = 0, all = 0;
  for (const Name& name : expression.names()) {
    const u32 events = MomentVocabulary::events(name);
    all |= events;
    if (MomentVocabulary::kindOf(name) == Kind::Happens) happen |= events;
  }
  return happen ? happen : all;
}

std::optional<expression::Problem> Until::set(std::string_view text) {
  text = trimmed(text);
  const bool function = Symbols::get().functionNamed(text) != nullptr; // what else could be meant
  expression::Parsed parsed = expression::parse(function ? "call == " + std::string(text) : text, m_vocabulary);
  if (text.empty()) return expression::Problem{0, 0, say("expected a condition such as %1", "call == tcp_v4_rcv")};
  if (parsed.problem) return parsed.problem;
  for (const Expression& one : parsed.expression.alternatives())
    if (auto problem = apart(one, text)) return problem;
  m_alternatives.clear();
  m_events = 0;
  m_asksForPackets = m_together = false;
  for (const Expression& one : parsed.expression.alternatives()) {
    const auto names = one.names();
    Alternative alternative{one, eventsOf(one)};
    alternative.anyChange = one.isName() && MomentVocabulary::kindOf(names.front()) == Kind::Member;
    if (alternative.anyChange) alternative.changes = names.front();
    m_events |= alternative.events;
    m_asksForPackets |=
        std::ranges::any_of(names, [](const Name& n) { return MomentVocabulary::kindOf(n) == Kind::Packet; });
    m_together |= names.size() > 1;
    m_alternatives.push_back(std::move(alternative));
  }
  m_state = State::Never;
  return {};
}

// ---- members of whatever object, side by side

static bool haveOneObject(const LayoutInfo& a, const LayoutInfo& b) {
  const auto holds = [](const LayoutInfo& whole, const LayoutInfo& part) { return !placesOf(part, whole).empty(); };
  return &a == &b || std::ranges::any_of(layouts(), [&](const LayoutInfo& l) { return holds(l, a) && holds(l, b); });
}

// A function may be handed two objects; a write is into one.
std::optional<expression::Problem> Until::apart(const Expression& one, std::string_view text) const {
  std::vector<Name> members;
  for (const Expression& part : one.conjuncts()) {
    const auto names = part.names();
    for (const Name& name : names)
      if (MomentVocabulary::kindOf(name) == Kind::Happens) return {};
    if (names.size() == 1 && MomentVocabulary::kindOf(names[0]) == Kind::Member &&
        !m_vocabulary.member(names[0]).ofOne())
      members.push_back(names[0]);
  }
  for (size_t i = 1; i < members.size(); ++i) {
    const LayoutInfo &first = *m_vocabulary.member(members[0]).type, &other = *m_vocabulary.member(members[i]).type;
    if (haveOneObject(first, other)) continue;
    const size_t at = std::min(text.find(members[i].word), text.size());
    return expression::Problem{
        at, at + members[i].word.size(),
        say("'%1' and '%2' are of two objects, and without numbers both are of the one that is written; say which "
            "objects are meant: %3",
            members[0].word, members[i].word,
            std::string(other.name) + "#1." + members[i].word.substr(members[i].word.find('.') + 1))};
  }
  return {};
}

void Until::begin(EventIndex from, bool forward) {
  m_from = from;
  m_forward = forward;
  m_next = forward ? from : from >= 2 ? from - 2 : NoEvent;
  m_found = NoEvent;
  m_state = State::Looking;
  if (m_asksForPackets && !m_packets) m_packets = std::make_unique<PacketsOfMoments>(m_session);
  m_item = std::make_unique<MomentItem>(m_journal, m_vocabulary, m_asksForPackets ? m_packets.get() : nullptr);
  m_item->readTogether(m_together);
}

Until::State Until::advance(EventIndex events) {
  if (m_state != State::Looking) return m_state;
  if (m_asksForPackets && !m_packets->update(events)) return m_state;
  for (; events && m_next < m_journal.size(); --events, m_forward ? ++m_next : --m_next)
    if (m_events & bitOf(m_journal[m_next].type) && holdsAny(m_next)) {
      m_found = m_next;
      return m_state = State::Found;
    }
  if (m_next >= m_journal.size()) m_state = State::Never; // NoEvent as well: before the first
  return m_state;
}

bool Until::holdsAny(EventIndex event) {
  const u32 type = bitOf(m_journal[event].type);
  return std::ranges::any_of(m_alternatives, [&](const Alternative& a) { return a.events & type && holds(a, event); });
}

bool Until::holds(const Alternative& a, EventIndex event) {
  m_item->show(event, true);
  if (!a.expression.holds(*m_item)) return false;
  if (!a.anyChange) {
    m_item->show(event, false);
    return !a.expression.holds(*m_item);
  }
  const auto values = [&](bool after) {
    expression::Values out;
    m_item->show(event, after);
    m_item->values(a.changes, out);
    std::vector<std::pair<s64, std::string>> read;
    for (const auto& v : out) read.emplace_back(v.number, v.text);
    return read;
  };
  return values(true) != values(false);
}

double Until::progress() const {
  if (m_state != State::Looking) return 1;
  const EventIndex all = m_forward ? m_journal.size() - m_from : m_from;
  const EventIndex done = m_forward ? m_next - m_from : m_from - std::min(m_next, m_from);
  return all ? static_cast<double>(done) / static_cast<double>(all) : 1;
}

Result<EventIndex> momentWhen(const scenario::Session& session, EventIndex from, std::string_view condition) {
  Until until(session);
  if (const auto problem = until.set(condition)) return Error{spoken(*problem, condition)};
  until.begin(from, true);
  while (until.advance(1'000'000) == Until::State::Looking) {}
  if (until.advance(1) == Until::State::Found) return until.position();
  return Error{spoken(until.reason())};
}

Text Until::reason() const {
  if (m_state == State::Found) {
    Playhead there(m_journal);
    there.seek(m_found + 1);
    return event(there, m_found);
  }
  return m_forward ? say("That does not happen between here and the end of the record.")
                   : say("That has not happened before this moment.");
}

} // namespace sockwalk::tell
