#include "app/search_members.h"
#include "engine/tell/structures/groups.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <QElapsedTimer>

namespace sockwalk {

namespace {

constexpr std::size_t MostOfThem = 24; // more are not shown
constexpr int SliceMs = 8;
constexpr u64 BytesAtOnce = 1 << 14;

SearchHit hitOf(const tell::FoundMember& found) {
  const QString name = text(tell::memberOwn(found.member));
  const QString whose = name.isEmpty() ? text(found.object) : Walk::tr("%1 of %2").arg(name, text(found.object));
  const QString value =
      found.how.empty() ? shown(found.value) : QStringLiteral("%1 (%2)").arg(shown(found.value), shown(found.how));
  return {SearchHit::Kind::Member, whose, value, NoEvent, found.address};
}

} // namespace

bool MemberHits::search(const Walk& walk, const QString& wish, RankedHits& hits) {
  if (!walk.isOpen()) return true;
  if (!m_search || wish != m_wish || walk.position() != m_moment) {
    m_wish = wish;
    m_moment = walk.position();
    m_search = std::make_unique<tell::MemberSearch>(walk.playhead(), wish.toStdString(), MostOfThem);
  }
  QElapsedTimer clock;
  clock.start();
  while (!m_search->atEnd() && clock.elapsed() < SliceMs) m_search->advance(BytesAtOnce);
  for (const tell::FoundMember& found : m_search->found()) {
    // That it is found would say that it has that value.
    if (walk.covers().member(static_cast<u32>(found.address), 1)) continue;
    const int rank = wish.contains('=') ? 0 : std::max(1, rankOf(text(found.member), wish));
    hits.emplace_back(rank, hitOf(found));
  }
  return m_search->atEnd();
}

} // namespace sockwalk
