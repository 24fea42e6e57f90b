// What the tests of the scenario language share: parse text that must be right, and look inside.
#pragma once

#include "engine/scenario/describe.h"
#include "engine/scenario/parser.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace sockwalk::scenario {

inline Script parsed(std::string_view source, const Definitions& defines = {}) {
  auto result = parseScript(source, "test.pkt", defines);
  if (result) return *result;
  ADD_FAILURE() << result.error().message << "\nin:\n" << source;
  return {};
}

/// The only event's action, which must be a T.
template <class T> T only(std::string_view source) {
  const Script script = parsed(source);
  if (script.events.size() == 1)
    if (const T* action = std::get_if<T>(&script.events[0].action)) return *action;
  ADD_FAILURE() << "not the one event expected:\n" << source;
  return {};
}

inline std::string errorOf(std::string_view source, const Definitions& defines = {}) {
  auto result = parseScript(source, "t", defines);
  return result ? "no error" : result.error().message;
}

/// The committed scripts, by path.
inline std::vector<std::string> scriptFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(SCRIPTS_DIR)) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

inline std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace sockwalk::scenario
