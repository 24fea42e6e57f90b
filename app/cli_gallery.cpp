#include "app/cli_command.h"
#include "app/language.h"
#include "engine/tell/text.h"

namespace sockwalk::cli {

namespace {

CLI::Option* addMany(CLI::App& app, const char* name, std::vector<std::string>& into,
                     const std::vector<std::string>& choices) {
  return app.add_option(name, into)
      ->check(oneOf(choices))
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

std::string trouble(const CLI::App& app, const GalleryOptions& wish) {
  if (wish.output.empty() && !wish.check)
    return spoken(tell::say("say which folder to draw into with -o, or only look with --check"));
  if (!wish.readme) return "";
  if (wish.output.empty()) return spoken(tell::say("say which folder to draw into with -o"));
  for (const char* name : {"--only", "--size", "--theme", "--lang", "--check"})
    if (app.count(name)) return spoken(tell::say("%1 is not for --readme, which draws what the README shows", name));
  return "";
}

} // namespace

void gallery(Command& command, Program& program) {
  auto wish = std::make_shared<GalleryOptions>();
  command.usage = {"-o DIR [--only NAME]... [options]", "--check [-o DIR] [options]"};
  command.takesQt = true;
  command.app.description(
      "Draws the window in the states in which people see it, and each view alone: in both themes and both languages,\n"
      "at three sizes and in large type. No display is needed. DIR/index.html shows them beside one another.");
  CLI::App& app = command.app;
  app.add_option("-o", wish->output)->type_name("DIR")->description("the folder; it is made if it is not there");
  const auto scenes = program.graphics ? program.graphics->scenes() : std::vector<std::string>();
  addMany(app, "--only", wish->only, scenes)
      ->type_name("NAME")
      ->description("only this picture; may be said again: " + listed(scenes, "or"));
  addMany(app, "--size", wish->sizes, namesOf(GallerySizes))
      ->type_name("SIZE")
      ->description("only at this size; may be said again: " + listed(namesOf(GallerySizes), "or") + " type");
  addMany(app, "--theme", wish->themes, {"light", "dark"})->type_name("")->description("only in this theme");
  app.add_flag("--check", wish->check,
               "says what is cut, covered, overlaps or stands outside, and exits with 1 if something does");
  app.add_flag("--readme", wish->readme, "draws the pictures of README.md and assets/README.zh.md instead");
  command.run = [wish, &command, &program] {
    if (const std::string why = trouble(command.app, *wish); !why.empty()) return misuse(command, why);
    if (const auto language = askedLanguage()) wish->languages = {*language == Language::Chinese ? "zh" : "en"};
    if (program.graphics) return program.graphics->gallery(program.qt, *wish);
    say("gallery: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw");
    return BadUsage;
  };
}

} // namespace sockwalk::cli
