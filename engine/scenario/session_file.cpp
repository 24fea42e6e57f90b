#include "engine/scenario/session_file.h"
#include "engine/base/whole_file.h"

#include "engine/base/bytes.h"
#include "engine/scenario/session_text.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <new>
#include <stdexcept>

namespace sockwalk::scenario {

namespace {

constexpr std::string_view kMagic = "sockwalk-session ";
constexpr std::size_t kMaxFileBytes = 256u << 20;
constexpr std::size_t kCaptureBytesPerLine = 57; // 76 characters of base64
constexpr std::uint32_t kMostHz = 10000;         // as //@hz takes it

template <std::size_t N> std::string nameOf(const char* const (&names)[N], auto value) {
  return names[static_cast<std::size_t>(value)];
}

// ---- writer -----------------------------------------------------------------------------------------------

// A word between blanks; `-` stands for none.
std::string wordText(const std::string& word) {
  if (word.empty()) return "-";
  return word == "-" ? "%2d" : escaped(word, true);
}

std::string at(std::int64_t time) { return std::to_string(time) + " "; }

struct StimulusText {
  std::string operator()(const ScriptStimulus& s) const {
    std::string text = "script " + escaped(s.name, false) + "\n";
    std::string_view left = s.contents;
    while (!left.empty()) {
      const std::size_t end = left.find('\n');
      ((text += end == std::string_view::npos ? '>' : '|') += left.substr(0, end)) += '\n';
      left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    }
    for (const auto& [symbol, value] : s.definitions)
      text += "define " + wordText(symbol) + " " + escaped(value, false) + "\n";
    return text;
  }
  std::string operator()(const CaptureStimulus& s) const {
    std::string text = "capture " + escaped(s.name, false) + "\nhost " + escaped(s.host, false) + "\n";
    if (!s.filter.empty()) text += "filter " + escaped(s.filter, false) + "\n";
    for (std::string_view left = s.bytes; !left.empty();
         left.remove_prefix(std::min(kCaptureBytesPerLine, left.size())))
      text += "=" + toBase64(left.substr(0, kCaptureBytesPerLine)) + "\n";
    return text;
  }
  std::string operator()(const TapStimulus& s) const { return "tap " + escaped(s.address, false) + "\n"; }
  std::string operator()(const CallStimulus& s) const { return "call " + at(s.time) + escaped(s.text, false) + "\n"; }
  std::string operator()(const FrameStimulus& s) const { return "frame " + at(s.time) + toHex(s.bytes) + "\n"; }
  std::string operator()(const LimitStimulus& s) const {
    return "limit " + at(s.time) + wordText(s.name) + " " + std::to_string(s.value) + "\n";
  }
  std::string operator()(const TimeStimulus& s) const { return "until " + at(s.time) + std::to_string(s.until) + "\n"; }
};

std::string setupText(const MachineSetup& setup) {
  std::string text;
  if (setup.machine) text += "machine " + nameOf(MachineNames, *setup.machine) + "\n";
  if (setup.hz) text += "hz " + std::to_string(*setup.hz) + "\n";
  if (setup.era) text += "era " + std::string(nameOf(*setup.era)) + "\n";
  if (setup.link) text += "link " + nameOf(LinkNames, *setup.link) + "\n";
  return text;
}

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
    if (m_version == 1) session.setup.machine = MachineKind::Recorded;
    while (nextLine()) {
      const std::string_view keyword = field();
      if (keyword == "end") {
        readEnd(session);
        return session;
      }
      if (!readSetting(keyword, session)) session.stimuli.push_back(readStimulus(keyword));
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

  // The first character of the line to come; 0 at the end.
  char ahead() const { return m_next < m_text.size() ? m_text[m_next] : '\0'; }

  // The characters up to the next blank, which is taken too.
  std::string_view field() {
    m_fieldStart = m_length - m_rest.size();
    const std::size_t end = std::min(m_rest.find(' '), m_rest.size());
    const std::string_view taken = m_rest.substr(0, end);
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return taken;
  }

  template <class T> T number(const char* what, T low, T high = std::numeric_limits<T>::max()) {
    const std::string_view digits = field();
    T value{};
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || value < low || value > high)
      fail(std::string("expected ") + what);
    return value;
  }
  std::int64_t time() { return number<std::int64_t>("a time in ns", 0); }

  std::string word(const char* what) {
    const std::string_view raw = field();
    if (raw.empty()) fail(std::string("expected ") + what);
    if (raw == "-") return {};
    return decoded(raw);
  }

  // One of the names of an enumeration.
  template <class E, std::size_t N> E oneOf(const char* const (&names)[N], const char* what) {
    const std::string_view name = field();
    for (std::size_t i = 0; i < N; ++i)
      if (name == names[i]) return static_cast<E>(i);
    fail(std::string("expected ") + what);
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
    m_version = number<unsigned>("the version of the session format", 1);
    if (m_version > kSessionVersion)
      fail("this session is in version " + std::to_string(m_version) +
           " of the format; this program reads up to version " + std::to_string(kSessionVersion));
  }

  bool readSetting(std::string_view keyword, SessionFile& session) {
    if (keyword == "hz") {
      const auto hz = number<std::uint32_t>("ticks per second, 1 to 10000", 1, kMostHz);
      if (m_version > 1) session.setup.hz = hz;
    } else if (keyword == "link") {
      session.setup.link = oneOf<Link>(LinkNames, "e1000, veth, wire, lo or tun");
    } else if (keyword == "era") {
      session.setup.era = eraNamed(field());
      if (!session.setup.era) fail("expected 2.6 or 6.1");
    } else if (keyword == "machine" && m_version > 1) {
      session.setup.machine = oneOf<MachineKind>(MachineNames, "plain or recorded");
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

  SessionStimulus readStimulus(std::string_view keyword) {
    if (keyword == "script") return readScript();
    if (keyword == "capture") return readCapture();
    if (keyword == "tap" && m_version > 1) return TapStimulus{rest()};
    if (keyword == "sysctl" && m_version == 1) {
      if (word("the name of a sysctl") != "tap.address") fail("expected tap.address, the only sysctl of version 1");
      return TapStimulus{rest()};
    }
    if (keyword == "call") {
      CallStimulus call{time(), {}};
      if (m_version == 1 && !word("-").empty()) fail("expected '-': version 1 knew no other task");
      call.text = rest();
      return call;
    }
    if (keyword == "frame") {
      FrameStimulus frame{time(), {}};
      if (m_version == 1 && word("eth0") != "eth0") fail("expected eth0: version 1 knew no other device");
      auto bytes = fromHex(field());
      if (!bytes || bytes->empty()) fail("expected the frame's bytes in hex");
      frame.bytes = std::move(*bytes);
      return frame;
    }
    if (keyword == "limit" && m_version > 1) {
      LimitStimulus limit{time(), word("the name of a limit"), 0};
      limit.value = number<std::int64_t>("a limit", 0);
      return limit;
    }
    if (keyword == "until" && m_version > 1) {
      const std::int64_t begin = time();
      return TimeStimulus{begin, number<std::int64_t>("a time in ns that is not before the first", begin)};
    }
    m_fieldStart = 0;
    fail(std::string("expected ") +
         (m_version > 1 ? "machine, hz, link, playhead, layout, script, capture, tap, call, "
                          "frame, limit, until"
                        : "hz, link, playhead, layout, script, capture, call, frame, sysctl") +
         " or end, found '" + std::string(keyword.substr(0, 40)) + "'");
  }

  // Goes to the next line if it begins with this word, and behind the word.
  bool takeLine(std::string_view keyword) {
    if (!m_text.substr(std::min(m_next, m_text.size())).starts_with(std::string(keyword) + " ")) return false;
    nextLine();
    field();
    return true;
  }

  ScriptStimulus readScript() {
    ScriptStimulus script{rest(), {}, {}};
    while (ahead() == '|' || ahead() == '>') {
      nextLine();
      script.contents += m_rest.substr(1);
      if (m_rest[0] == '>') break;
      script.contents += '\n';
    }
    while (takeLine("define")) {
      std::string symbol = word("a symbol");
      script.definitions.emplace_back(std::move(symbol), rest());
    }
    return script;
  }

  CaptureStimulus readCapture() {
    CaptureStimulus capture{rest(), {}, {}};
    if (!nextLine() || field() != "host") fail("expected 'host' and an address after a capture");
    capture.host = rest();
    if (m_version == 1) return capture;
    if (takeLine("filter")) capture.filter = rest();
    while (ahead() == '=') {
      nextLine();
      const auto bytes = fromBase64(m_rest.substr(1));
      if (!bytes) fail("expected base64 after '='");
      capture.bytes += *bytes;
    }
    if (capture.bytes.empty()) fail("expected the bytes of the capture in the lines after this one, each after '='");
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
  unsigned m_version = kSessionVersion;
  std::string_view m_rest;
  std::size_t m_begin = 0;
  std::size_t m_next = 0;
  std::size_t m_length = 0;
  std::size_t m_fieldStart = 0;
  std::uint32_t m_line = 0;
};

// ---- files ------------------------------------------------------------------------------------------------

// Version 1 kept the path only: its capture is where it was, or moved together with the session.
bool findCapture(CaptureStimulus& capture, const std::string& session) {
  const std::filesystem::path named(capture.name);
  for (const auto& path : {named, std::filesystem::path(session).parent_path() / named.filename()}) {
    auto bytes = readWholeFile(path, kMaxFileBytes);
    if (!bytes || bytes->empty()) continue;
    capture.bytes = std::move(*bytes);
    return true;
  }
  return false;
}

} // namespace

std::string writeSession(const SessionFile& session) {
  std::string text = std::string(kMagic) + std::to_string(kSessionVersion) + "\n" + setupText(session.setup);
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

Result<void> saveSession(const SessionFile& session, const std::string& path) try {
  const std::string text = writeSession(session);
  if (text.size() > kMaxFileBytes)
    return Error{path + ": not saved: with its capture in it the session would be larger than 256 MiB"};
  return writeWholeFile(path, text);
} catch (const std::bad_alloc&) {
  return Error{path + ": not saved: there is not enough memory"};
}

ScriptResult<SessionFile> loadSession(const std::string& path) {
  std::error_code problem;
  if (std::filesystem::is_regular_file(path, problem) && std::filesystem::file_size(path, problem) > kMaxFileBytes)
    return ScriptError(path, {1, 1}, "larger than 256 MiB, which no session is");
  const auto text = readWholeFile(path, kMaxFileBytes);
  if (!text) return ScriptError(path, {1, 1}, "cannot read this file");
  auto session = readSession(*text, path);
  if (!session) return session;
  for (SessionStimulus& stimulus : session->stimuli)
    if (auto* capture = std::get_if<CaptureStimulus>(&stimulus); capture && capture->bytes.empty())
      if (!findCapture(*capture, path))
        return ScriptError(path, {1, 1},
                           "this session, saved by an older program, only names its capture, " + capture->name +
                               ", which is not there; put it there or beside the session, open the session and save "
                               "it again: then the capture is part of it");
  return session;
}

} // namespace sockwalk::scenario
