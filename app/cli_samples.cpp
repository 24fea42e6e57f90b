#include "app/cli_command.h"
#include "app/cli_words.h"
#include "engine/base/data.h"
#include <cstdio>

namespace sockwalk::cli {

constexpr const char* Help =
    R"(Prints the files that come with the program and those of your own: what each is (lesson, walk, failure, capture) and its
path. A failure is a walk in which something goes wrong; tell FILE failure says what an operator sees of it, and where it dies.
Your own lie in ~/.local/share/sockwalk, in folders lessons, walks, failures and captures; one that has the name of a file of the
program stands in its place. The window's menus have the same.)";

// What lies in a folder of samples and can be opened.
static void printSamples(const std::string& what, const char* folder, const std::vector<std::string>& endings) {
  for (const auto& path : dataEntries(folder))
    for (const std::string& ending : endings) {
      const auto file = ending[0] == '/' ? path / ending.substr(1) : path;
      std::error_code error;
      if (file.string().ends_with(ending) && std::filesystem::is_regular_file(file, error))
        std::puts((padded(what, 9) + file.string()).c_str());
    }
}

void samples(Command& command, Program&) {
  command.usage = {""};
  command.app.description(Help);
  command.run = [] {
    const std::string walk = helpWords("walk");
    printSamples(helpWords("lesson"), "lessons", {"/lesson.md"});
    printSamples(walk, "lessons", {"/scenario.pkt"});
    printSamples(walk, "walks", {".pkt"});
    printSamples(helpWords("failure"), "failures", {".pkt"});
    printSamples(helpWords("capture"), "captures", {".pcap", ".pcapng"});
    return Done;
  };
}

} // namespace sockwalk::cli
