// The example walks and the lessons' scenarios, for tests of what holds in all of them.
#pragma once
#include "engine/scenario/session.h"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>

namespace sockwalk::tests {

// The files below a folder whose names end so, sorted.
inline std::vector<std::string> filesBelow(const std::string& folder, const std::string& ending) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().string().ends_with(ending)) out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}
// The scripts of assets/walks, and those that the lessons walk through. (What labs begin and end with is played where
// lessons are checked.)
inline std::vector<std::string> exampleWalks(const std::string& root) {
  std::vector<std::string> out = filesBelow(root + "/assets/walks", ".pkt");
  for (const std::string& scenario : filesBelow(root + "/lessons", "/scenario.pkt")) out.push_back(scenario);
  return out;
}
// Played to its end; what goes wrong is the test's failure, and what cannot be opened ends it.
inline std::unique_ptr<scenario::Session> played(Result<std::unique_ptr<scenario::Session>> opened) {
  if (!opened) throw std::runtime_error(opened.error().message);
  (*opened)->runAll();
  for (const auto& failure : (*opened)->failures()) ADD_FAILURE() << failure.message;
  return std::move(*opened);
}
inline std::unique_ptr<scenario::Session> walkOf(const std::string& file, const std::string& host = {}) {
  scenario::OpenOptions options;
  options.host = host;
  return played(scenario::Session::openFile(file, options));
}
inline std::unique_ptr<scenario::Session> walkOfScript(const std::string& script) {
  return played(scenario::Session::open({scenario::ScriptStimulus{"test.pkt", script}}));
}
// `count` positions of a walk, its end among them, none at its start.
inline std::vector<EventIndex> someMoments(const Journal& journal, u32 count) {
  std::vector<EventIndex> out;
  for (u32 i = 1; i <= count; ++i) out.push_back(static_cast<EventIndex>(u64(journal.size()) * i / count));
  return out;
}

// Of what comes after boot: 0.5 is its middle.
inline EventIndex shareOf(const Journal& journal, double share) {
  const EventIndex boot = journal.stimuli().size() > 1 ? journal.stimuli()[1].event : 0;
  return boot + static_cast<EventIndex>(share * (journal.size() - boot));
}

} // namespace sockwalk::tests
