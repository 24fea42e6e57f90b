#include "engine/tell/lessons/covers.h"
#include "engine/base/digits.h"
#include "engine/tell/relive/verdict.h"
#include "engine/tell/structures/subject.h"
#include <algorithm>
#include <array>
#include <cctype>

namespace sockwalk::tell {

void Covers::add(const scenario::Session& session, EventIndex stop, const Question& question) {
  Playhead asked(session.journal());
  const auto right = askEngine(session, asked, question, stop);
  if (!right) return;
  for (size_t i = 0; i < question.match.size(); ++i)
    add(session, stop, question.match[i].formula, {right->list[i], std::nullopt}, {});
  if (question.kind == AnswerKind::Order) m_calls.insert(m_calls.end(), right->list.begin(), right->list.end());
  // What is to be clicked is named in the question, and stands in the pictures.
  if (question.kind == AnswerKind::Choose || question.kind == AnswerKind::Number)
    add(session, stop, question.answer, right->value, question.choices);
  for (size_t i = 0; i < right->pointers.size(); ++i) {
    const Pointer& p = right->pointers[i];
    if (right->board->living && right->board->asked[i].at == p.at) continue; // it stands there now, and is seen there
    Formula pointer{Formula::Buffer, "buffer " + p.name};
    pointer.words = {p.name};
    FormulaValue at;
    at.text = std::to_string(p.at);
    add(session, stop, pointer, at, {});
  }
  if (question.kind == AnswerKind::Compare && question.how == CompareHow::Value) // what this run says is no secret
    if (right->here != right->there) add(session, stop, {}, right->value, {});
  if (question.kind == AnswerKind::Write) add(session, stop, {}, right->value, {});
}

namespace {

// A number with its digits in threes, as pictures and sentences have it.
std::string inThrees(const std::string& digits, const char* between) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i && (digits.size() - i) % 3 == 0) out += between;
    out += digits[i];
  }
  return out;
}

bool isNumber(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c) != 0; });
}
// A constant, a function, an error: what is no word of a sentence, and no name of an object that is there.
bool isName(const std::string& word) {
  const bool plain = std::ranges::all_of(word, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
  return plain &&
         (word.find('_') != word.npos || std::ranges::none_of(word, [](unsigned char c) { return std::islower(c); })) &&
         !isNumber(word) && word != "NULL";
}

std::vector<std::string> writtenAs(const Formula& formula, const FormulaValue& answer) {
  std::vector<std::string> out{answer.text};
  if (isNumber(answer.text) && answer.text.size() > 3)
    out.insert(out.end(), {inThrees(answer.text, ","), inThrees(answer.text, " "), hexText(std::stoull(answer.text))});
  if (formula.kind == Formula::Frame)
    for (const Verdict v : {Verdict::Same, Verdict::Equivalent, Verdict::Different})
      if (answer.text == verdictName(v)) out.push_back(spoken(verdictText(v)));
  return out;
}

void membersIn(const Formula& formula, std::vector<std::pair<std::string, std::string>>& out) {
  if (formula.kind == Formula::Member) out.emplace_back(formula.words[0], formula.words[1]);
  for (const auto& part : formula.parts) membersIn(*part, out);
}

bool isSmall(const std::string& answer) { return isNumber(answer) && answer.size() < 3; }

// What is named where a value of this formula is stated. Of an atomic it is whose it is, of a queue's length the queue.
std::vector<std::string> namedBeside(const Formula& formula) {
  using enum Formula::Kind;
  if (formula.kind == Result) return {"=", "return", "result", "返回", "结果"};
  if (formula.kind == Buffer || formula.kind == Argument) return {formula.words[0]};
  if (formula.kind != Member) return {};
  std::vector<std::string> out;
  std::string path = formula.words[1];
  for (const std::string_view of : {".refs.counter", ".counter"})
    if (path.ends_with(of)) path.resize(path.size() - of.size());
  out.push_back(path.substr(path.rfind('.') + 1));
  if (path.ends_with(".qlen")) {
    path.resize(path.size() - 5);
    out.push_back(path.substr(path.rfind('.') + 1));
  }
  return out;
}

} // namespace

void Covers::add(const scenario::Session& session, EventIndex stop, const Formula& formula, const FormulaValue& answer,
                 const std::vector<Choice>& choices) {
  if (answer.text.empty()) return;
  Cover cover;
  cover.answer = answer.text;
  cover.formula = formula.text;
  cover.hatched = writtenAs(formula, answer);
  if (isSmall(answer.text)) cover.beside = namedBeside(formula);
  cover.ofCall = formula.kind == Formula::Argument && Symbols::get().functionNamed(formula.words[0]);
  if (isName(answer.text)) {
    for (const auto& name : answer.names)
      if (isName(name.word)) cover.hatched.push_back(name.word);
    for (const Choice& choice : choices)
      if (isName(choice.answer)) cover.hatched.push_back(choice.answer);
    // Pictures have the states of TCP without what all of them begin with.
    for (size_t i = 0, n = cover.hatched.size(); i < n; ++i)
      if (const std::string word = cover.hatched[i]; word.starts_with("TCP_")) cover.hatched.push_back(word.substr(4));
  }
  if (Symbols::get().functionNamed(answer.text)) m_calls.push_back(answer.text); // it stands where it will be called
  membersIn(formula, cover.of);
  if (formula.kind == Formula::Member || formula.kind == Formula::Buffer) addMember(cover, session, stop, formula);
  if (formula.kind == Formula::Frame) cover.frame = frameNumber(formula.words[0]);
  if (formula.kind == Formula::Result) {
    const Journal& j = session.journal();
    cover.stimulus = static_cast<int>(caseNamed(j, formula.words[0]) - j.stimuli().data());
  }
  m_covers.push_back(std::move(cover));
}

// The object as it is known at the stop: one that is born later has nothing to show yet.
void Covers::addMember(Cover& cover, const scenario::Session& session, EventIndex stop, const Formula& formula) {
  Playhead at(session.journal());
  at.seek(stop);
  const bool buffer = formula.kind == Formula::Buffer;
  Formula asked = formula;
  if (buffer) asked.words = {"sk_buff", formula.words[0]};
  if (const u64 address = newestObject(at, asked.words[0])) { // of a table of the kernel's own there is none
    const StructureSubject whole = subjectAt(at, address);
    cover.object = static_cast<u32>(address);
    cover.objectSize = std::max(whole.size, whole.object.size);
  } else if (buffer) return;
  const MemberPlace place = memberAt(at, asked);
  if (!place) return; // not yet alive; "headroom" is no member: words alone say it
  cover.offset = place.offset();
  cover.size = place.member.size;
}

bool Covers::formula(const Formula& asked) const {
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return c.formula == asked.text; });
}

bool Covers::member(u32 offset, u32 size) const {
  return std::ranges::any_of(
      m_covers, [&](const Cover& c) { return c.size && offset < c.offset + c.size && offset + size > c.offset; });
}

bool Covers::object(u64 address) const {
  const u32 offset = static_cast<u32>(address);
  return std::ranges::any_of(
      m_covers, [&](const Cover& c) { return c.objectSize && offset >= c.object && offset - c.object < c.objectSize; });
}

bool Covers::result(int stimulus) const {
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return c.stimulus >= 0 && c.stimulus == stimulus; });
}

bool Covers::call(std::string_view name) const { return std::ranges::find(m_calls, name) != m_calls.end(); }

bool Covers::asks(const std::string& object, std::string_view member) const {
  const auto is = [&](const std::pair<std::string, std::string>& asked) {
    const auto [type, ordinal] = typeAndOrdinal(asked.first);
    const auto [ownType, own] = typeAndOrdinal(object);
    if (ordinal && (type != ownType || ordinal != own)) return false;
    const std::string path = "." + asked.second + ".";
    return path.find("." + std::string(member) + ".") != path.npos;
  };
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return std::ranges::any_of(c.of, is); });
}

bool Covers::asksQueue() const {
  const auto isQueue = [](const auto& asked) { return asked.second.ends_with("qlen"); };
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return std::ranges::any_of(c.of, isQueue); });
}

bool Covers::frame(u32 number) const {
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return c.frame && c.frame == number; });
}

// ---- words

namespace {

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

bool standsBefore(const std::string& words, size_t at, std::string_view what) {
  return at >= what.size() && words.compare(at - what.size(), what.size(), what) == 0;
}
bool standsAt(const std::string& words, size_t at, std::string_view what) {
  return at <= words.size() && words.compare(at, what.size(), what) == 0;
}

// Whether a number only says which one of many is meant, or how far a person has come: fd[5], cache line 5, step 5. It
// states nothing, and a gap in such a row would be the answer.
bool isOrdinal(const std::string& words, size_t from, size_t to) {
  if (standsBefore(words, from, "[") && standsAt(words, to, "]")) return from == 1 || isWord(words[from - 2]);
  for (const std::string_view of : {"line ", "step ", "stop ", "缓存行 "})
    if (standsBefore(words, from, of) && (from == of.size() || !isWord(words[from - of.size() - 1]))) return true;
  if (!standsBefore(words, from, "第 ")) return false;
  return std::ranges::any_of(std::array{" 步", " 行", " 停", " 站"},
                             [&](std::string_view of) { return standsAt(words, to, of); });
}

// Whether what stands at [from, to) is a word of its own: 2 is none in 10.0.0.2, in 2.5 or in tcp_sock #2.
bool standsAlone(const std::string& words, size_t from, size_t to) {
  const auto at = [&](size_t i) { return i < words.size() ? words[i] : ' '; };
  const char before = from ? words[from - 1] : ' ', farther = from > 1 ? words[from - 2] : ' ';
  if (isWord(before) || before == '#' || isWord(at(to))) return false;
  for (const std::string_view of : {" ×", "%", " b", " cache line", " cache lines", " 个缓存行"})
    if (standsAt(words, to, of) && !isWord(at(to + of.size()))) return false; // so many of a kind, a share, a size
  const auto joins = [](char c) { return c == '.' || c == ':' || c == ','; };
  if ((joins(before) && isDigit(farther)) || (joins(at(to)) && isDigit(at(to + 1)))) return false;
  return !isDigit(words[from]) || !isOrdinal(words, from, to);
}

size_t findWord(const std::string& words, const std::string& word, size_t from) {
  for (size_t at = words.find(word, from); at != words.npos; at = words.find(word, at + 1))
    if (standsAlone(words, at, at + word.size())) return at;
  return words.npos;
}

} // namespace

bool Covers::tells(const std::string& words) const {
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return findWord(words, c.answer, 0) != words.npos; });
}

Text Covers::words(const Text& told) const {
  if (empty()) return told;
  std::string said = spoken(told), hatched = words(said);
  return said == hatched ? told : Text(std::move(hatched));
}

static void hatchAll(const std::vector<std::string>& all, std::string& words) {
  for (const std::string& word : all)
    for (size_t at = findWord(words, word, 0); at != words.npos; at = findWord(words, word, at + 1))
      words.replace(at, word.size(), Covers::Hatch);
}

// Whether words name what is asked for, where that must stand beside a small number.
static bool isNamed(const std::vector<std::string>& beside, const std::string& words) {
  return beside.empty() || std::ranges::any_of(beside, [&](const auto& n) { return words.find(n) != words.npos; });
}

std::string Covers::words(const std::string& words) const {
  std::string out = words;
  for (const Cover& c : m_covers)
    if (!c.ofCall || isNamed(c.beside, words)) hatchAll(c.hatched, out);
  hatchAll(m_calls, out);
  return out;
}

std::string Covers::anywhere(const std::string& words) const {
  std::string out = words;
  for (const Cover& c : m_covers)
    if (isNamed(c.beside, words)) hatchAll(c.hatched, out);
  hatchAll(m_calls, out);
  return out;
}

bool Covers::hides(const std::string& words) const { return !empty() && this->words(words) != words; }

} // namespace sockwalk::tell
