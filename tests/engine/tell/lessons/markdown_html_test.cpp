#include "engine/tell/lessons/markdown_html.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace sockwalk::tell {

TEST(MarkdownHtml, WhatALessonWritesIsMarkup) {
  EXPECT_EQ(htmlOfMarkdown("One **two** *three* `sk->sk_prot`."),
            "<p>One <strong>two</strong> <em>three</em> <code>sk-&gt;sk_prot</code>.</p>");
  EXPECT_EQ(htmlOfMarkdown("- a\n- b"), "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(htmlOfMarkdown("3. c"), "<ol start=\"3\"><li>c</li></ol>");
  EXPECT_EQ(htmlOfMarkdown("## Part"), "<h4>Part</h4>");
  EXPECT_EQ(htmlOfMarkdown("```\nif (a < b)\n```"), "<pre>if (a &lt; b)\n</pre>");
  EXPECT_EQ(htmlOfMarkdown("| a | b |\n| --- | --- |\n| c | d |"),
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>");
  EXPECT_EQ(htmlOfMarkdown("tcp\\_sock \\<b\\>"), "<p>tcp_sock &lt;b&gt;</p>");
}

TEST(MarkdownHtml, NothingElseBecomesMarkup) {
  const std::string html = htmlOfMarkdown("<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n"
                                          "[a](javascript:alert(1)) [b](https://e.org/\"onclick=x)");
  EXPECT_EQ(html.find("<script"), std::string::npos) << html;
  EXPECT_EQ(html.find("<img"), std::string::npos) << html;
  EXPECT_EQ(html.find("javascript:"), std::string::npos) << html;
  EXPECT_EQ(html.find("\"onclick"), std::string::npos) << html;
  EXPECT_NE(htmlOfMarkdown("[b](https://e.org/)").find("<a href=\"https://e.org/\""), std::string::npos);
}

TEST(MarkdownHtml, APictureIsInThePageOrIsSaidToBeMissing) {
  const std::string with =
      htmlOfMarkdown("![a *map*](map.png)", [](const std::string& name) { return "data:" + name; });
  EXPECT_EQ(with, "<p><img src=\"data:map.png\" alt=\"a map\"></p>") << with;
  EXPECT_EQ(htmlOfMarkdown("![a map](map.png)"), "<p><em title=\"a map\">map.png</em></p>");
}

TEST(MarkdownHtml, OnlyPicturesOfTheFolderAreTakenIn) {
  const std::filesystem::path root = std::filesystem::path(testing::TempDir()) / "markdown_html";
  std::filesystem::create_directories(root / "lesson");
  std::ofstream(root / "lesson/a.PNG") << "\x89PNG";
  std::ofstream(root / "lesson/a.txt") << "words";
  std::ofstream(root / "b.png") << "\x89PNG";
  const std::string folder = (root / "lesson").string();
  EXPECT_EQ(pictureInside(folder, "a.PNG"), "data:image/png;base64,iVBORw==");
  for (const char* name : {"../b.png", "a.txt", "none.png", ""}) EXPECT_EQ(pictureInside(folder, name), "") << name;
  EXPECT_EQ(pictureInside(folder, (root / "b.png").string()), "");
  std::filesystem::remove_all(root);
}

TEST(MarkdownHtml, Base64) {
  const char* const known[] = {"", "", "f", "Zg==", "fo", "Zm8=", "foo", "Zm9v", "foobar", "Zm9vYmFy"};
  for (size_t i = 0; i < std::size(known); i += 2) EXPECT_EQ(inBase64(known[i]), known[i + 1]);
}

} // namespace sockwalk::tell
