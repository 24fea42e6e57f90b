#include "engine/journal/reflection.h"
#include "engine/tell/tables/tables.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static nlohmann::json json(const TableRow& r) {
  nlohmann::json out{{"address", addressText(r.address)},
                     {"indent", r.indent},
                     {"changed", r.mark == RowMark::Changed},
                     {"new", r.mark == RowMark::New},
                     {"place", english(r.place)},
                     {"key", english(r.key)},
                     {"object", r.object},
                     {"state", english(r.state)},
                     {"detail", english(r.detail)}};
  if (r.mark == RowMark::Taken) out["taken"] = true;
  if (r.heading) out["heading"] = true;
  if (!r.tip.empty()) out["tip"] = english(r.tip);
  if (!r.space.empty()) out["network_namespace"] = r.space;
  return out;
}

nlohmann::json json(const std::vector<KernelTable>& tables) {
  nlohmann::json out = nlohmann::json::array();
  for (const KernelTable& t : tables) {
    nlohmann::json rows = nlohmann::json::array();
    for (const TableRow& r : t.rows) rows.push_back(json(r));
    out.push_back({{"id", t.id},
                   {"title", english(t.title)},
                   {"symbol", t.symbol},
                   {"about", english(t.about)},
                   {"summary", english(t.summary)},
                   {"rows", std::move(rows)},
                   {"not_listed", t.more}});
  }
  return out;
}

} // namespace sockwalk::tell
