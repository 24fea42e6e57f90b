#include "engine/journal/reflection.h"
#include "engine/tell/objects/objects.h"
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

static nlohmann::json json(const ObjectRow& row) {
  nlohmann::json out{
      {"label", english(row.label)}, {"member", row.path}, {"value", english(row.value)}, {"changed", row.changed}};
  if (row.target) out["points_at"] = addressText(row.target);
  return out;
}

static nlohmann::json json(const ObjectCard& card) {
  nlohmann::json rows = nlohmann::json::array();
  for (const ObjectRow& row : card.rows) rows.push_back(json(row));
  return {{"address", addressText(card.address)},
          {"title", card.title},
          {"type", card.type},
          {"layer", std::string(layerName(card.layer))},
          {"size", card.size},
          {"new", card.born},
          {"focused", card.focused},
          {"handed", card.handed},
          {"members", std::move(rows)}};
}

nlohmann::json json(const ObjectGraph& graph) {
  nlohmann::json cards = nlohmann::json::array(), links = nlohmann::json::array();
  for (const ObjectCard& card : graph.cards) cards.push_back(json(card));
  for (const ObjectLink& link : graph.links) {
    const ObjectCard& from = graph.cards[std::size_t(link.from)];
    links.push_back({{"from", addressText(from.address)},
                     {"member", from.rows[std::size_t(link.row)].path},
                     {"to", addressText(graph.cards[std::size_t(link.to)].address)},
                     {"changed", link.changed}});
  }
  nlohmann::json holders = nlohmann::json::array();
  for (const ObjectHolder& holder : graph.holders) {
    nlohmann::json parts = nlohmann::json::array();
    for (const int card : holder.cards) parts.push_back(addressText(graph.cards[std::size_t(card)].address));
    holders.push_back({{"address", addressText(holder.address)},
                       {"title", holder.title},
                       {"parts", std::move(parts)},
                       {"container_of", english(holder.subtraction)}});
  }
  return {{"objects", std::move(cards)},
          {"pointers", std::move(links)},
          {"holders", std::move(holders)},
          {"not_listed", graph.hidden}};
}

} // namespace sockwalk::tell
