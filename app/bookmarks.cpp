#include "app/bookmarks.h"
#include <algorithm>
#include <QJsonObject>

namespace sockwalk {

const Bookmark* Bookmarks::at(EventIndex position) const {
  const auto found = std::ranges::find(m_all, position, &Bookmark::position);
  return found == m_all.end() ? nullptr : &*found;
}

std::vector<Bookmark> withBookmark(std::vector<Bookmark> all, EventIndex position, const QString& note) {
  const auto place = std::ranges::lower_bound(all, position, {}, &Bookmark::position);
  if (place != all.end() && place->position == position) place->note = note;
  else all.insert(place, {position, note});
  return all;
}

std::vector<Bookmark> withoutBookmark(std::vector<Bookmark> all, EventIndex position) {
  std::erase_if(all, [&](const Bookmark& b) { return b.position == position; });
  return all;
}

void Bookmarks::set(EventIndex position, const QString& note) { setAll(withBookmark(m_all, position, note)); }
void Bookmarks::remove(EventIndex position) { setAll(withoutBookmark(m_all, position)); }

void Bookmarks::setAll(std::vector<Bookmark> all) {
  if (m_all == all) return;
  m_all = std::move(all);
  emit changed();
}

QJsonArray Bookmarks::json() const {
  QJsonArray array;
  for (const Bookmark& b : m_all) array << QJsonObject{{"position", qint64(b.position)}, {"note", b.note}};
  return array;
}

// The array comes from a file: what makes no sense in it is left out.
void Bookmarks::read(const QJsonArray& json) {
  m_all.clear();
  for (const QJsonValue value : json) {
    const qint64 position = value["position"].toInteger(-1);
    if (position < 0 || position >= qint64(NoEvent) || at(EventIndex(position))) continue;
    m_all.push_back({EventIndex(position), value["note"].toString()});
  }
  std::ranges::sort(m_all, {}, &Bookmark::position);
}

} // namespace sockwalk
