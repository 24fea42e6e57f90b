#include "engine/memory/constants.h"
#include "engine/memory/constants/tcp.h"
#include "engine/tell/in_words.h"
#include "engine/tell/sockets/ladder.h"
#include "engine/tell/sockets/state_machine.h"
#include "engine/tell/values.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

int senderOf(const LadderRung& rung) { return rung.forward ? 0 : 1; }

// The socket of an end that lives when an event happens; nullptr if none does.
const SocketLife* socketOf(const LadderEnd& end, const Record& record, EventIndex event) {
  const SocketLife* found = nullptr;
  for (const int index : end.sockets) {
    const SocketLife& life = record.sockets.all()[size_t(index)];
    if (life.born < event && (life.died == NoEvent || life.died > event || life.standInDied == NoEvent)) found = &life;
  }
  return found;
}

// The last value that handling a packet gave a member; nullopt: it left it alone.
std::optional<u64> setBy(const SocketLife& life, SocketMember m, int packet, EventIndex arrived) {
  const auto& all = life.of(m);
  auto c = std::ranges::partition_point(all, [&](const SocketChange& change) { return change.event < arrived; });
  std::optional<u64> value;
  for (int other = 0; c != all.end() && other < 64; ++c)
    if (c->packet == packet) value = c->value;
    else ++other; // of packets that were handled in between
  return value;
}

Text counted(const char* name, std::optional<u64> value) {
  return value ? Text(std::string(name) + " " + std::to_string(*value)) : Text();
}

Text whereTo(const SocketLife& life, const LadderRung& rung, const Record& record) {
  const PacketFate fate = record.packets.fate(rung.arrival);
  if (fate.kind == PacketFate::Joined || fate.kind == PacketFate::Merged)
    return fate.packet >= 0 ? say("joins packet %1", fate.packet + 1) : Text();
  if (rung.kind != LadderRung::Data || fate.kind != PacketFate::Delivered) return {};
  const bool expected = setBy(life, SocketMember::Expected, rung.arrival, rung.arrived).has_value();
  return Text(expected ? "→ sk_receive_queue" : "→ out_of_order_queue");
}

} // namespace

Text atSender(const Ladder&, const LadderRung& rung, const Journal& journal, const Record&) {
  if (rung.left == NoEvent) return {};
  const Context& context = journal.contextAt(rung.left);
  const int stimulus = journal.stimulusAt(rung.left);
  const bool byProgram = context.kind == Context::Task && stimulus >= 0;
  return byProgram ? stimulusText(journal.stimuli()[size_t(stimulus)].text) : Text();
}

Text atReceiver(const Ladder& ladder, const LadderRung& rung, const Journal&, const Record& record) {
  if (rung.arrival < 0) return {};
  const PacketFate fate = record.packets.fate(rung.arrival);
  if (fate.kind == PacketFate::Dropped) return say("dropped: %1", dropReason(fate.reason));
  const SocketLife* life = socketOf(ladder.ends[rung.forward ? 1 : 0], record, rung.arrived + 1);
  if (!life) return fate.answered ? say("answered") : Text();
  const auto set = [&](SocketMember m) { return setBy(*life, m, rung.arrival, rung.arrived); };
  std::vector<Text> parts = {whereTo(*life, rung, record)};
  if (const auto state = set(SocketMember::State)) parts.emplace_back(stateName(*state));
  if (const auto congestion = set(SocketMember::Congestion)) {
    const std::string name = memberConstant("inet_connection_sock", "icsk_ca_state", s64(*congestion)).value_or("");
    parts.emplace_back(name.starts_with("TCP_CA_") ? name.substr(7) : name);
  }
  parts.push_back(counted("sacked_out", set(SocketMember::Sacked)));
  parts.push_back(counted("lost_out", set(SocketMember::Lost)));
  parts.push_back(counted("cwnd", set(SocketMember::Window)));
  if (const auto threshold = set(SocketMember::Threshold); threshold && *threshold < kernel::TCP_INFINITE_SSTHRESH)
    parts.push_back(counted("ssthresh", threshold));
  return Text::list(" · ", std::move(parts));
}

Text remarkOn(const LadderRung& rung, const Record&) {
  if (rung.lost && rung.arrived == NoEvent) return say("lost on the way");
  if (rung.lost) return say("not taken");
  return rung.again ? say("sent again") : Text();
}

Text endAt(const Ladder& ladder, int end, const Record& record, EventIndex position) {
  const LadderEnd& e = ladder.ends[end];
  if (!e.simulated) return say("behind the wire");
  const SocketLife* life = socketOf(e, record, position);
  if (!life) return ladder.flow.tcp ? say("no socket yet, or any more") : Text();
  return Text::list(" · ", {life->name(), stateName(life->valueAt(SocketMember::State, position))});
}

std::vector<std::string> lines(const LadderAt& at) {
  const Ladder& ladder = at.ladder;
  std::vector<std::string> out = {ladder.flow.name()};
  for (int end : {0, 1}) {
    const std::string host = ladder.ends[end].host;
    out.push_back("  " + (host.empty() ? "" : host + " ") + ladder.ends[end].address + "  " +
                  spoken(endAt(ladder, end, *at.record, at.position)));
  }
  for (const LadderRung& r : ladder.rungs) {
    std::string line = time(at.journal->timeAt(r.event())) + "  ";
    if (r.kind == LadderRung::Read) {
      line += (r.forward ? "■  " : "  ■") + std::string("  ") + spoken(atSender(ladder, r, *at.journal, *at.record));
    } else {
      line += std::string(r.lost ? (r.forward ? "--x" : "x--") : r.forward ? "-->" : "<--") + "  " + r.numbers;
      for (const Text& t : {remarkOn(r, *at.record), atSender(ladder, r, *at.journal, *at.record),
                            atReceiver(ladder, r, *at.journal, *at.record)})
        if (!t.empty()) line += "  | " + spoken(t);
    }
    out.push_back(std::move(line));
  }
  return out;
}

static const char* kindName(LadderRung::Kind kind) {
  static constexpr const char* Names[] = {"syn", "data", "ack", "fin", "rst", "datagram", "read"};
  return Names[kind];
}

nlohmann::json json(const LadderAt& at) {
  const Ladder& ladder = at.ladder;
  nlohmann::json rungs = nlohmann::json::array(), ends = nlohmann::json::array();
  for (int end : {0, 1})
    ends.push_back({{"host", ladder.ends[end].host},
                    {"address", ladder.ends[end].address},
                    {"simulated", ladder.ends[end].simulated},
                    {"socket", english(endAt(ladder, end, *at.record, at.position))}});
  const auto eventOf = [](EventIndex e) { return e == NoEvent ? nlohmann::json() : nlohmann::json(e); };
  for (const LadderRung& r : ladder.rungs)
    rungs.push_back({{"kind", kindName(r.kind)},
                     {"from", senderOf(r)},
                     {"left", eventOf(r.left)},
                     {"arrived", eventOf(r.arrived)},
                     {"time_ns", at.journal->timeAt(r.event())},
                     {"numbers", r.numbers},
                     {"lost", r.lost},
                     {"again", r.again},
                     {"sender", english(atSender(ladder, r, *at.journal, *at.record))},
                     {"receiver", english(atReceiver(ladder, r, *at.journal, *at.record))}});
  return {{"flow", ladder.flow.name()}, {"ends", ends}, {"rungs", rungs}};
}

} // namespace sockwalk::tell
