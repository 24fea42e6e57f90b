#include "engine/tell/packets/packet_filter.h"
#include "engine/tell/expression/tokens.h"
#include <algorithm>

namespace sockwalk::tell {

using expression::lower;
using expression::Token;

namespace {

// "tcp.prt" is meant to be a name, and "tcp." to become one: what stands before the point begins some.
bool looksLikeName(const std::string& word) {
  const std::string head = word.substr(0, word.find('.') + 1);
  if (head.size() < 2) return false;
  const auto names = PacketVocabulary().names();
  return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.word.starts_with(head); });
}

// Words side by side, as people type them into a box that searches. "in" is one of them, for it is a way.
bool isPlainWords(std::string_view text) {
  for (const Token& t : expression::tokens(text)) {
    const bool sign = t.kind == Token::Symbol && !t.is("in");
    if (sign || t.kind == Token::Quoted || (t.kind == Token::Word && looksLikeName(t.text))) return false;
    if (t.kind == Token::Bad && text.find_first_of("=|\"'", t.from) < t.to) return false;
  }
  return true;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  for (size_t from = 0; (from = text.find_first_not_of(" \t", from)) != text.npos;) {
    const size_t end = std::min(text.find_first_of(" \t", from), text.size());
    words.push_back(lower(text.substr(from, end - from)));
    from = end;
  }
  return words;
}

// What plain words are looked for in.
std::string searched(const PacketRows& rows, int of) {
  const FrameSummary s = rows.summary(of);
  std::string row = std::to_string(rows.number(of)) + ' ' + rows.device(of) + ' ' + s.protocol;
  for (const auto& [address, port] : {std::pair(s.source, s.sourcePort), std::pair(s.destination, s.destinationPort)})
    row += ' ' + address + (port ? ':' + std::to_string(*port) : "");
  return lower(row + ' ' + s.info);
}

} // namespace

void PacketFilter::set(std::string_view text) {
  expression::Parsed parsed = expression::parse(text, PacketVocabulary());
  std::vector<std::string> words = split(text);
  m_problem = std::move(parsed.problem);
  m_kind = words.empty() ? Kind::All : !m_problem ? Kind::Expression : isPlainWords(text) ? Kind::Words : Kind::Wrong;
  if (m_kind == Kind::Wrong) return;
  m_problem.reset();
  m_expression = m_kind == Kind::Expression ? std::move(parsed.expression) : expression::Expression();
  m_words = m_kind == Kind::Words ? std::move(words) : std::vector<std::string>();
  restart();
}

void PacketFilter::restart() {
  m_matches.clear();
  m_next = 0;
}

void PacketFilter::clear() {
  m_functions.clear();
  restart();
}

bool PacketFilter::mayChange() const {
  const bool dropped = std::any_of(m_words.begin(), m_words.end(), [](const auto& w) { return w.starts_with("drop"); });
  return dropped || PacketVocabulary::asksForFate(m_expression);
}

bool PacketFilter::advance(const PacketRows& rows, int count, EventIndex events) {
  const bool functions = PacketVocabulary::asksForFunctions(m_expression);
  if (functions && !m_functions.update(rows.journal(), rows.packets(), events)) return false;
  PacketItem item(rows, m_functions);
  const bool parsed = m_words.empty();
  for (const int end = m_next + std::min(count, rows.size() - m_next); m_next < end; ++m_next) {
    if (parsed) item.show(m_next);
    if (parsed ? m_expression.holds(item) : hasWords(rows, m_next)) m_matches.push_back(m_next);
  }
  return m_next >= rows.size();
}

// "in", "out" and "dropped" mean what they say; a number is that of a port, of an address or of the packet alike.
bool PacketFilter::hasWords(const PacketRows& rows, int row) const {
  std::string text;
  for (const std::string& word : m_words) {
    if (word == "in" || word == "out") {
      if (!(word == "in" ? rows.comesIn(row) : rows.goesOut(row))) return false;
    } else if (word == "dropped" || word == "drop") {
      if (rows.fate(row).kind != PacketFate::Dropped) return false;
    } else {
      if (text.empty()) text = searched(rows, row);
      if (text.find(word) == text.npos) return false;
    }
  }
  return true;
}

std::vector<int> packetsThatFit(const PacketRows& rows, const expression::Expression& expression) {
  PacketFunctions functions;
  if (PacketVocabulary::asksForFunctions(expression)) functions.update(rows.journal(), rows.packets());
  PacketItem item(rows, functions);
  std::vector<int> out;
  for (int row = 0; row < rows.size(); ++row) {
    item.show(row);
    if (expression.holds(item)) out.push_back(row);
  }
  return out;
}

Packets readPackets(const Playhead& at, const expression::Expression& where) {
  PacketRows rows;
  rows.open(at.journal());
  rows.update(at.position());
  return readPackets(rows, packetsThatFit(rows, where));
}

} // namespace sockwalk::tell
