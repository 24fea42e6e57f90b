// What the tests that play share: a script's text in, a session that has run out.
#pragma once
#include "engine/scenario/session.h"
#include <gtest/gtest.h>

namespace sockwalk::scenario {

inline std::unique_ptr<Session> opened(std::vector<SessionStimulus> stimuli, const MachineSetup& setup = {}) {
  auto session = Session::open(std::move(stimuli), setup);
  if (session) return std::move(*session);
  ADD_FAILURE() << session.error().message;
  return nullptr;
}
inline std::unique_ptr<Session> openedFile(const std::string& path, const OpenOptions& options = {}) {
  auto session = Session::openFile(path, options);
  if (session) return std::move(*session);
  ADD_FAILURE() << session.error().message;
  return nullptr;
}
inline std::unique_ptr<Session> played(const std::string& script, const MachineSetup& setup = {}) {
  auto session = opened({ScriptStimulus{"test.pkt", script}}, setup);
  if (session) session->runAll();
  return session;
}
inline std::string failuresOf(const Session& session) {
  std::string all;
  for (const Failure& f : session.failures()) all += (all.empty() ? "" : "\n") + f.message;
  return all;
}
inline std::string failures(const std::string& script) {
  const auto session = played(script);
  return session ? failuresOf(*session) : "not opened";
}

} // namespace sockwalk::scenario
