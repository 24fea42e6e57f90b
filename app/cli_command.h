// What the subcommands share: reading arguments, and saying what is wrong.
#pragma once
#include "app/cli.h"
#include "engine/scenario/session.h"
#include <memory>
#include <optional>

namespace sockwalk::cli {

constexpr int Done = 0, Failed = 1, BadUsage = 2;

// The arguments after the subcommand, taken apart: `-o X`, `--name X`, `--name=X`, flags, and the rest.
class Arguments {
public:
  Arguments(std::vector<std::string> words, std::vector<std::string> valued, std::vector<std::string> flags);
  const std::string& problem() const { return m_problem; } // "" if all were understood
  std::optional<std::string> value(const std::string& name) const;
  std::vector<std::string> all(const std::string& name) const; // of an option that may be given again
  bool flag(const std::string& name) const { return value(name).has_value(); }
  const std::vector<std::string>& rest() const { return m_rest; }

private:
  std::vector<std::pair<std::string, std::string>> m_values;
  std::vector<std::string> m_rest;
  std::string m_problem;
};

void say(const std::string& text);                              // to stderr, as "sockwalk: text"
int misuse(const std::string& command, const std::string& why); // says so, and where the help is

// ---- what may be said of the machine wherever a FILE goes
std::vector<std::string> withOpening(std::vector<std::string> valued); // and the names of those options
Result<scenario::OpenOptions> opening(const Arguments& arguments);     // what they say; wrong words are an error
extern const char* const OpeningHelp;

// Opens a file and runs it to its end. nullptr and a message if it cannot be opened. `code` becomes Failed if the run
// did not go as the script says; each failure is said.
std::unique_ptr<scenario::Session> run(const std::string& file, const scenario::OpenOptions& options, int& code);

int record(const std::vector<std::string>& arguments);
int print(const std::vector<std::string>& arguments);
int layout(const std::vector<std::string>& arguments);
int shot(int& argc, char** argv, const std::vector<std::string>& arguments, const Graphics* graphics);

} // namespace sockwalk::cli
