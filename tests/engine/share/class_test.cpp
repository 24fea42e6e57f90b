// A class on one playhead: those who follow, who are killed, who come back, who are slow, and who mean harm.
#include "engine/share/class_follower.h"
#include "engine/share/class_server.h"
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <gtest/gtest.h>
#include <mutex>
#include <random>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace sockwalk;
using namespace sockwalk::share;

namespace {

using namespace std::chrono_literals;

struct Student {
  std::mutex mutex;
  RoomState heard;
  int ends = 0;
  bool there = false;
  std::chrono::milliseconds lag{0};
  ClassFollower follower;

  explicit Student(const ClassAddress& address) : follower(address) {
    follower.start({.state =
                        [this](const RoomState& state) {
                          std::this_thread::sleep_for(lag);
                          const std::lock_guard lock(mutex);
                          heard = state;
                        },
                    .connection =
                        [this](bool now) {
                          const std::lock_guard lock(mutex);
                          there = now;
                        },
                    .end =
                        [this] {
                          const std::lock_guard lock(mutex);
                          ++ends;
                        }});
  }
  u64 position() {
    const std::lock_guard lock(mutex);
    return heard.position;
  }
};

template <class Holds> bool within(std::chrono::seconds most, Holds holds) {
  for (const auto end = std::chrono::steady_clock::now() + most; std::chrono::steady_clock::now() < end;) {
    if (holds()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return holds();
}

struct ClassTest : ::testing::Test {
  std::unique_ptr<ClassServer> server = opened(0);
  static std::unique_ptr<ClassServer> opened(int port) {
    auto server = ClassServer::open({"127.0.0.1", port}, {"a walk", "<html>the page</html>", "the session's bytes"});
    if (!server) throw std::runtime_error(server.error().message);
    return std::move(*server);
  }
  ClassAddress address() const { return {"127.0.0.1", server->code(), server->port()}; }
  int connected() const {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(u16(server->port()));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to)) ADD_FAILURE() << "no connection";
    return fd;
  }
  std::string ask(const std::string& request) const {
    const int fd = connected();
    send(fd, request.data(), request.size(), MSG_NOSIGNAL);
    timeval wait{0, 500'000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    std::string all;
    char bytes[4096];
    for (ssize_t n; (n = recv(fd, bytes, sizeof bytes, 0)) > 0;) all.append(bytes, size_t(n));
    close(fd);
    return all;
  }
};

} // namespace

TEST_F(ClassTest, FiftyFollowOnePlayheadThroughKillsAndLags) {
  std::vector<std::unique_ptr<Student>> room(50);
  for (auto& student : room) student = std::make_unique<Student>(address());
  for (size_t i = 0; i < room.size(); i += 10) room[i]->lag = 20ms;
  ASSERT_TRUE(within(20s, [&] { return server->followers() == 50; }));
  std::mt19937 dice(1);
  for (u64 position = 1; position <= 300; ++position) {
    server->publish({.position = position, .view = "objects", .question = {}});
    if (position % 20 == 0) { // one leaves and comes back
      auto& student = room[dice() % room.size()];
      student.reset();
      student = std::make_unique<Student>(address());
    }
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(
      within(20s, [&] { return std::ranges::all_of(room, [](auto& student) { return student->position() == 300; }); }));
  server.reset();
  EXPECT_TRUE(within(20s, [&] {
    return std::ranges::all_of(room, [](auto& student) {
      const std::lock_guard lock(student->mutex);
      return student->ends == 1;
    });
  }));
}

TEST_F(ClassTest, TheSessionIsFetchedByThoseWhoKnowTheCode) {
  EXPECT_EQ(*ClassFollower(address()).fetchSession(), "the session's bytes");
  ClassAddress wrong = address();
  wrong.code = wrong.code == "999999" ? "999998" : "999999";
  const auto none = ClassFollower(wrong).fetchSession();
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().message.find("999999"), std::string::npos);
  EXPECT_NE(ask("GET /" + server->code() + "/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").find("the page"),
            std::string::npos);
  EXPECT_NE(ask("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").find("<form"), std::string::npos);
}

TEST_F(ClassTest, WhoGuessesCodesIsShutOut) {
  std::string last;
  for (int i = 0; i < 60; ++i)
    last = ask("GET /" + std::to_string(100000 + i) + "/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(last.starts_with("HTTP/1.1 429")) << last;
}

TEST_F(ClassTest, AnswersAreCountedOnceAStudentAndWithoutNames) {
  std::vector<std::unique_ptr<Student>> room(6);
  for (auto& student : room) student = std::make_unique<Student>(address());
  const AskedQuestion question{4, "len?", {"5", "13", "33"}, -1, ""};
  server->publish({.position = 9, .view = "buffer", .question = question});
  ASSERT_TRUE(within(20s, [&] { return std::ranges::all_of(room, [](auto& s) { return s->position() == 9; }); }));
  for (size_t i = 0; i < room.size(); ++i) EXPECT_TRUE(room[i]->follower.answer(4, i < 4 ? 1 : 0).ok());
  EXPECT_EQ(server->taken(), (std::vector<int>{2, 4, 0}));
  EXPECT_TRUE(room[0]->follower.answer(4, 2).ok()); // thinks again
  EXPECT_EQ(server->taken(), (std::vector<int>{2, 3, 1}));
  EXPECT_FALSE(room[1]->follower.answer(4, 3).ok());
  EXPECT_FALSE(room[1]->follower.answer(4, -1).ok());
  EXPECT_FALSE(room[1]->follower.answer(5, 0).ok());
  AskedQuestion shown = question;
  shown.right = 1;
  shown.answer = "13";
  server->publish({.position = 9, .view = "buffer", .question = shown});
  EXPECT_FALSE(room[1]->follower.answer(4, 0).ok()) << "it is answered";
  EXPECT_EQ(server->taken(), (std::vector<int>{2, 3, 1}));
}

TEST_F(ClassTest, APortThatCannotBeHadIsSaid) {
  const auto second = ClassServer::open({"127.0.0.1", server->port()}, {});
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().message.find(std::to_string(server->port())), std::string::npos);
  EXPECT_FALSE(ClassServer::open({"203.0.113.1", 0}, {}).ok()) << "not an address of this machine";
}

TEST_F(ClassTest, WhoComesWithTheCodeOfAnotherClassIsToldThatItIsOver) {
  ClassAddress old = address();
  old.code = old.code == "999999" ? "999998" : "999999";
  Student student(old);
  EXPECT_TRUE(within(20s, [&] {
    const std::lock_guard lock(student.mutex);
    return student.ends == 1;
  }));
}

TEST_F(ClassTest, HostileBytesDoNoHarm) {
  Student student(address());
  ASSERT_TRUE(within(20s, [&] { return server->followers() == 1; }));
  std::mt19937 dice(3);
  const std::string base = "/" + server->code();
  const std::string good[] = {
      "GET " + base + "/follow HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST " + base + "/answer HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n{\"ticket\":\"1\",\"question\":1}",
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n"};
  for (int round = 0; round < 60; ++round) {
    std::string bytes = good[dice() % 3];
    if (round % 10 == 0) bytes = std::string(20'000, char('A' + dice() % 26));
    else
      for (int change = 0; change < 5; ++change) bytes[dice() % bytes.size()] = char(dice());
    const int fd = connected();
    send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    close(fd);
  }
  for (const char* body : {"[]", "{", "{\"ticket\":7}", "{\"ticket\":\"x\",\"question\":1e99,\"choice\":1}", ""})
    EXPECT_NE(ask("POST " + base + "/answer HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
                  std::to_string(std::string(body).size()) + "\r\n\r\n" + body)
                  .find("409"),
              std::string::npos)
        << body;
  const std::string huge =
      ask("POST " + base + "/answer HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 90000\r\n\r\n" +
          std::string(90'000, '['));
  EXPECT_EQ(huge.find("200 OK"), std::string::npos);
  server->publish({.position = 42, .view = "", .question = {}});
  EXPECT_TRUE(within(20s, [&] { return student.position() == 42; }));
}
