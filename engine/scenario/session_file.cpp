#include "engine/scenario/session_file.h"

#include "engine/scenario/session_text.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <new>
#include <stdexcept>

namespace sockwalk::scenario {

namespace {

constexpr std::string_view kMagic = "sockwalk-session ";
constexpr std::size_t kMaxFileBytes = 256u << 20;

// ---- writer -----------------------------------------------------------------------------------------------

// A word between blanks; `-` stands for none.
std::string wordText(const std::string& word) {
  if (word.empty()) return "-";
  return word == "-" ? "%2d" : escaped(word, true);
}

std::string scriptText(const ScriptStimulus& script) {
  std::string text = "script " + escaped(script.name, false) + "\n";
  std::string_view left = script.contents;
  while (!left.empty()) {
    const std::size_t end = left.find('\n');
    ((text += end == std::string_view::npos ? '>' : '|') += left.substr(0, end)) += '\n';
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
  }
  for (const auto& [symbol, value] : script.definitions)
    text += "define " + wordText(symbol) + " " + escaped(value, false) + "\n";
  return text;
}

struct StimulusText {
  std::string operator()(const ScriptStimulus& s) const { return scriptText(s); }
  std::string operator()(const CaptureStimulus& s) const {
    return "capture " + escaped(s.path, false) + "\nhost " + escaped(s.host, false) + "\n";
  }
  std::string operator()(const CallStimulus& s) const {
    return "call " + std::to_string(s.time) + " " + wordText(s.task) + " " + escaped(s.text, false) + "\n";
  }
  std::string operator()(const FrameStimulus& s) const {
    return "frame " + std::to_string(s.time) + " " + wordText(s.device) + " " + toHex(s.bytes) + "\n";
  }
  std::string operator()(const LimitStimulus& s) const {
    return "limit " + wordText(s.name) + " " + std::to_string(s.value) + "\n";
  }
  std::string operator()(const SysctlStimulus& s) const {
    return "sysctl " + wordText(s.name) + " " + escaped(s.value, false) + "\n";
  }
  std::string operator()(const TimeStimulus& s) const { return "until " + std::to_string(s.until) + "\n"; }
};

std::string crcText(std::string_view text) {
  char hex[9];
  std::snprintf(hex, sizeof hex, "%08x", crc32(text));
  return hex;
}

// ---- reader -----------------------------------------------------------------------------------------------

// Takes the file line by line and each line field by field; a mistake is thrown as ScriptError.
class Reader {
public:
  Reader(std::string_view text, const std::string& file) : m_text(text), m_file(file) {}

  SessionFile read() {
    readVersion();
    SessionFile session;
    while (nextLine()) {
      const std::string_view keyword = field();
      if (keyword == "end") {
        readEnd(session);
        return session;
      }
      if (!readSetting(keyword, session)) readStimulus(keyword, session);
    }
    ++m_line;
    m_fieldStart = 0;
    fail("the file is cut off: expected more items or the 'end' line");
  }

private:
  [[noreturn]] void fail(const std::string& what) const {
    throw ScriptError(m_file, {m_line, static_cast<std::uint32_t>(m_fieldStart + 1)}, what);
  }

  bool nextLine() {
    if (m_next >= m_text.size()) return false;
    m_begin = m_next;
    const std::size_t end = std::min(m_text.find('\n', m_begin), m_text.size());
    m_next = end + 1;
    m_rest = m_text.substr(m_begin, end - m_begin);
    m_length = m_rest.size();
    m_fieldStart = 0;
    ++m_line;
    return true;
  }

  // The characters up to the next blank, which is taken too.
  std::string_view field() {
    m_fieldStart = m_length - m_rest.size();
    const std::size_t end = std::min(m_rest.find(' '), m_rest.size());
    const std::string_view taken = m_rest.substr(0, end);
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return taken;
  }

  template <class T> T number(const char* what, T low) {
    const std::string_view digits = field();
    T value{};
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || value < low)
      fail(std::string("expected ") + what);
    return value;
  }

  std::string word(const char* what) {
    const std::string_view raw = field();
    if (raw.empty()) fail(std::string("expected ") + what);
    if (raw == "-") return {};
    return decoded(raw);
  }

  std::string rest() {
    m_fieldStart = m_length - m_rest.size();
    const std::string_view raw = m_rest;
    m_rest = {};
    return decoded(raw);
  }

  std::string decoded(std::string_view raw) {
    auto text = unescaped(raw);
    if (!text) fail("expected two hex digits after '%'");
    return std::move(*text);
  }

  void readVersion() {
    if (!nextLine() || !m_rest.starts_with(kMagic))
      fail("not a Sockwalk session: expected 'sockwalk-session " + std::to_string(kSessionVersion) +
           "' in the first line");
    field();
    const auto version = number<unsigned>("the version of the session format", 1);
    if (version != kSessionVersion)
      fail("this session is in version " + std::to_string(version) + " of the format; this program reads version " +
           std::to_string(kSessionVersion));
  }

  bool readSetting(std::string_view keyword, SessionFile& session) {
    if (keyword == "hz") {
      session.hz = number<std::uint32_t>("ticks per second", 1);
    } else if (keyword == "link") {
      session.link = rest();
    } else if (keyword == "playhead") {
      session.playhead = number<std::uint64_t>("a position in the journal", 0);
    } else if (keyword == "layout") {
      auto bytes = fromBase64(field());
      if (!bytes) fail("expected base64");
      session.layout = std::move(*bytes);
    } else {
      return false;
    }
    return true;
  }

  void readStimulus(std::string_view keyword, SessionFile& session) {
    if (keyword == "script") {
      session.stimuli.emplace_back(readScript());
    } else if (keyword == "capture") {
      session.stimuli.emplace_back(readCapture());
    } else if (keyword == "call") {
      CallStimulus call;
      call.time = number<std::int64_t>("a time in ns", 0);
      call.task = word("the name of a task, or -");
      call.text = rest();
      session.stimuli.emplace_back(std::move(call));
    } else if (keyword == "frame") {
      FrameStimulus frame;
      frame.time = number<std::int64_t>("a time in ns", 0);
      frame.device = word("the name of a device");
      auto bytes = fromHex(field());
      if (!bytes) fail("expected the frame's bytes in hex");
      frame.bytes = std::move(*bytes);
      session.stimuli.emplace_back(std::move(frame));
    } else if (keyword == "limit") {
      std::string name = word("the name of a limit");
      session.stimuli.emplace_back(LimitStimulus{std::move(name), number<std::int64_t>("a limit", INT64_MIN)});
    } else if (keyword == "sysctl") {
      std::string name = word("the name of a sysctl");
      session.stimuli.emplace_back(SysctlStimulus{std::move(name), rest()});
    } else if (keyword == "until") {
      session.stimuli.emplace_back(TimeStimulus{number<std::int64_t>("a time in ns", 0)});
    } else {
      fail("expected hz, link, playhead, layout, script, capture, call, frame, limit, sysctl, until or end, "
           "found '" +
           std::string(keyword.substr(0, 40)) + "'");
    }
  }

  ScriptStimulus readScript() {
    ScriptStimulus script;
    script.name = rest();
    while (m_next < m_text.size() && (m_text[m_next] == '|' || m_text[m_next] == '>')) {
      nextLine();
      script.contents += m_rest.substr(1);
      if (m_rest[0] == '>') break;
      script.contents += '\n';
    }
    while (m_text.substr(std::min(m_next, m_text.size())).starts_with("define ")) {
      nextLine();
      field();
      std::string symbol = word("a symbol");
      script.definitions.emplace_back(std::move(symbol), rest());
    }
    return script;
  }

  CaptureStimulus readCapture() {
    CaptureStimulus capture;
    capture.path = rest();
    if (!nextLine() || field() != "host") fail("expected 'host' and an address after a capture");
    capture.host = rest();
    return capture;
  }

  void readEnd(const SessionFile& session) {
    const std::string_view above = m_text.substr(0, m_begin);
    if (number<std::size_t>("how many stimuli there are", 0) != session.stimuli.size())
      fail("the file is damaged: it holds " + std::to_string(session.stimuli.size()) +
           " stimuli, which this number denies");
    if (field() != crcText(above)) fail("the file is damaged: its checksum is not that of its contents");
    if (m_next < m_text.size()) {
      nextLine();
      fail("expected nothing after the 'end' line");
    }
  }

  std::string_view m_text;
  const std::string& m_file;
  std::string_view m_rest;
  std::size_t m_begin = 0;
  std::size_t m_next = 0;
  std::size_t m_length = 0;
  std::size_t m_fieldStart = 0;
  std::uint32_t m_line = 0;
};

} // namespace

std::string writeSession(const SessionFile& session) {
  std::string text =
      std::string(kMagic) + std::to_string(kSessionVersion) + "\nhz " + std::to_string(session.hz) + "\n";
  if (!session.link.empty()) text += "link " + escaped(session.link, false) + "\n";
  text += "playhead " + std::to_string(session.playhead) + "\n";
  if (!session.layout.empty()) text += "layout " + toBase64(session.layout) + "\n";
  for (const SessionStimulus& stimulus : session.stimuli) text += std::visit(StimulusText{}, stimulus);
  return text + "end " + std::to_string(session.stimuli.size()) + " " + crcText(text) + "\n";
}

ScriptResult<SessionFile> readSession(std::string_view text, const std::string& file) {
  try {
    return Reader(text, file).read();
  } catch (const ScriptError& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return ScriptError(file, {1, 1}, "not enough memory to read it");
  }
}

Result<void> saveSession(const SessionFile& session, const std::string& path) {
  const std::string text = writeSession(session);
  const std::string draft = path + ".new";
  {
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
      std::remove(draft.c_str());
      return Error{path + ": cannot write " + draft};
    }
  }
  std::error_code problem;
  std::filesystem::rename(draft, path, problem);
  if (!problem) return {};
  std::remove(draft.c_str());
  return Error{path + ": cannot replace this file: " + problem.message()};
}

ScriptResult<SessionFile> loadSession(const std::string& path) {
  std::error_code problem;
  const auto size = std::filesystem::is_regular_file(path, problem) ? std::filesystem::file_size(path, problem) : 0;
  std::ifstream in(path, std::ios::binary);
  if (problem || !in.is_open()) return ScriptError(path, {1, 1}, "cannot read this file");
  if (size > kMaxFileBytes) return ScriptError(path, {1, 1}, "larger than 256 MiB, which no session is");
  std::string text(size, '\0');
  in.read(text.data(), static_cast<std::streamsize>(size));
  if (in.gcount() != static_cast<std::streamsize>(size)) return ScriptError(path, {1, 1}, "cannot read this file");
  return readSession(text, path);
}

} // namespace sockwalk::scenario
