#include "app/cli_command.h"
#include "engine/base/era.h"
#include "engine/tell/eras/structures.h"
#include "engine/tell/eras/walks.h"
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Plays a script on two kernels, that of 2.6 and that of 6.1, and prints the calls of both side by side: which functions
both have, which have another name, are called from elsewhere, went or came, and what each gave back. With --structure
it prints the members of a structure then and now instead, with offset and size, and needs no FILE; it knows those of
6.12 as well, which plays nothing.)";

struct Wish {
  std::string file, structure;
  std::vector<std::string> eras;
  bool json = false, boot = false;
  scenario::OpenOptions open;
};

template <class Told> void put(const Told& told, bool asJson) {
  if (asJson) return void(std::puts(tell::json(told).dump(2).c_str()));
  for (const std::string& line : tell::lines(told)) std::puts(line.c_str());
}

bool areEras(const Wish& wish, std::string_view then, std::string_view now) {
  return wish.eras == std::vector<std::string>{std::string(then), std::string(now)};
}

int diffStructure(const Wish& wish) {
  std::string_view name = wish.structure;
  if (name.starts_with("struct ")) name.remove_prefix(7);
  const auto compared = tell::compareStructure(
      name, areEras(wish, "6.1", "6.12") ? tell::Releases{tell::Release::Linux61, tell::Release::Linux612}
                                         : tell::Releases{});
  if (!compared) return say(compared.error().message), BadUsage;
  put(*compared, wish.json);
  return Done;
}

// A script is written for one of the kernels: what it expects of the results need not hold on the other, and is not asked.
std::unique_ptr<scenario::Session> played(const Wish& wish, Era era) {
  scenario::OpenOptions options = wish.open;
  options.setup.era = era;
  auto opened = scenario::Session::openFile(wish.file, options);
  if (!opened) return say(opened.error().message), nullptr;
  (*opened)->runAll();
  return std::move(*opened);
}

int diffWalks(const Wish& wish) {
  const auto then = played(wish, Era::Linux26);
  const auto now = then ? played(wish, Era::Linux61) : nullptr;
  if (!now) return BadUsage;
  for (const scenario::Failure& failure : then->failures()) say(failure.message);
  put(tell::compareWalks(then->journal(), now->journal(), wish.boot), wish.json);
  return then->failures().empty() ? Done : Failed;
}

std::string wrongEras(const Wish& wish) {
  if (wish.eras.empty() || areEras(wish, "2.6", "6.1")) return "";
  if (wish.structure.empty()) return "the two that can be compared are --era 2.6 --era 6.1";
  if (areEras(wish, "6.1", "6.12")) return "";
  return "a structure can be compared of --era 2.6 --era 6.1, or of --era 6.1 --era 6.12";
}

} // namespace

void diff(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"--era 2.6 --era 6.1 FILE [--boot] [--json] [options]",
                   "--era 2.6 --era 6.1 --structure STRUCT [--json]",
                   "--era 6.1 --era 6.12 --structure STRUCT [--json]"};
  command.app.description(Help);
  command.app.add_option("FILE", wish->file);
  command.app.add_option("--era", wish->eras, "the kernels, the elder first")
      ->type_name("")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->check(oneOf({std::begin(tell::ReleaseNames), std::end(tell::ReleaseNames)}));
  command.app.add_option("--structure", wish->structure, "a structure of both: sock, socket, proto ...")
      ->type_name("STRUCT");
  command.app.add_flag("--boot", wish->boot, "how the kernels start, too");
  command.app.add_flag("--json", wish->json, "as JSON");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    if (const std::string why = wrongEras(*wish); !why.empty()) return misuse(command, why);
    if (!wish->structure.empty())
      return wish->file.empty() ? diffStructure(*wish) : misuse(command, "--structure needs no FILE");
    return wish->file.empty() ? misuse(command, "name a script, or a structure with --structure") : diffWalks(*wish);
  };
}

} // namespace sockwalk::cli
