// The structures as JSON: see structures.h.
#include "engine/tell/structures/structures.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static const char* nameOf(RowKind kind) {
  switch (kind) {
  case RowKind::Member: return "member";
  case RowKind::Group: return "group";
  case RowKind::Hole: return "hole";
  case RowKind::Border: return "cache_line";
  case RowKind::Theme: return "theme";
  }
  return "";
}
static const char* nameOf(RowChange change) {
  switch (change) {
  case RowChange::Untouched: return "untouched";
  case RowChange::Written: return "written";
  case RowChange::Changed: return "changed";
  }
  return "";
}

nlohmann::json json(const std::vector<LiveStructure>& structures) {
  nlohmann::json out = nlohmann::json::array();
  for (const LiveStructure& s : structures)
    out.push_back({{"id", s.id},
                   {"type", s.type},
                   {"address", addressText(s.address)},
                   {"size", s.size},
                   {"slab_cache", s.cache},
                   {"born_at_event", s.born + 1}});
  return out;
}

static nlohmann::json json(const StructureMember& m) {
  nlohmann::json out{
      {"kind", nameOf(m.kind)}, {"depth", m.depth}, {"name", english(m.name)}, {"offset", m.offset}, {"size", m.size}};
  if (!m.isMember()) return out;
  out["path"] = m.path;
  out["type"] = m.type;
  out["value"] = english(m.value);
  out["change"] = nameOf(m.change);
  if (m.bits) out["bit"] = m.bit, out["bits"] = m.bits;
  if (m.inUnion) out["in_union"] = true;
  if (!m.macros.empty()) out["macros"] = m.macros;
  if (m.pointer) out["points_at"] = addressText(m.pointer);
  return out;
}

nlohmann::json json(const StructureAt& s) {
  nlohmann::json out{{"id", s.id},
                     {"title", s.title},
                     {"details", english(s.details)},
                     {"address", addressText(Arena::addressOf(s.subject.base))},
                     {"size", s.subject.size}};
  if (!s.subject.cache.empty()) {
    out["slab_cache"] = s.subject.cache;
    out["born_at_event"] = s.subject.born + 1;
    if (s.subject.died != NoEvent) out["freed_at_event"] = s.subject.died + 1;
  }
  if (!s.fate.empty()) out["fate"] = english(s.fate);
  out["members"] = nlohmann::json::array();
  for (const StructureMember& m : s.members) out["members"].push_back(json(m));
  return out;
}

} // namespace sockwalk::tell
