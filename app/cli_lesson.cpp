#include "app/cli_command.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_language.h"
#include "engine/tell/lessons/lesson_template.h"
#include "engine/tell/messages.h"
#include <cstdio>

namespace sockwalk::cli {

constexpr const char* Help =
    R"(check plays the lessons in these folders and says, with file, line and column, what is wrong with them: what cannot be
read, a stop that is never reached, an answer that the engine contradicts or that stands beside its question, a lab that
its solution does not solve, a translation that differs. The exit code is 1 if something is.

new writes a small lesson into a folder, in English and Chinese, with each kind of block in it, to be changed.

guide prints every key of the language, with an example and what it is for.)";

static int checkLessons(const std::vector<std::string>& folders) {
  int code = Done;
  for (const std::string& folder : folders) {
    const auto problems = tell::checkLesson(folder);
    for (const std::string& line : tell::lines(problems)) std::puts(line.c_str());
    if (!problems.empty()) code = Failed;
    else std::puts((tell::lessonFileOf(folder) + ": " + spoken(tell::say("nothing is wrong"))).c_str());
  }
  return code;
}

// The whole language, as it is known to the one who reads it.
static int guide() {
  for (const tell::BlockKind block :
       {tell::BlockKind::Head, tell::BlockKind::Stop, tell::BlockKind::Predict, tell::BlockKind::Lab}) {
    std::puts((block == tell::BlockKind::Head ? "---" : "```" + std::string(tell::nameOf(block))).c_str());
    for (const tell::KeyRule* rule : tell::keysOf(block)) {
      std::puts((std::string(rule->key) + ": " + rule->example).c_str());
      std::puts(("    # " + spoken(tell::say(rule->about))).c_str());
    }
    std::puts(block == tell::BlockKind::Head ? "---\n" : "```\n");
  }
  return Done;
}

static int newLesson(const std::string& folder) {
  const auto written = tell::writeNewLesson(folder);
  if (!written) return say(tell::spokenMessage(written.error().message)), BadUsage;
  for (const tell::NewFile& file : tell::lessonTemplate()) std::puts((folder + "/" + file.name).c_str());
  return Done;
}

void lesson(Command& command, Program&) {
  struct Wish {
    std::string what;
    std::vector<std::string> folders;
  };
  auto wish = std::make_shared<Wish>();
  command.usage = {"check DIR...", "new DIR", "guide"};
  command.app.description(Help);
  command.app.add_option("WHAT", wish->what)->check(oneOf({"check", "new", "guide"}));
  command.app.add_option("DIR", wish->folders);
  command.run = [wish, &command] {
    if (wish->what.empty()) return misuse(command, "say check, new or guide");
    if (wish->what == "guide") return wish->folders.empty() ? guide() : misuse(command, "the guide takes no folder");
    if (wish->folders.empty()) return misuse(command, "name a folder with a lesson");
    if (wish->what == "check") return checkLessons(wish->folders);
    if (wish->folders.size() > 1) return misuse(command, "one lesson is made at a time");
    return newLesson(wish->folders.front());
  };
}

} // namespace sockwalk::cli
