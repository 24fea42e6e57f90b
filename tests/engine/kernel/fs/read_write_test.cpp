// read, write and their vectors, and files of the disk that is memory (ramfs).
#include "tests/engine/kernel/fs/descriptors.h"

namespace sockwalk::kernel {
namespace {

struct ReadWrite : DescriptorTest {
  // iovecs over these rooms of user memory.
  u64 vector(const std::vector<std::pair<u64, u64>>& pieces) {
    return m.user(pieces.data(), static_cast<u32>(pieces.size() * 16));
  }
  s64 open(const char* path, int flags) {
    const u64 name = m.user(path, static_cast<u32>(std::strlen(path) + 1));
    return m.call([=] { return __x64_sys_open(name, flags, 0600); });
  }
};

TEST_F(ReadWrite, ASocketIsReadAndWrittenLikeAnyFile) {
  const int in = receiver(), out = sender();
  EXPECT_EQ(read(in), "-11");
  EXPECT_EQ(write(out, "hello"), 5);
  EXPECT_EQ(read(in, 3), "hel") << "the rest of a datagram is lost";
  EXPECT_EQ(read(in), "-11");
}

TEST_F(ReadWrite, AVectorIsOneDatagramOfSeveralPieces) {
  const int in = receiver(), out = sender();
  const u64 pieces = vector({{m.user("two ", 4), 4}, {m.user("", 0), 0}, {m.user("pieces", 6), 6}});
  EXPECT_EQ(m.call([=] { return __x64_sys_writev(static_cast<u64>(out), pieces, 3); }), 10);
  const u64 first = m.userRoom(6), second = m.userRoom(50);
  const u64 rooms = vector({{first, 6}, {second, 50}});
  EXPECT_EQ(m.call([=] { return __x64_sys_readv(static_cast<u64>(in), rooms, 2); }), 10);
  EXPECT_EQ(textAt(first, 6), "two pi");
  EXPECT_EQ(textAt(second, 4), "eces");
}

TEST_F(ReadWrite, MemoryThatIsNotTheTasksIsAFault) {
  const int out = sender();
  EXPECT_EQ(m.call([=] { return __x64_sys_write(static_cast<u32>(out), 0x1000, 5); }), -EFAULT);
  EXPECT_EQ(m.call([=] { return __x64_sys_writev(static_cast<u64>(out), 0x1000, 2); }), -EFAULT);
  EXPECT_EQ(m.call([=] { return __x64_sys_writev(static_cast<u64>(out), 0x1000, 1025); }), -EINVAL) << "UIO_MAXIOV";
}

TEST_F(ReadWrite, AFileRemembersWhereItIs) {
  constexpr int Create = 0100, WriteOnly = 01;
  const s64 out = open("/tmp/story", Create | WriteOnly);
  ASSERT_GE(out, 0);
  EXPECT_EQ(write(static_cast<int>(out), "once upon a time"), 16);
  EXPECT_EQ(read(static_cast<int>(out)), "-9") << "it was not opened for reading";
  const s64 in = open("/tmp/story", 0);
  ASSERT_GE(in, 0);
  EXPECT_EQ(read(static_cast<int>(in), 4), "once");
  EXPECT_EQ(read(static_cast<int>(in), 5), " upon");
  EXPECT_EQ(read(static_cast<int>(in)), " a time");
  EXPECT_EQ(read(static_cast<int>(in)), "") << "the end";
  EXPECT_EQ(write(static_cast<int>(in), "x"), -EBADF);
  EXPECT_EQ(open("/tmp/no such file", 0), -ENOENT);
}

TEST_F(ReadWrite, SendfileCarriesAFileIntoASocket) {
  const s64 out = open("/tmp/page", 0101), in = open("/tmp/page", 0);
  write(static_cast<int>(out), "a page of text");
  const int to = sender(), from = receiver();
  EXPECT_EQ(m.call([=] { return __x64_sys_sendfile64(to, static_cast<int>(in), 0, 14); }), 14);
  EXPECT_EQ(read(from), "a page of text");
}

} // namespace
} // namespace sockwalk::kernel
