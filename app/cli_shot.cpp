#include "app/cli_command.h"
#include <charconv>
#include <cstdio>

namespace sockwalk::cli {

namespace {

constexpr const char* Help = R"(usage: sockwalk shot FILE --view VIEW --at STEP -o OUT.png|OUT.svg [options]

Draws one view of the window, as it is at one step of the walk, without a display.

  --view VIEW       %s
  --at STEP         a step of the first named call (57), a function where it is first called (inet_create),
                    "event 1200", start or end; without it, the first moment worth a look
  -o FILE           .png or .svg
  --theme THEME     light (default) or dark
  --size WxH        in pixels; without it, what suits the view
  --scale N         device pixels a pixel, .png only

%s)";

bool parseNumber(const std::string& text, auto& value) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && value > 0;
}

} // namespace

int shot(int& argc, char** argv, const std::vector<std::string>& words, const Graphics* graphics) {
  const Arguments arguments(words, withOpening({"--view", "--at", "-o", "--theme", "--size", "--scale"}),
                            {"--help", "-h"});
  if (arguments.flag("--help") || arguments.flag("-h")) {
    std::string views;
    if (graphics)
      for (const std::string& view : graphics->views()) views += (views.empty() ? "" : ", ") + view;
    std::printf(Help, views.empty() ? "a view of the window" : views.c_str(), OpeningHelp);
    return Done;
  }
  if (!arguments.problem().empty()) return misuse("shot", arguments.problem());
  if (arguments.rest().size() != 1) return misuse("shot", "name one script, capture or session");
  const auto open = opening(arguments);
  if (!open) return misuse("shot", open.error().message);
  ShotOptions options;
  options.open = *open;
  options.file = arguments.rest()[0];
  options.view = arguments.value("--view").value_or("window");
  options.at = arguments.value("--at").value_or("");
  options.output = arguments.value("-o").value_or("");
  options.theme = arguments.value("--theme").value_or("light");
  if (options.theme != "light" && options.theme != "dark") return misuse("shot", "--theme takes light or dark");
  if (!options.output.ends_with(".png") && !options.output.ends_with(".svg"))
    return misuse("shot", "say what to draw into with -o, a .png or .svg file");
  if (auto size = arguments.value("--size")) {
    const size_t x = size->find('x');
    if (x == std::string::npos || !parseNumber(size->substr(0, x), options.width) ||
        !parseNumber(size->substr(x + 1), options.height) || options.width > 20000 || options.height > 20000)
      return misuse("shot", "--size takes WIDTHxHEIGHT in pixels, 1280x800 for instance");
  }
  if (auto scale = arguments.value("--scale"); scale && (!parseNumber(*scale, options.scale) || options.scale > 8))
    return misuse("shot", "--scale takes a number from above 0 to 8");
  if (!graphics) {
    say("shot: this program was built without the window (SOCKWALK_GUI=OFF), so it cannot draw");
    return BadUsage;
  }
  return graphics->shot(argc, argv, options);
}

} // namespace sockwalk::cli
