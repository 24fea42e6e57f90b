#include "app/cli_tell_structures.h"
#include "app/cli_command.h"
#include "engine/tell/structures/compare.h"
#include "engine/tell/structures/heat.h"
#include "engine/tell/structures/member_search.h"
#include "engine/tell/structures/structures.h"
#include "engine/tell/tables/tables.h"
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::cli {

namespace {

void print(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::puts(line.c_str());
}
template <class Told> int put(const Told& told, bool asJson) {
  if (asJson) std::puts(tell::json(told).dump(2).c_str());
  else print(tell::lines(told));
  return Done;
}

int find(const Playhead& at, const StructureWish& wish) {
  constexpr size_t Most = 1000;
  tell::MemberSearch search(at, wish.name, Most);
  if (!search.refusal().empty()) return say(tell::spoken(search.refusal())), BadUsage;
  while (!search.atEnd()) search.advance(1 << 20);
  if (search.isFull()) say(tell::spoken(tell::say("These are the first %1 places; there may be more.", Most)));
  if (!search.found().empty() || wish.json) return put(search.found(), wish.json);
  std::puts(tell::spoken(tell::say("Nothing that lives at this moment holds %1.", wish.name)).c_str());
  return Done;
}

int tables(const Playhead& at, const StructureWish& wish) {
  auto all = tell::readTables(at);
  std::vector<std::string> names;
  for (const tell::KernelTable& table : all) names.push_back(table.id);
  const auto some = tell::tablesNamed(std::move(all), wish.name);
  if (some.empty())
    return say("there is no table '" + wish.name + "'; there is ops, " + listed(names, "and")), BadUsage;
  return put(some, wish.json);
}

// Where a thing lives at both moments it is the same one; else it is sought by its name again.
int compare(const Playhead& at, const StructureWish& wish, const Playhead& with) {
  const auto left = tell::structureNamed(at, wish.name);
  if (!left) return say(left.error().message), BadUsage;
  const auto right = tell::structureNamed(with, wish.other.empty() ? wish.name : wish.other);
  if (!right) return say(right.error().message), BadUsage;
  const auto compared = tell::compareStructures({&at, *left}, {&with, *right});
  if (!compared) return say(compared.error().message), BadUsage;
  if (wish.json) std::puts(tell::json(*compared, wish.all).dump(2).c_str());
  else print(tell::lines(*compared, wish.all));
  return Done;
}

} // namespace

int tellStructure(const Playhead& at, const StructureWish& wish, const Playhead* with) {
  if (wish.topic == "find") return find(at, wish);
  if (wish.topic == "tables") return tables(at, wish);
  if (wish.topic == "compare") return compare(at, wish, with ? *with : at);
  const auto subject = tell::structureNamed(at, wish.name);
  if (!subject) return say(subject.error().message), BadUsage;
  if (wish.topic == "heat") return put(tell::readHeat(at, *subject), wish.json);
  const auto order = wish.groups ? tell::RowOrder::Groups : tell::RowOrder::Memory;
  return put(tell::readStructure(at, *subject, at.position(), order), wish.json);
}

} // namespace sockwalk::cli
