#include "app/cli_command.h"
#include "engine/base/nearest.h"
#include "engine/memory/layout.h"
#include <cstdio>

namespace sockwalk::cli {

constexpr const char* Help =
    R"(Prints the layout of kernel structures: offset, bit and bits (bit-fields only), size, name and type of every member,
from the type information of Linux 6.1 (Debian 12, amd64).)";

static std::vector<std::string> structures() {
  std::vector<std::string> names;
  for (const LayoutInfo& l : layouts()) names.emplace_back(l.name);
  return names;
}

static int printLayouts(const std::vector<std::string>& names) {
  int code = Done;
  for (std::string name : names) {
    if (name.starts_with("struct ")) name = name.substr(7);
    if (const LayoutInfo* l = layoutNamed(name)) {
      std::fputs(layoutTable(*l).c_str(), stdout);
      continue;
    }
    const std::string meant = nearest(name, structures());
    say("there is no structure '" + name + "' here; " + (meant.empty() ? "" : "did you mean " + meant + "? ") +
        "sockwalk layout --list names them all");
    code = BadUsage;
  }
  return code;
}

void layout(Command& command, Program&) {
  struct Wish {
    std::vector<std::string> names;
    bool list = false;
  };
  auto wish = std::make_shared<Wish>();
  command.usage = {"STRUCT...", "--list"};
  command.app.description(Help);
  command.app.add_option("STRUCT", wish->names);
  command.app.add_flag("--list", wish->list, "prints the names of all structures");
  command.run = [wish, &command] {
    if (wish->list && !wish->names.empty())
      return misuse(command, "--list names all structures, so '" + wish->names[0] + "' is one word too many");
    if (wish->list) {
      for (const std::string& name : structures()) std::puts(name.c_str());
      return Done;
    }
    return wish->names.empty() ? misuse(command, "name a structure, sk_buff for instance") : printLayouts(wish->names);
  };
}

} // namespace sockwalk::cli
