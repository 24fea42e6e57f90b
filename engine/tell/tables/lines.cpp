#include "engine/tell/tables/tables.h"

namespace sockwalk::tell {

static std::string line(const TableRow& r) {
  const Text mark = r.mark == RowMark::New       ? say(" (new)")
                    : r.mark == RowMark::Changed ? say(" (changed)")
                    : r.mark == RowMark::Taken   ? say(" (taken)")
                                                 : Text();
  return std::string(std::size_t(2 + 2 * r.indent), ' ') +
         spoken(Text::list(" | ", {r.place, r.key, r.object, r.state, r.detail, r.space})) + spoken(mark);
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
