// Zip files of our own, and those of strangers who mean harm.
#include "engine/feed/zip.h"
#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <random>

using namespace sockwalk;

namespace {

const std::vector<ZipEntry> lesson{{"lesson.md", "# A lesson\n"}, {"pictures/one.png", std::string("\x89PNG\0\1", 6)}};

// A zip with anything in it: what zipped() would not write.
std::string hostile(const std::string& name, bool link = false, std::size_t size = 3) {
  std::string out;
  out.resize(size + 100'000);
  std::size_t used = 0;
  archive* a = archive_write_new();
  archive_write_set_format_zip(a);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  archive_entry* head = archive_entry_new();
  archive_entry_set_pathname(head, name.c_str());
  archive_entry_set_filetype(head, link ? AE_IFLNK : AE_IFREG);
  if (link) archive_entry_set_symlink(head, "/etc/passwd");
  archive_entry_set_size(head, link ? 0 : la_int64_t(size));
  archive_entry_set_perm(head, 0644);
  archive_write_header(a, head);
  const std::string content(size, 'a');
  if (!link) archive_write_data(a, content.data(), content.size());
  archive_entry_free(head);
  archive_write_close(a);
  archive_write_free(a);
  out.resize(used);
  return out;
}

std::string whyNot(const std::string& bytes, const ZipLimits& limits = {}) {
  const auto entries = unzipped(bytes, limits);
  return entries ? "" : entries.error().message;
}

} // namespace

TEST(Zip, WhatIsPackedIsUnpacked) {
  const auto bytes = zipped(lesson);
  ASSERT_TRUE(bytes.ok());
  const auto again = unzipped(*bytes);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(*again, lesson);
  EXPECT_EQ(*zipped(lesson), *bytes) << "the same content is the same file";
}

TEST(Zip, NamesThatLeadOutAreRefused) {
  for (const char* name : {"../x", "a/../../x", "/etc/x", "a\\..\\x", "C:x", "a//b", "./x", "a/.", "..", "x\ny"}) {
    EXPECT_NE(unsafeName(name), "") << name;
    EXPECT_NE(whyNot(hostile(name)), "") << name;
  }
  EXPECT_EQ(unsafeName("lesson.zh.md"), "");
  EXPECT_EQ(unsafeName("图/一.png"), "");
  EXPECT_NE(whyNot(hostile("ordinary", true)).find("link"), std::string::npos);
}

TEST(Zip, BombsAreRefusedBeforeTheyGoOff) {
  EXPECT_NE(whyNot(hostile("bomb", false, 3'000'000), {.entries = 5, .bytes = 1'000'000}).find("larger"),
            std::string::npos);
  std::vector<ZipEntry> many;
  for (int i = 0; i < 20; ++i) many.push_back({std::to_string(i), ""});
  EXPECT_NE(whyNot(*zipped(many), {.entries = 10, .bytes = 100}).find("more than 10"), std::string::npos);
  EXPECT_NE(whyNot(*zipped({{"a", "1"}, {"a", "2"}})).find("twice"), std::string::npos);
}

TEST(Zip, BrokenOnesAreSaidToBe) {
  const std::string whole = *zipped(lesson);
  EXPECT_NE(whyNot(""), "");
  EXPECT_NE(whyNot("no zip at all"), "");
  std::mt19937 dice(5);
  for (std::size_t end = 0; end < whole.size(); end += 7) whyNot(whole.substr(0, end));
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = whole;
    for (int change = 0; change < 3; ++change) bytes[dice() % bytes.size()] = char(dice());
    const auto entries = unzipped(bytes);
    for (const ZipEntry& entry : entries ? *entries : std::vector<ZipEntry>()) EXPECT_EQ(unsafeName(entry.name), "");
  }
}
