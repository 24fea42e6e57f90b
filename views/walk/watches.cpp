#include "views/walk/watches.h"
#include "engine/tell/structures/member_path.h"
#include <algorithm>
#include <QJsonObject>

namespace sockwalk {

int Watches::indexOf(const tell::WatchedMember& member) const {
  const auto found = std::ranges::find(m_all, member, &Watch::member);
  return found == m_all.end() ? -1 : int(found - m_all.begin());
}

void Watches::edit(std::vector<Watch> all) {
  m_all = std::move(all);
  emit changed();
  emit edited();
}

bool Watches::add(const tell::WatchedMember& member, bool stops) {
  if (!member.place || indexOf(member) >= 0) return false;
  std::vector<Watch> all = m_all;
  all.push_back({member, stops});
  edit(std::move(all));
  return true;
}

void Watches::remove(int index) {
  if (index < 0 || index >= int(m_all.size())) return;
  std::vector<Watch> all = m_all;
  all.erase(all.begin() + index);
  edit(std::move(all));
}

void Watches::setStops(int index, bool stops) {
  if (index < 0 || index >= int(m_all.size()) || m_all[size_t(index)].stops == stops) return;
  std::vector<Watch> all = m_all;
  all[size_t(index)].stops = stops;
  edit(std::move(all));
}

QJsonArray Watches::json() const {
  QJsonArray array;
  for (const auto& [member, stops] : m_all)
    array << QJsonObject{{"object", QString::fromStdString(member.object)},
                         {"type", QString::fromUtf8(member.type().data(), qsizetype(member.type().size()))},
                         {"member", QString::fromStdString(member.member)},
                         {"base", qint64(member.base)},
                         {"born", qint64(member.born)},
                         {"global", member.global},
                         {"stops", stops}};
  return array;
}

// The array comes from a file: what makes no sense in it is left out.
void Watches::read(const QJsonArray& json) {
  std::vector<Watch> all;
  for (const QJsonValue value : json) {
    const qint64 base = value["base"].toInteger(-1), born = value["born"].toInteger(-1);
    if (base < 0 || base > qint64(~u32{0}) || born < 0 || born >= qint64(NoEvent)) continue;
    const auto member = tell::WatchedMember::of(
        value["object"].toString().toStdString(), value["type"].toString().toStdString(),
        value["member"].toString().toStdString(), u32(base), EventIndex(born), value["global"].toBool());
    const bool twice = std::ranges::find(all, member, &Watch::member) != all.end();
    if (member.place && !twice) all.push_back({member, value["stops"].toBool()});
  }
  if (m_all == all) return;
  m_all = std::move(all);
  emit changed();
}

Watches::Stop Watches::stopBetween(const Journal& journal, EventIndex from, EventIndex to) const {
  Stop first;
  for (size_t i = 0; i < m_all.size(); ++i) {
    if (!m_all[i].stops) continue;
    const EventIndex end = first.position == NoEvent ? to : first.position;
    const EventIndex at = tell::firstChange(journal, m_all[i].member, from, end);
    if (at != NoEvent) first = {at, int(i)};
  }
  return first;
}

} // namespace sockwalk
