#include "app/cli_command.h"
#include "app/language.h"
#include "engine/tell/text.h"

namespace sockwalk::cli {

namespace {

// An option that takes one of the names of an enumeration.
template <class E, size_t N>
CLI::Option* addChoice(Command& command, const char* option, const char* const (&names)[N], std::optional<E>& value) {
  const auto set = [&names, &value](const std::string& word) {
    for (size_t i = 0; i < N; ++i)
      if (word == names[i]) value = static_cast<E>(i);
  };
  return command.app.add_option_function<std::string>(option, set)->type_name("")->check(oneOf(namesOf(names)));
}

void define(scenario::OpenOptions& options, const std::vector<std::string>& definitions) {
  for (const std::string& definition : definitions) {
    const size_t equals = definition.find('=');
    options.definitions.emplace_back(definition.substr(0, equals), definition.substr(equals + 1));
  }
}

std::string definitionTrouble(const std::string& definition) {
  const size_t equals = definition.find('=');
  if (equals != std::string::npos && equals) return "";
  return spoken(tell::say("takes %1, not '%2'", "NAME=VALUE", definition));
}

} // namespace

static std::string languageTrouble(const std::string& name) {
  return languageNamed(name) ? "" : spoken(tell::say("takes %1, not '%2'", listed(languageNames(), "or"), name));
}

void addLanguage(Command& command) {
  const auto ask = [](const std::string& name) { askForLanguage(*languageNamed(name)); };
  command.app.add_option_function<std::string>("--lang", ask)
      ->type_name(CLI::detail::join(languageNames(), "|"))
      ->check(CLI::Validator(languageTrouble, ""))
      ->description("the language of what is told: English or Chinese");
}

void addOpening(Command& command, scenario::OpenOptions& options) {
  scenario::MachineSetup& setup = options.setup;
  const std::string group = MachineGroup;
  addChoice(command, "--machine", scenario::MachineNames, setup.machine)
      ->group(group)
      ->description("Linux as it is, or with the oddities of the slow machine that was recorded");
  command.app.add_option_function<u32>("--hz", [&setup](const u32& hz) { setup.hz = hz; })
      ->type_name("N")
      ->check(numberFrom(1, 10000))
      ->group(group)
      ->description("ticks a second of the simulated kernel, 1 to 10000");
  addChoice(command, "--link", scenario::LinkNames, setup.link)->group(group)->description("the device under a script");
  command.app.add_option("--host", options.host)
      ->type_name("IP|MAC")
      ->group(group)
      ->description("which host of a capture the machine is; otherwise the most talkative");
  if (!command.app.get_option_no_throw("--filter")) // relive plays all, and tells those that fit
    command.app.add_option("--filter", options.filter)
        ->type_name("FILTER")
        ->group(group)
        ->description("of a capture: only the frames that fit, as tcpdump takes it: 'tcp port 80'");
  command.app
      .add_option_function<std::vector<std::string>>(
          "-D", [&options](const std::vector<std::string>& definitions) { define(options, definitions); })
      ->type_name("NAME=VALUE")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->check(CLI::Validator(definitionTrouble, ""))
      ->group(group)
      ->description("defines a symbol of a script; may be given again");
}

} // namespace sockwalk::cli
