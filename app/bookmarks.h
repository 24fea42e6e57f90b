// Moments of a walk that a person has marked, each with a note. They are saved with the session.
#pragma once
#include "engine/journal/event.h"
#include <QJsonArray>
#include <QObject>
#include <vector>

namespace sockwalk {

struct Bookmark {
  EventIndex position;
  QString note;
  bool operator==(const Bookmark&) const = default;
};

// The same with another one, whose note takes that of one which is there; and with one less.
std::vector<Bookmark> withBookmark(std::vector<Bookmark> all, EventIndex position, const QString& note);
std::vector<Bookmark> withoutBookmark(std::vector<Bookmark> all, EventIndex position);

class Bookmarks final : public QObject {
  Q_OBJECT
public:
  using QObject::QObject;
  const std::vector<Bookmark>& all() const { return m_all; } // in the order of the walk
  const Bookmark* at(EventIndex position) const;
  void set(EventIndex position, const QString& note); // a second one at a place takes the first one's
  void remove(EventIndex position);
  void setAll(std::vector<Bookmark> all); // as they were, or become
  QJsonArray json() const;
  void read(const QJsonArray& json); // of another session, which has no bookmarks if the array is empty

signals:
  void changed(); // by a person

private:
  std::vector<Bookmark> m_all;
};

} // namespace sockwalk
