#include "engine/debug/functions.h"
#include <algorithm>
#include <map>

namespace sockwalk::debug {

Functions::Functions(Era era) {
  addEntries(era);
  layBodies();
  m_byId.resize(Symbols::get().functions().size());
  for (u32 i = 0; i < m_all.size(); ++i)
    if (m_all[i].info) m_byId[m_all[i].info->id] = i;
}

void Functions::addEntries(Era era) {
  const Symbols& symbols = Symbols::get();
  std::map<std::string_view, std::vector<const FunctionInfo*>> recorded;
  for (const FunctionInfo* f : symbols.functions())
    if (f->era() == era) recorded[f->name].push_back(f);
  std::map<u32, std::string_view> pointedAt; // by place: a name may have been registered twice
  for (const TextSymbol* s : symbols.text())
    if (s->era == era) pointedAt.emplace(s->offset, s->name);
  for (const auto& [offset, name] : pointedAt) {
    auto& same = recorded[name];
    m_all.push_back({name, Arena::addressOf(offset), same.empty() ? nullptr : same.front()});
    if (!same.empty()) same.erase(same.begin());
  }
  const auto& last = *std::ranges::max_element(symbols.text(), {}, &TextSymbol::offset);
  u64 next = Arena::addressOf(last->offset);
  for (const auto& [name, rest] : recorded)
    for (const FunctionInfo* f : rest) m_all.push_back({name, next += EntrySize, f});
  m_all.push_back({"outside_of_any_call", next + EntrySize, nullptr});
}

// A function reaches up to the next one of its file.
void Functions::layBodies() {
  constexpr u32 Longest = 512; // of the last of a file
  std::vector<Function*> byPlace;
  for (Function& f : m_all)
    if (f.info) byPlace.push_back(&f);
  std::ranges::sort(byPlace, {}, [](const Function* f) { return std::pair(f->info->file, f->info->line); });
  for (size_t i = 0; i < byPlace.size(); ++i) {
    const FunctionInfo& here = *byPlace[i]->info;
    const FunctionInfo* next = i + 1 < byPlace.size() ? byPlace[i + 1]->info : nullptr;
    const bool follows = next && next->file == here.file && next->line > here.line;
    byPlace[i]->lines = follows ? std::min(Longest, static_cast<u32>(next->line - here.line)) : Longest;
  }
  m_end = bodies();
  for (Function& f : m_all) {
    f.body = m_end;
    m_end += f.lines * LineSize;
  }
}

u64 Functions::addressAt(const FunctionInfo& function, int line, bool back) const {
  const Function& f = of(function);
  const int inside = std::clamp<int>(line - function.line, 0, static_cast<int>(f.lines) - 1);
  return f.body + static_cast<u64>(inside) * LineSize + back;
}

} // namespace sockwalk::debug
