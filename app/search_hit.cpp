#include "app/search_hit.h"
#include <algorithm>
#include <map>

namespace sockwalk {

int rankOf(const QString& name, const QString& wish) {
  const qsizetype at = name.indexOf(wish, 0, Qt::CaseInsensitive);
  if (at < 0) return -1;
  if (at == 0) return name.size() == wish.size() ? 0 : 1;
  return name[at - 1] == '_' || name[at - 1] == ' ' ? 2 : 3;
}

std::vector<SearchHit> bestOf(RankedHits hits, std::size_t limit) {
  constexpr std::size_t MostOfAKind = 5; // before others that fit worse
  std::ranges::stable_sort(hits, {}, [](const auto& hit) { return hit.first; });
  std::map<SearchHit::Kind, std::size_t> taken;
  std::vector<bool> chosen(hits.size());
  std::size_t count = 0;
  for (const bool all : {false, true})
    for (std::size_t i = 0; i < hits.size() && count < limit; ++i) {
      if (chosen[i] || (!all && taken[hits[i].second.kind] >= MostOfAKind)) continue;
      chosen[i] = true;
      ++taken[hits[i].second.kind];
      ++count;
    }
  std::vector<SearchHit> out;
  for (std::size_t i = 0; i < hits.size(); ++i)
    if (chosen[i]) out.push_back(std::move(hits[i].second));
  return out;
}

} // namespace sockwalk
