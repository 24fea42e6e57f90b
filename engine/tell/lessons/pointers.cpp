#include "engine/tell/lessons/pointers.h"
#include "engine/base/whole_number.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/lessons/formula.h"
#include <algorithm>
#include <bit>

namespace sockwalk::tell {

const std::vector<std::string>& pointerNames() {
  static const std::vector<std::string> names{"head", "data", "tail", "end"};
  return names;
}

static u32 placeOf(const scenario::BufferGeometry& g, const std::string& name) {
  return name == "data" ? g.data : name == "tail" ? g.tail : name == "end" ? g.end : 0;
}

Result<std::vector<Pointer>> pointersAt(const Playhead& at, const std::vector<std::string>& names, u64* buffer) {
  const u64 skb = newestObject(at, "sk_buff");
  const auto geometry = skb ? scenario::geometryOf(at, skb) : scenario::BufferGeometry{};
  if (!skb || !geometry.valid) return Error{"no sk_buff is alive there"};
  if (buffer) *buffer = skb;
  std::vector<Pointer> out;
  for (const std::string& name : names) out.push_back({name, placeOf(geometry, name)});
  return out;
}

PointerBoard pointerBoard(const Playhead& stop, u64 buffer, const std::vector<Pointer>& right) {
  PointerBoard out;
  // An object that is not born yet, or another that had its memory before, has nothing to show.
  out.living = buffer && newestObject(stop, "sk_buff") == buffer;
  const auto now = out.living ? scenario::geometryOf(stop, buffer) : scenario::BufferGeometry{};
  out.living = out.living && now.valid;
  u32 farthest = 0;
  for (const Pointer& p : right) {
    out.asked.push_back({p.name, out.living ? placeOf(now, p.name) : 0});
    farthest = std::max({farthest, p.at, out.asked.back().at});
  }
  for (const std::string& name : pointerNames())
    if (out.living && std::ranges::find(right, name, &Pointer::name) == right.end())
      out.known.push_back({name, placeOf(now, name)});
  constexpr u32 Least = 64; // bytes; a power of two beyond what is asked for, so that its edge says little
  out.range = std::max(Least, std::bit_ceil(farthest + farthest / 4 + 1));
  return out;
}

std::string saidOf(const std::vector<Pointer>& pointers) {
  std::string out;
  for (const Pointer& p : pointers) out += (out.empty() ? "" : ", ") + p.name + " " + std::to_string(p.at);
  return out;
}

std::optional<bool> standAs(const std::string& said, const std::vector<Pointer>& pointers) {
  bool all = true;
  for (size_t from = 0; from <= said.size();) {
    const size_t comma = std::min(said.find(',', from), said.size());
    const auto words = wordsOf(said.substr(from, comma - from));
    from = comma + 1;
    if (words.size() != 2) return std::nullopt;
    const auto named = std::ranges::find(pointers, words[0], &Pointer::name);
    const auto at = wholeNumber<u32>(words[1]);
    if (named == pointers.end() || !at) return std::nullopt;
    all &= named->at == *at;
  }
  return all;
}

} // namespace sockwalk::tell
