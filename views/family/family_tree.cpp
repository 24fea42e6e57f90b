#include "views/family/family_tree.h"
#include <algorithm>

namespace sockwalk {

using tell::BufferFamily, tell::FamilyEdge;

FamilyTree::FamilyTree(const BufferFamily& family, const std::set<int>& unfolded)
    : m_kinOf(family.members.size(), -1), m_origin(family.members.size(), -1), m_into(family.members.size(), -1),
      m_cardOf(family.members.size(), -1), m_edgeOf(family.members.size(), -1) {
  for (size_t e = 0; e < family.edges.size(); ++e) {
    const FamilyEdge& edge = family.edges[e];
    if (tell::goesInto(edge.how)) m_into[size_t(edge.from)] = int(e);
    else m_origin[size_t(edge.to)] = int(e);
  }
  findShelves(family);
  hang(family);
  m_below.resize(m_kin.size());
  FamilyGroup roots;
  for (size_t k = 0; k < m_kin.size(); ++k) {
    if (m_kin[k].owner < 0) roots.shelves.push_back(int(k));
    else m_below[size_t(m_kinOf[size_t(m_kin[k].owner)])].push_back(int(k));
  }
  m_roots = fold(std::move(roots), family, unfolded);
}

// A clone stands beside the one that it is a clone of; all others begin a shelf.
void FamilyTree::findShelves(const BufferFamily& family) {
  for (size_t m = 0; m < family.members.size(); ++m) {
    const int e = m_origin[m];
    const FamilyEdge* edge = e < 0 ? nullptr : &family.edges[size_t(e)];
    if (edge && edge->how == BufferMark::Cloned && m_kinOf[size_t(edge->from)] >= 0) {
      const int kin = m_kinOf[size_t(edge->from)];
      auto& members = m_kin[size_t(kin)].members;
      // The other half of the pair stands next to the first one.
      const bool twin = family.members[m].twin == edge->from && family.members[size_t(edge->from)].twin == int(m);
      const auto place = twin ? std::ranges::find(members, edge->from) + 1 : members.end();
      members.insert(place, int(m));
      m_kinOf[m] = kin;
      m_edgeOf[m] = e;
      continue;
    }
    m_kinOf[m] = int(m_kin.size());
    m_kin.push_back({{int(m)}});
  }
}

// Each cut takes the rear part of what the cut before it had left: they hang side by side on the first.
int FamilyTree::ownerOfSplit(const BufferFamily& family, int member) const {
  for (size_t guard = 0; guard <= family.members.size(); ++guard) {
    const int e = m_origin[size_t(member)];
    if (e < 0 || family.edges[size_t(e)].how != BufferMark::Split) return member;
    member = family.edges[size_t(e)].from;
  }
  return member;
}

bool FamilyTree::leadsTo(int kin, int target) const {
  for (size_t guard = 0; kin >= 0 && guard <= m_kin.size(); ++guard) {
    if (kin == target) return true;
    const int owner = m_kin[size_t(kin)].owner;
    kin = owner < 0 ? -1 : m_kinOf[size_t(owner)];
  }
  return kin >= 0;
}

// On the one that it came of; else on the one that it went into, if that does not hang on itself.
void FamilyTree::hang(const BufferFamily& family) {
  for (size_t k = 0; k < m_kin.size(); ++k) {
    const int founder = m_kin[k].members.front(), origin = m_origin[size_t(founder)], into = m_into[size_t(founder)];
    for (const int e : {origin, into}) {
      if (e < 0) continue;
      const FamilyEdge& edge = family.edges[size_t(e)];
      int owner = e == into ? edge.to : edge.from;
      if (edge.how == BufferMark::Split) owner = ownerOfSplit(family, owner);
      if (leadsTo(m_kinOf[size_t(owner)], int(k))) continue;
      m_kin[k].owner = owner;
      m_edgeOf[size_t(founder)] = e;
      break;
    }
  }
}

// ---- what is folded
std::vector<int> FamilyTree::allBelow(int kin) const {
  std::vector<int> shelves{kin}, out;
  for (size_t i = 0; i < shelves.size(); ++i) {
    std::ranges::copy(m_kin[size_t(shelves[i])].members, std::back_inserter(out));
    std::ranges::copy(m_below[size_t(shelves[i])], std::back_inserter(shelves));
  }
  std::ranges::sort(out);
  return out;
}

static bool anyOf(const std::vector<int>& members, const std::set<int>& wanted) {
  return std::ranges::any_of(members, [&](int m) { return wanted.contains(m); });
}

int FamilyTree::addFold(const std::vector<int>& members, BufferMark how) {
  const int card = int(m_cards.size());
  m_cards.push_back({members, int(m_shelves.size()), how, true});
  m_shelves.push_back({{card}, {}});
  for (const int m : members) m_cardOf[size_t(m)] = card;
  return int(m_shelves.size()) - 1;
}

// `group.shelves` are kin, and become shelves.
FamilyGroup FamilyTree::fold(FamilyGroup group, const BufferFamily& family, const std::set<int>& unfolded) {
  std::vector<int> kin = std::move(group.shelves), middle;
  group.shelves.clear();
  size_t from = kin.size(), to = kin.size();
  if (kin.size() > Most) {
    from = KeptFirst, to = kin.size() - 1;
    for (size_t i = from; i < to; ++i) std::ranges::copy(allBelow(kin[i]), std::back_inserter(middle));
    if (anyOf(middle, unfolded)) from = to = kin.size();
  }
  for (size_t i = 0; i < kin.size(); ++i) {
    if (i == from) group.shelves.push_back(addFold(middle, group.how));
    if (i < from || i >= to) group.shelves.push_back(build(family, kin[i], unfolded));
  }
  return group;
}

void FamilyTree::addCards(int shelf, const std::vector<int>& members, const std::set<int>& unfolded) {
  size_t from = members.size(), to = members.size();
  std::vector<int> middle;
  if (members.size() > Most) {
    from = KeptFirst, to = members.size() - 1;
    middle.assign(members.begin() + long(from), members.begin() + long(to));
    if (anyOf(middle, unfolded)) from = to = members.size();
  }
  const auto add = [&](std::vector<int> those, bool folded) {
    for (const int m : those) m_cardOf[size_t(m)] = int(m_cards.size());
    m_shelves[size_t(shelf)].cards.push_back(int(m_cards.size()));
    m_cards.push_back({std::move(those), shelf, BufferMark::Cloned, folded});
  };
  for (size_t i = 0; i < members.size(); ++i) {
    if (i == from) add(middle, true);
    if (i < from || i >= to) add({members[i]}, false);
  }
}

int FamilyTree::build(const BufferFamily& family, int kin, const std::set<int>& unfolded) {
  const int shelf = int(m_shelves.size());
  m_shelves.emplace_back();
  addCards(shelf, m_kin[size_t(kin)].members, unfolded);
  std::vector<FamilyGroup> groups;
  for (const int below : m_below[size_t(kin)]) {
    const Kin& k = m_kin[size_t(below)];
    const FamilyEdge& edge = family.edges[size_t(m_edgeOf[size_t(k.members.front())])];
    auto group = std::ranges::find_if(groups, [&](const FamilyGroup& g) {
      return g.owner == k.owner && g.how == edge.how && g.function == edge.function;
    });
    if (group == groups.end()) group = groups.insert(group, {k.owner, edge.how, edge.function, {}});
    group->shelves.push_back(below);
  }
  // From left to right as their owners stand, so that the lines to them do not cross.
  std::ranges::stable_sort(groups, {}, [&](const FamilyGroup& g) { return m_cardOf[size_t(g.owner)]; });
  for (FamilyGroup& group : groups) {
    FamilyGroup folded = fold(std::move(group), family, unfolded);
    m_shelves[size_t(shelf)].groups.push_back(std::move(folded));
  }
  return shelf;
}

} // namespace sockwalk
