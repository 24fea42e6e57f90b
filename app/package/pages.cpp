// Writes the manual page and the completion for bash, both read off the commands' own options: pages man en|zh, or
// pages bash TEMPLATE.
#include "app/cli_help.h"
#include "app/cli_qt.h"
#include "app/cli_words.h"
#include "app/language.h"
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

namespace sockwalk::cli {
namespace {

// ---- the manual page
// Text as roff has it: hyphens that may be copied, no line that roff would take for a request.
std::string roff(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == '\n';
    if (begins && (text[i] == '.' || text[i] == '\'')) out += "\\&";
    out += text[i] == '-' ? "\\-" : text[i] == '\\' ? "\\e" : std::string(1, text[i]);
  }
  return out;
}

// In the page's language, the lines joined; between Chinese letters stands no space.
std::string oneLine(const std::string& help) {
  std::string out;
  for (const char c : helpWords(help)) {
    if (c != '\n') out += c;
    else if (!out.empty() && static_cast<unsigned char>(out.back()) < 0x80) out += ' ';
  }
  return roff(out);
}

// Paragraphs are filled; those that have lines which begin with spaces are tables and stay as they are.
std::string paragraphs(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find("\n\n", at), text.size());
    const std::string paragraph = text.substr(at, end - at);
    const bool table = paragraph.find("\n  ") != std::string::npos || paragraph.starts_with("  ");
    out += table ? ".PP\n.nf\n" + roff(helpWords(paragraph)) + "\n.fi\n" : ".PP\n" + oneLine(paragraph) + "\n";
    at = end + 2;
  }
  return out;
}

std::string section(const std::string& name) {
  std::string head = oneLine(name);
  for (char& c : head)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return ".SH " + head + "\n";
}

std::string entry(const std::string& head, const std::string& words) { return ".TP\n" + head + "\n" + words + "\n"; }

std::string optionEntry(const std::string& names, const std::string& value, const std::string& does) {
  return entry(".B " + roff(names) + (value.empty() ? "" : " \\fI" + roff(value) + "\\fR"), oneLine(does));
}

std::string entries(const Command& command, bool shared) {
  std::string out;
  for (const std::string& group : command.app.get_groups()) {
    if ((group == MachineGroup) != shared) continue;
    for (const CLI::Option* option : optionsOf(command, group))
      out += optionEntry(CLI::detail::join(spellings(*option), ", "), takes(*option), option->get_description());
  }
  return out;
}

std::string commandPart(const Command& command) {
  std::string out = ".SS " + command.call() + "\n";
  for (const std::string& form : command.usage) out += ".RB \"" + command.call() + "\" \" " + roff(form) + "\"\n.br\n";
  out += paragraphs(command.app.get_description()) + entries(command, false);
  if (const std::string footer = command.app.get_footer(); !footer.empty()) out += paragraphs(footer);
  return out;
}

std::string opening() {
  const bool chinese = spokenLanguage() == Language::Chinese; // which has lines broken by rules of its own
  return std::string(chinese ? ".mso zh.tmac\n" : "") + ".TH SOCKWALK 1 \"\" \"sockwalk " SOCKWALK_VERSION "\" \"" +
         oneLine("User commands") + "\"\n" + (chinese ? ".ad l\n" : "") + section("Name") + "sockwalk \\- " +
         oneLine("walk through the Linux network stack, step by step") + "\n" + section("Synopsis") +
         ".B sockwalk\n.RI [ FILE ...]\n.RI [ options ]\n.br\n.B sockwalk\n.I COMMAND\n\\&...\n" +
         section("Description") +
         paragraphs("Sockwalk runs a simulated kernel with the functions, structures and bytes of Linux 6.1, records "
                    "every call and every write, and lets you step through that record forward and backward.") +
         paragraphs(
             "Without a command it opens a window on each FILE, a scenario script (.pkt), a packet file (.pcap, "
             ".pcapng), a saved session (.sockwalk) or a lesson (lesson.md); on the walk of a socket(2) call if "
             "none is named. The commands work without a window. A first word that is no command is a FILE if it "
             "is there, or has a '/' or a '.' in it.");
}

std::string exitStatus() {
  return section("Exit status") + entry(".B 0", oneLine("Done.")) +
         entry(".B 1", oneLine("The run failed: it did not go as its script says, or the machine has too little memory "
                               "or address space.")) +
         entry(".B 2", oneLine("Bad usage or input, or no display for the window."));
}

std::string surroundings() {
  return section("Files") +
         entry(".I ~/.local/share/sockwalk/",
               oneLine("Your own data beside the program's: lessons/NN-topic/lesson.md with its scenario.pkt, "
                       "walks/*.pkt, and captures/*.pcap. What has the name of something that comes with the program "
                       "stands in its place.")) +
         entry(".I PREFIX/share/sockwalk/",
               oneLine("The same, as it comes with the program; it is found from the place "
                       "of the program, so the prefix may be moved.")) +
         section("Environment") +
         entry(".B XDG_DATA_HOME", oneLine("Where your own data lies, instead of ~/.local/share.")) +
         entry(".B SOCKWALK_DATA", oneLine("One more folder with data, which stands above the others.")) +
         section("See also") + ".BR socket (7),\n.BR tcp (7),\n.BR udp (7),\n.BR pcap\\-savefile (5)\n";
}

void printManual(Program& program) {
  const auto window = windowCommand(program);
  std::string page = opening() + section("Options") + entries(*window, false) + ".SS " + oneLine(MachineGroup) + "\n" +
                     oneLine("These may be said wherever a FILE goes.") + "\n" + entries(*window, true) +
                     section("Commands");
  for (const CommandRow& row : commandRows()) page += commandPart(*declared(row, program));
  page +=
      section("Options of Qt") + oneLine("The window, shot, film and gallery take them, with one dash or two.") + "\n";
  for (const QtOption& option : qtOptions())
    page += optionEntry("-" + std::string(option.name), option.takes, option.does);
  std::fputs((page + exitStatus() + surroundings()).c_str(), stdout);
}

// ---- completion
void replace(std::string& text, const std::string& mark, const std::string& by) {
  const size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), by);
}

// "    print:--machine) kind=values values='plain recorded' ;;"
std::string valueCase(const std::string& command, const std::string& names, const CLI::Option& option) {
  const std::string value = takes(option);
  if (value.empty()) return "";
  const auto words = choices(option);
  std::string kind = "none";
  if (!words.empty()) kind = "values values='" + CLI::detail::join(words, " ") + "'";
  else if (value == "DIR") kind = "dir";
  else if (value == "OUT" || value == "FILE") kind = "file";
  return "  " + command + ":" + names + ") kind=" + kind + " ;;\n";
}

void addCompletion(const Command& command, std::string& options, std::string& values) {
  std::string all;
  const std::string& name = command.app.get_name();
  for (const CLI::Option* option : command.app.get_options()) {
    if (!option->nonpositional()) continue;
    all += (all.empty() ? "" : " ") + CLI::detail::join(spellings(*option), " ");
    values += valueCase(name, CLI::detail::join(spellings(*option), "|" + name + ":"), *option);
  }
  if (command.takesQt)
    for (const QtOption& option : qtOptions()) all += " -" + std::string(option.name);
  options += "  '" + name + "') options='" + all + "' ;;\n";
}

void printCompletion(Program& program, const char* file) {
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}}, commands, options, values;
  addCompletion(*windowCommand(program), options, values);
  for (const CommandRow& row : commandRows()) {
    commands += (commands.empty() ? "" : " ") + std::string(row.name);
    addCompletion(*declared(row, program), options, values);
  }
  replace(text, "@COMMANDS@", commands);
  replace(text, "@OPTIONS@", options);
  replace(text, "@VALUES@", values);
  std::fputs(text.c_str(), stdout);
}

} // namespace
} // namespace sockwalk::cli

int main(int argc, char** argv) {
  static const sockwalk::Graphics graphics{sockwalk::runWindow, sockwalk::shot,          sockwalk::shotViews,
                                           sockwalk::gallery,   sockwalk::galleryScenes, sockwalk::film,
                                           sockwalk::handout};
  sockwalk::cli::Program program{"sockwalk", &graphics, {}};
  const std::string which = argc > 1 ? argv[1] : "";
  const auto language = argc > 2 ? sockwalk::languageNamed(argv[2]) : std::nullopt;
  if (which == "man" && language) sockwalk::speak(*language), sockwalk::cli::printManual(program);
  else if (which == "bash" && argc > 2) sockwalk::cli::printCompletion(program, argv[2]);
  else return 2;
  return 0;
}
