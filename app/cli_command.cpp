#include "app/cli_command.h"
#include "app/cli_commands.h"
#include "app/cli_help.h"
#include "app/cli_qt.h"
#include "engine/base/nearest.h"
#include "engine/base/whole_file.h"
#include "engine/base/whole_number.h"
#include "engine/tell/file_comment.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/messages.h"
#include <algorithm>
#include <cstdio>

namespace sockwalk::cli {

// ---- the table
#define X(name, takes, does) void name(Command& command, Program& program);
SOCKWALK_COMMANDS(X)
#undef X

static std::string withoutUnderscore(std::string name) {
  if (name.ends_with('_')) name.pop_back();
  return name;
}

const std::vector<CommandRow>& commandRows() {
#define X(name, takes, does) {withoutUnderscore(#name), takes, does, name},
  static const std::vector<CommandRow> rows{SOCKWALK_COMMANDS(X)};
#undef X
  return rows;
}

const CommandRow* commandNamed(const std::string& name) {
  for (const CommandRow& row : commandRows())
    if (row.name == name) return &row;
  return nullptr;
}

std::unique_ptr<Command> declared(const CommandRow& row, Program& program) {
  auto command = std::make_unique<Command>(row.name);
  row.declare(*command, program);
  addLanguage(*command);
  return command;
}

Command::Command(std::string name) : app("", std::move(name)) {
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.set_help_flag("-h,--help", "this text");
  app.formatter_fn([this](const CLI::App*, const std::string&, CLI::AppFormatMode) { return helpText(*this); });
}

// ---- what options take
std::string listed(const std::vector<std::string>& names, const char* last) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    text += (!i ? "" : i + 1 < names.size() ? std::string(", ") : " " + tell::spokenWords(last) + " ") + names[i];
  return text;
}

CLI::Validator oneOf(const std::vector<std::string>& names) {
  return {[names](const std::string& word) {
            if (std::find(names.begin(), names.end(), word) != names.end()) return std::string();
            return spoken(tell::say("takes %1, not '%2'", listed(names, "or"), word));
          },
          CLI::detail::join(names, "|")};
}

CLI::Validator numberFrom(u32 least, u32 most) {
  return {[=](const std::string& word) {
            if (const auto number = wholeNumber<u32>(word); number && *number >= least && *number <= most)
              return std::string();
            return spoken(tell::say("takes a number from %1 to %2, not '%3'", least, most, word));
          },
          ""};
}

// ---- saying
void say(const std::string& text) { std::fprintf(stderr, "sockwalk: %s\n", tell::spokenMessage(text).c_str()); }

int misuse(const Command& command, const std::string& why) {
  const std::string& name = command.app.get_name();
  say((name.empty() ? "" : name + ": ") + tell::spokenMessage(why) + "\n" +
      spoken(tell::say("Try: %1", command.call() + " --help")));
  return BadUsage;
}

bool writeFile(const std::string& path, const std::string& bytes) {
  const Result<void> written = writeWholeFile(path, bytes);
  if (!written) say(written.error().message);
  return written.ok();
}

// ---- reading and doing
// The options that a command has, as they are typed.
static std::vector<std::string> optionNames(const Command& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.app.get_options())
    for (std::string& name : spellings(*option)) names.push_back(std::move(name));
  if (command.takesQt)
    for (const QtOption& option : qtOptions()) names.push_back("-" + std::string(option.name));
  return names;
}

static std::string notUnderstood(const Command& command, const std::string& word) {
  if (!word.starts_with('-')) return spoken(tell::say("'%1' is one word too many", word));
  const std::string name = word.substr(0, word.find('='));
  const std::string meant = name.size() < 3 ? "" : nearest(name, optionNames(command)); // of one letter all are near
  return meant.empty() ? spoken(tell::say("unknown option %1", name))
                       : spoken(tell::say("unknown option %1; did you mean %2?", name, meant));
}

// CLI11 says "--hz: takes a number ..."; what is wrong with an option is a sentence about it.
static std::string sentence(const CLI::ParseError& error) {
  std::string text = error.what();
  const size_t colon = text.find(": ");
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
    return spoken(tell::say("%1 needs a value after it", text.substr(0, colon)));
  if (colon != std::string::npos && dynamic_cast<const CLI::ValidationError*>(&error))
    return text.substr(0, colon) + " " + tell::spokenMessage(text.substr(colon + 2));
  return text;
}

// Of an option that is given again, only the last would have an effect; "" if there is none.
static std::string givenAgain(const Command& command) {
  for (const CLI::Option* option : command.app.get_options())
    if (option->nonpositional() && option->count() > 1 &&
        option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeLast)
      return spoken(tell::say("%1 is given more than once", spellings(*option).front()));
  return "";
}

int runCommand(Command& command, Program& program, std::vector<std::string> words) {
  if (command.takesQt)
    if (const std::string wrong = takeQtOptions(words, program.qt); !wrong.empty()) return misuse(command, wrong);
  try {
    std::reverse(words.begin(), words.end()); // CLI11 takes them from the end
    command.app.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    return std::fputs(command.app.help().c_str(), stdout), Done;
  } catch (const CLI::CallForVersion& version) {
    return std::puts(version.what()), Done;
  } catch (const CLI::ExtrasError&) {
    return misuse(command, notUnderstood(command, command.app.remaining().front()));
  } catch (const CLI::ParseError& error) {
    return misuse(command, sentence(error));
  }
  if (const std::string again = givenAgain(command); !again.empty()) return misuse(command, again);
  return command.run();
}

std::unique_ptr<scenario::Session> run(const std::string& file, const scenario::OpenOptions& options, int& code) {
  const auto played = tell::playedFile(file, options);
  auto opened = played ? scenario::Session::openFile(played->path, played->options) : played.error();
  if (!opened) {
    say(opened.error().message);
    code = BadUsage;
    return nullptr;
  }
  auto session = std::move(*opened);
  session->runAll();
  if (const tell::Text says = tell::fileComment(*session); !says.empty()) say(spoken(says));
  for (const std::string& notice : session->notices()) say(notice);
  for (const scenario::Failure& failure : session->failures()) say(failure.message);
  const bool stopped = session->machine().panicked();
  if (stopped && session->failures().empty())
    say(spoken(tell::say("%1: the kernel has stopped: %2", file, session->machine().panicText())));
  if (stopped || !session->failures().empty()) code = Failed;
  return session;
}

} // namespace sockwalk::cli
