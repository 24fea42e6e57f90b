#include "app/cli_command.h"
#include <charconv>
#include <iterator>

namespace sockwalk::cli {

namespace {

// `word` as one of the names of an enumeration.
template <class E, size_t N>
bool named(const std::string& word, const char* const (&names)[N], std::optional<E>& value) {
  for (size_t i = 0; i < N; ++i)
    if (word == names[i]) value = static_cast<E>(i);
  return value.has_value();
}

} // namespace

const char* const OpeningHelp =
    R"(  --machine plain|recorded         Linux as it is, or with the oddities of the slow machine that was recorded
  --hz N                           ticks a second of the simulated kernel, 1 to 10000
  --link e1000|veth|wire|lo|tun    the device under a script
  -D NAME=VALUE                    defines a symbol of a script; may be given again
)";

std::vector<std::string> withOpening(std::vector<std::string> valued) {
  valued.insert(valued.end(), {"--machine", "--hz", "--link", "-D"});
  return valued;
}

Result<scenario::OpenOptions> opening(const Arguments& arguments) {
  scenario::OpenOptions options;
  scenario::MachineSetup& setup = options.setup;
  if (const auto word = arguments.value("--machine"); word && !named(*word, scenario::MachineNames, setup.machine))
    return Error{"--machine takes plain or recorded, not '" + *word + "'"};
  if (const auto word = arguments.value("--link"); word && !named(*word, scenario::LinkNames, setup.link))
    return Error{"--link takes e1000, veth, wire, lo or tun, not '" + *word + "'"};
  if (const auto word = arguments.value("--hz")) {
    u32 hz = 0;
    const char* const end = word->data() + word->size();
    const auto parsed = std::from_chars(word->data(), end, hz);
    if (parsed.ec != std::errc() || parsed.ptr != end || hz < 1 || hz > 10000)
      return Error{"--hz takes a number from 1 to 10000, not '" + *word + "'"};
    setup.hz = hz;
  }
  for (const std::string& definition : arguments.all("-D")) {
    const size_t equals = definition.find('=');
    if (equals == std::string::npos || !equals) return Error{"-D takes NAME=VALUE, not '" + definition + "'"};
    options.definitions.emplace_back(definition.substr(0, equals), definition.substr(equals + 1));
  }
  return options;
}

} // namespace sockwalk::cli
