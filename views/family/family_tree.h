// How the members of a family stand to one another in a picture, before anything has a place: an original and its clones
// side by side, for they describe the same bytes; below them, in groups, what has bytes of its own.
//
// It is made of the whole record's marks and not of a moment, so that the picture rests while the walk goes on.
#pragma once
#include "engine/tell/family/buffer_family.h"
#include <set>
#include <vector>

namespace sockwalk {

struct FamilyCard {
  std::vector<int> members; // one; or those that are folded into a number
  int shelf = -1;
  BufferMark how = BufferMark::Born; // what they are to those whom they hang on
  bool folded() const { return fold; }
  bool fold = false;
};
// What hangs on one member in one way.
struct FamilyGroup {
  int owner = -1; // a member; -1: the first ones
  BufferMark how = BufferMark::Born;
  std::string function;
  std::vector<int> shelves; // in order of birth
};
struct FamilyShelf {
  std::vector<int> cards;
  std::vector<FamilyGroup> groups; // below it
};

class FamilyTree {
public:
  FamilyTree() = default;
  // `unfolded`: members that are to be seen, with those that would be folded together with them.
  FamilyTree(const tell::BufferFamily& family, const std::set<int>& unfolded);
  const std::vector<FamilyCard>& cards() const { return m_cards; }
  const std::vector<FamilyShelf>& shelves() const { return m_shelves; }
  const FamilyGroup& roots() const { return m_roots; }
  int cardOf(int member) const { return m_cardOf[size_t(member)]; }
  // The edge by which a member hangs where it does; -1: by none, it is one of the first.
  int edgeOf(int member) const { return m_edgeOf[size_t(member)]; }
  static constexpr size_t Most = 6, KeptFirst = 3; // of one kind side by side; of more, the first ones and the last

private:
  struct Kin { // of a shelf while it is put together
    std::vector<int> members;
    int owner = -1, edge = -1;
  };
  void findShelves(const tell::BufferFamily& family);
  void hang(const tell::BufferFamily& family);
  int ownerOfSplit(const tell::BufferFamily& family, int member) const;
  bool leadsTo(int kin, int target) const; // by owners
  int build(const tell::BufferFamily& family, int kin, const std::set<int>& unfolded);
  void addCards(int shelf, const std::vector<int>& members, const std::set<int>& unfolded);
  FamilyGroup fold(FamilyGroup group, const tell::BufferFamily& family, const std::set<int>& unfolded);
  int addFold(const std::vector<int>& members, BufferMark how);
  std::vector<int> allBelow(int kin) const;

  std::vector<Kin> m_kin;
  std::vector<std::vector<int>> m_below;      // by kin: those that hang on it
  std::vector<int> m_kinOf, m_origin, m_into; // by member; the last two: edges
  std::vector<FamilyCard> m_cards;
  std::vector<FamilyShelf> m_shelves;
  FamilyGroup m_roots;
  std::vector<int> m_cardOf, m_edgeOf;
};

} // namespace sockwalk
