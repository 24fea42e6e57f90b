// "Compare two runs": the lesson's scenario and another, or the same with other settings. Both are played to their end, and
// the engine is asked in both.
#pragma once
#include "engine/scenario/session.h"
#include <memory>

namespace sockwalk::tell {

struct Setting {
  std::string name, value; // net.ipv4.tcp_sack, 0
};

class OtherRun {
public:
  // `own`: the lesson's scenario. `file`: what is played instead; "": that scenario with `settings` before it begins.
  OtherRun(std::string own, std::string host, std::string file, std::vector<Setting> settings);
  // Played when it is asked for first, on the machine that `own` plays on. An error: it cannot be, or fails.
  Result<const scenario::Session*> session(const scenario::Session& own) const;
  // What is other, line by line: "sysctl net.ipv4.tcp_sack=0"; of a script "− write(...)", "+ write(...)".
  std::vector<std::string> differences() const;

private:
  Result<std::unique_ptr<scenario::Session>> play(const scenario::Session& own) const;

  std::string m_own, m_host, m_file;
  std::vector<Setting> m_settings;
  mutable std::unique_ptr<scenario::Session> m_session;
  mutable std::string m_trouble;
};

} // namespace sockwalk::tell
