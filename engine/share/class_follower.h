// One who follows a shared walk: fetches it, hears where the teacher is, answers. A connection that is lost is taken up
// again until it is let go of; then the teacher's newest moment is heard first.
#pragma once
#include "engine/share/room_state.h"
#include <functional>
#include <memory>

namespace sockwalk::share {

// "http://192.168.1.5:7420/482913/", or without "http://", or without the last slash.
struct ClassAddress {
  std::string host, code;
  int port = 0;
};
Result<ClassAddress> classAddress(std::string_view typed);

class ClassFollower {
public:
  explicit ClassFollower(ClassAddress address);
  ~ClassFollower();

  Result<std::string> fetchSession(); // waits for it
  struct Heard {
    std::function<void(const RoomState&)> state; // in the follower's own thread
    std::function<void(bool there)> connection;  // ... it is there, or lost
    std::function<void()> end;                   // ... the teacher has ended it
  };
  void start(Heard heard);
  void stop();
  Result<void> answer(int question, int choice); // waits for it

private:
  struct Line;
  std::unique_ptr<Line> m_line;
};

} // namespace sockwalk::share
