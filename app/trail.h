// Where one has been: every place that a jump left or led to, to go back over with Alt+Left and on with Alt+Right. Steps
// are no places; the step keys go back over those.
#pragma once
#include "views/walk/walk.h"

namespace sockwalk {

class Trail final : public QObject {
  Q_OBJECT
public:
  explicit Trail(Walk& walk, QObject* parent = nullptr);
  bool canGo(int direction) const; // -1 back, 1 on
  void go(int direction);

private:
  void moved(EventIndex from, EventIndex to, bool jump);

  static constexpr std::size_t Longest = 200;
  Walk& m_walk;
  std::vector<EventIndex> m_places; // the one at m_at is where one is, or was before the last steps
  std::size_t m_at = 0;
  bool m_going = false;
};

} // namespace sockwalk
