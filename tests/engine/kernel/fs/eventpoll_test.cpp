// epoll: what is watched stands in a tree and comes to a list when it is ready; instances that watch instances may not
// make a loop, nor a chain that is too long.
#include "engine/kernel/include/linux/poll.h"
#include "tests/engine/kernel/fs/descriptors.h"

namespace sockwalk::kernel {
namespace {

constexpr u32 In = 1, OneShot = 1u << 30, Edge = 1u << 31;
enum { Add = 1, Delete = 2, Modify = 3 };

struct Epoll : DescriptorTest {
  int instance() {
    return static_cast<int>(m.call([] { return __x64_sys_epoll_create1(0); }));
  }
  s64 control(int epoll, int operation, int fd, u32 events = In) {
    u8 event[12] = {};
    std::memcpy(event, &events, 4);
    std::memcpy(event + 4, &fd, 4);
    const u64 at = m.user(event, sizeof event);
    return m.call([=] { return __x64_sys_epoll_ctl(epoll, operation, fd, at); });
  }
  // The descriptors that epoll_wait(2) tells at once, as "3 5"; below zero the error.
  std::string wait(int epoll) {
    const u64 room = m.userRoom(10 * 12);
    const s64 n = m.call([=] { return __x64_sys_epoll_wait(epoll, room, 10, 0); });
    if (n < 0) return std::to_string(n);
    std::string all;
    for (s64 i = 0; i < n; ++i) all += (i ? " " : "") + std::to_string(m.at<s32>(room + static_cast<u64>(i) * 12 + 4));
    return all;
  }
  // Objects of epoll that live.
  u32 live(const char* cache) { return m.census().count(cache) ? m.census()[cache] : 0; }
};

TEST_F(Epoll, TellsOnlyWhatIsReady) {
  const int in = receiver(), out = sender(), e = instance();
  EXPECT_EQ(control(e, Add, in), 0);
  EXPECT_EQ(wait(e), "");
  write(out, "x");
  EXPECT_EQ(wait(e), std::to_string(in));
  EXPECT_EQ(wait(e), std::to_string(in)) << "level: as long as it is so";
  read(in);
  EXPECT_EQ(wait(e), "");
}

TEST_F(Epoll, EdgeAndOneShotTellOnce) {
  const int in = receiver(), out = sender(), edge = instance(), once = instance();
  control(edge, Add, in, In | Edge);
  control(once, Add, in, In | OneShot);
  write(out, "x");
  EXPECT_EQ(wait(edge), std::to_string(in));
  EXPECT_EQ(wait(edge), "");
  EXPECT_EQ(wait(once), std::to_string(in));
  write(out, "y");
  EXPECT_EQ(wait(edge), std::to_string(in)) << "something new came";
  EXPECT_EQ(wait(once), "") << "it is off until it is armed anew";
  EXPECT_EQ(control(once, Modify, in, In | OneShot), 0);
  EXPECT_EQ(wait(once), std::to_string(in));
}

TEST_F(Epoll, RefusesWhatMakesNoSense) {
  const int in = receiver(), e = instance();
  EXPECT_EQ(control(e, Modify, in), -ENOENT);
  EXPECT_EQ(control(e, Add, in), 0);
  EXPECT_EQ(control(e, Add, in), -EEXIST);
  EXPECT_EQ(control(e, Delete, in), 0);
  EXPECT_EQ(control(e, Delete, in), -ENOENT);
  EXPECT_EQ(control(in, Add, in), -EINVAL) << "a socket watches nothing";
  EXPECT_EQ(control(e, Add, e), -EINVAL);
  EXPECT_EQ(control(e, Add, 77), -EBADF);
}

TEST_F(Epoll, AClosedFileLeavesAllInstances) {
  const int in = receiver(), e = instance(), other = instance();
  control(e, Add, in);
  control(other, Add, in);
  EXPECT_EQ(live("eventpoll_epi"), 2u);
  m.close(in);
  EXPECT_EQ(live("eventpoll_epi"), 0u);
  EXPECT_EQ(live("eventpoll_pwq"), 0u);
  EXPECT_EQ(live("ep_head"), 0u);
  EXPECT_EQ(wait(e), "");
}

TEST_F(Epoll, InstancesThatWatchOneAnotherMayNotMakeALoop) {
  const int a = instance(), b = instance(), c = instance(), in = receiver();
  EXPECT_EQ(control(c, Add, in), 0);
  EXPECT_EQ(control(a, Add, b), 0);
  EXPECT_EQ(control(b, Add, c), 0);
  EXPECT_EQ(control(c, Add, a), -ELOOP);
  EXPECT_EQ(control(c, Delete, in), 0);
  EXPECT_EQ(live("ep_head"), 0u) << "the walk for loops has let go of every file it met";
  for (const int fd : {a, b, c, in}) EXPECT_EQ(m.close(fd), 0);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(Epoll, AChainOfInstancesEndsAtItsLimit) {
  const int in = receiver();
  int below = instance();
  control(below, Add, in);
  int links = 0;
  for (int above; links < 10 && control(above = instance(), Add, below) == 0; ++links) below = above;
  EXPECT_EQ(links, 4) << "EP_MAX_NESTS";
  write(sender(), "x");
  EXPECT_NE(wait(below), "") << "what is ready far below is seen at the top";
}

// The file of an item that a chain refuses is on no list afterwards: it can be watched, and closed, as before.
TEST_F(Epoll, ARefusedItemLeavesNothing) {
  const int in = receiver(), e = instance();
  control(e, Add, in);
  const u32 items = live("eventpoll_epi"), heads = live("ep_head");
  EXPECT_EQ(control(e, Add, in), -EEXIST);
  EXPECT_EQ(live("eventpoll_epi"), items);
  EXPECT_EQ(live("ep_head"), heads);
  const int second = instance();
  EXPECT_EQ(control(second, Add, in), 0) << "a full check, since the file is watched already";
  m.close(in);
  EXPECT_EQ(live("ep_head"), 0u);
}

} // namespace
} // namespace sockwalk::kernel
