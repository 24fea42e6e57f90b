#include "app/cli_command.h"
#include "app/cli_help.h"
#include "app/cli_words.h"
#include "engine/memory/no_address_space.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/link.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace sockwalk {

namespace cli {

// A word that is no command is a file if it is there or looks like a path.
static bool looksLikeFile(const std::string& word) {
  return word.find_first_of("/.") != std::string::npos || tell::isLink(word) || std::filesystem::exists(word);
}

// What is wrong with the file, before a window opens; "" if nothing is.
static std::string fileTrouble(const std::string& file) {
  std::error_code error;
  if (file.empty()) return "'' names no file";
  if (tell::isLink(file)) {
    const auto link = tell::readLink(file);
    return link ? fileTrouble(link->file) : link.error().message;
  }
  if (!std::filesystem::exists(file, error)) return file + ": there is no such file";
  if (std::filesystem::is_directory(file, error) && !tell::isLesson(file))
    return file + ": it is a folder; name a script, a capture or a session";
  if (std::FILE* opened = std::fopen(file.c_str(), "r")) return std::fclose(opened), "";
  return file + ": it cannot be read: " + std::strerror(errno);
}

static int openWindow(Program& program, std::vector<std::string> files, const scenario::OpenOptions& options) {
  for (std::string& file : files) file = tell::plainPath(file);
  for (const std::string& file : files)
    if (const std::string trouble = fileTrouble(file); !trouble.empty()) return say(trouble), BadUsage;
  if (program.graphics) return program.graphics->window(program.qt, files, options);
  say("this program was built without the window (SOCKWALK_GUI=OFF); try: sockwalk print FILE");
  return BadUsage;
}

std::unique_ptr<Command> windowCommand(Program& program) {
  struct Wish {
    std::vector<std::string> files;
    scenario::OpenOptions open;
  };
  auto wish = std::make_shared<Wish>();
  auto window = std::make_unique<Command>("");
  window->usage = {"[FILE...] [options]  " + helpWords("opens the window"),
                   "COMMAND ...          " + helpWords("works without a window; each has --help")};
  window->takesQt = true;
  window->app.description(
      "FILE is a scenario script (.pkt), a packet file (.pcap, .pcapng), a saved session (.sockwalk)\n"
      "or a lesson (lesson.md, .swlesson); or a link to a moment in one of these (sockwalk:FILE#step=57).\n\n"
      "The commands:\n" +
      commandList() + "\nA first word that is no command is a FILE if it is there, or has a '/' or a '.' in it.");
  window->app.add_option("FILE", wish->files);
  window->app.set_version_flag("--version", "sockwalk " SOCKWALK_VERSION, "the version");
  addOpening(*window, wish->open);
  addLanguage(*window);
  window->run = [wish, &program] { return openWindow(program, wish->files, wish->open); };
  return window;
}

static int chosen(Program& program, std::vector<std::string> words) {
  speakAsAsked(words);
  const std::string first = words.empty() ? "" : words[0];
  if (const CommandRow* row = commandNamed(first)) {
    words.erase(words.begin());
    return runCommand(*declared(*row, program), program, std::move(words));
  }
  if (!first.empty() && first[0] != '-' && !looksLikeFile(first)) {
    say(noCommand(first) + "\n" + spoken(tell::say("Try: %1", "sockwalk --help")));
    return BadUsage;
  }
  return runCommand(*windowCommand(program), program, std::move(words));
}

} // namespace cli

int commandLine(int argc, char** argv, const Graphics* graphics) {
  cli::Program program{argc ? argv[0] : "sockwalk", graphics, {}};
  program.qt.words = {program.name};
  int code;
  try {
    code = cli::chosen(program, {argv + std::min(argc, 1), argv + argc});
  } catch (const NoAddressSpace& error) {
    return cli::say(error.what()), Failed;
  } catch (const std::bad_alloc&) {
    return cli::say("there is not enough memory"), Failed;
  }
  if (std::fflush(stdout) || std::ferror(stdout)) {
    cli::say(spoken(tell::say("what was printed did not arrive: %1", std::strerror(errno))));
    return std::max<int>(code, Failed);
  }
  return code;
}

} // namespace sockwalk
