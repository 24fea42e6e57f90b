#include "app/cli_command.h"
#include "engine/memory/layout.h"
#include <cstdio>

namespace sockwalk::cli {

namespace {
constexpr const char* Help = R"(usage: sockwalk layout STRUCT...
       sockwalk layout --list

Prints the layout of kernel structures: offset, bit and bits (bit-fields only), size, name and type of every member,
from the type information of Linux 6.1 (Debian 12, amd64). --list prints the names of all structures.
)";
}

int layout(const std::vector<std::string>& words) {
  const Arguments arguments(words, {}, {"--help", "-h", "--list"});
  if (arguments.flag("--help") || arguments.flag("-h")) return std::fputs(Help, stdout), Done;
  if (!arguments.problem().empty()) return misuse("layout", arguments.problem());
  if (arguments.flag("--list")) {
    for (const LayoutInfo& l : layouts()) std::printf("%s\n", std::string(l.name).c_str());
    return Done;
  }
  if (arguments.rest().empty()) return misuse("layout", "name a structure, sk_buff for instance");
  int code = Done;
  for (std::string name : arguments.rest()) {
    if (name.starts_with("struct ")) name = name.substr(7);
    if (const LayoutInfo* l = layoutNamed(name)) {
      std::fputs(layoutTable(*l).c_str(), stdout);
    } else {
      say("there is no structure '" + name + "' here; sockwalk layout --list names them all");
      code = BadUsage;
    }
  }
  return code;
}

} // namespace sockwalk::cli
