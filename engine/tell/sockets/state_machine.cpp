#include "engine/tell/sockets/state_machine.h"
#include "engine/feed/summary.h"
#include "engine/memory/constants/tcp.h"
#include "engine/tell/fields.h"
#include "engine/tell/in_words.h"
#include "engine/tell/position.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

using namespace kernel;

std::span<const u8> tcpStates() {
  static constexpr u8 states[] = {TCP_CLOSE,       TCP_LISTEN,    TCP_SYN_SENT,  TCP_SYN_RECV,
                                  TCP_ESTABLISHED, TCP_FIN_WAIT1, TCP_FIN_WAIT2, TCP_CLOSE_WAIT,
                                  TCP_CLOSING,     TCP_LAST_ACK,  TCP_TIME_WAIT};
  return states;
}

std::span<const StateEdge> tcpStateEdges() {
  static constexpr StateEdge edges[] = {
      {TCP_CLOSE, TCP_LISTEN},          {TCP_CLOSE, TCP_SYN_SENT},         {TCP_LISTEN, TCP_SYN_RECV},
      {TCP_LISTEN, TCP_CLOSE},          {TCP_SYN_SENT, TCP_SYN_RECV},      {TCP_SYN_SENT, TCP_ESTABLISHED},
      {TCP_SYN_SENT, TCP_CLOSE},        {TCP_SYN_RECV, TCP_ESTABLISHED},   {TCP_SYN_RECV, TCP_FIN_WAIT1},
      {TCP_ESTABLISHED, TCP_FIN_WAIT1}, {TCP_ESTABLISHED, TCP_CLOSE_WAIT}, {TCP_FIN_WAIT1, TCP_FIN_WAIT2},
      {TCP_FIN_WAIT1, TCP_CLOSING},     {TCP_FIN_WAIT1, TCP_TIME_WAIT},    {TCP_FIN_WAIT2, TCP_TIME_WAIT},
      {TCP_CLOSING, TCP_TIME_WAIT},     {TCP_CLOSE_WAIT, TCP_LAST_ACK},    {TCP_LAST_ACK, TCP_CLOSE},
      {TCP_TIME_WAIT, TCP_CLOSE},
  };
  return edges;
}

std::string stateName(u64 state) {
  const std::string name = constantName("tcp_states", state);
  return name.starts_with("TCP_") ? name.substr(4) : name;
}

namespace {

// What moved it: the segment that was handled, the call that was made, else a timer.
Text causeOf(const Journal& journal, const Record& record, const SocketChange& change) {
  if (change.packet >= 0) {
    const FrameHeaders h = parseHeaders(journal.frame(journal[record.packets.eventOf(change.packet)]));
    return h.tcp ? Text(tcpFlagNames(h.tcp->flags)) : say("packet %1", change.packet + 1);
  }
  const int stimulus = journal.stimulusAt(change.event);
  if (journal.contextAt(change.event).kind == Context::Task && stimulus >= 0)
    return stimulusText(journal.stimuli()[size_t(stimulus)].text);
  return say("a timer");
}

// A structure that is given out anew says 0 once; what stood before that was another's.
std::vector<SocketChange> ownStates(const SocketLife& life) {
  const auto& all = life.of(SocketMember::State);
  const auto zero = std::find_if(all.rbegin(), all.rend(), [](const SocketChange& c) { return c.value == 0; });
  return {zero.base(), all.end()};
}

std::string endsOf(const SocketLife& life, EventIndex position) {
  const auto end = [&](SocketMember address, u64 port) {
    const u32 ip = static_cast<u32>(life.everAt(address, position));
    return (ip ? ipv4(ip) : "*") + ":" + (port ? std::to_string(port) : "*");
  };
  const u64 peer = __builtin_bswap16(static_cast<u16>(life.everAt(SocketMember::PeerPort, position)));
  const std::string own = end(SocketMember::Address, life.everAt(SocketMember::Port, position));
  return peer ? own + " → " + end(SocketMember::PeerAddress, peer) : own;
}

// The function that wants the state: those below it only write it down.
std::string moverOf(const Journal& journal, EventIndex event) {
  EventIndex call = journal.callAround(event);
  const auto name = [&] { return journal.function(journal[call]).name; };
  while (journal.callerOf(call) != NoEvent && (name().starts_with("inet_sk_s") || name() == "tcp_set_state"))
    call = journal.callerOf(call);
  return std::string(name());
}

StateWay wayOf(const Journal& journal, const Record& record, const SocketLife& life, StepCounter& steps) {
  StateWay way;
  way.socket = life.name();
  way.address = Arena::addressOf(life.offset);
  way.born = life.born;
  way.end = life.standIn == NoEvent ? life.died : life.standInDied;
  way.ends = endsOf(life, NoEvent);
  u8 from = 0;
  for (const SocketChange& c : ownStates(life)) {
    const u8 to = static_cast<u8>(c.value);
    if (from)
      way.moves.push_back({c.event, from, to, moverOf(journal, c.event), causeOf(journal, record, c),
                           steps.of(journal, journal.stimulusAt(c.event), Unit::Call).before(c.event)});
    else way.first = {c.event, to};
    from = to;
  }
  return way;
}

// The socket of the innermost running call, else the youngest that lives.
int around(const StateWays& ways, const Journal& journal, EventIndex position) {
  const auto indexOf = [&](u64 address) {
    for (int i = static_cast<int>(ways.sockets.size()) - 1; i >= 0; --i)
      if (ways.sockets[size_t(i)].address == address && ways.sockets[size_t(i)].born < position) return i;
    return -1;
  };
  for (EventIndex c = position ? journal.callAround(position - 1) : NoEvent; c != NoEvent; c = journal.callerOf(c))
    for (const u64 value : journal.arguments(journal[c]))
      if (const int found = indexOf(value); found >= 0) return found;
  for (int i = static_cast<int>(ways.sockets.size()) - 1; i >= 0; --i)
    if (ways.sockets[size_t(i)].alive) return i;
  return ways.sockets.empty() ? -1 : 0;
}

} // namespace

StateWays readStateWays(const Journal& journal, const Record& record) {
  StateWays ways;
  StepCounter steps;
  Playhead last(journal); // where namespaces have got their names
  last.seek(journal.size());
  for (const SocketLife& life : record.sockets.all()) {
    ways.sockets.push_back(wayOf(journal, record, life, steps));
    ways.sockets.back().host = networkName(last, life.everAt(SocketMember::Net, NoEvent));
  }
  return ways;
}

void setMoment(StateWays& ways, const Journal& journal, EventIndex position) {
  for (StateWay& way : ways.sockets) {
    way.alive = way.born < position && (way.end == NoEvent || way.end >= position);
    const auto next = std::ranges::partition_point(way.moves, [&](const StateMove& m) { return m.event < position; });
    way.done = static_cast<int>(next - way.moves.begin());
    way.now = way.done ? way.moves[size_t(way.done) - 1].to : way.first.first < position ? way.first.second : u8(0);
  }
  ways.around = around(ways, journal, position);
}

static std::string headOf(const StateWay& way) {
  return (way.host.empty() ? "" : way.host + " ") + way.socket + "  " + way.ends + "  " +
         (way.now ? stateName(way.now) : "");
}

std::vector<std::string> lines(const StateWays& ways) {
  std::vector<std::string> out;
  for (const StateWay& way : ways.sockets) {
    out.push_back(headOf(way) + (way.alive ? "" : "  " + spoken(say("does not live now"))));
    for (size_t i = 0; i < way.moves.size(); ++i) {
      const StateMove& m = way.moves[i];
      const std::string move = stateName(m.from) + " → " + stateName(m.to) + "  " + m.function + "()  ";
      out.push_back((static_cast<int>(i) < way.done ? "  ● " : "  ○ ") + move + spoken(m.cause));
    }
  }
  return out;
}

nlohmann::json json(const StateWays& ways) {
  nlohmann::json all = nlohmann::json::array();
  for (const StateWay& way : ways.sockets) {
    nlohmann::json moves = nlohmann::json::array();
    for (const StateMove& m : way.moves)
      moves.push_back({{"event", m.event},
                       {"from", stateName(m.from)},
                       {"to", stateName(m.to)},
                       {"function", m.function},
                       {"cause", english(m.cause)}});
    all.push_back({{"socket", way.socket},
                   {"host", way.host},
                   {"ends", way.ends},
                   {"alive", way.alive},
                   {"state", way.now ? stateName(way.now) : ""},
                   {"done", way.done},
                   {"moves", moves}});
  }
  return {{"sockets", all}, {"around", ways.around}};
}

} // namespace sockwalk::tell
