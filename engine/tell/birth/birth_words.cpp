#include "engine/base/digits.h"
#include "engine/tell/birth/birth.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

std::vector<std::string> lines(const Birth& birth) {
  std::vector<std::string> out;
  if (birth.empty()) return out;
  out.push_back(birth.subject + ", " + birth.call + "()");
  for (const BirthPart& p : birth.parts) {
    std::string line = p.name + ", " + std::to_string(p.size);
    if (!p.cache.empty()) line += ", " + p.cache;
    if (p.born == NoEvent) line += ": " + spoken(say("it was there before"));
    else line += ": " + spoken(p.when) + ", " + p.maker + "() ← " + p.asker + "()" + (p.there ? "" : " …");
    out.push_back(std::move(line));
    if (!p.within.empty()) out.push_back("  " + p.within);
  }
  for (const BirthTie& t : birth.ties)
    out.push_back(birth.parts[size_t(t.from)].name + " -" + joined(t.members, ", ") + "→ " +
                  birth.parts[size_t(t.to)].name + ": " + t.function + "()" + (t.done ? "" : " …"));
  return out;
}

nlohmann::json json(const Birth& birth) {
  auto parts = nlohmann::json::array(), ties = nlohmann::json::array();
  for (const BirthPart& p : birth.parts) {
    nlohmann::json one{{"name", p.name},     {"address", hexText(p.address)},
                       {"cache", p.cache},   {"size", p.size},
                       {"within", p.within}, {"there", p.there}};
    if (p.born != NoEvent) one["born"] = p.born, one["made_by"] = p.maker, one["for"] = p.asker;
    parts.push_back(std::move(one));
  }
  for (const BirthTie& t : birth.ties)
    ties.push_back({{"from", birth.parts[size_t(t.from)].name},
                    {"to", birth.parts[size_t(t.to)].name},
                    {"members", t.members},
                    {"event", t.event},
                    {"function", t.function},
                    {"done", t.done}});
  return {{"subject", birth.subject}, {"call", birth.call}, {"parts", parts}, {"ties", ties}};
}

} // namespace sockwalk::tell
