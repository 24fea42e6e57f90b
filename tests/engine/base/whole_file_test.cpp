#include "engine/base/whole_file.h"
#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sockwalk {
namespace {

namespace fs = std::filesystem;

// A full disk, as far as one process can make one: no file may grow over `most` bytes.
class FullDisk {
public:
  explicit FullDisk(rlim_t most) {
    m_signal = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &m_before);
    const rlimit now{most, m_before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &m_before);
    std::signal(SIGXFSZ, m_signal);
  }

private:
  rlimit m_before{};
  void (*m_signal)(int);
};

class WholeFileTest : public testing::Test {
protected:
  void SetUp() override { fs::create_directories(m_folder); }
  void TearDown() override { fs::remove_all(m_folder); }
  std::size_t entries() const { return std::size_t(std::distance(fs::directory_iterator(m_folder), {})); }

  const fs::path m_folder = fs::temp_directory_path() / ("sockwalk_whole_file_" + std::to_string(getpid()));
  const fs::path m_file = m_folder / "a";
};

TEST_F(WholeFileTest, IsReadAsItWasWritten) {
  const std::string bytes("a\0b\r\n\xff", 6);
  ASSERT_TRUE(writeWholeFile(m_file, bytes));
  EXPECT_EQ(readWholeFile(m_file), bytes);
  ASSERT_TRUE(writeWholeFile(m_file, ""));
  EXPECT_EQ(readWholeFile(m_file), "");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(WholeFileTest, WhatCannotBeReadIsNothing) {
  EXPECT_FALSE(readWholeFile(m_folder / "none"));
  EXPECT_FALSE(readWholeFile(m_folder));
  ASSERT_TRUE(writeWholeFile(m_file, "12345"));
  EXPECT_FALSE(readWholeFile(m_file, 4));
  EXPECT_EQ(readWholeFile(m_file, 5), "12345");
}

TEST_F(WholeFileTest, AFullDiskLeavesWhatWasThere) {
  ASSERT_TRUE(writeWholeFile(m_file, "what was there"));
  {
    const FullDisk full(100);
    const auto written = writeWholeFile(m_file, std::string(100'000, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message, m_file.string() + ": cannot be written: File too large");
  }
  EXPECT_EQ(readWholeFile(m_file), "what was there");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(WholeFileTest, SaysWhyItCannotBeWritten) {
  EXPECT_EQ(writeWholeFile(m_folder / "none" / "a", "x").error().message,
            (m_folder / "none" / "a").string() + ": cannot be written: No such file or directory");
  EXPECT_EQ(writeWholeFile(m_folder, "x").error().message, m_folder.string() + ": cannot be written: Is a directory");
}

TEST_F(WholeFileTest, ALinkStaysALinkAndPermissionsStay) {
  ASSERT_TRUE(writeWholeFile(m_file, "old"));
  fs::permissions(m_file, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a", m_folder / "link");
  ASSERT_TRUE(writeWholeFile(m_folder / "link", "new"));
  EXPECT_TRUE(fs::is_symlink(m_folder / "link"));
  EXPECT_EQ(readWholeFile(m_file), "new");
  EXPECT_EQ(fs::status(m_file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(WholeFileTest, APipeIsWrittenTo) {
  const fs::path pipe = m_folder / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const pid_t writer = fork();
  if (!writer) _exit(writeWholeFile(pipe, "through") ? 0 : 1);
  EXPECT_EQ(readWholeFile(pipe), "through");
  EXPECT_TRUE(fs::is_fifo(pipe));
}

} // namespace
} // namespace sockwalk
