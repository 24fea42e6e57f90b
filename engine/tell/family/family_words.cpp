// The family in words: for the command line, and for whoever reads a picture's table.
#include "engine/tell/family/buffer_family.h"
#include "engine/tell/values.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

const char* stateName(KinState state) {
  switch (state) {
  case KinState::Coming: return "coming";
  case KinState::Making: return "making";
  case KinState::Alive: return "alive";
  case KinState::Gone: return "gone";
  case KinState::Dropped: return "dropped";
  }
  return "";
}

Text stateText(KinState state) {
  switch (state) {
  case KinState::Coming: return say("to come");
  case KinState::Making: return say("being made");
  case KinState::Alive: return say("alive");
  case KinState::Gone: return say("gone");
  case KinState::Dropped: return say("dropped");
  }
  return {};
}

Text howText(BufferMark how) {
  switch (how) {
  case BufferMark::Cloned: return say("clone");
  case BufferMark::Copied: return say("copy");
  case BufferMark::Segment: return say("segment");
  case BufferMark::Fragment: return say("IP fragment");
  case BufferMark::Split: return say("rear part");
  case BufferMark::Merged: return say("merged by GRO");
  case BufferMark::Joined: return say("joined in a queue");
  case BufferMark::Reassembled: return say("reassembled");
  default: return say("made");
  }
}

Text manyText(BufferMark how, size_t count) {
  switch (how) {
  case BufferMark::Cloned: return say("%1 clones", count);
  case BufferMark::Copied: return say("%1 copies", count);
  case BufferMark::Segment: return say("%1 segments", count);
  case BufferMark::Fragment: return say("%1 IP fragments", count);
  case BufferMark::Split: return say("%1 rear parts", count);
  case BufferMark::Merged: return say("%1 merged by GRO", count);
  case BufferMark::Joined: return say("%1 joined in a queue", count);
  case BufferMark::Reassembled: return say("%1 reassembled", count);
  default: return say("%1 sk_buffs", count);
  }
}

static std::string lineOf(const BufferFamily& f, size_t index) {
  const FamilyMember& m = f.members[index];
  std::string line = m.name + ": " + spoken(stateText(m.state));
  if (!m.fate.empty()) line += ", " + spoken(m.fate);
  if (m.state == KinState::Alive) line += ", len " + std::to_string(m.len) + ", users " + std::to_string(m.users);
  for (const std::string& holder : m.holders) line += ", " + holder + "()";
  if (m.area >= 0) line += ", dataref " + std::to_string(f.areas[size_t(m.area)].dataref);
  if (m.hungOn >= 0) line += ", frag_list";
  return line;
}

std::vector<std::string> lines(const BufferFamily& f) {
  std::vector<std::string> out;
  for (size_t i = 0; i < f.members.size(); ++i) {
    out.push_back(lineOf(f, i));
    for (const FamilyEdge& e : f.edges)
      if (goesInto(e.how) ? e.from == int(i) : e.to == int(i)) {
        const std::string& other = f.members[size_t(goesInto(e.how) ? e.to : e.from)].name;
        out.push_back("  " + spoken(howText(e.how)) + ", " + e.function + "(): " + other);
      }
  }
  for (const DataArea& a : f.areas) {
    std::string who;
    for (const int m : a.members) who += (who.empty() ? "" : ", ") + f.members[size_t(m)].name;
    out.push_back("data area " + hexText(a.head) + ", dataref " + std::to_string(a.dataref) + ": " + who);
  }
  return out;
}

nlohmann::json json(const BufferFamily& f) {
  auto members = nlohmann::json::array(), edges = nlohmann::json::array(), areas = nlohmann::json::array();
  for (const FamilyMember& m : f.members) {
    nlohmann::json one{{"name", m.name}, {"address", hexText(m.address)}, {"made_by", m.maker}, {"for", m.asker},
                       {"born", m.born}, {"state", stateName(m.state)}};
    if (!m.fate.empty()) one["fate"] = english(m.fate);
    if (m.state == KinState::Alive) one["len"] = m.len, one["users"] = m.users;
    if (!m.holders.empty()) one["holders"] = m.holders;
    if (m.area >= 0) one["head"] = hexText(f.areas[size_t(m.area)].head);
    if (m.hungOn >= 0) one["frag_list_of"] = hexText(f.areas[size_t(m.hungOn)].head);
    members.push_back(std::move(one));
  }
  for (const FamilyEdge& e : f.edges)
    edges.push_back({{"from", f.members[size_t(e.from)].name},
                     {"to", f.members[size_t(e.to)].name},
                     {"how", english(howText(e.how))},
                     {"function", e.function},
                     {"event", e.event},
                     {"done", e.done}});
  for (const DataArea& a : f.areas)
    areas.push_back({{"head", hexText(a.head)},
                     {"size", a.size},
                     {"dataref", a.dataref},
                     {"fragments", a.pages},
                     {"frag_list", a.list}});
  return {{"members", members}, {"edges", edges}, {"areas", areas}};
}

} // namespace sockwalk::tell
