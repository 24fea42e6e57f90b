// Both comparisons as lines and as JSON.
#include "engine/tell/eras/structures.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

constexpr Words MarkWords[] = {Words("stayed"), Words("renamed"), Words("moved"), Words("went"), Words("came")};
constexpr const char* MarkNames[] = {"kept", "renamed", "moved", "gone", "new"}; // in JSON
constexpr const char* Signs[] = {"=", "~", "^", "<", ">"};
constexpr size_t Marks = static_cast<size_t>(EraMark::Count);

size_t index(EraMark mark) { return static_cast<size_t>(mark); }

std::string padded(std::string text, size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

// "kept 12 · renamed 4 · ..."
std::string countsText(const size_t* counts) {
  std::vector<Text> parts;
  for (size_t i = 0; i < Marks; ++i) parts.push_back(Text::list(" ", {say(MarkWords[i]), counts[i]}));
  return spoken(Text::list(" · ", std::move(parts)));
}

std::string legend() {
  std::vector<Text> parts;
  for (size_t i = 0; i < Marks; ++i) parts.push_back(Text::list(" ", {Signs[i], say(MarkWords[i])}));
  return spoken(Text::list("   ", std::move(parts)));
}

std::string callText(const EraCall& c) {
  if (!c) return {};
  return std::string(static_cast<size_t>(2 * c.depth), ' ') + c.name + (c.result.empty() ? "" : " = " + c.result);
}

std::string memberText(const EraMember& m) {
  if (!m) return {};
  std::string place = std::to_string(m.offset);
  if (m.bits) place += "." + std::to_string(m.bit);
  const std::string size = m.bits ? std::to_string(m.bits) + " b" : std::to_string(m.size);
  return padded(place, 7) + padded(size, 5) + m.path;
}

nlohmann::json countsJson(const size_t* counts) {
  nlohmann::json out;
  for (size_t i = 0; i < Marks; ++i) out[MarkNames[i]] = counts[i];
  return out;
}

nlohmann::json callJson(const EraCall& c) {
  if (!c) return nullptr;
  nlohmann::json out{{"function", c.name}, {"event", c.call + 1}, {"depth", c.depth}, {"file", c.file}};
  if (!c.caller.empty()) out["caller"] = c.caller;
  if (!c.result.empty()) out["result"] = c.result;
  return out;
}

nlohmann::json memberJson(const EraMember& m) {
  if (!m) return nullptr;
  nlohmann::json out{{"member", m.path}, {"type", m.type}, {"offset", m.offset}, {"size", m.size}};
  if (m.bits) out["bit"] = m.bit, out["bits"] = m.bits;
  return out;
}

template <class Row> size_t widthOf(const std::vector<Row>& rows, std::string (*text)(const decltype(Row::then)&)) {
  size_t width = 0;
  for (const Row& row : rows) width = std::max(width, text(row.then).size());
  return std::min<size_t>(width, 64);
}

template <class Row> void addRows(std::vector<std::string>& out, const std::vector<Row>& rows,
                                  std::string (*text)(const decltype(Row::then)&)) {
  const size_t width = widthOf(rows, text);
  for (const Row& row : rows) {
    std::string line = "  " + padded(text(row.then), width) + "  " + Signs[index(row.mark)] + "  " + text(row.now);
    line.erase(line.find_last_not_of(' ') + 1);
    out.push_back(std::move(line));
  }
}

} // namespace

Text eraMarkText(EraMark mark) { return say(MarkWords[index(mark)]); }
Text processorsText(Releases releases) {
  if (releases.then != Release::Linux26) return {};
  return say("2.6 is that of an i386, where a pointer has 4 bytes; 6.1 that of an x86-64, where it has 8.");
}

std::vector<std::string> lines(const ErasCompared& compared) {
  std::vector<std::string> out;
  for (const EraStimulus& s : compared.stimuli) {
    if (!out.empty()) out.emplace_back();
    out.push_back(s.text + "   2.6: " + s.then.result + "   6.1: " + s.now.result);
    addRows(out, s.rows, callText);
  }
  if (!out.empty()) out.emplace_back();
  out.push_back(legend());
  out.push_back(countsText(compared.counts));
  return out;
}

nlohmann::json json(const ErasCompared& compared) {
  nlohmann::json calls = nlohmann::json::array();
  for (const EraStimulus& s : compared.stimuli) {
    nlohmann::json rows = nlohmann::json::array();
    for (const EraRow& r : s.rows)
      rows.push_back({{"mark", MarkNames[index(r.mark)]}, {"then", callJson(r.then)}, {"now", callJson(r.now)}});
    calls.push_back({{"call", s.text}, {"then", s.then.result}, {"now", s.now.result}, {"functions", std::move(rows)}});
  }
  return {{"then", nameOf(Era::Linux26)},
          {"now", nameOf(Era::Linux61)},
          {"calls", std::move(calls)},
          {"counts", countsJson(compared.counts)}};
}

std::vector<std::string> lines(const ErasOfStructure& compared) {
  const auto size = [](Release release, u32 bytes) {
    return "   " + std::string(nameOf(release)) + ": " + std::to_string(bytes);
  };
  std::vector<std::string> out{"struct " + compared.name + size(compared.releases.then, compared.sizeThen) +
                               size(compared.releases.now, compared.sizeNow)};
  if (const Text processors = processorsText(compared.releases); !processors.empty()) out.push_back(spoken(processors));
  addRows(out, compared.rows, memberText);
  out.emplace_back();
  out.push_back(legend());
  out.push_back(countsText(compared.counts));
  return out;
}

nlohmann::json json(const ErasOfStructure& compared) {
  nlohmann::json rows = nlohmann::json::array();
  for (const EraMemberRow& r : compared.rows)
    rows.push_back({{"mark", MarkNames[index(r.mark)]}, {"then", memberJson(r.then)}, {"now", memberJson(r.now)}});
  return {{"structure", compared.name},
          {"then", {{"era", nameOf(compared.releases.then)}, {"size", compared.sizeThen}}},
          {"now", {{"era", nameOf(compared.releases.now)}, {"size", compared.sizeNow}}},
          {"members", std::move(rows)},
          {"counts", countsJson(compared.counts)}};
}

} // namespace sockwalk::tell
