#include "engine/tell/marks.h"
#include "engine/tell/packets/packet_rows.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

const char* fateName(PacketFate::Kind kind) {
  static const char* const names[] = {"under_way",   "learned",   "handled",   "joined",  "merged",
                                      "reassembled", "forwarded", "delivered", "refused", "lost",
                                      "dropped",     "answered",  "consumed",  "sent"};
  static_assert(std::size(names) == PacketFate::Sent + 1);
  return names[kind];
}

static nlohmann::json fateJson(const Packets::One& one) {
  const PacketFate& f = one.fate;
  nlohmann::json out{
      {"kind", fateName(f.kind)}, {"text", english(one.row.fate)}, {"answered", f.answered}, {"rejected", f.rejected}};
  if (f.event != NoEvent) out["event"] = f.event;
  if (f.kind == PacketFate::Dropped) out["reason"] = dropReason(f.reason);
  if (f.kind == PacketFate::Refused) out["reason"] = english(refusal(f.reason));
  if (f.sockets) out["sockets"] = f.sockets;
  if (one.into) out["packet"] = one.into;
  return out;
}

nlohmann::json json(const Packets& packets) {
  nlohmann::json out = nlohmann::json::array();
  for (const Packets::One& one : packets.all) {
    const PacketRow& r = one.row;
    nlohmann::json& row = out.emplace_back(nlohmann::json{{"id", "packet-" + std::to_string(r.number)},
                                                          {"number", r.number},
                                                          {"event", one.event},
                                                          {"time_ns", r.time},
                                                          {"in", one.in},
                                                          {"device", r.device},
                                                          {"protocol", r.protocol},
                                                          {"source", r.source},
                                                          {"destination", r.destination},
                                                          {"length", r.length},
                                                          {"info", r.info},
                                                          {"fate", fateJson(one)}});
    if (r.verdict != Verdict::None) row["verdict"] = verdictName(r.verdict);
  }
  return out;
}

} // namespace sockwalk::tell
