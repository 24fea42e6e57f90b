#include "engine/tell/objects/objects.h"

namespace sockwalk::tell {

// A card's title with what the step did to it; its members; an arrow where one points at a card.
static void cardLines(const ObjectGraph& graph, int index, std::vector<std::string>& out) {
  const ObjectCard& card = graph.cards[std::size_t(index)];
  out.push_back(card.title + (card.born ? spoken(say(" (new)")) : ""));
  for (std::size_t r = 0; r < card.rows.size(); ++r) {
    const ObjectRow& row = card.rows[r];
    bool points = false;
    for (const ObjectLink& link : graph.links) points = points || (link.from == index && link.row == int(r));
    out.push_back("  " + spoken(row.label) + (points ? " → " : " = ") + spoken(row.value) +
                  (row.changed && !card.born ? spoken(say(" (changed)")) : ""));
  }
}

std::vector<std::string> lines(const ObjectGraph& graph) {
  std::vector<std::string> out;
  for (int index : graph.inOrder()) cardLines(graph, index, out);
  for (const ObjectHolder& holder : graph.holders) {
    std::vector<Text> parts;
    for (const int card : holder.cards) parts.emplace_back(graph.cards[std::size_t(card)].title);
    out.push_back(spoken(say("%1 holds %2; %3", holder.title, Text::list(", ", parts), holder.subtraction)));
  }
  if (graph.cards.empty()) out.push_back(spoken(say("no object lives yet")));
  if (const Text left = graph.leftOut(); !left.empty()) out.push_back(spoken(left));
  return out;
}

} // namespace sockwalk::tell
