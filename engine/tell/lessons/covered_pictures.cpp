#include "engine/tell/lessons/covered_pictures.h"
#include <algorithm>
#include <optional>

namespace sockwalk::tell {

namespace {

// A queue of which the length or an end is asked for.
bool queueIsAsked(const TableRow& row, const Covers& covers) {
  constexpr u32 ListHead = 24; // of a sk_buff_head: both ends, and how many
  return row.within && covers.member(static_cast<u32>(row.within), ListHead);
}

// The queue with all that waits in it.
bool takeQueues(KernelTable& table, const Covers& covers) {
  const size_t before = table.rows.size();
  bool within = false;
  std::erase_if(table.rows, [&](const TableRow& row) {
    if (row.indent == 0) within = queueIsAsked(row, covers);
    return within;
  });
  return table.rows.size() != before;
}

} // namespace

void cover(std::vector<KernelTable>& tables, const Covers& covers) {
  if (covers.empty()) return;
  for (KernelTable& table : tables) {
    bool asked = false;
    if (table.id == "queues") {
      takeQueues(table, covers);
      if (covers.asksQueue()) table.summary = say("what waits there is asked for: %1", Covers::Hatch);
    }
    for (TableRow& row : table.rows) {
      if (!covers.object(row.address) && !covers.object(row.within)) continue;
      asked = true;
      for (Text* words : {&row.state, &row.detail, &row.tip}) *words = covers.words(*words);
    }
    if (asked) table.summary = covers.words(table.summary);
  }
}

namespace {

// Without some of its cards: what is left has other numbers.
void leaveOut(ObjectGraph& graph, const std::vector<char>& gone) {
  std::vector<int> now(graph.cards.size(), -1);
  std::vector<ObjectCard> kept;
  for (size_t i = 0; i < graph.cards.size(); ++i) {
    if (gone[i]) continue;
    now[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(graph.cards[i]));
  }
  graph.cards = std::move(kept);
  const auto isGone = [&](int card) { return now[size_t(card)] < 0; };
  std::erase_if(graph.links, [&](const ObjectLink& l) { return isGone(l.from) || isGone(l.to); });
  for (ObjectLink& l : graph.links) l.from = now[size_t(l.from)], l.to = now[size_t(l.to)];
  for (ObjectHolder& holder : graph.holders) {
    std::erase_if(holder.cards, isGone);
    for (int& card : holder.cards) card = now[size_t(card)];
  }
  std::erase_if(graph.holders, [](const ObjectHolder& holder) { return holder.cards.size() < 2; });
}

} // namespace

void cover(ObjectGraph& graph, const Covers& covers) {
  if (covers.empty()) return;
  std::vector<char> gone(graph.cards.size(), 0), led(graph.cards.size(), 0);
  for (ObjectCard& card : graph.cards)
    for (ObjectRow& row : card.rows) {
      if (!covers.member(row.offset, row.size)) continue;
      row.value = Text(Covers::Hatch);
      row.target = 0;
      row.named = row.silent = false; // nor is it seen that it is empty
    }
  const auto asked = [&](const ObjectLink& l) {
    const ObjectRow& row = graph.cards[size_t(l.from)].rows[size_t(l.row)];
    return covers.member(row.offset, row.size);
  };
  for (const ObjectLink& l : graph.links) (asked(l) ? gone : led)[size_t(l.to)] = 1;
  std::erase_if(graph.links, asked);
  // What waits in a queue is there for the queue's sake; what the running function was handed is there for its own.
  for (size_t i = 0; i < gone.size(); ++i)
    gone[i] = gone[i] && !led[i] && graph.cards[i].type == "sk_buff" && !graph.cards[i].handed;
  leaveOut(graph, gone);
}

static void cover(NestedBox& box, const std::string& object, const Covers& covers) {
  for (NestedGroup& group : box.groups)
    for (NestedMember& member : group.members)
      if (covers.asks(object, member.name)) member = {member.name, Covers::Hatch};
  for (NestedBox& inner : box.inner) cover(inner, object, covers);
}

void cover(Nesting& nesting, const Covers& covers) {
  if (covers.empty()) return;
  for (auto* object : {&nesting.socket, &nesting.sock})
    if (*object) cover((*object)->box, (*object)->name, covers);
}

} // namespace sockwalk::tell
