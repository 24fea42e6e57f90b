#include "app/cli_command.h"
#include "app/cli_picture.h"
#include "engine/tell/text.h"
#include <algorithm>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Steps one view of the window from one moment of the walk to another, with the motion that it has there, and makes a
film of it, without a display. A name that ends in .mp4 or .gif needs the program ffmpeg; any other name is that of a new
folder, which gets a PNG file for each picture. What is there already is not touched without --replace.)";

std::vector<std::string> viewsOf(const Program& program) {
  auto views = program.graphics ? program.graphics->views() : std::vector<std::string>{"window"};
  std::erase(views, "window");
  std::erase(views, "beside");
  std::erase(views, "lesson");
  return views;
}

std::string paceTrouble(const std::string& text) {
  double pace;
  if (parsePositive(text, pace) && pace <= 50) return "";
  return spoken(tell::say("takes a number from above 0 to 50, not '%1'", text));
}

void addStretch(Command& command, FilmOptions& wish) {
  CLI::App& app = command.app;
  app.add_option("--from", wish.from, "the moment where it begins; without it, the first that is worth a look")
      ->type_name("STEP");
  app.add_option("--to", wish.to, "the moment where it ends; without it, the end")->type_name("STEP");
  app.add_option("--unit", wish.unit)
      ->type_name("")
      ->check(oneOf({"event", "call", "stimulus"}))
      ->description("what a step is; without it, call");
  app.add_option("--fps", wish.picturesASecond, "pictures a second; without it, 25")
      ->type_name("N")
      ->check(numberFrom(1, 60));
  app.add_option_function<std::string>("--pace", [&wish](const std::string& n) { parsePositive(n, wish.stepsASecond); })
      ->type_name("N")
      ->check(CLI::Validator(paceTrouble, ""))
      ->description("steps a second; without it, 2");
}

} // namespace

void film(Command& command, Program& program) {
  auto wish = std::make_shared<FilmOptions>();
  wish->to = "end";
  command.usage = {"FILE --view VIEW -o OUT.mp4|OUT.gif|DIR [--from STEP] [--to STEP] [options]"};
  command.takesQt = true;
  command.app.description(std::string(Help) + "\n\n" + StepHelp);
  command.app.add_option("FILE", wish->file);
  const auto views = viewsOf(program);
  command.app.add_option("--view", wish->view)
      ->type_name("VIEW")
      ->check(oneOf(views))
      ->description("one of " + listed(views, "or"));
  command.app.add_option("-o", wish->output, "an .mp4 or .gif file, or a new folder")->type_name("OUT");
  addStretch(command, *wish);
  addTheme(command.app, wish->theme);
  addSize(command.app, wish->width, wish->height);
  command.app.add_flag("--replace", wish->replace, "a file that is there already");
  addOpening(command, wish->open);
  command.run = [wish, &command, &program] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (wish->view.empty()) return misuse(command, "--view VIEW is missing: what is to be seen");
    if (wish->output.empty())
      return misuse(command, "say what to draw into with -o: an .mp4 or .gif file, or a folder");
    if (program.graphics) return program.graphics->film(program.qt, *wish);
    say("film: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw");
    return BadUsage;
  };
}

} // namespace sockwalk::cli
