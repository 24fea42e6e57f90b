#include "engine/tell/lessons/markdown_parts.h"
#include "engine/tell/lessons/lesson_language.h"
#include <algorithm>
#include <md4c.h>

namespace sockwalk::tell {

namespace {

// What md4c found: lines of the source that are no prose.
struct Found {
  enum Kind { Heading, Fenced } kind;
  size_t at; // of the heading's first word, or of the name behind the fence
  std::string words;
  bool nested = false; // in a list or a quotation
};

struct Scan {
  const SourceText& source;
  size_t from;
  Problems& problems;
  std::vector<Found> found{};
  int depth = 0;          // of lists and quotations
  bool inHeading = false; // of the first rank
  size_t lastText = 0;    // where text was last seen: HTML has no place of its own

  size_t offsetOf(const char* p) const { return static_cast<size_t>(p - source.text().data()); }
  bool within(const char* p) const {
    return p >= source.text().data() && p <= source.text().data() + source.text().size();
  }
};

bool isContainer(MD_BLOCKTYPE type) {
  return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL || type == MD_BLOCK_TABLE;
}

int enterBlock(MD_BLOCKTYPE type, void* detail, void* data) {
  Scan& scan = *static_cast<Scan*>(data);
  if (isContainer(type)) ++scan.depth;
  if (type == MD_BLOCK_H && static_cast<MD_BLOCK_H_DETAIL*>(detail)->level == 1 && !scan.depth) {
    scan.inHeading = true;
    scan.found.push_back({Found::Heading, SIZE_MAX, "", false});
  }
  if (type != MD_BLOCK_CODE) return 0;
  const MD_ATTRIBUTE& info = static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->info;
  if (info.size && scan.within(info.text)) // with an escape in it, it is a copy, and no name of a block
    scan.found.push_back({Found::Fenced, scan.offsetOf(info.text), std::string(info.text, info.size), scan.depth > 0});
  return 0;
}

int leaveBlock(MD_BLOCKTYPE type, void*, void* data) {
  Scan& scan = *static_cast<Scan*>(data);
  if (isContainer(type)) --scan.depth;
  if (type == MD_BLOCK_H) scan.inHeading = false;
  return 0;
}

void refuse(Scan& scan, size_t at, Text what, Text remedy) {
  scan.problems.add(scan.source.spot(at), std::move(what), std::move(remedy));
}

void lookAtAddress(Scan& scan, const MD_ATTRIBUTE& address, bool image) {
  const std::string where(address.text, address.size);
  const size_t at = scan.within(address.text) ? scan.offsetOf(address.text) : scan.lastText;
  if (image) {
    if (const auto trouble = troubleWithFile(scan.problems.file(), where))
      refuse(scan, at, *trouble, say("a picture lies in the lesson's folder"));
  } else if (!where.starts_with("https://") && !where.starts_with("http://"))
    refuse(scan, at, say("'%1' is no link that a reader may follow", where), say("a link begins with https://"));
}

int enterSpan(MD_SPANTYPE type, void* detail, void* data) {
  Scan& scan = *static_cast<Scan*>(data);
  if (type == MD_SPAN_A) lookAtAddress(scan, static_cast<MD_SPAN_A_DETAIL*>(detail)->href, false);
  if (type == MD_SPAN_IMG) lookAtAddress(scan, static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src, true);
  return 0;
}
int leaveSpan(MD_SPANTYPE, void*, void*) { return 0; }

int text(MD_TEXTTYPE type, const char* words, MD_SIZE size, void* data) {
  Scan& scan = *static_cast<Scan*>(data);
  const bool placed = scan.within(words);
  if (placed) scan.lastText = scan.offsetOf(words);
  if (type == MD_TEXT_HTML && placed)
    refuse(scan, scan.lastText, say("HTML is not shown"), say("say it in Markdown; a < of its own is written \\<"));
  if (scan.inHeading) {
    Found& heading = scan.found.back();
    if (placed) heading.at = std::min(heading.at, scan.lastText);
    heading.words += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? std::string(" ") : std::string(words, size);
  }
  return 0;
}

// ---- the lines that a heading or a fenced block takes

bool isUnderline(std::string_view line) {
  const size_t first = line.find_first_not_of(' ');
  const size_t last = line.find_last_not_of(" \t");
  return first != line.npos && line.substr(first, last - first + 1).find_first_not_of('=') == line.npos;
}

int lastLineOfHeading(const SourceText& source, int first) {
  const std::string_view line = source.line(first);
  const size_t begin = line.find_first_not_of(' ');
  if (begin != line.npos && line[begin] == '#') return first;
  int last = first;
  while (last <= source.lines() && !isUnderline(source.line(last))) ++last;
  return last;
}

// The line that closes a fence; 0: none does.
int closingLine(const SourceText& source, int opening) {
  const std::string_view first = source.line(opening);
  const size_t begin = first.find_first_of("`~");
  const char sign = begin == first.npos ? '`' : first[begin];
  const size_t length = begin == first.npos ? 3 : first.find_first_not_of(sign, begin) - begin;
  for (int line = opening + 1; line <= source.lines(); ++line) {
    const std::string_view s = source.line(line);
    const size_t from = s.find_first_not_of(' ');
    if (from == s.npos || from > 3 || s[from] != sign) continue;
    const size_t to = s.find_first_not_of(sign, from);
    if (s.find_first_not_of(" \t", std::min(to, s.size())) == s.npos && std::min(to, s.size()) - from >= length)
      return line;
  }
  return 0;
}

class Cutter {
public:
  Cutter(const SourceText& source, size_t from, Problems& problems)
      : m_source(source), m_problems(problems), m_from(from) {}

  std::vector<MarkdownSection> cut(const std::vector<Found>& all) {
    for (const Found& f : all) f.kind == Found::Heading ? heading(f) : fence(f);
    prose(m_source.text().size());
    if (m_sections.empty())
      m_problems.add(m_source.spot(m_from), say("a lesson needs at least one stop"),
                     say("a heading begins one: # ..."));
    return std::move(m_sections);
  }

private:
  void heading(const Found& f) {
    if (f.at == SIZE_MAX) {
      m_problems.add(m_source.spot(m_from), say("a heading has no words"), say("a stop is named by its heading"));
      return;
    }
    const int first = m_source.spot(f.at).line;
    if (m_source.start(first) < m_from) return; // within what was taken already
    prose(m_source.start(first));
    m_sections.push_back({f.words, f.at, {}, {}});
    m_from = m_source.start(lastLineOfHeading(m_source, first) + 1);
  }

  void fence(const Found& f) {
    const int first = m_source.spot(f.at).line;
    if (m_source.start(first) < m_from) return;
    const std::string name = f.words.substr(0, f.words.find_first_of(" \t"));
    if (isProgramText(name)) return; // prose
    const Spot spot = m_source.spot(f.at);
    if (!blockNamed(name))
      return m_problems.add(spot, say("there is no block '%1'", name), nearestOf(name, blockNames()));
    if (f.nested)
      return m_problems.add(spot, say("a block '%1' stands in a list or a quotation", name),
                            say("begin it at the margin, with an empty line before it"));
    if (m_sections.empty())
      return m_problems.add(spot, say("a block '%1' stands before the first heading", name),
                            say("a heading begins a stop: # ..."));
    const int last = closingLine(m_source, first);
    if (!last) m_problems.add(spot, say("this block '%1' is not closed", name), say("close it with a line ```"));
    prose(m_source.start(first));
    const size_t begin = m_source.start(first + 1), end = last ? m_source.start(last) : m_source.text().size();
    m_sections.back().fences.push_back({name, m_source.text().substr(begin, end - begin), {first, 1}});
    m_from = last ? m_source.start(last + 1) : m_source.text().size();
  }

  void prose(size_t to) {
    if (to <= m_from) return;
    const std::string words = m_source.text().substr(m_from, to - m_from);
    const size_t first = words.find_first_not_of(" \t\n");
    if (first != words.npos) {
      if (!m_sections.empty()) m_sections.back().prose.push_back({words, m_from});
      else
        m_problems.add(m_source.spot(m_from + first), say("text stands before the first heading"),
                       say("a heading begins a stop: # ..."));
    }
    m_from = to;
  }

  const SourceText& m_source;
  Problems& m_problems;
  size_t m_from;
  std::vector<MarkdownSection> m_sections;
};

} // namespace

std::vector<MarkdownSection> sectionsOf(const SourceText& source, size_t from, Problems& problems) {
  Scan scan{source, from, problems};
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB;
  parser.enter_block = enterBlock;
  parser.leave_block = leaveBlock;
  parser.enter_span = enterSpan;
  parser.leave_span = leaveSpan;
  parser.text = text;
  const std::string& all = source.text();
  md_parse(all.data() + from, static_cast<MD_SIZE>(all.size() - from), &parser, &scan);
  return Cutter(source, from, problems).cut(scan.found);
}

} // namespace sockwalk::tell
