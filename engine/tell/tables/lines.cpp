#include "engine/tell/tables/tables.h"

namespace sockwalk::tell {

static std::string line(const TableRow& r) {
  const char* mark = r.mark == RowMark::New ? " (new)" : r.mark == RowMark::Changed ? " (changed)" : "";
  return std::string(std::size_t(2 + 2 * r.indent), ' ') +
         spoken(Text::list(" | ", {r.place, r.key, r.object, r.state, r.detail, r.space})) + mark;
}

std::vector<std::string> lines(const std::vector<KernelTable>& tables) {
  std::vector<std::string> out;
  for (const KernelTable& t : tables) {
    out.push_back(spoken(t.title) + " (" + t.symbol + "): " + spoken(wholeSummary(t)));
    for (const TableRow& r : t.rows) out.push_back(line(r));
  }
  return out;
}

} // namespace sockwalk::tell
