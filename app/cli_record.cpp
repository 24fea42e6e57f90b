#include "app/cli_command.h"
#include "engine/scenario/truth_format.h"
#include <cstdio>
#include <filesystem>
#include <set>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Runs scripts and captures. For each //@case NAME of a script it writes

  DIR/calls/NAME.txt       the nested calls of that case, two spaces a level
  DIR/geometry/NAME.tsv    each sk_buff that a function was handed, at its entry

in the formats in which the real kernel was recorded (tests/kernel_truth). A capture has a case for each frame that its
host received: CAPTURE_frame_N.)";

// A name goes into a file's name: no '/' gets through, and no hidden file comes of it.
bool usable(const std::string& name) { return name.find('/') == std::string::npos && name[0] != '.'; }

int writeCases(const scenario::Session& session, const std::string& file, const std::filesystem::path& dir,
               std::set<std::string>& names) {
  if (session.cases().empty()) say(file + ": it names no //@case, so there is nothing to write");
  int code = Done;
  Playhead playhead(session.journal());
  for (const scenario::Case& c : session.cases()) {
    if (!usable(c.name)) {
      say(file + ": '" + c.name + "' cannot be a file's name");
      code = Failed;
      continue;
    }
    if (!names.insert(c.name).second) say(file + ": case " + c.name + " was there before; this one replaces it");
    const std::string geometry = scenario::geometryText(playhead, c.first, c.end);
    if (!writeFile(dir / "calls" / (c.name + ".txt"), scenario::callsText(session.journal(), c.first, c.name, c.end)))
      return Failed;
    if (!geometry.empty() && !writeFile(dir / "geometry" / (c.name + ".tsv"), geometry)) return Failed;
  }
  return code;
}

int printHashes(const std::vector<std::string>& files, const scenario::OpenOptions& options) {
  int code = Done;
  for (const std::string& file : files) {
    int one = Done;
    if (const auto session = run(file, options, one))
      std::printf("%016llx  %s\n", static_cast<unsigned long long>(session->journal().hash()), file.c_str());
    code = std::max(code, one);
  }
  return code;
}

int writeAll(const std::vector<std::string>& files, const std::string& dir, const scenario::OpenOptions& options) {
  std::error_code error;
  for (const char* part : {"calls", "geometry"}) {
    std::filesystem::create_directories(std::filesystem::path(dir) / part, error);
    if (error) {
      say(dir + ": cannot be created: " + error.message());
      return BadUsage;
    }
  }
  int code = Done;
  std::set<std::string> names;
  for (const std::string& file : files) {
    int one = Done;
    if (const auto session = run(file, options, one)) one = std::max(one, writeCases(*session, file, dir, names));
    code = std::max(code, one);
  }
  return code;
}

} // namespace

void record(Command& command, Program&) {
  struct Wish {
    std::vector<std::string> files;
    std::string dir;
    bool hash = false;
    scenario::OpenOptions open;
  };
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE... -o DIR [options]", "FILE... --hash [options]"};
  command.app.description(Help);
  command.app.add_option("FILE", wish->files);
  command.app.add_option("-o", wish->dir, "where to write")->type_name("DIR");
  command.app.add_flag("--hash", wish->hash,
                       "prints one number for all that was recorded of a file; it is the same in every "
                       "run and on every machine");
  addOpening(command, wish->open);
  command.app.footer("Here the machine is the recorded one, unless this, the script or the session says otherwise.");
  command.run = [wish, &command] {
    if (wish->files.empty()) return misuse(command, "name a script or a capture to run");
    wish->open.setup.otherwise = scenario::MachineKind::Recorded; // recordings are what it is held against
    if (wish->hash && !wish->dir.empty()) return misuse(command, "--hash writes nothing, so there is no use for -o");
    if (wish->hash) return printHashes(wish->files, wish->open);
    if (wish->dir.empty()) return misuse(command, "say where to write, with -o DIR");
    return writeAll(wish->files, wish->dir, wish->open);
  };
}

} // namespace sockwalk::cli
