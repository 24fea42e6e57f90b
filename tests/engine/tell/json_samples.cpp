// What is told of a walk as JSON, for the test that holds it against its schemas: json_samples FILE prints an object with
// "tables" and "objects", each a list of moments, and "lanes" and "stimuli" of the whole walk.
#include "engine/scenario/session.h"
#include "engine/tell/lanes.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/stimuli.h"
#include "engine/tell/tables/tables.h"
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace sockwalk;

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto session = scenario::Session::openFile(argv[1]);
  if (!session) return std::fprintf(stderr, "%s\n", session.error().message.c_str()), 1;
  (*session)->runAll();
  const Journal& journal = (*session)->journal();
  Playhead at(journal);
  nlohmann::json tables = nlohmann::json::array(), objects = nlohmann::json::array();
  for (u64 n = 0; n <= 10; ++n) {
    at.seek(EventIndex(journal.size() * n / 10));
    tables.push_back(tell::json(tell::readTables(at)));
    objects.push_back(tell::json(tell::readObjects(at)));
  }
  tell::Lanes lanes;
  lanes.update(journal);
  const nlohmann::json all{{"tables", std::move(tables)},
                           {"objects", std::move(objects)},
                           {"lanes", tell::json(lanes, journal)},
                           {"stimuli", tell::json(tell::stimuli(at, (*session)->machine()))}};
  std::puts(all.dump().c_str());
}
