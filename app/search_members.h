// Members by their names and values, and bytes in memory, that fit what is searched. Long memory is looked through a piece
// at a time.
#pragma once
#include "app/search_hit.h"
#include "engine/tell/structures/member_search.h"
#include <memory>

namespace sockwalk {

class Walk;

class MemberHits {
public:
  void forget() { m_search.reset(); } // another session
  // As a SearchSource: true if all memory has been looked through, or enough was found.
  bool search(const Walk& walk, const QString& wish, RankedHits& hits);
  bool isValue() const { return m_search && m_search->refusal().empty(); } // that can be sought in all memory

private:
  std::unique_ptr<tell::MemberSearch> m_search;
  QString m_wish;
  EventIndex m_moment = 0;
};

} // namespace sockwalk
