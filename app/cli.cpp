#include "app/cli_command.h"
#include <algorithm>
#include <cstdio>

namespace sockwalk {

namespace {

constexpr const char* Help = R"(usage: sockwalk [FILE...]           opens the window
       sockwalk COMMAND ...        works without a window; each has --help

FILE is a scenario script (.pkt), a packet file (.pcap, .pcapng) or a saved session. With it may be said:

%s
  record FILE... -o DIR            runs them and writes the calls and buffers of each //@case
  print FILE                       prints the walk: calls, arguments, results, notes, buffers
  layout STRUCT                    prints the layout of a kernel structure
  shot FILE --view VIEW -o OUT     draws one view of the window into a .png or .svg file

  --help                           this text
  --version                        the version

Exit code: 0 done, 1 the run failed, 2 bad usage or input.
)";

} // namespace

namespace cli {

Arguments::Arguments(std::vector<std::string> words, std::vector<std::string> valued, std::vector<std::string> flags) {
  const auto has = [](const std::vector<std::string>& all, const std::string& name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  bool options = true;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (!options || word.size() < 2 || word[0] != '-') {
      m_rest.push_back(word);
    } else if (word == "--") {
      options = false;
    } else if (has(flags, word)) {
      m_values.emplace_back(word, "");
    } else if (equals != std::string::npos && has(valued, name)) {
      m_values.emplace_back(name, word.substr(equals + 1));
    } else if (has(valued, word) && i + 1 < words.size()) {
      m_values.emplace_back(word, words[++i]);
    } else {
      m_problem = has(valued, word) ? word + " needs a value after it" : "unknown option " + word;
      return;
    }
  }
}

std::optional<std::string> Arguments::value(const std::string& name) const {
  for (auto it = m_values.rbegin(); it != m_values.rend(); ++it)
    if (it->first == name) return it->second;
  return std::nullopt;
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  std::vector<std::string> found;
  for (const auto& [option, value] : m_values)
    if (option == name) found.push_back(value);
  return found;
}

void say(const std::string& text) { std::fprintf(stderr, "sockwalk: %s\n", text.c_str()); }

int misuse(const std::string& command, const std::string& why) {
  say(command + ": " + why + "\nTry: sockwalk " + command + " --help");
  return BadUsage;
}

std::unique_ptr<scenario::Session> run(const std::string& file, const scenario::OpenOptions& options, int& code) {
  auto opened = scenario::Session::openFile(file, options);
  if (!opened) {
    say(opened.error().message);
    code = BadUsage;
    return nullptr;
  }
  auto session = std::move(*opened);
  session->runAll();
  for (const std::string& notice : session->notices()) say(notice);
  for (const scenario::Failure& failure : session->failures()) say(failure.message);
  const bool stopped = session->machine().panicked();
  if (stopped && session->failures().empty()) say(file + ": the kernel has stopped: " + session->machine().panicText());
  if (stopped || !session->failures().empty()) code = Failed;
  return session;
}

} // namespace cli

static int openWindow(int& argc, char** argv, const std::vector<std::string>& words, const Graphics* graphics) {
  const cli::Arguments arguments(words, cli::withOpening({"-platform", "-style"}), {}); // these two are Qt's own
  const auto options = cli::opening(arguments);
  const std::string wrong = arguments.problem().empty() && !options ? options.error().message : arguments.problem();
  if (!wrong.empty()) {
    cli::say(wrong + "\nTry: sockwalk --help");
    return cli::BadUsage;
  }
  if (!graphics) {
    cli::say("this program was built without the window (SOCKWALK_GUI=OFF); try: sockwalk print FILE");
    return cli::BadUsage;
  }
  return graphics->window(argc, argv, arguments.rest(), *options);
}

int commandLine(int& argc, char** argv, const Graphics* graphics) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const std::string command = words.empty() ? "" : words[0];
  const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
  if (command == "--help" || command == "-h") return std::printf(Help, cli::OpeningHelp), cli::Done;
  if (command == "--version") return std::puts("sockwalk " SOCKWALK_VERSION), cli::Done;
  if (command == "record") return cli::record(rest);
  if (command == "print") return cli::print(rest);
  if (command == "layout") return cli::layout(rest);
  if (command == "shot") return cli::shot(argc, argv, rest, graphics);
  return openWindow(argc, argv, words, graphics);
}

} // namespace sockwalk
