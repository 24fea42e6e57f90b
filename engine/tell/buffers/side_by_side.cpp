#include "engine/tell/buffers/side_by_side.h"
#include "engine/memory/structures.h"
#include "engine/tell/position.h"
#include <algorithm>

namespace sockwalk::tell {

namespace {

u64 headOf(const Playhead& at, const BufferLives& lives, int life) {
  const BufferLife& l = lives.life(life);
  return l.aliveAt(at.position()) ? at.object<kernel::sk_buff>(Arena::addressOf(l.offset))->head.value : 0;
}

BesideRow rowOf(const Playhead& at, const BufferLives& lives, BufferJourneys& journeys, int life) {
  BesideRow row{life, at.position(), {}, {}, {}};
  if (lives.life(life).knownAt(at.position()))
    row.picture = pictureOf(at, lives, journeys.of(at.journal(), lives, life), life, at.position());
  row.name = row.picture.present ? row.picture.title : bufferName(lives.life(life));
  return row;
}

std::string pageOfBoth(const BesideRow& a, const BesideRow& b) {
  for (const BufferFragment& one : a.picture.fragments)
    for (const BufferFragment& other : b.picture.fragments)
      if (one.page == other.page) return one.page;
  return {};
}

BesideJoint commonOf(const BesideRow& a, const BesideRow& b) {
  if (!a.there() || !b.there() || a.gone() || b.gone()) return {};
  const BufferShape &s = a.picture.shape, &t = b.picture.shape;
  if (s.head == t.head) {
    const u32 from = std::max(s.data, t.data), to = std::max(from, std::min(s.tail, t.tail));
    return {BesideJoint::SameBytes, from, to,
            say("the same bytes: %1 sk_buffs describe them (dataref)", a.picture.dataref)};
  }
  const std::string page = pageOfBoth(a, b);
  if (page.empty()) return {};
  return {BesideJoint::SamePage, 0, 0, say("both have a fragment in %1", page)};
}

BesideJoint changeOf(const BesideRow& a, const BesideRow& b) {
  if (!a.there() || !b.there()) return {};
  const BufferShape &s = a.picture.shape, &t = b.picture.shape;
  std::vector<Text> changes;
  const auto note = [&](std::string_view member, s64 before, s64 after) {
    if (before != after)
      changes.emplace_back(std::string(member) + " " + std::to_string(before) + " → " + std::to_string(after));
  };
  if (s.head != t.head) changes.push_back(say("another data area"));
  note("data", s.data, t.data);
  note("tail", s.tail, t.tail);
  note("len", s.len, t.len);
  note("data_len", s.dataLen, t.dataLen);
  note("users", s.users, t.users);
  if (a.picture.dataref && b.picture.dataref) note("dataref", a.picture.dataref, b.picture.dataref);
  if (!a.gone() && b.gone()) changes.push_back(say("let go of"));
  if (changes.empty()) changes.push_back(say("the same"));
  return {BesideJoint::Moved, 0, 0, Text::list(" · ", std::move(changes))};
}

Text whereOf(const Playhead& at, EventIndex here) {
  const std::vector<EventIndex> calls = at.callStack();
  const Text step = stepName(at.journal(), at.position(), here);
  if (calls.empty()) return step;
  return say("%1, in %2()", step, at.journal().function(at.journal()[calls.back()]).name);
}

template <class Between> SideBySide joined(std::vector<BesideRow> rows, const Between& between) {
  SideBySide out{std::move(rows), {}};
  for (size_t i = 1; i < out.rows.size(); ++i) out.joints.push_back(between(out.rows[i - 1], out.rows[i]));
  return out;
}

} // namespace

std::vector<int> buffersBeside(const Playhead& at, const BufferLives& lives, int life) {
  std::vector<int> out{life};
  const std::vector<int> alive = lives.aliveAt(at.position());
  const u64 head = headOf(at, lives, life);
  const int root = lives.rootOf(life);
  const auto add = [&](const auto& fits) {
    for (const int l : alive)
      if (out.size() < MostBeside && std::ranges::find(out, l) == out.end() && fits(l)) out.push_back(l);
  };
  add([&](int l) { return head && headOf(at, lives, l) == head; });
  const size_t sharing = out.size();
  add([&](int l) { return lives.rootOf(l) == root; });
  if (out.size() < LeastBeside) add([&](int) { return true; });
  std::ranges::sort(out.begin(), out.begin() + long(sharing));
  return out;
}

std::vector<EventIndex> momentsBeside(const BufferJourney& journey) {
  std::vector<EventIndex> changed;
  for (const BufferOperation& o : journey.operations()) {
    const auto& shapes = journey.shapes();
    if (o.before < 0 || !shapes[size_t(o.before)].sameGeometry(shapes[size_t(o.after)])) changed.push_back(o.last + 1);
  }
  if (changed.size() < MostBeside) return changed;
  return {changed.front(), changed[changed.size() / 2], changed.back()};
}

SideBySide sideBySide(const Playhead& at, const BufferLives& lives, BufferJourneys& journeys,
                      std::span<const int> which) {
  std::vector<BesideRow> rows;
  for (const int life : which) rows.push_back(rowOf(at, lives, journeys, life));
  return joined(std::move(rows), commonOf);
}

SideBySide sideBySide(Playhead& walker, const BufferLives& lives, BufferJourneys& journeys, int life,
                      std::span<const EventIndex> moments, EventIndex here) {
  std::vector<BesideRow> rows;
  for (const EventIndex moment : moments) {
    walker.seek(moment);
    rows.push_back(rowOf(walker, lives, journeys, life));
    rows.back().where = whereOf(walker, here);
  }
  return joined(std::move(rows), changeOf);
}

} // namespace sockwalk::tell
