// What the commands share: how one is declared, and saying what is wrong.
//
// A command is a function in a file of its own, app/cli_NAME.cpp, and a line in app/cli_commands.h. The function says what
// the arguments are, by CLI11's means, and what is to be done with them. Help, errors, the nearest name of a mistyped
// one, the manual page and the shell's completion come from that.
#pragma once
#include "app/cli.h"
#include "engine/scenario/session.h"
#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

namespace sockwalk::cli {

// What a command may ask of the program besides its own arguments.
struct Program {
  std::string name; // argv[0]
  const Graphics* graphics;
  QtArguments qt{}; // what was said to Qt
};

struct Command {
  explicit Command(std::string name); // "" is the window
  Command(const Command&) = delete;
  std::string call() const { return app.get_name().empty() ? "sockwalk" : "sockwalk " + app.get_name(); }

  CLI::App app;                   // its arguments and its help
  std::vector<std::string> usage; // what stands after its name, in as many forms as it has: "FILE [options]"
  bool takesQt = false;           // Qt's own options are understood before the command's
  std::function<int()> run;       // does it, once the arguments are read; gives the exit code
};

// One of the table in app/cli_commands.h.
struct CommandRow {
  std::string name;
  const char* takes; // the arguments that matter, for the list of all commands
  const char* does;  // in a line
  void (*declare)(Command& command, Program& program);
};
const std::vector<CommandRow>& commandRows();
const CommandRow* commandNamed(const std::string& name);
std::unique_ptr<Command> declared(const CommandRow& row, Program& program);
std::unique_ptr<Command> windowCommand(Program& program); // what `sockwalk FILE...` is

// Reads the words into the command's options and does it; what does not go is said.
int runCommand(Command& command, Program& program, std::vector<std::string> words);

// ---- what options take: the words of errors, of help and of completion come from these
CLI::Validator oneOf(const std::vector<std::string>& names);
CLI::Validator numberFrom(u32 least, u32 most);
template <size_t N> std::vector<std::string> namesOf(const char* const (&names)[N]) {
  return {std::begin(names), std::end(names)};
}
// What may be said of the machine wherever a FILE goes; in a group of its own, so that a page can tell it once.
inline constexpr const char* MachineGroup = "The machine that runs it:";
void addOpening(Command& command, scenario::OpenOptions& options);
// Of a command that has --at STEP.
inline constexpr const char* StepHelp =
    R"(STEP is a step of the first named call (57), a function where it is next called (inet_create), "event 1200",
"stimulus 3", the name of a //@case, one of its steps ("socket_tcp step 12"), start or end.)";

// --lang: all commands have it, for they all have help.
void addLanguage(Command& command);

// ---- saying
void say(const std::string& text);                                           // to stderr, as "sockwalk: text"
int misuse(const Command& command, const std::string& why);                  // says so, and where the help is
std::string listed(const std::vector<std::string>& names, const char* last); // "a, b or c"

bool writeFile(const std::string& path, const std::string& bytes); // false, and said, if it did not go

// Opens a file and runs it to its end. nullptr and a message if it cannot be opened. `code` becomes Failed if the run
// did not go as the script says; each failure is said.
std::unique_ptr<scenario::Session> run(const std::string& file, const scenario::OpenOptions& options, int& code);

} // namespace sockwalk::cli
