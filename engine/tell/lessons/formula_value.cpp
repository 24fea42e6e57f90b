// What formulas are at a moment: see formula.h.
#include "engine/journal/era_of.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/kernel/note_table.h"
#include "engine/scenario/constants.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/arguments.h"
#include "engine/tell/lessons/formula.h"
#include "engine/tell/structures/member_path.h"
#include "engine/tell/until/member_values.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <limits>

namespace sockwalk::tell {

namespace {

FormulaValue numbered(s64 number) { return {std::to_string(number), number}; }

// ---- objects and members

// The newest allocation that holds such a structure, and where.
u64 newestHolder(const Playhead& p, const LayoutInfo& wanted, u32 ordinal) {
  const auto& all = p.journal().allocations();
  for (size_t i = all.size(); i-- > 0;) {
    const Allocation& a = all[i];
    if (a.born >= p.position() || a.died < p.position() || (ordinal && a.ordinal != ordinal)) continue;
    const LayoutInfo* layout = layoutOf(a.type);
    if (!layout) continue;
    if (const auto places = placesOf(wanted, *layout); !places.empty())
      return Arena::addressOf(a.offset + places.front());
  }
  return 0;
}

Result<FormulaValue> member(Playhead& p, const Formula& f) {
  const MemberPlace whole = memberAt(p, f);
  if (!whole) return Error{"no " + f.words[0] + " is alive there"};
  const MemberPlace place = numberIn(whole);
  FormulaValue out;
  out.text = valueText(p, *place.layout, place.member, place.base);
  std::string text;
  const expression::Type type = typeOf(place);
  const expression::Value value = valueOf(p, place, text);
  if (type == expression::Type::Number) out.number = value.number;
  out.names = constantsOf(place);
  return out;
}

Result<FormulaValue> object(const Playhead& p, const Formula& f) {
  const u64 address = newestObject(p, f.words[0]);
  if (!address) return Error{"no " + f.words[0] + " is alive there"};
  return FormulaValue{addressName(p, address), std::nullopt};
}

// ---- buffers, calls, cases

Result<FormulaValue> buffer(const Playhead& p, const std::string& what) {
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
    if (what == name) return numbered(value);
  return Error{"a buffer has no " + what};
}

Result<FormulaValue> resultOfCase(const Journal& j, const std::string& name) {
  const Stimulus* s = caseNamed(j, name);
  if (!s) return Error{"the scenario has no case named " + name};
  if (!s->finished) return Error{name + " has not returned"};
  FormulaValue out = numbered(s->result);
  const std::string_view error = s->result < 0 ? scenario::errnoName(static_cast<int>(s->result)) : "";
  if (error.empty()) return out;
  out.text = error;
  out.names.push_back({std::string(error), s->result});
  out.names.push_back({std::to_string(-s->result), s->result}); // as errno has it
  return out;
}

// What an argument is called, of a call or of a note.
FormulaValue argumentOf(const Playhead& p, const FunctionInfo* function, std::string_view note,
                        std::span<const u64> arguments, size_t n) {
  FormulaValue out;
  out.text = function ? argumentValue(p, *function, arguments, n)
                      : english(valueName(p, kernel::noteText(note).kinds[n], arguments, n));
  out.number = static_cast<s64>(arguments[n]);
  out.names.push_back({out.text, *out.number});
  return out;
}

Result<FormulaValue> argument(Playhead& p, const Formula& f) {
  const Journal& j = p.journal();
  const FunctionInfo* const function = functionNamed(j, f.words[0]);
  const auto meant = [&](EventIndex i) {
    if (function) return j[i].type == EventType::Call && j[i].b == function->id;
    return j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == f.words[0];
  };
  // A stop at the call or the note itself means that one.
  EventIndex i = p.position() ? p.position() - 1 : 0;
  while (i < j.size() && !meant(i)) ++i;
  if (i == j.size()) return Error{f.words[0] + " is not called there"};
  const auto arguments = j.arguments(j[i]);
  const size_t n = std::stoul(f.words[1].substr(0, 4));
  if (n >= arguments.size()) return Error{f.words[0] + " has no argument " + f.words[1]};
  p.seek(i + 1);
  return argumentOf(p, function, f.words[0], arguments, n);
}

Result<FormulaValue> frame(const scenario::Session& session, const Formula& f) {
  const auto frame = frameNumbered(session, f.words[0]);
  if (!frame) return frame.error();
  if (f.words[1] == "verdict" && frame->verdict != Verdict::None)
    return FormulaValue{std::string(verdictName(frame->verdict)), std::nullopt};
  if (f.words[1] == "function" && !frame->function.empty()) return FormulaValue{frame->function, std::nullopt};
  return Error{"frame " + f.words[0] + " has no " + f.words[1]};
}

FormulaValue count(const Journal& j, const std::string& what) {
  const FunctionInfo* const function = functionNamed(j, what);
  std::vector<u16> notes;
  for (const NoteInfo* n : Symbols::get().notes())
    if (n->name == what || n->name.ends_with("." + what)) notes.push_back(n->id);
  s64 n = 0;
  for (EventIndex i = afterBoot(j); i < j.size(); ++i) {
    const Event& e = j[i];
    n += (e.type == EventType::Call && function && e.b == function->id) ||
         (e.type == EventType::Note && std::ranges::find(notes, e.b) != notes.end()) ||
         (e.type == EventType::Drop && what == "drop");
  }
  return numbered(n);
}

Result<FormulaValue> line(const Playhead& p) {
  const EventIndex event = p.position() ? p.position() - 1 : 0;
  const int number = p.journal().line(event);
  const EventIndex call = number ? p.journal().callAround(event) : NoEvent;
  if (call == NoEvent) return Error{"no line of the source runs there"};
  const std::string_view file = p.journal().function(p.journal()[call]).file;
  return FormulaValue{std::string(file.substr(file.rfind('/') + 1)) + ":" + std::to_string(number), std::nullopt};
}

Result<FormulaValue> sum(const scenario::Session& session, Playhead& p, const Formula& f) {
  const EventIndex at = p.position();
  const auto left = valueOf(session, p, *f.parts[0]);
  p.seek(at);
  const auto right = left ? valueOf(session, p, *f.parts[1]) : left;
  if (!right) return right;
  if (!left->number || !right->number) return Error{"'" + f.text + "' counts with what is no number"};
  const auto out = counted(f.sign, *left->number, *right->number);
  return out ? Result<FormulaValue>(numbered(*out)) : Error{"'" + f.text + "' is no number that can be said"};
}

} // namespace

std::optional<s64> counted(char sign, s64 a, s64 b) {
  s64 out = 0;
  const bool over = sign == '+'   ? __builtin_add_overflow(a, b, &out)
                    : sign == '-' ? __builtin_sub_overflow(a, b, &out)
                    : sign == '*' ? __builtin_mul_overflow(a, b, &out)
                                  : !b || (b == -1 && a == std::numeric_limits<s64>::min());
  if (over) return std::nullopt;
  return sign == '/' ? a / b : out;
}

u64 newestObject(const Playhead& p, const std::string& words) {
  const auto [type, ordinal] = typeAndOrdinal(words);
  const LayoutInfo* const layout = layoutNamed(type);
  if (!layout) return 0; // not every type
  const auto live = liveAt(p.journal(), p.position(), typeNamed(type));
  for (auto it = live.rbegin(); it != live.rend(); ++it)
    if (!ordinal || (*it)->ordinal == ordinal) return Arena::addressOf((*it)->offset);
  return newestHolder(p, *layout, ordinal);
}

MemberPlace memberAt(const Playhead& p, const Formula& f) {
  const std::string type = typeAndOrdinal(f.words[0]).first;
  if (const LayoutInfo* layout = layoutNamed(type)) {
    const u64 object = newestObject(p, f.words[0]);
    return object ? memberNamed(*layout, f.words[1], static_cast<u32>(object)) : MemberPlace{};
  }
  const DataSymbol* global = Symbols::get().dataNamed(type);
  const LayoutInfo* layout = global ? layoutNamed(global->type) : nullptr;
  return layout ? memberNamed(*layout, f.words[1], global->offset) : MemberPlace{};
}

sockwalk::Result<FormulaValue> valueOf(const scenario::Session& session, Playhead& p, const Formula& f) {
  switch (f.kind) {
  case Formula::Number: return numbered(std::stoll(f.words[0]));
  case Formula::SizeOf: return numbered(layoutNamed(f.words[0])->size);
  case Formula::OffsetOf: return numbered(memberNamed(*layoutNamed(f.words[0]), f.words[1]).offset());
  case Formula::Member: return member(p, f);
  case Formula::Result: return resultOfCase(session.journal(), f.words[0]);
  case Formula::Buffer: return buffer(p, f.words[0]);
  case Formula::Argument: return argument(p, f);
  case Formula::Object: return object(p, f);
  case Formula::Count: return count(session.journal(), f.words[0]);
  case Formula::Frame: return frame(session, f);
  case Formula::Line: return line(p);
  case Formula::Sum: return sum(session, p, f);
  case Formula::Seed: return Error{"no number '" + f.words[0] + "' is drawn here"};
  case Formula::None: break;
  }
  return Error{"there is nothing to compute here"};
}

} // namespace sockwalk::tell
