// Moments of a walk that somebody has kept and named: the window's bookmarks, for views that may go to one or compare with
// one, and know no window.
#pragma once
#include "views/walk/walk.h"
#include <functional>

namespace sockwalk {

struct KeptMoment {
  EventIndex position = 0;
  QString name;
};

class KeptMoments final : public QObject {
  Q_OBJECT
public:
  using Ask = std::function<std::vector<KeptMoment>()>;
  // Whoever keeps them says so once.
  static void answer(Walk& walk, Ask ask) { of(walk).m_ask = std::move(ask); }
  static std::vector<KeptMoment> all(Walk& walk) {
    const Ask& ask = of(walk).m_ask;
    return ask ? ask() : std::vector<KeptMoment>();
  }

private:
  using QObject::QObject;
  static KeptMoments& of(Walk& walk) {
    auto* kept = walk.findChild<KeptMoments*>();
    return kept ? *kept : *new KeptMoments(&walk);
  }
  Ask m_ask;
};

} // namespace sockwalk
