#include "app/cli_command.h"
#include "app/cli_lesson_files.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/lesson_language.h"
#include "engine/tell/lessons/lesson_template.h"
#include "engine/tell/messages.h"
#include <cstdio>

namespace sockwalk::cli {

constexpr const char* Help =
    R"(check plays the lessons in these folders and says, with file, line and column, what is wrong with them: what cannot be
read, a stop that is never reached, an answer that the engine contradicts or that stands beside its question, a lab that
its solution does not solve, a translation that differs. The exit code is 1 if something is. Labs with numbers of a person's own are checked with the
smallest, the largest and some others, or with those of one seed.

new writes a small lesson into a folder, in English and Chinese, with each kind of block in it, to be changed.

guide prints every key of the language, with an example and what it is for.

lab prints what the labs of a lesson ask of who has a seed; with --try it plays what somebody has handed in, a script or the
lines that were typed (X.lines), and says which goals are reached. The exit code is 1 if the goal is not.

pack makes one file of a lesson that is right, to be handed on; unpack puts it among your own lessons, where the window
finds it, and prints where. The window opens such a file, too.

questions writes what a lesson asks, with the engine's answers, for a learning system: GIFT or Moodle XML, by the ending.

results writes how far you came in each lesson, and how you answered, as CSV or JSON, by the ending.)";

static int checkLessons(const std::vector<std::string>& folders, std::optional<u32> seed) {
  int code = Done;
  for (const std::string& folder : folders)
    if (sayProblems(folder, seed)) code = Failed;
    else std::puts((tell::lessonFileOf(folder) + ": " + spoken(tell::say("nothing is wrong"))).c_str());
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

namespace {

struct Wish {
  std::string what, out;
  std::vector<std::string> folders;
  LabWish lab{};
  u32 seed = 0;
};
const std::vector<std::string> Whats{"check", "new", "guide", "lab", "pack", "unpack", "questions", "results"};

} // namespace

static int act(const Command& command, const Wish& wish) {
  const bool alone = wish.what == "guide" || wish.what == "results"; // they take no folder
  const bool writes = wish.what == "pack" || wish.what == "questions" || wish.what == "results";
  if (wish.what.empty()) return misuse(command, "say " + listed(Whats, "or"));
  if (alone && !wish.folders.empty()) return misuse(command, wish.what + " takes no folder");
  if (!writes && !wish.out.empty()) return misuse(command, "-o goes with pack, questions and results");
  if (wish.lab.seed && wish.what != "check" && wish.what != "lab")
    return misuse(command, "--seed goes with check and lab");
  if (wish.what != "lab" && !(wish.lab.lab + wish.lab.answer).empty())
    return misuse(command, "--lab and --try go with lab");
  if (wish.what == "guide") return guide();
  if (wish.what == "results") return lessonResults(wish.out);
  if (wish.folders.empty()) return misuse(command, "name a folder with a lesson");
  if (wish.what == "check") return checkLessons(wish.folders, wish.lab.seed);
  if (wish.folders.size() > 1) return misuse(command, "one lesson is made at a time");
  if (wish.what == "lab") return lessonLabs(wish.folders.front(), wish.lab);
  if (wish.what == "new") return newLesson(wish.folders.front());
  if (wish.what == "unpack") return unpackLesson(wish.folders.front());
  if (wish.out.empty()) return misuse(command, "say with -o which file to write");
  return wish.what == "pack" ? packLesson(wish.folders.front(), wish.out)
                             : lessonQuestions(wish.folders.front(), wish.out);
}

void lesson(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"check DIR... [--seed N]",
                   "new DIR",
                   "guide",
                   "lab DIR [--lab ID] [--seed N] [--try FILE]",
                   "pack DIR -o X.swlesson",
                   "unpack X.swlesson",
                   "questions DIR -o X.gift|X.xml",
                   "results [-o X.csv|X.json]"};
  command.app.description(Help);
  command.app.add_option("WHAT", wish->what)->check(oneOf(Whats));
  command.app.add_option("DIR", wish->folders);
  command.app.add_option("-o,--output", wish->out, "the file to write");
  auto* const seed =
      command.app.add_option("--seed", wish->seed, "the person's seed, from which labs draw their numbers");
  seed->check(numberFrom(1, tell::MostSeed));
  command.app.add_option("--lab", wish->lab.lab, "the lab with this id; all without it");
  command.app.add_option("--try", wish->lab.answer, "what somebody has handed in: a script, or X.lines");
  command.run = [wish, seed, &command] {
    if (seed->count()) wish->lab.seed = wish->seed;
    return act(command, *wish);
  };
}

} // namespace sockwalk::cli
