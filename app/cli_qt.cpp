#include "app/cli_qt.h"

namespace sockwalk::cli {

namespace {

constexpr QtOption Options[] = {
    {"style", "STYLE", "draws buttons and menus as this style of Qt does"},
    {"stylesheet", "FILE", "a Qt style sheet"},
    {"platform", "PLATFORM", "what draws the window: xcb, wayland, offscreen ..."},
    {"platformtheme", "THEME", "of the desktop"},
    {"platformpluginpath", "DIR", "where Qt's platforms lie"},
    {"plugin", "PLUGIN", "a generic plugin of Qt"},
    {"display", "NAME", "the X display, :0 for instance"},
    {"name", "NAME", "of the window's class"},
    {"geometry", "WxH+X+Y", "size and place of the window"},
    {"qwindowgeometry", "WxH+X+Y", "as above"},
    {"title", "TITLE", "of the window"},
    {"qwindowtitle", "TITLE", "as above"},
    {"icon", "FILE", "of the window"},
    {"qwindowicon", "FILE", "as above"},
    {"session", "ID", "the session that a desktop restores"},
    {"reverse", "", "lays everything out from right to left"},
    {"widgetcount", "", "prints how many widgets were left"},
};

const QtOption* optionNamed(const std::string& word, size_t length) {
  const size_t dashes = word.starts_with("--") ? 2 : 1;
  if (word.size() <= dashes || word[0] != '-') return nullptr;
  const std::string name = word.substr(dashes, length - dashes);
  for (const QtOption& option : Options)
    if (name == option.name) return &option;
  return nullptr;
}

} // namespace

std::span<const QtOption> qtOptions() { return Options; }

std::string takeQtOptions(std::vector<std::string>& words, QtArguments& qt) {
  std::vector<std::string> kept;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") {
      kept.insert(kept.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    const size_t equals = std::min(words[i].find('='), words[i].size());
    const QtOption* const option = optionNamed(words[i], equals);
    if (!option || (!*option->takes && equals < words[i].size())) {
      kept.push_back(words[i]);
      continue;
    }
    const std::string name = words[i].substr(0, equals);
    qt.words.push_back("-" + std::string(option->name));
    if (!*option->takes) continue;
    if (equals == words[i].size() && i + 1 == words.size()) return name + " needs a value after it";
    qt.words.push_back(equals < words[i].size() ? words[i].substr(equals + 1) : words[++i]);
  }
  words = std::move(kept);
  return "";
}

} // namespace sockwalk::cli
