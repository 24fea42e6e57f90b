// A teacher's walk, shared with those in the room who know its code. Nobody has a name: a follower is a connection.
//
//   GET  /                 asks for the code
//   GET  /CODE/            the walk as a page, for a browser
//   GET  /CODE/session     the same as a session, for Sockwalk
//   GET  /CODE/follow      text/event-stream: "hello" with the follower's ticket, then a RoomState a line, the newest alone
//                          to who is slow
//   POST /CODE/answer      {"ticket", "question", "choice"}: counted once a ticket; a second one changes it
//
// All of it may be called from any thread. HTTP is cpp-httplib's.
#pragma once
#include "engine/share/room_state.h"
#include <memory>

namespace sockwalk::share {

struct Handout {
  std::string title;
  std::string page;    // HTML; "": the walk is too long for a browser
  std::string session; // bytes of a saved session
};
struct ClassPlace {
  std::string address = "0.0.0.0";
  int port = 7420; // 0: any that is free
};

class ClassServer {
public:
  static Result<std::unique_ptr<ClassServer>> open(const ClassPlace& place, Handout handout);
  ~ClassServer(); // everybody is told good-bye

  void publish(const RoomState& state);
  const std::string& code() const;
  int port() const;
  std::vector<std::string> addresses() const; // as a student types them: "http://192.168.1.5:7420/482913/"
  int followers() const;
  std::vector<int> taken() const; // by choice of the question that is asked

private:
  struct Room;
  explicit ClassServer(std::unique_ptr<Room> room);
  std::unique_ptr<Room> m_room;
};

} // namespace sockwalk::share
