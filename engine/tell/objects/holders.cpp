#include "engine/tell/objects/holders.h"
#include "engine/journal/reflection.h"
#include "engine/tell/objects/specs.h"
#include <algorithm>

namespace sockwalk::tell {

// "SOCKET_I(inode) = …7080 − 128 = …7000": the one subtraction that leads from the inode to the socket beside it.
static Text subtractionOf(const ObjectCard& part, u64 whole) {
  const auto brief = [](u64 address) { return "…" + addressText(address).substr(addressText(address).size() - 6); };
  return say("container_of: %1 at %2 − %3 = %4", part.type, brief(part.address), part.address - whole, brief(whole));
}

std::vector<ObjectHolder> holdersIn(const ObjectGraph& graph, const Playhead& at) {
  std::vector<ObjectHolder> out;
  for (size_t c = 0; c < graph.cards.size(); ++c) {
    const ObjectCard& card = graph.cards[c];
    const CardSpec& spec = cardSpecs()[static_cast<size_t>(card.kind)];
    if (!spec.holder || std::string_view(spec.holder) != "socket_alloc") continue;
    const ObjectRef whole = objectAt(at, card.address);
    auto holder = std::ranges::find(out, whole.address(), &ObjectHolder::address);
    if (holder == out.end()) holder = out.insert(out.end(), {whole.address(), whole.name, {}, {}});
    holder->cards.push_back(static_cast<int>(c));
  }
  std::erase_if(out, [](const ObjectHolder& holder) { return holder.cards.size() < 2; });
  for (ObjectHolder& holder : out) {
    const auto address = [&](int card) { return graph.cards[static_cast<size_t>(card)].address; };
    std::ranges::sort(holder.cards, {}, address);
    holder.subtraction = subtractionOf(graph.cards[static_cast<size_t>(holder.cards.back())], holder.address);
  }
  return out;
}

} // namespace sockwalk::tell
