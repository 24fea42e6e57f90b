// Packets that fit what is searched: by number, by the filter's language, by any words of their rows. A long list is looked
// through a piece at a time.
#pragma once
#include "app/search_hit.h"
#include "engine/tell/packets/packet_filter.h"

namespace sockwalk {

class PacketSearch {
public:
  void forget(); // another session
  // As a SearchSource: true if all packets have been looked at.
  bool search(const tell::PacketRows& rows, const QString& wish, RankedHits& hits);

private:
  tell::PacketFilter m_filter;
  QString m_wish;
  int m_rows = 0; // of the list, when the search began
};

} // namespace sockwalk
