// "Step 57 of 212": the steps of the system call or frame that the playhead stands in, counted in the chosen unit.
#pragma once
#include "engine/tell/position.h"
#include "views/walk/walk.h"

namespace sockwalk {

class StepCount {
public:
  explicit StepCount(const Walk& walk) : m_walk(walk) {}
  void forget() { m_counter.forget(); } // another session, or the record grew

  struct Where {
    int step = 0, steps = 0; // 0 of n: before the first
    QString of;              // what is stepped through: "socket(AF_INET, SOCK_STREAM, 0)", "boot"
  };
  Where at(EventIndex position);
  // The position of step `number` (from 1) of the stimulus that `position` stands in; clamped.
  EventIndex positionOf(int number, EventIndex position);

private:
  int stimulusAt(EventIndex position) const; // -1: power off
  const tell::Steps& stepsAround(EventIndex position);
  const Walk& m_walk;
  tell::StepCounter m_counter;
};

} // namespace sockwalk
