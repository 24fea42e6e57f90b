#include "app/cli_picture.h"
#include "engine/tell/text.h"

namespace sockwalk::cli {

namespace {

// "1280x800"
bool parseSize(const std::string& text, int& width, int& height) {
  const size_t x = std::min(text.find('x'), text.size());
  return x < text.size() && parsePositive(text.substr(0, x), width) && parsePositive(text.substr(x + 1), height) &&
         width <= 20000 && height <= 20000;
}

std::string sizeTrouble(const std::string& text) {
  int width, height;
  if (parseSize(text, width, height)) return "";
  return spoken(tell::say("takes WIDTHxHEIGHT in pixels, 1280x800 for instance, not '%1'", text));
}

std::string scaleTrouble(const std::string& text) {
  double scale;
  return parsePositive(text, scale) && scale <= 8
             ? ""
             : spoken(tell::say("takes a number from above 0 to 8, not '%1'", text));
}

std::string outputTrouble(const std::string& file) {
  if (file.ends_with(".png") || file.ends_with(".svg") || file.ends_with(".pdf")) return "";
  return spoken(tell::say("takes a .png, .svg or .pdf file to draw into, not '%1'", file));
}

void addPicture(Command& command, ShotOptions& wish, const std::vector<std::string>& views) {
  CLI::App& app = command.app;
  CLI::Option* const view = app.add_option("--view", wish.view)->type_name("VIEW");
  view->check(oneOf(views))->description("one of " + listed(views, "or") + "; without it, window");
  app.add_option("--at", wish.at)
      ->type_name("STEP")
      ->description("the moment; without it, the first that is worth a look");
  app.add_option("--of", wish.of)->type_name("NAME")->description("the object looked at, 'tcp_sock #1'");
  app.add_option("--page", wish.page)
      ->type_name("PAGE")
      ->description(
          "of the view structure: members, groups, memory, heat, compare [OTHER], find VALUE; of tables: ops, "
          "or one table; of buffer: one, beside; of eras: calls, or one structure");
  app.add_option("-o", wish.output)
      ->type_name("OUT")
      ->check(CLI::Validator(outputTrouble, ""))
      ->description("a .png, .svg or .pdf file");
  addTheme(app, wish.theme);
  addSize(app, wish.width, wish.height);
  app.add_option_function<std::string>("--scale", [&wish](const std::string& n) { parsePositive(n, wish.scale); })
      ->type_name("N")
      ->check(CLI::Validator(scaleTrouble, ""))
      ->description("device pixels a pixel, .png only");
  app.add_flag("--whole", wish.whole, "all of the view, not only what is in sight at this size");
}

} // namespace

void addTheme(CLI::App& app, std::string& theme) {
  app.add_option("--theme", theme)
      ->type_name("")
      ->check(oneOf({"light", "dark", "contrast"}))
      ->description("without it, light");
}

void addSize(CLI::App& app, int& width, int& height) {
  app.add_option_function<std::string>("--size",
                                       [&width, &height](const std::string& size) { parseSize(size, width, height); })
      ->type_name("WxH")
      ->check(CLI::Validator(sizeTrouble, ""))
      ->description("in pixels; without it, what suits the view");
}

void shot(Command& command, Program& program) {
  auto wish = std::make_shared<ShotOptions>();
  command.usage = {"FILE -o OUT.png|OUT.svg|OUT.pdf [--view VIEW] [--at STEP] [options]"};
  command.takesQt = true;
  command.app.description("Draws one view of the window, as it is at one moment of the walk, without a display and "
                          "without its buttons.\n\n" +
                          std::string(StepHelp));
  command.app.add_option("FILE", wish->file);
  addPicture(command, *wish, program.graphics ? program.graphics->views() : std::vector<std::string>{"window"});
  addOpening(command, wish->open);
  command.run = [wish, &command, &program] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (wish->output.empty()) return misuse(command, "say what to draw into with -o, a .png, .svg or .pdf file");
    if (!wish->output.ends_with(".png") && command.app.count("--scale"))
      return misuse(command, "--scale is for a .png file; the others have no pixels");
    if (wish->whole && wish->view == "window")
      return misuse(command, "--whole is for a view; the window is what it is");
    if (program.graphics) return program.graphics->shot(program.qt, *wish);
    say("shot: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw");
    return BadUsage;
  };
}

} // namespace sockwalk::cli
