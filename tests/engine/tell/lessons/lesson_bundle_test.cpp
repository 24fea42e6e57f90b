// Lessons as one file: what is packed is unpacked, and a stranger's bundle writes nowhere but where it may.
#include "engine/feed/zip.h"
#include "engine/tell/lessons/lesson_bundle.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_template.h"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <sstream>
#include <unistd.h>

namespace fs = std::filesystem;

namespace sockwalk::tell {
namespace {

class LessonBundle : public testing::Test {
protected:
  void SetUp() override {
    m_dir = fs::temp_directory_path() / ("bundle-test-" + std::to_string(getpid()));
    fs::remove_all(m_dir);
    fs::create_directories(m_dir);
    m_lessons = m_dir / "mine" / "lessons";
    m_lesson = m_dir / "90-mine";
    ASSERT_TRUE(writeNewLesson(m_lesson.string()).ok());
  }
  void TearDown() override { fs::remove_all(m_dir); }

  std::string write(const std::string& name, const std::string& bytes) {
    const fs::path path = m_dir / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  static std::string read(const fs::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
  }
  std::string bundle() {
    const auto packed = packLesson(m_lesson.string());
    EXPECT_TRUE(packed.ok()) << packed.error().message;
    return write("90-mine.swlesson", *packed);
  }
  std::string unpacked(const std::string& file) {
    const auto lesson = unpackLesson(file, m_lessons);
    EXPECT_TRUE(lesson.ok()) << (lesson ? "" : lesson.error().message);
    return lesson ? *lesson : "";
  }
  // Why it is refused; nothing has been written then.
  std::string whyNot(const std::string& bytes, const std::string& name = "evil.swlesson") {
    const auto lesson = unpackLesson(write(name, bytes), m_lessons);
    EXPECT_FALSE(lesson.ok()) << *lesson;
    EXPECT_TRUE(!fs::exists(m_lessons) || fs::is_empty(m_lessons));
    return lesson ? "" : lesson.error().message;
  }
  std::string zip(const std::vector<ZipEntry>& entries) {
    const auto bytes = zipped(entries);
    EXPECT_TRUE(bytes.ok());
    return *bytes;
  }

  fs::path m_dir, m_lessons, m_lesson;
};

TEST_F(LessonBundle, WhatIsPackedIsUnpackedAndIsALesson) {
  fs::create_directories(m_lesson / "pictures");
  fs::create_directories(m_lesson / ".git");
  std::ofstream(m_lesson / "pictures" / "one.png") << "PNG";
  std::ofstream(m_lesson / ".git" / "config") << "mine";
  const std::string lesson = unpacked(bundle());
  EXPECT_EQ(lesson, (m_lessons / "90-mine" / "lesson.md").string());
  for (const NewFile& file : lessonTemplate()) EXPECT_EQ(read(m_lessons / "90-mine" / file.name), file.text);
  EXPECT_EQ(read(m_lessons / "90-mine" / "pictures" / "one.png"), "PNG");
  EXPECT_FALSE(fs::exists(m_lessons / "90-mine" / ".git")) << "hidden files are nobody else's";
  EXPECT_TRUE(checkLesson(lesson).empty());
}

TEST_F(LessonBundle, NothingThatIsThereIsWrittenOver) {
  const std::string first = bundle();
  const std::string lesson = unpacked(first);
  EXPECT_EQ(unpacked(first), lesson) << "it is there already";
  std::ofstream(lesson, std::ios::app) << "A note of mine.\n";
  EXPECT_EQ(unpacked(first), (m_lessons / "90-mine-2" / "lesson.md").string());
  EXPECT_NE(read(lesson).find("A note of mine."), std::string::npos);
}

TEST_F(LessonBundle, ALinkInALessonIsNotFollowed) {
  fs::create_symlink("/etc/passwd", m_lesson / "scenario2.pkt");
  const auto packed = packLesson(m_lesson.string());
  ASSERT_FALSE(packed.ok());
  EXPECT_NE(packed.error().message.find("scenario2.pkt: it is a link"), std::string::npos) << packed.error().message;
}

TEST_F(LessonBundle, AZipMadeByHandHasTheNameOfItsFile) {
  const std::string file = write("my own.swlesson", zip({{"lesson.md", "# A\n"}, {"scenario.pkt", ""}}));
  EXPECT_EQ(unpacked(file), (m_lessons / "my own" / "lesson.md").string());
}

TEST_F(LessonBundle, BundlesThatMeanHarmAreRefusedWhole) {
  const ZipEntry lesson{"a/lesson.md", "# A\n"};
  EXPECT_NE(whyNot(zip({lesson, {"../../x", "evil"}})).find("leads out"), std::string::npos);
  EXPECT_NE(whyNot(zip({lesson, {"/tmp/sockwalk-evil", "evil"}})).find("leads out"), std::string::npos);
  EXPECT_NE(whyNot(zip({lesson, {"a/..\\x", "evil"}})).find("leads out"), std::string::npos);
  EXPECT_NE(whyNot(zip({lesson, {"b/x", "evil"}})).find("no lesson.md"), std::string::npos) << "two folders";
  EXPECT_NE(whyNot(zip({{"a/notes.txt", ""}})).find("no lesson.md"), std::string::npos);
  EXPECT_NE(whyNot(zip({{"a/b/lesson.md", "# A\n"}})).find("no lesson.md"), std::string::npos);
  EXPECT_NE(whyNot(zip({{".config/lesson.md", "# A\n"}})).find("no name for a lesson"), std::string::npos);
  EXPECT_NE(whyNot(zip({lesson, {"a/b", "a file"}, {"a/b/c", "and a folder"}})), "");
  EXPECT_NE(whyNot("no zip at all").find("no whole zip"), std::string::npos);
  EXPECT_NE(whyNot(""), "");
  EXPECT_FALSE(fs::exists(m_dir / "x"));
  EXPECT_FALSE(fs::exists("/tmp/sockwalk-evil"));
}

TEST_F(LessonBundle, ALargeOneIsRefusedHoweverSmallItsFileIs) {
  const std::string bomb = zip({{"a/lesson.md", "# A\n"}, {"a/zeros", std::string(65 * 1024 * 1024, '\0')}});
  EXPECT_LT(bomb.size(), 1024 * 1024u);
  EXPECT_NE(whyNot(bomb).find("larger than a bundle may be"), std::string::npos);
  std::vector<ZipEntry> many{{"a/lesson.md", "# A\n"}};
  for (int i = 0; i < 501; ++i) many.push_back({"a/" + std::to_string(i), ""});
  EXPECT_NE(whyNot(zip(many)).find("more than 500 files"), std::string::npos);
}

TEST_F(LessonBundle, DamagedBytesDoNoHarm) {
  const std::string good = read(bundle());
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = good;
    for (int i = 0; i < 1 + round % 5; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    const auto lesson = unpackLesson(write("damaged.swlesson", bytes), m_lessons);
    if (lesson) EXPECT_TRUE(lesson->starts_with(m_lessons.string())) << *lesson;
    else EXPECT_FALSE(lesson.error().message.empty());
  }
  for (const auto& entry : fs::directory_iterator(m_dir / "mine"))
    EXPECT_EQ(entry.path(), m_lessons) << "nothing is written beside it";
}

} // namespace
} // namespace sockwalk::tell
