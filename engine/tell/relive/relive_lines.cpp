#include "engine/tell/relive/relive.h"
#include <cstdio>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

std::string timeText(s64 ns) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", double(ns) / 1e9);
  return text;
}

std::string padded(const std::string& text, size_t width, bool right = false) {
  const std::string blanks(text.size() < width ? width - text.size() : 0, ' ');
  return right ? blanks + text : text + blanks;
}

std::string line(const RelivedFrame& f) {
  const char* way = f.in ? "in" : f.out ? "out" : "-";
  return padded(f.number ? std::to_string(f.number) : "+", 6, true) + "  " + padded(timeText(f.time), 12, true) + "  " +
         padded(way, 4) + padded(verdictName(f.verdict), 11) + "  " + f.from + " > " + f.to + "  " + f.summary +
         "  | " + spoken(f.outcome);
}

} // namespace

std::vector<std::string> lines(const RelivedCapture& r) {
  std::vector<std::string> all{spoken(say("%1, relived as %2", r.file, r.host))};
  for (const Text& flow : r.flows) all.push_back("  " + spoken(flow));
  for (const RelivedFrame& f : r.frames) all.push_back(line(f));
  const RelivedTotals& t = r.totals;
  all.push_back(spoken(Text::list(
      "; ", {say("%1 frames, %2 received, %3 sent by the host: %4 same, %5 equivalent, %6 different, %7 not relived",
                 t.frames, t.received, t.sent, t.same, t.equivalent, t.different, t.notRelived),
             say("%1 only ours, %2 of them a difference", t.extra, t.extraDifferent)})));
  return all;
}

nlohmann::json json(const RelivedCapture& r) {
  nlohmann::json frames = nlohmann::json::array(), flows = nlohmann::json::array();
  for (const RelivedFrame& f : r.frames) {
    nlohmann::json row{{"number", f.number},
                       {"time", f.time},
                       {"way", f.in    ? "in"
                               : f.out ? "out"
                                       : "others"},
                       {"from", f.from},
                       {"to", f.to},
                       {"summary", f.summary},
                       {"outcome", english(f.outcome)}};
    if (!f.function.empty()) row["function"] = f.function;
    if (!f.events.empty()) row["events"] = f.events;
    if (f.verdict != Verdict::None) {
      row["verdict"] = verdictName(f.verdict);
      row["late"] = f.late;
    }
    for (const FieldDifference& d : f.differences)
      row["differences"].push_back({{"field", d.field}, {"captured", d.captured}, {"ours", d.ours}});
    frames.push_back(std::move(row));
  }
  for (const Text& flow : r.flows) flows.push_back(english(flow));
  const RelivedTotals& t = r.totals;
  return {{"file", r.file},
          {"host", r.host},
          {"flows", flows},
          {"frames", frames},
          {"totals",
           {{"frames", t.frames},
            {"received", t.received},
            {"sent", t.sent},
            {"same", t.same},
            {"equivalent", t.equivalent},
            {"different", t.different},
            {"not_relived", t.notRelived},
            {"extra", t.extra},
            {"extra_different", t.extraDifferent}}}};
}

} // namespace sockwalk::tell
