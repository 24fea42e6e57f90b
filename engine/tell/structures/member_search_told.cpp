// What a search through memory has found, as text.
#include "engine/tell/structures/member_search.h"
#include "engine/tell/values.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static std::string lineOf(const FoundMember& m) {
  const std::string whose = m.member.empty() ? m.object : m.object + "." + m.member;
  return addressText(m.address) + "  " + whose + " = " + spoken(m.value) +
         (m.how.empty() ? "" : "  (" + spoken(m.how) + ")");
}

std::vector<std::string> lines(const std::vector<FoundMember>& found) {
  std::vector<std::string> out;
  for (const FoundMember& m : found) out.push_back(lineOf(m));
  return out;
}

nlohmann::json json(const std::vector<FoundMember>& found) {
  nlohmann::json out = nlohmann::json::array();
  for (const FoundMember& m : found) {
    out.push_back({{"address", addressText(m.address)}, {"object", m.object}, {"value", english(m.value)}});
    if (!m.type.empty()) out.back()["type"] = m.type;
    if (!m.member.empty()) out.back()["member"] = m.member;
    if (!m.how.empty()) out.back()["how"] = english(m.how);
  }
  return out;
}

} // namespace sockwalk::tell
