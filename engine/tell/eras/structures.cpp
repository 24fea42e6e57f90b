#include "engine/tell/eras/structures.h"
#include "engine/base/nearest.h"
#include "engine/memory/macro_names.h"
#include "engine/tell/eras/alignment.h"
#include "engine/tell/eras/later_layouts.h"
#include "engine/tell/eras/successors.h"
#include "engine/tell/fields.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

// A member, and the names by which source code knows it.
struct Known {
  EraMember member;
  std::vector<std::string> names;
};

bool isGroup(const MemberInfo& m) { return m.kind == MemberKind::Union || m.kind == MemberKind::Aggregate; }
bool isAnonymous(const MemberInfo& m) { return m.name.starts_with('('); }

// The first member of a socket is a smaller socket, and so on down to what all share: only that last is taken apart, for
// its members are everybody's by their macros.
bool takenApart(const MemberInfo& m) { return m.kind == MemberKind::Struct && plainName(m.target) == "sock_common"; }

const LayoutInfo* layoutIn(Release release, std::string_view name) {
  if (release != Release::Linux612) return layoutNamed(name, release == Release::Linux26 ? Era::Linux26 : Era::Linux61);
  const auto found = std::ranges::find(laterLayouts(), name, &LayoutInfo::name);
  return found == laterLayouts().end() ? nullptr : &*found;
}

void gather(std::vector<Known>& out, const LayoutInfo& layout, Release release, u32 base, const std::string& prefix) {
  u8 hidden = 0xff; // members deeper than this belong to a group that is told as one
  for (const MemberInfo& m : layout.members) {
    if (m.depth > hidden) continue;
    hidden = 0xff;
    if (isGroup(m) && isAnonymous(m)) continue; // seen through
    if (isGroup(m)) hidden = m.depth;
    if (!m.size && !m.bits) continue; // a marker
    const std::string path = prefix + std::string(m.name);
    if (takenApart(m)) {
      gather(out, *layoutIn(release, plainName(m.target)), release, base + m.offset, path + ".");
      continue;
    }
    Known known{{path, std::string(m.type), base + m.offset, m.size, m.bit, m.bits}, {std::string(m.name)}};
    if (!prefix.empty())
      for (std::string_view macro : macrosFor(std::string_view(prefix).substr(0, prefix.size() - 1), m.name))
        known.names.emplace_back(macro);
    out.push_back(std::move(known));
  }
}

std::vector<Known> membersOf(const LayoutInfo& layout, Release release) {
  std::vector<Known> out;
  gather(out, layout, release, 0, "");
  return out;
}

bool shareName(const Known& a, const Known& b) {
  return std::ranges::any_of(a.names,
                             [&](const std::string& n) { return std::ranges::find(b.names, n) != b.names.end(); });
}

const MemberSuccessor* successorOf(std::string_view structure, std::string_view member) {
  for (const MemberSuccessor& s : MemberSuccessors)
    if (s.structure == structure && s.then == member) return &s;
  return nullptr;
}

class Comparer {
public:
  Comparer(std::string_view name, Releases releases, const LayoutInfo& then, const LayoutInfo& now)
      : m_then(membersOf(then, releases.then)),
        m_now(membersOf(now, releases.now)), m_out{std::string(name), releases, then.size, now.size, {}, {}} {}

  ErasOfStructure compare() {
    pair();
    const std::vector<int> kept = inOrder();
    std::vector<char> told(m_now.size(), 0);
    for (const int n : m_pairs)
      if (n >= 0) told[static_cast<size_t>(n)] = 1;
    size_t next = 0; // of those of now that are not told
    for (size_t i = 0; i < m_then.size(); ++i) {
      const bool holds = kept[i] >= 0;
      if (holds)
        for (; next < static_cast<size_t>(kept[i]); ++next)
          if (!told[next]) add({EraMark::New, {}, m_now[next].member});
      add(rowOf(i, holds));
    }
    for (; next < m_now.size(); ++next)
      if (!told[next]) add({EraMark::New, {}, m_now[next].member});
    return std::move(m_out);
  }

private:
  // Whom each member of then stands beside, by its names; a member of now is taken once.
  void pair() {
    std::vector<char> taken(m_now.size(), 0);
    m_pairs.assign(m_then.size(), -1);
    for (size_t i = 0; i < m_then.size(); ++i)
      for (size_t k = 0; k < m_now.size(); ++k) {
        if (taken[k] || !shareName(m_then[i], m_now[k])) continue;
        taken[k] = 1;
        m_pairs[i] = static_cast<int>(k);
        break;
      }
  }

  // The pairs that stand in the same order as then: the others have moved.
  std::vector<int> inOrder() const {
    std::vector<std::string> left, right(m_now.size());
    for (size_t i = 0; i < m_then.size(); ++i) {
      left.push_back("then " + std::to_string(i));
      if (m_pairs[i] >= 0) right[static_cast<size_t>(m_pairs[i])] = left.back();
    }
    return aligned(left, right);
  }

  EraMemberRow rowOf(size_t i, bool holds) const {
    const Known& then = m_then[i];
    if (m_pairs[i] >= 0)
      return {holds ? EraMark::Kept : EraMark::Moved, then.member, m_now[static_cast<size_t>(m_pairs[i])].member};
    const bool old = m_out.releases.then == Release::Linux26;
    const MemberSuccessor* successor = old ? successorOf(m_out.name, then.names.front()) : nullptr;
    const Field f = successor && !successor->now.empty() ? fieldAt(m_out.name, successor->now) : Field();
    if (!f) return {EraMark::Gone, then.member, {}};
    return {EraMark::Renamed,
            then.member,
            {std::string(successor->now), std::string(f.member->type), f.offset(), f.member->size, f.member->bit,
             f.member->bits}};
  }

  void add(EraMemberRow row) {
    ++m_out.counts[static_cast<size_t>(row.mark)];
    m_out.rows.push_back(std::move(row));
  }

  const std::vector<Known> m_then, m_now;
  std::vector<int> m_pairs;
  ErasOfStructure m_out;
};

} // namespace

constexpr std::string_view LaterPage = "-6.12";
constexpr Releases Later{Release::Linux61, Release::Linux612};

std::vector<std::string> structuresOfBoth(Releases releases) {
  std::vector<std::string> out;
  const auto known = [&](std::string_view name) {
    const LayoutInfo *then = layoutIn(releases.then, name), *now = layoutIn(releases.now, name);
    return then && now && !then->members.empty() && !now->members.empty();
  };
  for (const LayoutInfo& l : layouts())
    if (eraOfStructure(l.name) == Era::Linux61 && known(l.name)) out.emplace_back(l.name);
  return out;
}

Result<ErasOfStructure> compareStructure(std::string_view name, Releases releases) {
  const std::vector<std::string> known = structuresOfBoth(releases);
  if (std::ranges::find(known, name) != known.end())
    return Comparer(name, releases, *layoutIn(releases.then, name), *layoutIn(releases.now, name)).compare();
  const std::string meant = nearest(std::string(name), known);
  return Error{"there is no structure '" + std::string(name) + "' of both " + std::string(nameOf(releases.then)) +
               " and " + std::string(nameOf(releases.now)) + " here" +
               (meant.empty() ? "" : "; did you mean " + meant + "?")};
}

std::vector<std::string> structurePages() {
  std::vector<std::string> out = structuresOfBoth({});
  for (const std::string& name : structuresOfBoth(Later)) out.push_back(name + std::string(LaterPage));
  return out;
}

Result<ErasOfStructure> structureOfPage(std::string_view page) {
  if (!page.ends_with(LaterPage)) return compareStructure(page, {});
  return compareStructure(page.substr(0, page.size() - LaterPage.size()), Later);
}

} // namespace sockwalk::tell
