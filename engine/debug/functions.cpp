#include "engine/debug/functions.h"
#include <algorithm>
#include <map>

namespace sockwalk::debug {

Functions::Functions(Era era) {
  const Symbols& symbols = Symbols::get();
  std::map<std::string_view, std::vector<const FunctionInfo*>> recorded;
  for (const FunctionInfo* f : symbols.functions())
    if (f->era() == era) recorded[f->name].push_back(f);
  std::map<u32, std::string_view> named; // by place: a name may have been registered twice
  for (const TextSymbol* s : symbols.text())
    if (s->era == era) named.emplace(s->offset, s->name);
  for (const auto& [offset, name] : named) {
    auto& same = recorded[name];
    m_all.push_back({name, Arena::addressOf(offset), same.empty() ? nullptr : same.front(), 0});
    if (!same.empty()) same.erase(same.begin());
  }
  const auto& last = *std::ranges::max_element(symbols.text(), {}, &TextSymbol::offset);
  u64 next = Arena::addressOf(last->offset) + Size;
  for (const auto& [name, rest] : recorded)
    for (const FunctionInfo* f : rest) m_all.push_back({name, next, f, 0}), next += Size;
  m_byId.resize(symbols.functions().size());
  for (const Function& f : m_all)
    if (f.info) m_byId[f.info->id] = &f;
  countLines();
}

// Up to the next function of the file, or as many as it has bytes.
void Functions::countLines() {
  std::vector<Function*> byPlace;
  for (Function& f : m_all)
    if (f.info) byPlace.push_back(&f);
  std::ranges::sort(byPlace, {}, [](const Function* f) { return std::pair(f->info->file, f->info->line); });
  for (size_t i = 0; i < byPlace.size(); ++i) {
    const FunctionInfo& here = *byPlace[i]->info;
    const FunctionInfo* next = i + 1 < byPlace.size() ? byPlace[i + 1]->info : nullptr;
    const bool follows = next && next->file == here.file && next->line > here.line;
    byPlace[i]->lines = std::min<u32>(Size - 1, follows ? static_cast<u32>(next->line - here.line) : Size);
  }
}

u64 Functions::addressAt(const FunctionInfo& function, int line) const {
  const Function& f = *m_byId[function.id];
  return f.address + static_cast<u64>(std::clamp<int>(line - function.line, 0, static_cast<int>(f.lines) - 1));
}
const Function* Functions::around(u64 address) const {
  const auto after = std::ranges::upper_bound(m_all, address, {}, &Function::address);
  if (after == m_all.begin()) return nullptr;
  const Function& f = *std::prev(after);
  return address < f.address + Size ? &f : nullptr;
}
int Functions::lineAt(const Function& function, u64 address) const {
  return function.info ? function.info->line + static_cast<int>(address - function.address) : 0;
}

} // namespace sockwalk::debug
