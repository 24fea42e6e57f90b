// What is told of a walk as JSON, for the test that holds it against its schemas: json_samples FILE prints an object with
// a list of samples for each schema.
#include "engine/scenario/session.h"
#include "engine/tell/birth/birth.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/eras/other_era.h"
#include "engine/tell/family/buffer_family.h"
#include "engine/tell/filters/filters.h"
#include "engine/tell/happenings/happenings.h"
#include "engine/tell/lanes.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/moment.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/packets/packet_rows.h"
#include "engine/tell/source/source_frames.h"
#include "engine/tell/stimuli.h"
#include "engine/tell/structures/compare.h"
#include "engine/tell/structures/heat.h"
#include "engine/tell/structures/member_search.h"
#include "engine/tell/structures/structures.h"
#include "engine/tell/tables/tables.h"
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;

static void addMoment(nlohmann::json& all, const Playhead& at, const tell::BufferLives& lives) {
  all["moment"].push_back(tell::json(tell::momentAt(at)));
  all["calls"].push_back(tell::json(tell::readCalls(at)));
  all["sources"].push_back(tell::json(tell::sourceFrames(at)));
  all["tables"].push_back(tell::json(tell::readTables(at)));
  all["objects"].push_back(tell::json(tell::readObjects(at)));
  all["buffers"].push_back(tell::json(tell::readBuffers(at)));
  all["packets"].push_back(tell::json(tell::readPackets(at)));
  all["filter"].push_back(tell::json(tell::readFilters(at)));
  all["family"].push_back(tell::json(tell::FamilyReader().at(at, lives, tell::lifeAround(at, lives))));
  all["birth"].push_back(tell::json(tell::BirthReader().at(at, lives, 0)));
}

// One structure of each type that lives, of some types: one socket alone has half a thousand members.
static void addStructures(nlohmann::json& all, const Playhead& at) {
  constexpr std::size_t Most = 6;
  const auto live = tell::liveStructures(at);
  all["structures"].push_back(tell::json(live));
  std::set<std::string> types;
  for (const tell::LiveStructure& s : live)
    if (types.size() < Most && types.insert(s.type).second)
      all["structure"].push_back(
          tell::json(tell::readStructure(at, tell::subjectAt(at, s.address), at.position() - 1)));
}

// Of the first object of each type: its groups, how hot it is, how it was half a walk before; and who points at it.
static void addOfStructures(nlohmann::json& all, const Playhead& at) {
  constexpr std::size_t Most = 6;
  Playhead before(at.journal());
  before.seek(at.position() / 2);
  std::set<std::string> types;
  for (const tell::LiveStructure& s : tell::liveStructures(at)) {
    if (types.size() == Most || !types.insert(s.type).second) continue;
    const auto subject = tell::subjectAt(at, s.address);
    all["structure"].push_back(tell::json(tell::readStructure(at, subject, at.position() - 1, tell::RowOrder::Groups)));
    all["heat"].push_back(tell::json(tell::readHeat(at, subject)));
    if (const auto compared = tell::compareStructures({&at, subject}, {&before, subject}))
      all["compare"].push_back(tell::json(*compared, true));
    all["find"].push_back(tell::json(tell::findMembers(at, s.id, 50)));
  }
  all["find"].push_back(tell::json(tell::findMembers(at, "00 00 00 00", 50)));
}

// Of a walk that the other kernel takes.
static void addEras(nlohmann::json& all, scenario::Session& session) {
  auto& out = all["eras"] = nlohmann::json::array();
  const auto other = tell::sessionOfOtherEra(session);
  if (!other) return;
  (*other)->runAll();
  out.push_back(tell::json(tell::compareEras(session, **other)));
}

static nlohmann::json lessonBeside(const std::string& scenario, const scenario::Session& session) {
  const auto lesson = tell::readLesson(std::filesystem::path(scenario).replace_filename("lesson.md"));
  return tell::json(lesson ? tell::stopPlaces(session, *lesson) : std::vector<tell::StopPlace>());
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto session = scenario::Session::openFile(argv[1]);
  if (!session) return std::fprintf(stderr, "%s\n", session.error().message.c_str()), 1;
  (*session)->runAll();
  const Journal& journal = (*session)->journal();
  Playhead at(journal);
  tell::BufferLives lives;
  lives.update(journal);
  nlohmann::json all;
  constexpr u64 Moments = 5;
  for (u64 n = 0; n <= Moments; ++n) {
    at.seek(EventIndex(journal.size() * n / Moments));
    addMoment(all, at, lives);
  }
  addStructures(all, at);
  addOfStructures(all, at);
  addEras(all, **session);
  all["lesson"].push_back(lessonBeside(argv[1], **session));
  tell::Lanes lanes;
  lanes.update(journal);
  all["lanes"].push_back(tell::json(lanes, journal));
  tell::Happenings happenings;
  happenings.update(journal);
  all["happenings"].push_back(tell::json(happenings));
  all["stimuli"].push_back(tell::json(tell::stimuli(at, (*session)->machine())));
  std::puts(all.dump().c_str());
}
