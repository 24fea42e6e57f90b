// Writes the manual page and the completion for bash, both read off the commands' own options: pages man, or
// pages bash TEMPLATE.
#include "app/cli_help.h"
#include "app/cli_qt.h"
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

// Paragraphs are filled; those that begin with spaces are tables and stay as they are.
std::string paragraphs(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find("\n\n", at), text.size());
    const std::string paragraph = text.substr(at, end - at);
    const bool table = paragraph.find("\n  ") != std::string::npos || paragraph.starts_with("  ");
    out += (table ? ".PP\n.nf\n" : ".PP\n") + roff(paragraph) + (table ? "\n.fi\n" : "\n");
    at = end + 2;
  }
  return out;
}

std::string optionEntry(const std::string& names, const std::string& value, std::string does) {
  for (char& c : does)
    if (c == '\n') c = ' ';
  return ".TP\n.B " + roff(names) + (value.empty() ? "" : " \\fI" + roff(value) + "\\fR") + "\n" + roff(does) + "\n";
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

constexpr const char* Opening = R"(.SH NAME
sockwalk \- walk through the Linux network stack, step by step
.SH SYNOPSIS
.B sockwalk
.RI [ FILE ...]
.RI [ options ]
.br
.B sockwalk
.I COMMAND
\&...
.SH DESCRIPTION
Sockwalk runs a simulated kernel with the functions, structures and bytes of Linux 6.1, records every call and every
write, and lets you step through that record forward and backward.
.PP
Without a command it opens a window on each
.IR FILE ,
a scenario script (.pkt), a packet file (.pcap, .pcapng), a saved session (.sockwalk) or a lesson (lesson.md); on the walk of a
.BR socket (2)
call if none is named. The commands work without a window.
A first word that is no command is a
.I FILE
if it is there, or has a "/" or a "." in it.
)";

constexpr const char* Closing = R"(.SH EXIT STATUS
.TP
.B 0
Done.
.TP
.B 1
The run failed: it did not go as its script says, or the machine has too little memory or address space.
.TP
.B 2
Bad usage or input, or no display for the window.
.SH FILES
.TP
.I ~/.local/share/sockwalk/
Your own data beside the program's:
.IR lessons/NN\-topic/lesson.md
with its
.IR scenario.pkt ,
.IR walks/*.pkt ,
and
.IR captures/*.pcap .
What has the name of something that comes with the program stands in its place.
.TP
.I PREFIX/share/sockwalk/
The same, as it comes with the program; it is found from the place of the program, so the prefix may be moved.
.SH ENVIRONMENT
.TP
.B XDG_DATA_HOME
Where your own data lies, instead of
.IR ~/.local/share .
.TP
.B SOCKWALK_DATA
One more folder with data, which stands above the others.
.SH SEE ALSO
.BR socket (7),
.BR tcp (7),
.BR udp (7),
.BR pcap\-savefile (5)
)";

void printManual(Program& program) {
  std::printf(".TH SOCKWALK 1 \"\" \"sockwalk " SOCKWALK_VERSION "\" \"User Commands\"\n%s", Opening);
  const auto window = windowCommand(program);
  std::printf(".SH OPTIONS\n%s.SS The machine that runs a file\nThese may be said wherever a FILE goes.\n%s",
              entries(*window, false).c_str(), entries(*window, true).c_str());
  std::puts(".SH COMMANDS");
  for (const CommandRow& row : commandRows()) std::fputs(commandPart(*declared(row, program)).c_str(), stdout);
  std::puts(".SH OPTIONS OF QT\nThe window,\n.B shot\nand\n.B gallery\ntake them, with one dash or two.");
  for (const QtOption& option : qtOptions())
    std::fputs(optionEntry("-" + std::string(option.name), option.takes, option.does).c_str(), stdout);
  std::fputs(Closing, stdout);
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
  static const sockwalk::Graphics graphics{sockwalk::runWindow, sockwalk::shot, sockwalk::shotViews, sockwalk::gallery,
                                           sockwalk::galleryScenes};
  sockwalk::cli::Program program{"sockwalk", &graphics, {}};
  const std::string which = argc > 1 ? argv[1] : "";
  if (which == "man") sockwalk::cli::printManual(program);
  else if (which == "bash" && argc > 2) sockwalk::cli::printCompletion(program, argv[2]);
  else return 2;
  return 0;
}
