#include "app/cli_command.h"
#include "app/cli_lesson_files.h"
#include "app/language.h"
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/lesson_guide.h"
#include "engine/tell/lessons/lesson_template.h"
#include "engine/tell/messages.h"
#include <cstdio>
#include <filesystem>

namespace sockwalk::cli {

constexpr const char* Help =
    R"(check plays these lessons, or those in these folders, and says, with file, line and column, what is wrong with them: what cannot be
read, a stop that is never reached, an answer that the engine contradicts or that stands beside its question, a lab that
its solution does not solve, a translation that differs. The exit code is 1 if something is. Labs with numbers of a person's own are checked with the
smallest, the largest and some others, or with those of one seed.

new writes a small lesson into a folder, in English and Chinese, with each kind of block in it, to be changed.

guide prints how a lesson is written: every key of the language, with an example and what it is for.

lab prints what the labs of a lesson ask of who has a seed; with --try it plays what somebody has handed in, a script or the
lines that were typed (X.lines), and says which goals are reached. The exit code is 1 if the goal is not.

pack makes one file of a lesson that is right, to be handed on; unpack puts it among your own lessons, where the window
finds it, and prints where. The window opens such a file, too.

handout writes a lesson for paper, as PDF or as one page of HTML, by the ending: its goals, and each stop with its words,
what the window shows there, its questions with room to answer, its labs. Nothing in it gives an answer away, pictures
included; with --answers it has the answers, what is said to wrong ones, and the labs' solutions. Several lessons, or a
folder of them, become one PDF, or a folder of pages with one that leads to them.

questions writes what a lesson asks, with the engine's answers, for a learning system: GIFT or Moodle XML, by the ending.

results writes how far you came in each lesson, and how you answered, as CSV or JSON, by the ending.)";

static std::vector<std::string> everyLesson(const std::vector<std::string>& folders) {
  std::vector<std::string> out;
  for (const std::string& folder : folders)
    for (std::string& lesson : tell::lessonsAt(folder)) out.push_back(std::move(lesson));
  return out;
}

static int checkLessons(const std::vector<std::string>& folders, std::optional<u32> seed) {
  int code = Done;
  for (const std::string& folder : everyLesson(folders))
    if (sayProblems(folder, seed)) code = Failed;
    else std::puts((tell::lessonFileOf(folder) + ": " + spoken(tell::say("nothing is wrong"))).c_str());
  return code;
}

// The whole language, as it is known to the one who reads it.
static int guide() {
  for (const std::string& line : lines(tell::lessonGuide())) std::puts(line.c_str());
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
  std::string what, out, language;
  std::vector<std::string> folders;
  LabWish lab{};
  u32 seed = 0;
  bool answers = false;
};
const std::vector<std::string> Whats{"check",  "new",     "guide",     "lab",    "pack",
                                     "unpack", "handout", "questions", "results"};

} // namespace

// In its own language if one was asked for: who reads it need not be who makes it.
static int writeHandout(const Wish& wish, Program& program) {
  const std::vector<std::string> lessons = everyLesson(wish.folders);
  const bool pdf = wish.out.ends_with(".pdf"), html = wish.out.ends_with(".html");
  if (lessons.size() == 1 && !pdf && !html)
    return say("'" + wish.out + "': a handout is written as .pdf or .html"), BadUsage;
  if (lessons.size() > 1 && !pdf && std::filesystem::path(wish.out).has_extension())
    return say("'" + wish.out + "': several lessons are written as one .pdf, or as a folder of pages"), BadUsage;
  if (!program.graphics)
    return say("lesson: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw"), BadUsage;
  if (const auto language = languageNamed(wish.language)) askForLanguage(*language), speak(*language);
  for (const std::string& lesson : lessons)
    if (sayProblems(lesson)) return Failed;
  return program.graphics->handout(program.qt, {lessons, wish.out, wish.answers});
}

static int act(const Command& command, Program& program, const Wish& wish) {
  const bool alone = wish.what == "guide" || wish.what == "results"; // they take no folder
  const bool handout = wish.what == "handout";
  const bool writes = handout || wish.what == "pack" || wish.what == "questions" || wish.what == "results";
  if (wish.what.empty()) return misuse(command, "say " + listed(Whats, "or"));
  if (alone && !wish.folders.empty()) return misuse(command, wish.what + " takes no folder");
  if (!writes && !wish.out.empty()) return misuse(command, "-o goes with pack, handout, questions and results");
  if (!handout && (wish.answers || !wish.language.empty()))
    return misuse(command, "--answers and --language go with handout");
  if (wish.lab.seed && wish.what != "check" && wish.what != "lab")
    return misuse(command, "--seed goes with check and lab");
  if (wish.what != "lab" && !(wish.lab.lab + wish.lab.answer).empty())
    return misuse(command, "--lab and --try go with lab");
  if (wish.what == "guide") return guide();
  if (wish.what == "results") return lessonResults(wish.out);
  if (wish.folders.empty()) return misuse(command, "name a folder with a lesson");
  if (wish.what == "check") return checkLessons(wish.folders, wish.lab.seed);
  if (handout && wish.out.empty()) return misuse(command, "say with -o which file to write");
  if (handout) return writeHandout(wish, program);
  if (wish.folders.size() > 1) return misuse(command, "one lesson is made at a time");
  if (wish.what == "lab") return lessonLabs(wish.folders.front(), wish.lab);
  if (wish.what == "new") return newLesson(wish.folders.front());
  if (wish.what == "unpack") return unpackLesson(wish.folders.front());
  if (wish.out.empty()) return misuse(command, "say with -o which file to write");
  return wish.what == "pack" ? packLesson(wish.folders.front(), wish.out)
                             : lessonQuestions(wish.folders.front(), wish.out);
}

void lesson(Command& command, Program& program) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"check DIR... [--seed N]",
                   "new DIR",
                   "guide",
                   "lab DIR [--lab ID] [--seed N] [--try FILE]",
                   "pack DIR -o X.swlesson",
                   "unpack X.swlesson",
                   "handout DIR... -o X.pdf|X.html|FOLDER [--answers] [--language en|zh]",
                   "questions DIR -o X.gift|X.xml",
                   "results [-o X.csv|X.json]"};
  command.app.description(Help);
  command.app.add_option("WHAT", wish->what)->check(oneOf(Whats));
  command.app.add_option("DIR", wish->folders);
  command.app.add_option("-o,--output", wish->out, "the file to write");
  command.app.add_flag("--answers", wish->answers, "with the answers and the solutions");
  command.app.add_option("--language", wish->language)
      ->type_name("")
      ->check(oneOf(languageNames()))
      ->description("of the handout; without it, the one that is spoken");
  command.takesQt = true;
  auto* const seed =
      command.app.add_option("--seed", wish->seed, "the person's seed, from which labs draw their numbers");
  seed->check(numberFrom(1, tell::MostSeed));
  command.app.add_option("--lab", wish->lab.lab, "the lab with this id; all without it");
  command.app.add_option("--try", wish->lab.answer, "what somebody has handed in: a script, or X.lines");
  command.run = [wish, seed, &command, &program] {
    if (seed->count()) wish->lab.seed = wish->seed;
    return act(command, program, *wish);
  };
}

} // namespace sockwalk::cli
