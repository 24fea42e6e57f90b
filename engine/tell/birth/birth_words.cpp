#include "engine/base/digits.h"
#include "engine/tell/birth/birth.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

Text titleText(const Birth& birth) {
  const auto there = std::ranges::count_if(birth.parts, &BirthPart::there);
  return say("Birth of %1 in %2(): %3 of %4 parts are there", birth.subject, birth.call, there, birth.parts.size());
}

Text bornText(const BirthPart& p) {
  if (p.born == NoEvent) return say("It was there before");
  if (p.maker == p.asker)
    return p.there ? say("Born at %1, by %2()", p.when, p.maker) : say("Not born yet: at %1, by %2()", p.when, p.maker);
  return p.there ? say("Born at %1, by %2(), for %3()", p.when, p.maker, p.asker)
                 : say("Not born yet: at %1, by %2(), for %3()", p.when, p.maker, p.asker);
}

std::string membersOf(const BirthTie& tie) {
  std::string out;
  for (const std::string& member : tie.members) out += (out.empty() ? "" : ", ") + member;
  return out;
}

Text tieText(const Birth& birth, const BirthTie& tie) {
  return say("%1 of %2 points at %3, by %4()", membersOf(tie), birth.parts[size_t(tie.from)].name,
             birth.parts[size_t(tie.to)].name, tie.function);
}

std::vector<std::string> lines(const Birth& birth) {
  std::vector<std::string> out;
  if (birth.empty()) return out;
  out.push_back(spoken(titleText(birth)));
  for (const BirthPart& p : birth.parts) {
    out.push_back(p.name + " (" + spoken(bytes(p.size)) + (p.cache.empty() ? "" : ", " + p.cache) + ")");
    if (!p.within.empty()) out.push_back("  " + p.within);
    out.push_back("  " + spoken(bornText(p)));
  }
  for (const BirthTie& t : birth.ties)
    out.push_back(birth.parts[size_t(t.from)].name + " -" + membersOf(t) + "→ " + birth.parts[size_t(t.to)].name +
                  ": " + t.function + "()" + (t.done ? "" : ", " + spoken(say("to come"))));
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
