// The sources keep the order of the house; and the checker that says so is shown small houses out of order.
#include "include_arrows.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sockwalk::tests {
namespace {

// What is wrong with one file that holds `text`, standing in a house where the usual rooms are there.
std::string defectsOf(const std::string& path, const std::string& text) {
  SourceTree tree = {{"engine/base/time.h", ""},
                     {"engine/memory/arena.h", ""},
                     {"engine/journal/event.h", ""},
                     {"engine/kernel/net/socket.h", ""},
                     {"engine/feed/pcap_file.h", ""},
                     {"engine/scenario/session.h", ""},
                     {"views/theme/theme.h", ""},
                     {"views/layout/graph.h", ""},
                     {"views/walk/walk.h", ""},
                     {"views/buffer/buffer.h", ""},
                     {"views/objects/objects.h", ""},
                     {"app/main_window.h", ""},
                     {path, text}};
  return describe(findDefects(tree));
}

std::string including(const std::string& path, const std::string& target) {
  return defectsOf(path, "#pragma once\n#include " + target + "\n");
}

TEST(IncludeArrows, TheSourcesKeepTheOrder) {
  SourceTree tree = readTree(SOCKWALK_SOURCE_DIR);
  std::string self = "tests/include_arrows/test_include_arrows.cpp";
  ASSERT_TRUE(std::any_of(tree.begin(), tree.end(), [&](const auto& f) { return f.path == self && !f.text.empty(); }))
      << "the sources under " SOCKWALK_SOURCE_DIR " were not read";
  auto defects = findDefects(tree);
  EXPECT_TRUE(defects.empty()) << "These lines go against the order of the folders:\n" << describe(defects);
}

TEST(IncludeArrows, AllowsWhatTheOrderAllows) {
  for (auto [path, target] : std::initializer_list<std::pair<const char*, const char*>>{
           {"engine/memory/a.cpp", "\"engine/base/time.h\""},
           {"engine/kernel/net/core/a.cpp", "\"engine/journal/event.h\""},
           {"engine/kernel/net/core/a.cpp", "\"../socket.h\""},
           {"engine/kernel/net/a.cpp", "\"socket.h\""},
           {"engine/memory/a.cpp", "\"generated_structures.h\""},
           {"engine/scenario/a.cpp", "\"engine/feed/pcap_file.h\""},
           {"engine/feed/a.cpp", "<pcap/pcap.h>"},
           {"engine/base/a.cpp", "<queue>"},
           {"views/layout/a.cpp", "<graphviz/gvc.h>"},
           {"views/walk/a.cpp", "\"views/theme/theme.h\""},
           {"views/buffer/a.cpp", "\"views/walk/walk.h\""},
           {"views/buffer/a.cpp", "<QWidget>"},
           {"app/a.cpp", "\"views/buffer/buffer.h\""},
           {"tests/views/a.cpp", "\"app/main_window.h\""}})
    EXPECT_EQ(including(path, target), "") << path << " may include " << target;
}

TEST(IncludeArrows, RefusesArrowsAgainstTheOrder) {
  for (auto [path, target] : std::initializer_list<std::pair<const char*, const char*>>{
           {"engine/base/a.h", "\"engine/memory/arena.h\""},
           {"engine/memory/a.h", "\"engine/journal/event.h\""},
           {"engine/journal/a.h", "\"engine/kernel/net/socket.h\""},
           {"engine/journal/a.h", "\"../kernel/net/socket.h\""},
           {"engine/kernel/net/a.cpp", "\"engine/feed/pcap_file.h\""},
           {"engine/kernel/net/a.cpp", "\"engine/scenario/session.h\""},
           {"engine/feed/a.cpp", "\"engine/memory/arena.h\""},
           {"engine/feed/a.cpp", "\"engine/memory/generated.h\""},
           {"engine/scenario/a.cpp", "\"views/walk/walk.h\""},
           {"engine/scenario/a.cpp", "\"app/main_window.h\""},
           {"views/buffer/a.cpp", "\"views/objects/objects.h\""},
           {"views/buffer/a.cpp", "\"../objects/objects.h\""},
           {"views/theme/a.cpp", "\"views/walk/walk.h\""},
           {"views/layout/a.cpp", "\"views/buffer/buffer.h\""},
           {"views/buffer/a.cpp", "\"app/main_window.h\""},
           {"app/a.cpp", "\"tests/include_arrows/include_arrows.h\""},
           {"engine/base/a.h", "<QString>"},
           {"engine/base/a.h", "<QtCore/QString>"},
           {"engine/base/a.h", "<qglobal.h>"},
           {"engine/kernel/a.h", "<pcap.h>"},
           {"app/a.cpp", "<pcap/pcap.h>"},
           {"views/objects/a.cpp", "<graphviz/gvc.h>"},
           {"app/a.cpp", "<gvc.h>"}}) {
    std::string said = including(path, target);
    EXPECT_TRUE(said.starts_with(std::string(path) + ":2: ")) << path << " includes " << target << ", said: " << said;
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  }
}

TEST(IncludeArrows, SaysWhichLineAndWhy) {
  EXPECT_EQ(defectsOf("engine/feed/a.h", "// frames\n\n#  include \"engine/kernel/net/socket.h\" // why not\n"),
            "engine/feed/a.h:3: includes engine/kernel/net/socket.h: engine/feed stands on base alone, not on "
            "engine/kernel\n");
  EXPECT_EQ(including("views/buffer/a.h", "\"views/objects/objects.h\""),
            "views/buffer/a.h:2: includes views/objects/objects.h: no view includes another view; what both need "
            "belongs to theme, layout or walk\n");
}

TEST(IncludeArrows, ReadsCodeAndNotComments) {
  EXPECT_EQ(defectsOf("engine/base/a.h", "// #include <QString>\n/*\n#include <QString>\n*/\n"), "");
  EXPECT_EQ(defectsOf("engine/base/a.h", "auto a = R\"x(\n#include <QString>\n)x\";\nauto b = 1'000;\n"), "");
  EXPECT_TRUE(defectsOf("engine/base/a.h", "auto a = '\"';\n#include <QString>\n").starts_with("engine/base/a.h:2: "));
  EXPECT_TRUE(defectsOf("engine/base/a.h", "const char* a = \"/*\";\n/* two\nlines */\n#include <QString>\n")
                  .starts_with("engine/base/a.h:4: "));
}

TEST(IncludeArrows, RefusesFilesOutsideTheRooms) {
  EXPECT_TRUE(defectsOf("engine/stray.h", "").starts_with("engine/stray.h:1: "));
  EXPECT_TRUE(defectsOf("engine/attic/a.h", "").starts_with("engine/attic/a.h:1: "));
  EXPECT_TRUE(defectsOf("views/stray.h", "").starts_with("views/stray.h:1: "));
}

TEST(IncludeArrows, RefusesFilesThatGrewTooLong) {
  std::string lines(700, '\n');
  EXPECT_EQ(defectsOf("app/a.cpp", lines), "");
  EXPECT_TRUE(defectsOf("app/a.cpp", lines + "x").starts_with("app/a.cpp:701: has 701 lines"));
}

} // namespace
} // namespace sockwalk::tests
