#include "engine/tell/lessons/lesson_file.h"
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <yaml-cpp/yaml.h>

namespace sockwalk::tell {

namespace {

struct Complaint {
  int line;
  std::string what;
};

std::vector<std::string> words(const std::string& s) {
  std::istringstream in(s);
  std::vector<std::string> out;
  for (std::string w; in >> w;) out.push_back(w);
  return out;
}

Place parsePlace(const std::string& text, int line) {
  const auto w = words(text);
  static const std::vector<std::string> kinds{"call",  "return", "note",  "stimulus", "end",
                                              "write", "event",  "frame", "start"};
  if (w.empty() || std::find(kinds.begin(), kinds.end(), w[0]) == kinds.end())
    throw Complaint{line, "expected a place: call F, return F, note ID, stimulus CASE, end CASE, write TYPE.MEMBER, "
                          "event drop, frame N or start, but found '" +
                              text + "'"};
  const size_t own = w[0] == "start" ? 1 : 2; // words; a count may stand behind them
  if (w.size() < own) throw Complaint{line, "'" + w[0] + "' needs a name"};
  if (w[0] == "event" && w[1] != "drop") throw Complaint{line, "of events only 'event drop' is a place"};
  if (w[0] == "frame" && !frameNumber(w[1])) throw Complaint{line, "'" + w[1] + "' is no number of a frame"};
  Place p{w[0], own > 1 ? w[1] : "", 1, line};
  if (w.size() == own) return p;
  const bool counted = w[0] == "call" || w[0] == "return" || w[0] == "note" || w[0] == "event";
  const char* end = w[own].data() + w[own].size();
  if (!counted || w.size() > own + 1 || std::from_chars(w[own].data(), end, p.count).ptr != end || !p.count)
    throw Complaint{line, "in '" + text + "' too much is said: a place is its kind and name, and of call, return, " +
                              "note and event which one, counted from 1"};
  return p;
}

// Whoever mistypes a key is told, and does not wonder why nothing comes of it.
void expectKeys(const YAML::Node& n, std::initializer_list<std::string_view> keys, int line) {
  for (const auto& entry : n)
    if (const auto key = entry.first.as<std::string>(); std::ranges::find(keys, key) == keys.end())
      throw Complaint{line, "'" + key + ":' means nothing here"};
}

std::string field(const YAML::Node& n, const char* key) { return n[key] ? n[key].as<std::string>() : ""; }

YAML::Node yaml(const std::string& text, int line) {
  try {
    return YAML::Load(text);
  } catch (const YAML::Exception& e) {
    throw Complaint{line + std::max(0, e.mark.line), "this is not YAML: " + e.msg};
  }
}

void readStopBlock(LessonStop& stop, const std::string& text, int line) {
  const YAML::Node n = yaml(text, line);
  expectKeys(n, {"at", "view", "focus"}, line);
  if (!n["at"]) throw Complaint{line, "a stop block needs 'at:'"};
  stop.at = parsePlace(field(n, "at"), line);
  stop.view = field(n, "view");
  stop.focus = field(n, "focus");
}

Question readQuestion(const std::string& text, int line) {
  const YAML::Node n = yaml(text, line);
  expectKeys(n, {"ask", "choices", "answer", "when", "because"}, line);
  Question q;
  q.line = line;
  q.ask = field(n, "ask");
  q.because = field(n, "because");
  q.answer = words(field(n, "answer"));
  if (q.ask.empty() || q.answer.size() < 2) throw Complaint{line, "a question needs 'ask:' and 'answer:'"};
  if (const auto& a = q.answer; a[0] == "frame")
    if (a.size() != 3 || !frameNumber(a[1]) || (a[2] != "verdict" && a[2] != "function"))
      throw Complaint{line, "of a frame ask 'frame N verdict' or 'frame N function'"};
  if (n["choices"])
    for (const auto& c : n["choices"]) q.choices.push_back(c.as<std::string>());
  if (n["when"]) q.when = parsePlace(field(n, "when"), line);
  return q;
}

struct Reader {
  Lesson lesson;
  std::istringstream in;
  int line = 0;
  explicit Reader(const std::string& text) : in(text) {}

  bool next(std::string& s) {
    if (!std::getline(in, s)) return false;
    if (!s.empty() && s.back() == '\r') s.pop_back();
    return ++line, true;
  }

  std::string until(const std::string& end, const char* what) {
    const int from = line;
    std::string s, body;
    while (next(s)) {
      if (s == end) return body;
      body += s + "\n";
    }
    throw Complaint{from, std::string("this ") + what + " is not closed with " + end};
  }

  void head() {
    std::string s;
    if (!next(s) || s != "---") throw Complaint{1, "a lesson begins with a YAML head between two lines '---'"};
    const YAML::Node n = yaml(until("---", "head"), 2);
    expectKeys(n, {"title", "scenario", "host", "minutes"}, 2);
    lesson.title = field(n, "title");
    lesson.scenario = field(n, "scenario");
    lesson.host = field(n, "host");
    lesson.minutes = n["minutes"] ? n["minutes"].as<int>() : 0;
    if (lesson.title.empty()) throw Complaint{2, "the head needs 'title:'"};
    if (lesson.scenario.empty()) throw Complaint{2, "the head needs 'scenario:'"};
  }

  void body() {
    std::string s;
    while (next(s)) {
      const int at = line;
      if (s.rfind("# ", 0) == 0) {
        lesson.stops.push_back({s.substr(2), "", {}, "", "", {}});
        continue;
      }
      if (lesson.stops.empty()) {
        if (!words(s).empty()) throw Complaint{at, "text before the first heading '# ...'"};
        continue;
      }
      LessonStop& stop = lesson.stops.back();
      if (s == "```stop") readStopBlock(stop, until("```", "stop block"), at + 1);
      else if (s == "```question") stop.questions.push_back(readQuestion(until("```", "question"), at + 1));
      else stop.text += s + "\n";
    }
    if (lesson.stops.empty()) throw Complaint{line, "a lesson needs at least one stop"};
    for (auto& stop : lesson.stops)
      if (stop.at.kind.empty()) throw Complaint{line, "the stop '" + stop.heading + "' has no ```stop block"};
  }
};

} // namespace

Result<Lesson> parseLesson(const std::string& text, const std::string& file) {
  Reader r(text);
  try {
    r.head();
    r.body();
  } catch (const Complaint& c) {
    return Error{file + ":" + std::to_string(c.line) + ": " + c.what};
  } catch (const YAML::Exception& e) {
    return Error{file + ":" + std::to_string(r.line) + ": " + e.what()};
  }
  r.lesson.file = file;
  const auto slash = file.rfind('/');
  if (slash != file.npos) r.lesson.scenario = file.substr(0, slash + 1) + r.lesson.scenario;
  return std::move(r.lesson);
}

bool isLesson(const std::string& path) { return std::filesystem::path(path).filename() == "lesson.md"; }

Result<PlayedFile> playedFile(const std::string& path, const scenario::OpenOptions& options) {
  if (!isLesson(path)) return PlayedFile{path, options};
  const auto lesson = readLesson(path);
  if (!lesson) return lesson.error();
  return lesson->played(options);
}

PlayedFile Lesson::played(scenario::OpenOptions options) const {
  if (options.host.empty()) options.host = host;
  return {scenario, std::move(options)};
}

u32 frameNumber(const std::string& word) {
  u32 number = 0;
  const char* const end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end ? number : 0;
}

Result<Lesson> readLesson(const std::string& path) {
  std::ifstream in(path);
  if (!in) return Error{path + ": cannot be read"};
  std::ostringstream text;
  text << in.rdbuf();
  return parseLesson(text.str(), path);
}

} // namespace sockwalk::tell
