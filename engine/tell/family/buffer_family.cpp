#include "engine/tell/family/buffer_family.h"
#include "engine/journal/layers.h"
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/tell/askers.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstddef>

namespace sockwalk::tell {

namespace {

FamilyMember memberOf(const Journal& j, const BufferLives& lives, int index) {
  const BufferLife& life = lives.life(index);
  FamilyMember m;
  m.life = index;
  m.address = Arena::addressOf(life.offset);
  m.name = bufferName(life);
  m.maker = functionAt(j, life.born);
  m.asker = functionOf(j, askerOf(j, life.born));
  const FunctionInfo* by = Symbols::get().functionNamed(m.asker.empty() ? m.maker : m.asker);
  if (by) m.layer = layerOf(*by);
  if (m.asker == m.maker) m.asker.clear();
  m.born = life.born;
  m.gone = life.dropped != NoEvent ? life.dropped : life.released != NoEvent ? life.released : life.end;
  const EventIndex call = j.callAround(life.born);
  m.whole = call == NoEvent ? life.born + 1 : endOf(j, call);
  return m;
}

int indexOf(const std::vector<FamilyMember>& members, int life) {
  const auto found = std::ranges::lower_bound(members, life, {}, &FamilyMember::life);
  return found != members.end() && found->life == life ? int(found - members.begin()) : -1;
}

// Two members that stand side by side in one pair; of several that stood in the same half, the one that was there.
void findTwins(std::vector<FamilyMember>& members, const BufferLives& lives) {
  for (size_t i = 0; i < members.size(); ++i) {
    const BufferLife& second = lives.life(members[i].life);
    if (second.half != BufferLife::Second) continue;
    const int first = lives.at(members[i].address - sizeof(kernel::sk_buff), second.born);
    const int twin = first < 0 ? -1 : indexOf(members, first);
    if (twin < 0) continue;
    members[i].twin = twin;
    if (members[size_t(twin)].twin < 0) members[size_t(twin)].twin = int(i);
  }
}

void findEdges(BufferFamily& family, const Journal& j, const BufferLives& lives) {
  const auto add = [&](int from, int to, BufferMark how, EventIndex event) {
    if (from >= 0 && to >= 0) family.edges.push_back({from, to, how, event, functionAt(j, event), false});
  };
  for (size_t i = 0; i < family.members.size(); ++i) {
    const BufferLife& life = lives.life(family.members[i].life);
    if (life.from >= 0) add(indexOf(family.members, life.from), int(i), life.origin, life.akin);
    if (life.into >= 0) add(int(i), indexOf(family.members, life.into), life.joined, life.went);
  }
}

// ---- at a moment
KinState stateAt(const FamilyMember& m, const BufferLife& life, EventIndex position) {
  if (position <= m.born) return KinState::Coming;
  if (m.gone != NoEvent && position > m.gone) return life.dropped != NoEvent ? KinState::Dropped : KinState::Gone;
  return position < m.whole ? KinState::Making : KinState::Alive;
}

Text fateOf(const Playhead& at, const BufferFamily& family, const FamilyMember& m, const BufferLife& life) {
  const Journal& j = at.journal();
  if (life.dropped != NoEvent) return say("dropped: %1", dropReason(j[life.dropped].b));
  if (life.into >= 0 && life.went < m.gone)
    if (const int into = indexOf(family.members, life.into); into >= 0)
      return say("went into %1", family.members[size_t(into)].name);
  const std::string who = functionOf(j, askerOf(j, m.gone));
  return who.empty() ? say("let go of") : say("let go of by %1()", who);
}

int areaOf(const Playhead& at, BufferFamily& family, const kernel::sk_buff& skb) {
  if (!skb.head.value) return -1;
  for (size_t i = 0; i < family.areas.size(); ++i)
    if (family.areas[i].head == skb.head.value) return int(i);
  const auto* shared = at.object<kernel::skb_shared_info>(skb.head.value + skb.end);
  DataArea area{skb.head.value, skb.end, datarefIn(*shared), shared->nr_frags, shared->frag_list.value != 0, {}};
  family.areas.push_back(std::move(area));
  return int(family.areas.size()) - 1;
}

// Of those who took a reference and have not given it back: the last one in gives back first.
std::vector<std::string> holdersOf(const Playhead& at, const FamilyMember& m) {
  std::vector<std::string> out;
  for (const UsersWrite& write : usersWrites(at, m)) {
    if (write.by > 0) out.push_back(write.function);
    else if (!out.empty()) out.pop_back();
  }
  return out;
}

void readMember(const Playhead& at, BufferFamily& family, int index) {
  FamilyMember& m = family.members[size_t(index)];
  const auto* skb = at.object<kernel::sk_buff>(m.address);
  m.len = skb->len;
  m.users = u32(skb->users.refs.counter);
  if (m.users > 1) m.holders = holdersOf(at, m);
  m.area = areaOf(at, family, *skb);
  if (m.area >= 0) family.areas[size_t(m.area)].members.push_back(index);
}

// Who hangs in the frag_list of an area. A list that is being built may end anywhere: it is followed for as long as it
// leads to members.
void readLists(const Playhead& at, BufferFamily& family) {
  for (size_t a = 0; a < family.areas.size(); ++a) {
    const DataArea& area = family.areas[a];
    if (!area.list) continue;
    u64 next = at.object<kernel::skb_shared_info>(area.head + area.size)->frag_list.value;
    for (size_t guard = 0; next && guard <= family.members.size(); ++guard) {
      const auto hangs = std::ranges::find_if(
          family.members, [&](const FamilyMember& m) { return m.address == next && m.state == KinState::Alive; });
      if (hangs == family.members.end()) break;
      hangs->hungOn = int(a);
      next = at.object<kernel::sk_buff>(next)->next.value;
    }
  }
}

} // namespace

bool goesInto(BufferMark how) {
  return how == BufferMark::Merged || how == BufferMark::Joined || how == BufferMark::Reassembled;
}

int lifeAround(const Playhead& at, const BufferLives& lives) {
  const std::vector<EventIndex> calls = at.callStack();
  for (auto call = calls.rbegin(); call != calls.rend(); ++call)
    if (const int life = lives.at(bufferOf(at.journal(), at.journal()[*call]), at.position()); life >= 0) return life;
  if (const auto alive = lives.aliveAt(at.position(), 1); !alive.empty()) return alive[0];
  const auto& all = lives.all();
  const auto later = std::ranges::lower_bound(all, at.position(), {}, &BufferLife::born);
  return int(later - all.begin()) - 1;
}

std::vector<int> kinOf(const BufferLives& lives, int life) {
  const int count = int(lives.all().size());
  if (life < 0 || life >= count) return {};
  std::vector<std::pair<int, int>> into; // whom, who
  for (int l = 0; l < count; ++l)
    if (lives.life(l).into >= 0) into.push_back({lives.life(l).into, l});
  std::ranges::sort(into);
  std::vector<bool> met(size_t(count), false);
  std::vector<int> kin{life};
  met[size_t(life)] = true;
  const auto meet = [&](int l) {
    if (l < 0 || met[size_t(l)]) return;
    met[size_t(l)] = true;
    kin.push_back(l);
  };
  for (size_t i = 0; i < kin.size(); ++i) {
    const BufferLife& l = lives.life(kin[i]);
    meet(l.from);
    meet(l.into);
    for (int c = l.child; c >= 0; c = lives.life(c).sibling) meet(c);
    for (auto it = std::ranges::lower_bound(into, std::pair(kin[i], 0)); it != into.end() && it->first == kin[i]; ++it)
      meet(it->second);
  }
  std::ranges::sort(kin); // lives are numbered as they are born
  return kin;
}

const BufferFamily& FamilyReader::at(const Playhead& playhead, const BufferLives& lives, int life) {
  BufferFamily& family = m_family;
  if (indexOf(family.members, life) < 0) {
    family = {};
    for (const int l : kinOf(lives, life)) family.members.push_back(memberOf(playhead.journal(), lives, l));
    findTwins(family.members, lives);
    findEdges(family, playhead.journal(), lives);
  }
  family.looked = indexOf(family.members, life);
  family.areas.clear();
  for (size_t i = 0; i < family.members.size(); ++i) {
    FamilyMember& m = family.members[i];
    const BufferLife& itself = lives.life(m.life);
    m.state = stateAt(m, itself, playhead.position());
    m.len = m.users = 0;
    m.holders.clear();
    m.area = m.hungOn = -1;
    const bool over = m.state == KinState::Gone || m.state == KinState::Dropped;
    if (!over) m.fate = {};
    else if (m.fate.empty()) m.fate = fateOf(playhead, family, m, itself); // it does not change any more
    if (m.state == KinState::Alive) readMember(playhead, family, int(i));
  }
  for (FamilyEdge& e : family.edges) e.done = playhead.position() > e.event;
  readLists(playhead, family);
  return family;
}

std::vector<UsersWrite> usersWrites(const Playhead& at, const FamilyMember& member, EventIndex from) {
  std::vector<UsersWrite> out;
  const Journal& j = at.journal();
  const u32 users = static_cast<u32>(member.address) + u32(offsetof(kernel::sk_buff, users));
  for (EventIndex i = std::max(from, member.whole); i < at.position(); ++i) {
    if (j[i].type != EventType::Write) continue;
    const Journal::Change change = j.change(j[i]);
    if (change.offset != users || !change.oldBytes || !change.newBytes) continue;
    s32 before = 0, after = 0;
    std::copy_n(change.oldBytes, 4, reinterpret_cast<u8*>(&before));
    std::copy_n(change.newBytes, 4, reinterpret_cast<u8*>(&after));
    if (before != after) out.push_back({i, functionAt(j, i), after - before});
  }
  return out;
}

} // namespace sockwalk::tell
