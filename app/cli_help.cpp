#include "app/cli_help.h"
#include "app/cli_words.h"
#include "engine/base/nearest.h"
#include <cstdio>

namespace sockwalk::cli {

std::vector<std::string> spellings(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

// CLI11 keeps both in one: "VIEW:sockets|buffers".
static std::pair<std::string, std::string> nameAndChoices(const CLI::Option& option) {
  if (!option.get_items_expected_max()) return {};
  const std::string type = option.get_type_name();
  const size_t colon = std::min(type.find(':'), type.size());
  return {type.substr(0, colon), type.substr(std::min(colon + 1, type.size()))};
}

std::string takes(const CLI::Option& option) {
  const auto [name, values] = nameAndChoices(option);
  return name.empty() ? values : name;
}

std::vector<std::string> choices(const CLI::Option& option) {
  const std::string values = nameAndChoices(option).second;
  return values.empty() ? std::vector<std::string>() : CLI::detail::split(values, '|');
}

std::vector<const CLI::Option*> optionsOf(const Command& command, const std::string& group) {
  auto all = command.app.get_options([&](const CLI::Option* option) {
    return option->nonpositional() && option->get_group() == group && option != command.app.get_help_ptr();
  });
  if (const CLI::Option* help = command.app.get_help_ptr(); help && help->get_group() == group) all.push_back(help);
  return all;
}

// Two columns.
static std::string row(const std::string& left, const std::string& right) {
  constexpr size_t Column = 28;
  const std::string indent = "\n" + std::string(Column, ' ');
  std::string text = "  " + left;
  text += text.size() + 2 <= Column ? std::string(Column - text.size(), ' ') : indent;
  for (const char c : wrapped(right, 90)) text += c == '\n' ? indent : std::string(1, c);
  return text + "\n";
}

static std::string usageOf(const Command& command) {
  const std::string label = helpWords("usage:") + " ", indent(static_cast<size_t>(columns(label)), ' ');
  std::string text;
  for (const std::string& form : command.usage)
    text += (text.empty() ? label : indent) + command.call() + (form.empty() ? "" : " ") + form + "\n";
  return text;
}

std::string helpText(const Command& command) {
  std::string text = usageOf(command) + "\n" + helpWords(command.app.get_description()) + "\n";
  for (const std::string& group : command.app.get_groups()) {
    std::string rows;
    for (const CLI::Option* option : optionsOf(command, group)) {
      const std::string value = takes(*option);
      rows += row(CLI::detail::join(spellings(*option), ", ") + (value.empty() ? "" : " " + value),
                  helpWords(option->get_description()));
    }
    if (!rows.empty()) text += (group == "Options" ? "\n" : "\n" + helpWords(group) + "\n") + rows;
  }
  if (command.takesQt)
    text += "\n" +
            helpWords("Qt's own options are taken too: -style, -platform, -geometry, -session and the others in the "
                      "manual page.") +
            "\n";
  if (const std::string footer = command.app.get_footer(); !footer.empty()) text += "\n" + helpWords(footer) + "\n";
  return text + "\n" + helpWords("Exit code: 0 done, 1 the run failed, 2 bad usage or input.") + "\n";
}

std::string commandList() {
  std::string text;
  for (const CommandRow& c : commandRows()) {
    const std::string left = "  " + std::string(c.name) + " " + c.takes;
    text += left + std::string(left.size() < 35 ? 35 - left.size() : 1, ' ') + helpWords(c.does) + "\n";
  }
  return text;
}

std::string noCommand(const std::string& word) {
  std::vector<std::string> names;
  for (const CommandRow& c : commandRows()) names.push_back(c.name);
  const std::string meant = nearest(word, names);
  return meant.empty() ? spoken(tell::say("there is no command '%1'; there are %2", word, listed(names, "and")))
                       : spoken(tell::say("there is no command '%1'; did you mean %2?", word, meant));
}

void help(Command& command, Program& program) {
  auto name = std::make_shared<std::string>();
  command.usage = {"[COMMAND]"};
  command.app.description("Prints what COMMAND --help prints; without one, what sockwalk --help prints.");
  command.app.add_option("COMMAND", *name);
  command.run = [name, &program] {
    const CommandRow* const asked = commandNamed(*name);
    if (!asked && !name->empty()) return say(noCommand(*name)), BadUsage;
    const auto shown = asked ? declared(*asked, program) : windowCommand(program);
    return std::fputs(helpText(*shown).c_str(), stdout), Done;
  };
}

} // namespace sockwalk::cli
