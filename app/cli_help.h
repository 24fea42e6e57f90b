// What the help, the manual page and the shell's completion tell of a command, read off its options.
#pragma once
#include "app/cli_command.h"

namespace sockwalk::cli {

std::string helpText(const Command& command);
std::string noCommand(const std::string& word); // "there is no command 'pritn'; did you mean print?"

std::vector<std::string> spellings(const CLI::Option& option); // "-h", "--help"
std::string takes(const CLI::Option& option);                  // "FILE", "plain|recorded"; "" for a flag
std::vector<std::string> choices(const CLI::Option& option);   // "plain", "recorded"; none if it takes anything
// Those of a group, in the order in which they were declared; --help last.
std::vector<const CLI::Option*> optionsOf(const Command& command, const std::string& group);
// Of the commands, each with what it takes and does, two columns.
std::string commandList();

} // namespace sockwalk::cli
