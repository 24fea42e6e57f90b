// What a packet has in common with others: the shared info behind its buffer, who else describes the bytes, what hangs on it.
#include "engine/memory/structures.h"
#include "engine/tell/buffers/buffer_picture.h"

namespace sockwalk::tell {

namespace {

// A fragment's bytes lie in the page that a struct page stands for, and in those behind it.
u32 placeOf(const kernel::bio_vec& f) {
  const u32 page = static_cast<u32>(f.bv_page.value) / static_cast<u32>(sizeof(kernel::page)) * Arena::PageSize;
  const bool ours = f.bv_page.value && page >= Arena::HeapBegin && page < Arena::HeapEnd;
  return ours ? page + f.bv_offset : 0;
}

std::vector<u8> fragmentBytes(const Playhead& at, u32 memory, u32 size) {
  constexpr u32 Most = 256;
  if (!memory) return {};
  const u8* bytes = at.memory().at(memory);
  return {bytes, bytes + std::min(size, Most)};
}

Text originOf(const Playhead& at, const BufferLives& lives, const BufferLife& life) {
  if (life.from < 0) return {};
  const std::string from = bufferName(lives.life(life.from));
  switch (life.origin) {
  case BufferMark::Cloned: return say("a clone of %1", from);
  case BufferMark::Copied: return say("a copy of %1", from);
  case BufferMark::Segment: return say("a segment of %1", from);
  case BufferMark::Fragment: return say("an IP fragment of %1", from);
  default: return say("the rear part of %1", from);
  }
}

Text childrenOf(const Playhead& at, const BufferLives& lives, int life) {
  u32 count = 0;
  for (const int child : lives.childrenOf(life)) count += lives.life(child).born < at.position();
  if (!count) return {};
  return count == 1 ? say("one other comes of it") : say("%1 others come of it", count);
}

void readFragments(const Playhead& at, const kernel::skb_shared_info* shared, BufferPicture& p) {
  for (u32 i = 0; i < shared->nr_frags && i < std::size(shared->frags); ++i) {
    const auto& f = shared->frags[i];
    const u32 memory = placeOf(f);
    p.fragments.push_back(
        {addressName(at, f.bv_page.value), f.bv_offset, f.bv_len, memory, fragmentBytes(at, memory, f.bv_len)});
  }
}

// The clones of a buffer, and theirs, and what they are clones of, are one family: whoever of them still lives and has the
// same head shares the bytes. `leaving`: those that are let go of, as long as dataref counts them still.
void readSharers(const Playhead& at, const BufferLives& lives, int life, bool leaving, BufferPicture& p) {
  const BufferLife& one = lives.life(life);
  const u64 address = Arena::addressOf(one.offset);
  const bool alive = one.aliveAt(at.position()), asked = leaving ? !alive && one.knownAt(at.position()) : alive;
  if (life != p.life && asked && p.sharers.size() + 1 < p.dataref) {
    const BufferShape s = readShape(at.memory().at(one.offset));
    if (s.head == p.shape.head && s.end == p.shape.end)
      p.sharers.push_back({life, address, bufferName(one), s.dataInside(), s.tailInside(), s.len});
  }
  for (const int child : lives.childrenOf(life))
    if (lives.life(child).born < at.position()) readSharers(at, lives, child, leaving, p);
}

void readParts(const Playhead& at, const BufferLives& lives, u64 first, BufferPicture& p) {
  constexpr size_t Most = 64;
  for (u64 next = first; next && p.parts.size() < Most;) {
    const int life = lives.at(next, at.position());
    if (life < 0) return;
    const auto* skb = at.object<kernel::sk_buff>(next);
    p.parts.push_back({life, next, bufferName(lives.life(life)), skb->len});
    next = skb->next.value;
  }
}

void readMembers(BufferPicture& p) {
  p.partsMember = "frag_list";
  p.sharedMembers = {{"dataref", p.dataref}};
  const auto add = [&p](std::string_view name, size_t value) {
    if (value) p.sharedMembers.push_back({name, static_cast<u32>(value)});
  };
  add("nr_frags", p.fragments.size());
  add("gso_size", p.gsoSize);
  add("gso_segs", p.gsoSegs);
}

std::vector<Text> sharedWords(const BufferPicture& p) {
  std::vector<Text> out;
  if (p.shape.cloned)
    out.push_back(p.dataref > 1 ? say("cloned: %1 sk_buffs share the bytes (dataref)", p.dataref)
                                : say("cloned once; it alone holds the bytes now"));
  if (p.gsoSize && p.gsoSegs) out.push_back(say("GSO: %1 segments of %2 bytes", p.gsoSegs, p.gsoSize));
  else if (p.gsoSize) out.push_back(say("GSO: segments of %1 bytes", p.gsoSize));
  if (!p.parts.empty())
    out.push_back(p.parts.size() == 1 ? say("1 more sk_buff in frag_list")
                                      : say("%1 more sk_buffs in frag_list", p.parts.size()));
  return out;
}

} // namespace

std::vector<FragmentPlace> fragmentsOf(const Playhead& at, u64 sharedInfo) {
  const auto* shared = at.object<kernel::skb_shared_info>(sharedInfo);
  std::vector<FragmentPlace> out;
  for (u32 i = 0; i < shared->nr_frags && i < std::size(shared->frags); ++i)
    out.push_back({placeOf(shared->frags[i]), shared->frags[i].bv_len});
  return out;
}

void readShared(const Playhead& at, const BufferLives& lives, const BufferJourney& journey, BufferPicture& p) {
  const BufferShape& s = p.shape;
  std::vector<Text> family{originOf(at, lives, lives.life(p.life)), childrenOf(at, lives, p.life)};
  if (s.fclone == 1) family.push_back(say("first of an fclone pair"));
  if (s.fclone == 2) family.push_back(say("clone, second of an fclone pair"));
  if (s.head && p.fate.empty() && journey.written().settledAt(at.position())) {
    const auto* shared = at.object<kernel::skb_shared_info>(s.head + s.end);
    p.dataref = datarefIn(*shared);
    p.gsoSize = shared->gso_size, p.gsoSegs = shared->gso_segs;
    readFragments(at, shared, p);
    readParts(at, lives, shared->frag_list.value, p);
    readMembers(p);
    for (const bool leaving : {false, true}) readSharers(at, lives, lives.rootOf(p.life), leaving, p);
    for (Text& words : sharedWords(p)) family.push_back(std::move(words));
  }
  p.family = Text::list(" · ", std::move(family));
}

} // namespace sockwalk::tell
