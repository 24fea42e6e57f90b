#include "engine/tell/packets/packet_export.h"
#include "engine/feed/link_types.h"
#include "engine/feed/pcapng_writer.h"
#include "engine/tell/position.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

// Where it was decided what became of a packet; of one that was sent, where it left; of one under way, where it came.
struct Place {
  int stimulus = -1;
  int step = 0;
  std::string function; // that decided it, or sent it
};

Place placeOf(const PacketRows& rows, int row, StepCounter& steps) {
  Place place;
  const Journal& j = rows.journal();
  const EventIndex decided = rows.fate(row).event, event = decided == NoEvent ? rows.eventOf(row) : decided;
  place.stimulus = j.stimulusAt(event);
  place.step = steps.of(j, place.stimulus, Unit::Call).before(event + 1);
  const EventIndex call = decided == NoEvent ? NoEvent : j.callAround(decided);
  if (call != NoEvent) place.function = j.function(j[call]).name;
  return place;
}

std::string comment(const PacketRows& rows, int row, const Place& place) {
  const std::string fate = english(rows.fateText(row, rows.summary(row)));
  const std::string where = "stimulus " + std::to_string(place.stimulus) + " step " + std::to_string(place.step);
  const char* verdict = verdictName(rows.verdict(row));
  const char* what = rows.comesIn(row) ? ", decided in " : ", by ";
  return where + ": " + verdict + (*verdict ? ", " : "") + fate + (place.function.empty() ? "" : what + place.function);
}

// Interfaces in the order in which they are met. A device of layer 3 has no Ethernet header.
class Interfaces {
public:
  explicit Interfaces(PcapngWriter& writer) : m_writer(writer) {}
  u32 of(const std::string& device, ByteView frame) {
    constexpr u32 Ethernet = 1, Raw = 101; // LINKTYPE_
    const u32 link = parseHeaders(frame).ethernet ? Ethernet : Raw;
    const auto [known, fresh] = m_known.try_emplace({device, link}, 0);
    if (fresh) {
      CaptureInterface described;
      described.linkType = link;
      described.name = device;
      known->second = m_writer.interface(described);
    }
    return known->second;
  }

private:
  PcapngWriter& m_writer;
  std::map<std::pair<std::string, u32>, u32> m_known;
};

} // namespace

std::string packetComment(const PacketRows& rows, int row) {
  StepCounter steps;
  return comment(rows, row, placeOf(rows, row, steps));
}

static std::vector<int> simulated(const PacketRows& rows, const std::vector<int>& chosen) {
  std::vector<int> out;
  std::ranges::copy_if(chosen, std::back_inserter(out), [&](int row) { return rows.packetOf(row) >= 0; });
  return out;
}

// Our kernel may have sent in several what the captured host sent in one.
static std::vector<EventIndex> eventsOf(const PacketRows& rows, int row) {
  const Judged* judged = rows.judged(row);
  return judged && !judged->sent.empty() ? judged->sent : std::vector{rows.eventOf(row)};
}

std::string packetsAsPcapng(const PacketRows& rows, const std::vector<int>& chosen) {
  PcapngWriter writer("sockwalk", "Received and sent by a simulated Linux; times count from its start.");
  Interfaces interfaces(writer);
  StepCounter steps;
  const Journal& j = rows.journal();
  for (const int row : simulated(rows, chosen)) {
    PacketRecord record;
    if (rows.comesIn(row) != rows.goesOut(row))
      record.direction = rows.comesIn(row) ? FrameDirection::In : FrameDirection::Out;
    record.comment = comment(rows, row, placeOf(rows, row, steps));
    for (const EventIndex event : eventsOf(rows, row)) {
      record.bytes = j.frame(j[event]);
      record.interface = interfaces.of(rows.device(row), record.bytes);
      record.epochNs = j.timeAt(event);
      record.originalLength = static_cast<u32>(record.bytes.size());
      writer.frame(record);
    }
  }
  return writer.take();
}

nlohmann::json packetsAsJson(const PacketRows& rows, const std::vector<int>& chosen) {
  const std::vector<int> written = simulated(rows, chosen);
  nlohmann::json out = json(readPackets(rows, written));
  StepCounter steps;
  const Journal& j = rows.journal();
  for (size_t i = 0; i < written.size(); ++i) {
    const Place place = placeOf(rows, written[i], steps);
    out[i]["stimulus"] = place.stimulus;
    out[i]["step"] = place.step;
    out[i]["function"] = place.function;
    out[i]["bytes"] = toHex(j.frame(j[rows.eventOf(written[i])]));
  }
  return out;
}

} // namespace sockwalk::tell
