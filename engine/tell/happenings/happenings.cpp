#include "engine/tell/happenings/happenings.h"
#include "engine/tell/happenings/reader.h"
#include "engine/tell/values.h"
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace sockwalk::tell {

namespace happenings {

static std::string endOf(u32 address, u16 port) {
  return ipv4(__builtin_bswap32(address)) + (port ? ":" + std::to_string(port) : "");
}

// Both hosts give a connection the same name: who offers a service has the lower port.
std::string flowName(u32 source, u16 sourcePort, u32 destination, u16 destinationPort) {
  if (!destination && !destinationPort) return endOf(source, sourcePort);
  const bool swapped = std::pair(sourcePort, source) < std::pair(destinationPort, destination);
  const std::string from = endOf(source, sourcePort), to = endOf(destination, destinationPort);
  return swapped ? to + " - " + from : from + " - " + to;
}
std::string flowName(const FrameHeaders& h) {
  if (!h.ipv4) return {};
  const u16 from = h.tcp ? h.tcp->source : h.udp ? h.udp->source : u16(0);
  const u16 to = h.tcp ? h.tcp->destination : h.udp ? h.udp->destination : u16(0);
  return flowName(h.ipv4->source, from, h.ipv4->destination, to);
}

std::string shortReason(u32 reason) {
  constexpr std::string_view Prefix = "SKB_DROP_REASON_";
  const std::string name = dropReason(reason);
  return name.starts_with(Prefix) ? name.substr(Prefix.size()) : name;
}

Text spanOf(const Happening& h) { return duration(h.lastTime - h.time); }
Text onceOrMore(const Happening& h, Text once, Words more) {
  return h.count == 1 ? std::move(once) : say(more, h.count, spanOf(h));
}

} // namespace happenings

Happenings::Happenings() = default;
Happenings::~Happenings() = default;
Happenings::Happenings(Happenings&&) noexcept = default;
Happenings& Happenings::operator=(Happenings&&) noexcept = default;

void Happenings::clear() { m_reader.reset(); }

void Happenings::update(const Journal& journal, EventIndex until) {
  const bool another = !m_reader || &m_reader->journal() != &journal || m_reader->seen() > journal.size();
  if (another) m_reader = std::make_unique<happenings::Reader>(journal);
  m_reader->update(until);
}

const std::vector<Happening>& Happenings::all() const {
  static const std::vector<Happening> none;
  return m_reader ? m_reader->all() : none;
}
EventIndex Happenings::seen() const { return m_reader ? m_reader->seen() : 0; }

int Happenings::connections() const {
  std::set<std::string_view> flows;
  for (const Happening& h : all())
    if (!h.flow.empty()) flows.insert(h.flow);
  return static_cast<int>(flows.size());
}

// ---- names
const char* happeningName(HappeningKind kind) {
  static constexpr const char* Names[] = {"accepted",
                                          "connected",
                                          "refused",
                                          "syn_unanswered",
                                          "syn_ack_unanswered",
                                          "accept_queue_full",
                                          "syn_queue_full",
                                          "fast_retransmit",
                                          "timeout",
                                          "loss_probe",
                                          "needless",
                                          "reported_twice",
                                          "duplicate_acks",
                                          "out_of_order",
                                          "came_twice",
                                          "beyond_window",
                                          "from_the_past",
                                          "challenge_ack",
                                          "window_closed",
                                          "window_shut",
                                          "probe_received",
                                          "keepalive_sent",
                                          "keepalive_received",
                                          "reset_received",
                                          "reset_sent",
                                          "gave_up",
                                          "path_mtu",
                                          "fragments_missing",
                                          "bad_checksum",
                                          "checksums_of_device",
                                          "refused_by_device",
                                          "cable",
                                          "dropped",
                                          "memory_short",
                                          "receive_buffer_full",
                                          "no_neighbour",
                                          "port_unreachable",
                                          "icmp_sent",
                                          "icmp_received",
                                          "panic"};
  static_assert(std::size(Names) == static_cast<size_t>(HappeningKind::Count));
  return Names[static_cast<size_t>(kind)];
}
static Text levelText(HappeningLevel level) {
  switch (level) {
  case HappeningLevel::Good: return say("good");
  case HappeningLevel::Notice: return say("notice");
  case HappeningLevel::Warning: return say("warning");
  case HappeningLevel::Bad: break;
  }
  return say("bad");
}
const char* levelName(HappeningLevel level) {
  static constexpr const char* Names[] = {"good", "notice", "warning", "bad"};
  return Names[static_cast<size_t>(level)];
}

// ---- in words
Text heading(const Happenings& happenings) {
  const size_t count = happenings.all().size();
  Text notices = count == 1 ? say("1 notice") : say("%1 notices", count);
  const int flows = happenings.connections();
  if (!flows) return notices;
  return flows == 1 ? say("%1 in 1 connection", notices) : say("%1 in %2 connections", notices, flows);
}

std::string line(const Happening& h, const std::string& number) {
  char head[64];
  std::snprintf(head, sizeof head, "%6s  %12.6f  %-8s", number.c_str(), double(h.time) / 1e9,
                spoken(levelText(h.level)).c_str());
  const std::string flow = h.flow.empty() ? "" : h.flow + "  ",
                    function = h.function.empty() ? "" : h.function + "(), ";
  return head + flow + spoken(h.words) + "  | " + function + spoken(say("event %1", h.event));
}

std::vector<std::string> lines(const Happenings& happenings) {
  std::vector<std::string> out;
  for (const Happening& h : happenings.all()) out.push_back(line(h, h.packet < 0 ? "-" : std::to_string(h.packet + 1)));
  return out;
}

nlohmann::json json(const Happenings& happenings) {
  nlohmann::json out = nlohmann::json::array();
  for (const Happening& h : happenings.all()) {
    nlohmann::json row{{"kind", happeningName(h.kind)},
                       {"level", levelName(h.level)},
                       {"event", h.event},
                       {"last", h.last},
                       {"time_ns", h.time},
                       {"last_time_ns", h.lastTime},
                       {"function", h.function},
                       {"flow", h.flow},
                       {"words", english(h.words)},
                       {"count", h.count}};
    if (h.packet >= 0) {
      row["packet"] = h.packet + 1;
      row["frame"] = h.frame;
    }
    out.push_back(std::move(row));
  }
  return out;
}

} // namespace sockwalk::tell
