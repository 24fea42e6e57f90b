#include "engine/tell/packets/packet_export.h"
#include "engine/feed/link_types.h"
#include "engine/feed/pcapng_writer.h"
#include "engine/tell/position.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

// Where it was decided what became of a packet; of one that was sent, where it left; of one under way, where it came.
struct Place {
  int stimulus = -1;
  int step = 0;
  std::string function; // that decided it, or sent it
};

Place placeOf(const Journal& j, const PacketList& list, int packet, StepCounter& steps) {
  Place place;
  const EventIndex decided = list.fate(packet).event, event = decided == NoEvent ? list.eventOf(packet) : decided;
  place.stimulus = j.stimulusAt(event);
  place.step = steps.of(j, place.stimulus, Unit::Call).before(event + 1);
  const EventIndex call = decided == NoEvent ? NoEvent : j.callAround(decided);
  if (call != NoEvent) place.function = j.function(j[call]).name;
  return place;
}

std::string comment(const Journal& j, const PacketList& list, int packet, const Place& place) {
  const std::string fate = english(list.fateText(j, packet, list.summary(j, packet)));
  const std::string where = "stimulus " + std::to_string(place.stimulus) + " step " + std::to_string(place.step);
  const char* what = list.cameIn(packet) ? ", decided in " : ", by ";
  return where + ": " + fate + (place.function.empty() ? "" : what + place.function);
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

std::string packetComment(const Journal& j, const PacketList& list, int packet) {
  StepCounter steps;
  return comment(j, list, packet, placeOf(j, list, packet, steps));
}

std::string packetsAsPcapng(const Journal& j, const PacketList& list, const std::vector<int>& packets) {
  PcapngWriter writer("sockwalk", "Received and sent by a simulated Linux; times count from its start.");
  Interfaces interfaces(writer);
  StepCounter steps;
  for (const int packet : packets) {
    const EventIndex event = list.eventOf(packet);
    PacketRecord record;
    record.bytes = j.frame(j[event]);
    record.interface = interfaces.of(list.device(j, packet), record.bytes);
    record.epochNs = j.timeAt(event);
    record.originalLength = static_cast<u32>(record.bytes.size());
    if (!list.onLoopback(j, packet)) record.direction = list.cameIn(packet) ? FrameDirection::In : FrameDirection::Out;
    record.comment = comment(j, list, packet, placeOf(j, list, packet, steps));
    writer.frame(record);
  }
  return writer.take();
}

nlohmann::json packetsAsJson(const Journal& j, const PacketList& list, const std::vector<int>& packets) {
  nlohmann::json out = json(readPackets(j, list, packets));
  StepCounter steps;
  for (size_t i = 0; i < packets.size(); ++i) {
    const Place place = placeOf(j, list, packets[i], steps);
    out[i]["stimulus"] = place.stimulus;
    out[i]["step"] = place.step;
    out[i]["function"] = place.function;
    out[i]["bytes"] = toHex(j.frame(j[list.eventOf(packets[i])]));
  }
  return out;
}

} // namespace sockwalk::tell
