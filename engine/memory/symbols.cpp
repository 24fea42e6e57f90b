#include "engine/memory/symbols.h"
#include <algorithm>
#include <map>

namespace sockwalk {

Symbols& Symbols::registry() {
  static Symbols s;
  return s;
}
const Symbols& Symbols::get() {
  static const Symbols& sorted = []() -> const Symbols& { // by the first of all threads that ask
    if (!registry().m_sorted) registry().sort();
    return registry();
  }();
  return sorted;
}

TextSymbol::TextSymbol(std::string_view called, void* code, Era of) : name(called), function(code), era(of) {
  Symbols::registry().m_text.push_back(this);
}
DataSymbol::DataSymbol(std::string_view called, std::string_view ofType, u32 bytes, u32 aligned, u32 elements, Era of)
    : name(called), type(ofType), size(bytes), align(aligned), count(elements), era(of) {
  Symbols::registry().m_data.push_back(this);
}
FunctionInfo::FunctionInfo(std::string_view called, std::string_view path, int inLine, std::string_view names,
                           std::vector<std::string_view> types)
    : name(called), file(path), line(inLine), argumentNames(names), argumentTypes(std::move(types)) {
  if (auto at = path.rfind("engine/"); at != path.npos) file = path.substr(at); // whatever path the build used
  Symbols::registry().m_functions.push_back(this);
}
SimplifiedInfo::SimplifiedInfo(std::string_view where, std::string_view path, std::string_view what)
    : function(where), file(path), text(what) {
  Symbols::registry().m_simplified.push_back(this);
}
InlinedInfo::InlinedInfo(std::string_view name) : function(name) { Symbols::registry().m_inlined.push_back(this); }
NoteInfo::NoteInfo(std::string_view called) : name(called) { Symbols::registry().m_notes.push_back(this); }

// By kernel, then by name: what one kernel has does not move the other.
static auto keyOf(const auto* symbol) { return std::pair(symbol->era, symbol->name); }
static auto beforeKey(const auto* symbol, const std::pair<Era, std::string_view>& key) { return keyOf(symbol) < key; }

void Symbols::sort() {
  m_sorted = true;
  // A function may be known twice, once as "unbuilt" by an older table: the one with code wins, both get its address.
  std::stable_sort(m_text.begin(), m_text.end(), [](auto* a, auto* b) {
    if (keyOf(a) != keyOf(b)) return keyOf(a) < keyOf(b);
    return a->function && !b->function;
  });
  u32 at = Arena::TextBegin;
  for (size_t i = 0; i < m_text.size(); ++i) {
    const bool same = i && keyOf(m_text[i]) == keyOf(m_text[i - 1]);
    if (!same)
      m_byAddress.push_back(m_text[i]), at = Arena::TextBegin + TextStep * static_cast<u32>(m_byAddress.size() - 1);
    m_text[i]->offset = at;
    if (same && !m_text[i]->function) m_text[i]->function = m_text[i - 1]->function;
  }
  std::sort(m_data.begin(), m_data.end(), [](auto* a, auto* b) { return keyOf(a) < keyOf(b); });
  u32 place = Arena::DataBegin;
  for (DataSymbol* d : m_data) {
    place = (place + 63) & ~63u;
    d->offset = place;
    place += d->size * d->count;
  }
  m_dataEnd = place;
  std::sort(m_functions.begin(), m_functions.end(), [](auto* a, auto* b) {
    if (a->name != b->name) return a->name < b->name;
    return a->file != b->file ? a->file < b->file : a->line < b->line;
  });
  for (size_t i = 0; i < m_functions.size(); ++i) m_functions[i]->id = static_cast<u16>(i);
  std::sort(m_notes.begin(), m_notes.end(), [](auto* a, auto* b) { return a->name < b->name; });
  for (size_t i = 0; i < m_notes.size(); ++i) m_notes[i]->id = static_cast<u16>(i);
}

const TextSymbol* Symbols::textAt(u64 address) const {
  const u64 slot = (address - Arena::addressOf(Arena::TextBegin)) / TextStep;
  const bool known = slot < m_byAddress.size() && Arena::addressOf(m_byAddress[slot]->offset) == address;
  return known ? m_byAddress[slot] : nullptr;
}
std::string_view Symbols::simplified(std::string_view function, Era era) const {
  for (auto* s : m_simplified)
    if (s->function == function && eraOfFile(s->file) == era) return s->text;
  return "";
}
bool Symbols::inlined(std::string_view function, Era era) const {
  if (era != Era::Linux61) return false; // the other was never recorded
  return std::any_of(m_inlined.begin(), m_inlined.end(), [&](auto* i) { return i->function == function; });
}
const TextSymbol* Symbols::textNamed(std::string_view name, Era era) const {
  const std::pair key(era, name);
  auto it = std::lower_bound(m_text.begin(), m_text.end(), key, [](auto* s, auto& k) { return beforeKey(s, k); });
  return it != m_text.end() && keyOf(*it) == key ? *it : nullptr;
}
const DataSymbol* Symbols::dataAt(u32 offset) const {
  auto it = std::upper_bound(m_data.begin(), m_data.end(), offset, [](u32 o, auto* s) { return o < s->offset; });
  if (it == m_data.begin()) return nullptr;
  const DataSymbol* d = *--it;
  return offset < d->offset + d->size * d->count ? d : nullptr;
}
const DataSymbol* Symbols::dataNamed(std::string_view name, Era era) const {
  const std::pair key(era, name);
  auto it = std::lower_bound(m_data.begin(), m_data.end(), key, [](auto* s, auto& k) { return beforeKey(s, k); });
  return it != m_data.end() && keyOf(*it) == key ? *it : nullptr;
}
const FunctionInfo* Symbols::functionNamed(std::string_view name) const {
  auto it = std::lower_bound(m_functions.begin(), m_functions.end(), name, [](auto* s, auto n) { return s->name < n; });
  return it != m_functions.end() && (*it)->name == name ? *it : nullptr;
}

void* enterTableSlot(const void* slot, u64 address) {
  if (!address) throw NullDereference{Arena::offsetOf(slot)};
  const TextSymbol* symbol = Symbols::get().textAt(address);
  if (!Arena::silent(slot)) Arena::sinkOf(slot).tableCall(Arena::offsetOf(slot), address);
  if (!symbol || !symbol->function) throw UnbuiltFunction{symbol ? symbol->name : "(an address that is no function)"};
  return symbol->function;
}

} // namespace sockwalk
