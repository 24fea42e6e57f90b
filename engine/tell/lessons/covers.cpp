#include "engine/tell/lessons/covers.h"
#include "engine/tell/fields.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/structures/subject.h"
#include <algorithm>
#include <cctype>

namespace sockwalk::tell {

void Covers::add(const scenario::Session& session, EventIndex stop, const Question& question) {
  Playhead asked(session.journal());
  const auto answer = askEngine(session, asked, question, stop);
  if (!answer || answer->empty()) return;
  Cover cover;
  cover.answer = *answer;
  const std::string& kind = question.answer[0];
  if (kind == "member" || kind == "buffer") addMember(cover, session, stop, question);
  if (kind == "frame") cover.frame = frameNumber(question.answer[1]);
  if (kind == "result") {
    const auto& stimuli = session.journal().stimuli();
    const auto named = std::ranges::find(stimuli, question.answer[1], &Stimulus::name);
    cover.stimulus = static_cast<int>(named - stimuli.begin());
  }
  m_covers.push_back(std::move(cover));
}

// The object as it is known at the stop: one that is born later has nothing to show yet.
void Covers::addMember(Cover& cover, const scenario::Session& session, EventIndex stop,
                       const Question& question) const {
  Playhead at(session.journal());
  at.seek(stop);
  const bool buffer = question.answer[0] == "buffer";
  const std::string object = buffer ? "sk_buff" : question.answer[1];
  const Field m =
      fieldAt(object.substr(0, object.find_first_of(" #")), buffer ? question.answer[1] : question.answer[2]);
  const u64 address = newestObject(at, object);
  if (!address) return;
  const StructureSubject whole = subjectAt(at, address);
  cover.object = static_cast<u32>(address);
  cover.objectSize = std::max(whole.size, whole.object.size);
  if (!m) return; // "headroom" is no member: words alone say it
  cover.offset = cover.object + m.offset();
  cover.size = m.member->size;
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

bool Covers::frame(u32 number) const {
  return std::ranges::any_of(m_covers, [&](const Cover& c) { return c.frame && c.frame == number; });
}

// ---- words

namespace {

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Whether what stands at [from, to) is a word of its own: 2 is none in 10.0.0.2, in 2.5 or in tcp_sock #2.
bool standsAlone(const std::string& words, size_t from, size_t to) {
  const auto at = [&](size_t i) { return i < words.size() ? words[i] : ' '; };
  const char before = from ? words[from - 1] : ' ', farther = from > 1 ? words[from - 2] : ' ';
  if (isWord(before) || before == '#' || isWord(at(to))) return false;
  const auto joins = [](char c) { return c == '.' || c == ':' || c == ','; };
  return !(joins(before) && isDigit(farther)) && !(joins(at(to)) && isDigit(at(to + 1)));
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
  const std::string said = m_covers.empty() ? std::string() : spoken(told);
  return tells(said) ? Text(words(said)) : told;
}

std::string Covers::words(const std::string& words) const {
  std::string out = words;
  for (const Cover& c : m_covers)
    for (size_t at = findWord(out, c.answer, 0); at != out.npos; at = findWord(out, c.answer, at + 1))
      out.replace(at, c.answer.size(), Hatch);
  return out;
}

} // namespace sockwalk::tell
