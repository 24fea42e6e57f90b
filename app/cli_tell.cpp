// What the window shows at a moment of a walk, printed: one topic for each of its views.
#include "app/cli_command.h"
#include "app/cli_tell_structures.h"
#include "app/cli_words.h"
#include "engine/tell/birth/birth.h"
#include "engine/tell/broken_walk.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/classes/nesting.h"
#include "engine/tell/eras/other_era.h"
#include "engine/tell/family/buffer_family.h"
#include "engine/tell/filters/filters.h"
#include "engine/tell/happenings/happenings.h"
#include "engine/tell/lanes.h"
#include "engine/tell/lessons/lesson_file.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/map/stack_map.h"
#include "engine/tell/messages.h"
#include "engine/tell/moment.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/packets/packet_filter.h"
#include "engine/tell/position.h"
#include "engine/tell/selector.h"
#include "engine/tell/sequence/sequence.h"
#include "engine/tell/sockets/ladder.h"
#include "engine/tell/sockets/plots.h"
#include "engine/tell/sockets/state_machine.h"
#include "engine/tell/source/source_frames.h"
#include "engine/tell/stimuli.h"
#include "engine/tell/structures/structures.h"
#include "engine/tell/tables/tables.h"
#include "engine/tell/until/until.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

namespace sockwalk::cli {

namespace {

constexpr const char* Help =
    R"(Runs a script, a capture or a saved session, goes to a moment of it, and prints what the window's views show there.
Of a lesson.md it runs the scenario.)";

struct Wish {
  std::string file, topic = "moment", name, other, at = "end", until, where, with;
  bool json = false, groups = false, all = false;
  scenario::OpenOptions open;
};

// A moment of a walk, and what else there is of the walk.
struct Scene {
  scenario::Session& session;
  Playhead at;
  std::optional<tell::Lesson> lesson; // for the topic lesson
  tell::expression::Expression where; // of packets
};

void put(const std::vector<std::string>& lines, const nlohmann::json& json, bool asJson) {
  if (asJson) return void(std::puts(json.dump(2).c_str()));
  for (const std::string& line : lines) std::puts(line.c_str());
  if (lines.empty()) std::puts(spoken(tell::say("There is none at this moment.")).c_str());
}
template <class Told> void put(const Told& told, bool asJson) {
  if (asJson) put({}, tell::json(told), true);
  else put(tell::lines(told), {}, false);
}

tell::StateWays wayThroughStates(const Scene& s, const tell::Record& record) {
  tell::StateWays ways = tell::readStateWays(s.session.journal(), record);
  tell::setMoment(ways, s.session.journal(), s.at.position());
  return ways;
}

struct Topic {
  const char *name, *does;
  void (*print)(const Scene& scene, bool json);
};
constexpr Topic topics[] = {
    {"moment", "where the walk is, who runs, and what has just happened",
     [](const Scene& s, bool json) { put(tell::momentAt(s.at), json); }},
    {"stimuli", "what the machine was told to do, and what came of it",
     [](const Scene& s, bool json) { put(tell::stimuli(s.at, s.session.machine()), json); }},
    {"calls", "the call path of the system call or frame",
     [](const Scene& s, bool json) { put(tell::readCalls(s.at), json); }},
    {"source", "the functions that are open, each with its line",
     [](const Scene& s, bool json) { put(tell::sourceFrames(s.at), json); }},
    {"timeline", "the calls of the whole walk, by task and softirq",
     [](const Scene& s, bool json) {
       tell::Lanes lanes;
       lanes.update(s.session.journal());
       if (json) put({}, tell::json(lanes, s.session.journal()), true);
       else put(tell::lines(lanes, s.session.journal()), {}, false);
     }},
    {"objects", "tasks, files, sockets and queues, and their pointers",
     [](const Scene& s, bool json) { put(tell::readObjects(s.at), json); }},
    {"classes", "how the structures of the socket lie in one another, and the chain that leads there",
     [](const Scene& s, bool json) { put(tell::readNesting(s.at), json); }},
    {"structures", "the structures that live; with a NAME (\"tcp_sock #1\") its members",
     [](const Scene& s, bool json) { put(tell::liveStructures(s.at), json); }},
    {"buffers", "the sk_buffs that live: edges, headers, family, what was done to them",
     [](const Scene& s, bool json) { put(tell::readBuffers(s.at), json); }},
    {"family",
     "the kin of the sk_buff that runs or was made last: clones, copies, segments, fragments, what was merged",
     [](const Scene& s, bool json) {
       tell::BufferLives lives;
       lives.update(s.session.journal());
       put(tell::FamilyReader().at(s.at, lives, tell::lifeAround(s.at, lives)), json);
     }},
    {"birth", "how the socket or packet of the moment comes to be: its parts, who makes them, and what ties them",
     [](const Scene& s, bool json) {
       tell::BufferLives lives;
       lives.update(s.session.journal());
       put(tell::BirthReader().at(s.at, lives, 0), json);
     }},
    {"packets", "the frames up to here, and what became of each",
     [](const Scene& s, bool json) { put(tell::readPackets(s.at, s.where), json); }},
    {"happenings", "retransmissions, resets, drops ... and why the kernel did so",
     [](const Scene& s, bool json) {
       tell::Happenings happenings;
       happenings.update(s.session.journal(), s.at.position());
       put(happenings, json);
     }},
    {"filter", "the programs by which sockets sort packets, as tcpdump -d prints them, and what of each ran last",
     [](const Scene& s, bool json) { put(tell::readFilters(s.at), json); }},
    {"eras",
     "the calls beside those of the same script on the other kernel, 2.6 or 6.1: what stayed, moved, went and came",
     [](const Scene& s, bool json) {
       const auto other = tell::sessionOfOtherEra(s.session);
       if (!other) return put({tell::spokenMessage(other.error().message)}, nlohmann::json::object(), json);
       (*other)->runAll();
       put(tell::compareEras(s.session, **other), json);
     }},
    {"sequence", "the calls from layer to layer of the whole walk, and what comes back",
     [](const Scene& s, bool json) {
       tell::Hosts hosts;
       hosts.update(s.session.journal());
       put(tell::SequenceAt{tell::readSequence(s.session.journal(), hosts, s.at.position(),
                                               {.folded = {}, .whole = true}),
                            s.at.position()},
           json);
     }},
    {"ladder", "the segments of the connection that the moment is about, end by end",
     [](const Scene& s, bool json) {
       const Journal& journal = s.session.journal();
       tell::Record record;
       record.update(journal);
       const auto flows = tell::ladderFlows(journal, record.packets);
       const int flow = tell::flowAt(flows, journal, record.packets, s.at.position());
       if (flow < 0) return put({}, nlohmann::json::object(), json);
       Playhead past(journal);
       const tell::Ladder ladder = tell::readLadder(past, record, flows[size_t(flow)]);
       put(tell::LadderAt{ladder, &journal, &record, s.at.position()}, json);
     }},
    {"states", "the way of each TCP socket through its states, and what moved it",
     [](const Scene& s, bool json) {
       tell::Record record;
       record.update(s.session.journal());
       put(wayThroughStates(s, record), json);
     }},
    {"plots", "windows, round trips and queues of the TCP socket that the moment is about",
     [](const Scene& s, bool json) {
       tell::Record record;
       record.update(s.session.journal());
       const int socket = wayThroughStates(s, record).around;
       if (socket < 0) return put({}, nlohmann::json::object(), json);
       const auto& life = record.sockets.all()[size_t(socket)];
       put(tell::PlotsAt{tell::readPlots(s.session.journal(), life, s.session.machine().options().hz), s.at.position()},
           json);
     }},
    {"link", "where a NAME is, on wire, buffer, structure, source: frame:38, byte:102, tcphdr.seq, tcp_output.cpp:120",
     nullptr},
    {"map", "the parts of the network stack, and which of them the system call or frame has passed",
     [](const Scene& s, bool json) { put(tell::MapAt{tell::MapReader().at(s.at)}, json); }},
    {"tables", "connections, listeners, ports, queues, routes, neighbours, rings ...",
     [](const Scene& s, bool json) { put(tell::readTables(s.at), json); }},
    {"heat", "of a NAME: how often each of its cache lines was written, and by whom", nullptr},
    {"compare", "of a NAME: what differs from an OTHER, or from itself at --with STEP, and who wrote it", nullptr},
    {"find", "of a VALUE (8080, 10.0.0.1, 0xffff..., \"GET\", 47 45 54): who holds it", nullptr},
    {"failure", "of a walk in which something goes wrong: what an operator sees of it, and where it dies",
     [](const Scene& s, bool json) {
       if (const auto broken = tell::brokenWalk(s.session)) put(*broken, json);
       else put({}, nlohmann::json::object(), json);
     }},
    {"lesson", "where the stops of a lesson.md are in its walk",
     [](const Scene& s, bool json) {
       if (s.lesson) put(tell::stopPlaces(s.session, *s.lesson), json);
     }},
};

std::vector<std::string> topicNames() {
  std::vector<std::string> names;
  for (const Topic& topic : topics) names.emplace_back(topic.name);
  return names;
}

std::string topicList() {
  std::string list;
  for (const Topic& topic : topics) list += "\n  " + padded(topic.name, 12) + helpWords(topic.does);
  return list;
}

// Topics that are about something with a name.
int tellNamed(const Scene& scene, const Wish& wish) {
  const StructureWish named{wish.topic, wish.name, wish.other, wish.groups, wish.all, wish.json};
  if (wish.with.empty()) return tellStructure(scene.at, named);
  const auto position = tell::positionNamed(scene.session.journal(), scene.at.position(), wish.with);
  if (!position) return say("--with: " + position.error().message), BadUsage;
  Playhead with(scene.session.journal());
  with.seek(*position);
  return tellStructure(scene.at, named, &with);
}

// Whether the words fit the topic; what is wrong is said, and is the exit code.
std::optional<int> misfit(const Command& command, const Wish& wish) {
  const auto is = [&](std::initializer_list<const char*> names) {
    return std::ranges::any_of(names, [&](const char* topic) { return wish.topic == topic; });
  };
  if (wish.name.empty() && is({"heat", "compare", "find"}))
    return misuse(command, "the topic " + wish.topic + " wants a name");
  if (wish.name.empty() && is({"link"}))
    return misuse(command, "the topic link wants a NAME: frame:38, byte:102, tcphdr.seq or tcp_output.cpp:120");
  if (!wish.name.empty() && !is({"structures", "link", "tables", "heat", "compare", "find"}))
    return misuse(command,
                  "'" + wish.name + "': only the topics structures, link, tables, heat, compare and find take a name");
  if (!wish.other.empty() && wish.topic != "compare")
    return misuse(command, "'" + wish.other + "': only the topic compare takes two names");
  if (wish.topic == "compare" && wish.other.empty() && wish.with.empty())
    return misuse(command, "compare wants an OTHER, or another moment: --with STEP");
  if (!wish.with.empty() && wish.topic != "compare") return misuse(command, "--with is for the topic compare");
  if (wish.groups && (wish.topic != "structures" || wish.name.empty()))
    return misuse(command, "--groups is for the topic structures and a NAME");
  if (wish.all && wish.topic != "compare") return misuse(command, "--all is for the topic compare");
  return {};
}

int tellLink(const Scene& scene, const Wish& wish) {
  tell::PacketList packets;
  packets.update(scene.session.journal());
  tell::Selector selector(scene.session.journal(), packets);
  const auto selection = tell::selectionNamed(selector, scene.at, packets, wish.name);
  if (!selection) return say(selection.error().message), BadUsage;
  put(tell::SelectionTold{*selection, &scene.at, &packets}, wish.json);
  return Done;
}

int tellMoment(const Wish& wish, const Command& command) {
  auto where = tell::expression::parse(wish.where, tell::PacketVocabulary());
  if (where.problem) return misuse(command, "--where: " + spoken(*where.problem, wish.where));
  std::optional<tell::Lesson> lesson;
  if (wish.topic == "lesson") {
    auto read = tell::readLesson(wish.file);
    if (!read) return say(read.error().message), BadUsage;
    lesson = std::move(*read);
  }
  int code = Done;
  const auto session = run(wish.file, wish.open, code);
  if (!session) return code;
  const Journal& journal = session->journal();
  const EventIndex first = tell::firstMoment(*session);
  const EventIndex from = first == NoEvent ? 0 : first;
  const bool until = !wish.until.empty();
  const auto position =
      until ? tell::momentWhen(*session, from, wish.until) : tell::positionNamed(journal, from, wish.at);
  if (!position) return say((until ? "--until: " : "--at: ") + position.error().message), BadUsage;
  Scene scene{*session, Playhead(journal), std::move(lesson), std::move(where.expression)};
  scene.at.seek(*position);
  if (wish.topic == "link") return std::max(code, tellLink(scene, wish));
  if (!wish.name.empty()) return std::max(code, tellNamed(scene, wish));
  for (const Topic& topic : topics)
    if (wish.topic == topic.name) topic.print(scene, wish.json);
  return code;
}

} // namespace

void tell(Command& command, Program&) {
  auto wish = std::make_shared<Wish>();
  command.usage = {"FILE [TOPIC] [--at STEP|--until EXPR] [--json] [options]",
                   "FILE structures NAME [--groups] [--at STEP] [--json] [options]",
                   "FILE heat NAME [--at STEP] [--json] [options]",
                   "FILE compare NAME [OTHER] [--all] [--at STEP] [--with STEP] [--json] [options]",
                   "FILE find VALUE [--at STEP] [--json] [options]",
                   "FILE tables ops [--at STEP] [--json] [options]",
                   "FILE link NAME [--at STEP] [--json] [options]",
                   "FILE packets --where EXPR [--at STEP] [--json] [options]"};
  command.app.description(std::string(Help) + "\n\n" + StepHelp + "\n\nTOPIC is one of" + topicList());
  command.app.add_option("FILE", wish->file);
  command.app.add_option("TOPIC", wish->topic)->check(oneOf(topicNames()));
  command.app.add_option("NAME", wish->name);
  command.app.add_option("OTHER", wish->other);
  command.app.add_option("--at", wish->at, "the moment; without it, the end")->type_name("STEP");
  command.app.add_option("--until", wish->until, "the first moment at which this holds, 'sk_state == TCP_ESTABLISHED'")
      ->type_name("EXPR");
  command.app.add_option("--where", wish->where, "of the topic packets: only those that fit, 'tcp.port == 80'")
      ->type_name("EXPR");
  command.app.add_option("--with", wish->with, "of the topic compare: the other moment")->type_name("STEP");
  command.app.add_flag("--groups", wish->groups, "of a structure: its members in the groups in which a person thinks");
  command.app.add_flag("--all", wish->all, "of the topic compare: the members that are alike, too");
  command.app.add_flag("--json", wish->json, "as JSON");
  addOpening(command, wish->open);
  command.run = [wish, &command] {
    if (wish->file.empty()) return misuse(command, "name a script, a capture or a session");
    if (const auto wrong = misfit(command, *wish)) return *wrong;
    if (!wish->until.empty() && wish->at != "end") return misuse(command, "--at and --until are two moments");
    if (!wish->where.empty() && wish->topic != "packets") return misuse(command, "--where is for the topic packets");
    if (wish->topic == "lesson" && !tell::isLesson(wish->file))
      return misuse(command, "the topic lesson wants a lesson.md, not '" + wish->file + "'");
    return tellMoment(*wish, command);
  };
}

} // namespace sockwalk::cli
