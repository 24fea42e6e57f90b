#include "engine/tell/lessons/other_run.h"
#include "engine/tell/lessons/lesson_check.h"
#include <algorithm>
#include <fstream>

namespace sockwalk::tell {

OtherRun::OtherRun(std::string own, std::string host, std::string file, std::vector<Setting> settings)
    : m_own(std::move(own)), m_host(std::move(host)), m_file(std::move(file)), m_settings(std::move(settings)) {}

// Settings are made before the first line of a script, or the first frame, has its turn: on every host of it.
Result<std::unique_ptr<scenario::Session>> OtherRun::play(const scenario::Session& own) const {
  scenario::OpenOptions options;
  options.setup = own.setup();
  if (m_file.empty()) options.host = m_host;
  const std::string& path = m_file.empty() ? m_own : m_file;
  auto file = scenario::Session::readFile(path, options);
  if (!file) return file.error();
  std::vector<scenario::SessionStimulus> stimuli;
  for (const Setting& s : m_settings)
    stimuli.push_back(scenario::CallStimulus{0, "sysctl --everywhere " + s.name + "=\"" + s.value + "\""});
  std::ranges::move(file->stimuli, std::back_inserter(stimuli));
  auto session = scenario::Session::open(std::move(stimuli), file->setup);
  return session ? toEnd(std::move(*session), path) : std::move(session);
}

Result<const scenario::Session*> OtherRun::session(const scenario::Session& own) const {
  if (!m_session && m_trouble.empty()) {
    auto played = play(own);
    if (played) m_session = std::move(*played);
    else m_trouble = played.error().message;
    // A setting is a line of the console; the lesson has none.
    if (constexpr std::string_view told = "console: "; m_trouble.starts_with(told)) m_trouble.erase(0, told.size());
  }
  if (!m_session) return Error{m_trouble};
  return m_session.get();
}

// ---- what is other

static std::vector<std::string> linesOf(const std::string& path) {
  std::vector<std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);)
    if (const bool comment = line.starts_with("//") && !line.starts_with("//@"); !comment && !line.empty())
      out.push_back(line);
  return out;
}

// Those of `lines` that `others` do not have, each as often as it is one too many.
static std::vector<std::string> missingIn(std::vector<std::string> others, const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (const std::string& line : lines)
    if (const auto same = std::ranges::find(others, line); same != others.end()) others.erase(same);
    else out.push_back(line);
  return out;
}

std::vector<std::string> OtherRun::differences() const {
  std::vector<std::string> out;
  for (const Setting& s : m_settings) out.push_back("sysctl " + s.name + "=" + s.value);
  const auto isScript = [](const std::string& path) { return scenario::fileKind(path) == scenario::FileKind::Script; };
  if (m_file.empty() || !isScript(m_own) || !isScript(m_file)) return out;
  const auto here = linesOf(m_own), there = linesOf(m_file);
  for (const std::string& line : missingIn(there, here)) out.push_back("− " + line);
  for (const std::string& line : missingIn(here, there)) out.push_back("+ " + line);
  return out;
}

} // namespace sockwalk::tell
