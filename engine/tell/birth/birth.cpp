#include "engine/tell/birth/birth.h"
#include "engine/journal/layers.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/tell/askers.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/fields.h"
#include "engine/tell/position.h"
#include <algorithm>
#include <cstddef>
#include <map>

namespace sockwalk::tell {

namespace {

constexpr size_t MostParts = 8;

const Allocation* allocationAround(const Journal& j, u64 address, EventIndex position) {
  const u32 offset = address > 0xffff'8000'0000'0000 ? static_cast<u32>(address) : 0;
  for (const Allocation* a : liveAt(j, position))
    if (offset && a->offset <= offset && offset < a->offset + a->size) return a;
  return nullptr;
}
std::string_view typeName(const Allocation& a) {
  const LayoutInfo* layout = layoutOf(a.type);
  return layout ? layout->name : std::string_view();
}
bool isSocketPart(const Allocation& a) {
  const std::string_view type = typeName(a);
  const LayoutInfo* layout = layoutOf(a.type);
  return type == "socket_alloc" || (layout && beginsWith(*layout, "sock_common") && beginsWith(*layout, "sock"));
}
// One address and a type for each that begins there; or two that lie side by side.
std::string withinOf(const LayoutInfo& layout) {
  if (layout.name == "socket_alloc") return "socket + inode";
  for (const MemberInfo& m : layout.members) {
    const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array && !m.offset ? layoutNamed(m.target) : nullptr;
    if (!inner || inner->size < 64) continue; // a list's node is no type of its own
    const std::string deeper = withinOf(*inner);
    return deeper.empty() ? std::string(m.target) : deeper + " ⊂ " + std::string(m.target);
  }
  return {};
}

// ---- what is made
class Making {
public:
  Making(const Journal& j, Birth& birth) : m_journal(j), m_birth(birth) {}

  void addAllocation(const Allocation& a, EventIndex born) {
    BirthPart part;
    part.address = Arena::addressOf(a.offset);
    part.name = objectOf(a).name;
    part.size = a.size;
    if (a.cache < m_journal.caches().size()) part.cache = m_journal.caches()[a.cache].name;
    if (const LayoutInfo* layout = layoutOf(a.type)) part.within = withinOf(*layout);
    add(std::move(part), born);
  }
  void add(BirthPart part, EventIndex born) {
    if (std::ranges::any_of(m_birth.parts, [&](const BirthPart& p) { return p.address == part.address; })) return;
    part.born = born;
    if (born != NoEvent) {
      const EventIndex asker = askerOf(m_journal, born);
      part.maker = functionAt(m_journal, born);
      part.asker = asker == NoEvent ? part.maker : functionOf(m_journal, asker);
      if (asker != NoEvent) part.layer = layerOf(m_journal.function(m_journal[asker]));
    }
    m_birth.parts.push_back(std::move(part));
  }
  // All that a call allocates and leaves behind.
  void addMadeIn(EventIndex from, EventIndex to) {
    for (const Allocation& a : m_journal.allocations())
      if (a.born >= from && a.born < to && a.died >= to && layoutOf(a.type) && m_birth.parts.size() < MostParts &&
          isMadeBy(from, a))
        addAllocation(a, a.born);
  }
  void order() {
    std::ranges::stable_sort(m_birth.parts, {}, [](const BirthPart& p) { return p.born == NoEvent ? 0 : p.born + 1; });
  }

private:
  // And not meanwhile by another task, such as modprobe for which it waits.
  bool isMadeBy(EventIndex call, const Allocation& a) const {
    EventIndex c = m_journal.callAround(a.born);
    while (c != NoEvent && c != call) c = m_journal.callerOf(c);
    return c == call;
  }

  const Journal& m_journal;
  Birth& m_birth;
};

// ---- the pointers between the parts
class Ties {
public:
  Ties(const Playhead& end, Birth& birth) : m_end(end), m_birth(birth) {}

  // `packet`: that part is an sk_buff, whatever it is cut from.
  void find(u64 packet = 0) {
    for (size_t i = 0; i < m_birth.parts.size(); ++i) {
      const u64 address = m_birth.parts[i].address;
      const ObjectRef object = objectAt(m_end, address);
      const bool whole = object && object.address() == address;
      const LayoutInfo* layout = address == packet ? layoutNamed("sk_buff") : whole ? layoutOf(object.type) : nullptr;
      if (layout) follow(*layout, static_cast<u32>(address), int(i), {});
    }
    findWrites();
    std::ranges::stable_sort(m_birth.ties, {}, &BirthTie::event);
  }

private:
  struct Pointer {
    int tie;
    std::string member;
    EventIndex written = NoEvent;
  };
  int partAt(u64 address) const {
    for (size_t i = 0; i < m_birth.parts.size(); ++i)
      if (address >= m_birth.parts[i].address && address < m_birth.parts[i].address + m_birth.parts[i].size)
        return int(i);
    return -1;
  }
  // `within`: the member in which they lie; it names the pointer to the first of a list.
  void follow(const LayoutInfo& layout, u32 base, int from, std::string_view within) {
    for (const MemberInfo& m : layout.members) {
      const bool links =
          m.name == "next" || m.name == "prev" || m.name == "pprev"; // neighbours, not what it is made of
      if (m.array || m.bits || links) continue;
      const LayoutInfo* inner = m.kind == MemberKind::Struct ? layoutNamed(m.target) : nullptr;
      if (inner) follow(*inner, base + m.offset, from, m.name);
      if (m.kind != MemberKind::Pointer) continue;
      const int to = partAt(readUnsigned(m_end, m, base));
      if (to < 0 || to == from) continue;
      const std::string_view name = m.name == "first" && !within.empty() ? within : m.name;
      m_pointers.emplace(base + m.offset, Pointer{tieOf(from, to), std::string(name)});
    }
  }
  int tieOf(int from, int to) {
    auto& ties = m_birth.ties;
    const auto known = std::ranges::find_if(ties, [&](const BirthTie& t) { return t.from == from && t.to == to; });
    if (known != ties.end()) return int(known - ties.begin());
    ties.push_back({from, to, {}, NoEvent, {}, false});
    return int(ties.size()) - 1;
  }
  // The last write before the end is the one that counts.
  void findWrites() {
    const Journal& j = m_end.journal();
    for (EventIndex i = m_birth.from; i < m_birth.to; ++i) {
      if (j[i].type != EventType::Write) continue;
      const Journal::Change c = j.change(j[i]);
      for (auto at = m_pointers.lower_bound(c.offset); at != m_pointers.end() && at->first < c.offset + c.size; ++at)
        at->second.written = i;
    }
    std::vector<const Pointer*> inOrder;
    for (const auto& [offset, pointer] : m_pointers)
      if (pointer.written != NoEvent) inOrder.push_back(&pointer);
    std::ranges::stable_sort(inOrder, {}, &Pointer::written);
    for (const Pointer* p : inOrder) {
      BirthTie& tie = m_birth.ties[size_t(p->tie)];
      if (tie.event == NoEvent) tie.event = p->written, tie.function = functionAt(j, p->written);
      tie.members.push_back(p->member);
    }
    std::erase_if(m_birth.ties, [](const BirthTie& t) { return t.event == NoEvent; });
  }

  const Playhead& m_end;
  Birth& m_birth;
  std::map<u32, Pointer> m_pointers; // by where they lie
};

// A system call makes all of it, or the kernel for itself; a child of a listener is made by a few functions of one frame's
// long way.
EventIndex makingOf(const Journal& j, EventIndex born) {
  EventIndex made = NoEvent;
  for (EventIndex call = j.callAround(born); call != NoEvent; call = j.callerOf(call)) {
    const std::string name = functionOf(j, call);
    if (name.starts_with("__sys_")) return call;
    if (name == "__sock_create") made = call;
  }
  if (made != NoEvent) return made;
  made = askerOf(j, born);
  for (int up = 0; up < 3 && made != NoEvent && j.callerOf(made) != NoEvent; ++up) made = j.callerOf(made);
  return made;
}

Birth birthOfSocket(const Journal& j, const Allocation& a) {
  Birth birth;
  birth.subject = objectOf(a).name;
  const EventIndex call = makingOf(j, a.born);
  birth.call = functionOf(j, call);
  birth.from = call == NoEvent ? a.born : call;
  birth.to = call == NoEvent ? a.born + 1 : endOf(j, call);
  Making making(j, birth);
  making.addAllocation(a, a.born);
  making.addMadeIn(birth.from, birth.to);
  making.order();
  Playhead end(j);
  end.seek(birth.to);
  Ties(end, birth).find();
  return birth;
}

// Its data area and its owner are found in it at the end of the call that wanted it.
Birth birthOfPacket(const Journal& j, const BufferLife& life) {
  Birth birth;
  const EventIndex call = askerOf(j, life.born);
  birth.call = functionOf(j, call);
  const EventIndex first = j.callAround(life.born), end = call == NoEvent ? life.born + 1 : endOf(j, call);
  birth.from = call == NoEvent ? first : call;
  birth.to = life.end == NoEvent ? end : std::min(end, life.end);
  Playhead then(j);
  then.seek(birth.to);
  const u64 address = Arena::addressOf(life.offset);
  const auto* skb = then.object<kernel::sk_buff>(address);
  birth.subject = bufferName(life);
  Making making(j, birth);
  BirthPart itself{address, birth.subject, {}, u32(sizeof(kernel::sk_buff)), {}, {}, {}, Layer::Socket, 0, false, {}};
  if (const Allocation* a = allocationAround(j, address, birth.to); a && a->cache < j.caches().size())
    itself.cache = j.caches()[a->cache].name;
  making.add(std::move(itself), life.born);
  if (const u64 head = skb->head.value) {
    BirthPart data{head,
                   spoken(say("data area")),
                   {},
                   skb->end + u32(sizeof(kernel::skb_shared_info)),
                   "skb_shared_info",
                   {},
                   {},
                   Layer::Socket,
                   0,
                   false,
                   {}};
    const Allocation* a = allocationAround(j, head, birth.to);
    if (a && Arena::addressOf(a->offset) == head) data.cache = j.caches()[a->cache].name;
    making.add(std::move(data), a && a->born >= birth.from ? a->born : NoEvent);
  }
  for (const u64 other : {skb->sk.value, skb->dev.value})
    if (const Allocation* a = allocationAround(j, other, birth.to)) making.addAllocation(*a, NoEvent);
  making.order();
  Ties(then, birth).find(address);
  return birth;
}

// ---- whose
struct Subject {
  int life = -1;                    // a packet
  const Allocation* made = nullptr; // a part of a socket
  explicit operator bool() const { return life >= 0 || made; }
};

class Search {
public:
  Search(const Playhead& at, const BufferLives& lives)
      : m_at(at), m_journal(at.journal()), m_lives(lives), m_alive(liveAt(m_journal, at.position())) {}

  Subject find(u64 focus) const {
    if (const Subject asked = of(focus)) return asked;
    const std::vector<EventIndex> calls = m_at.callStack();
    for (auto call = calls.rbegin(); call != calls.rend(); ++call)
      for (const u64 argument : m_journal.arguments(m_journal[*call]))
        if (const Subject handed = of(argument)) return handed;
    if (!calls.empty())
      if (const Allocation* coming = nextIn(endOf(m_journal, calls.front()))) return {-1, coming};
    return {-1, ofPrograms()};
  }

private:
  Subject of(u64 address) const {
    if (address <= 0xffff'8000'0000'0000) return {};
    if (const int life = m_lives.at(address, m_at.position()); life >= 0) return {life, nullptr};
    const u32 offset = static_cast<u32>(address);
    for (const Allocation* a : m_alive)
      if (a->offset <= offset && offset < a->offset + a->size) return {-1, isSocketPart(*a) ? a : nullptr};
    return {};
  }
  const Allocation* nextIn(EventIndex until) const {
    for (const Allocation& a : m_journal.allocations())
      if (a.born >= m_at.position() && a.born < until && isSocketPart(a)) return &a;
    return nullptr;
  }
  // The last that a program has made, even if it is gone; else the first that one will make; else one of the kernel's own.
  const Allocation* ofPrograms() const {
    const Allocation *last = nullptr, *kernels = nullptr;
    for (const Allocation& a : m_journal.allocations()) {
      if (!isSocketPart(a)) continue;
      const bool asked = functionOf(m_journal, makingOf(m_journal, a.born)).starts_with("__sys_");
      if (asked && (a.born < m_at.position() || !last)) last = &a;
      if (a.born >= m_at.position() && last) break;
      kernels = &a;
    }
    return last ? last : kernels;
  }

  const Playhead& m_at;
  const Journal& m_journal;
  const BufferLives& m_lives;
  std::vector<const Allocation*> m_alive;
};

} // namespace

const Birth& BirthReader::at(const Playhead& playhead, const BufferLives& lives, u64 focus) {
  const EventIndex position = playhead.position();
  const Journal& j = playhead.journal();
  // In the call that makes it, its parts come one by one: it stays the same birth.
  const bool inside = !m_birth.empty() && position >= m_birth.from && position <= m_birth.to;
  const bool other = focus && std::ranges::none_of(m_birth.parts, [&](const BirthPart& p) {
                       return focus >= p.address && focus < p.address + p.size;
                     });
  if (!inside || other) {
    const Subject subject = Search(playhead, lives).find(focus);
    const EventIndex born = subject.life >= 0 ? lives.life(subject.life).born
                            : subject.made    ? subject.made->born
                                              : NoEvent;
    if (subject && born != m_born)
      m_birth = subject.life >= 0 ? birthOfPacket(j, lives.life(subject.life)) : birthOfSocket(j, *subject.made);
    m_born = subject ? born : m_born;
  }
  StepNames names(playhead.journal());
  for (BirthPart& p : m_birth.parts) {
    p.there = p.born == NoEvent || position > p.born;
    if (p.born != NoEvent) p.when = names.name(p.born + 1, position);
  }
  for (BirthTie& t : m_birth.ties) t.done = position > t.event;
  return m_birth;
}

} // namespace sockwalk::tell
