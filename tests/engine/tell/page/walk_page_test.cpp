// What a page holds of a walk is what tell says of it.
#include "engine/tell/buffers/buffer_lives.h"
#include "engine/tell/calls/calls.h"
#include "engine/tell/moments.h"
#include "engine/tell/page/walk_page.h"
#include "engine/tell/position.h"
#include "tests/support/walks.h"
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

// Words in capitals stand for another language.
std::string loud(const char* words) {
  std::string out = words;
  for (char& c : out) c = char(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

struct WalkPages : ::testing::Test {
  std::unique_ptr<scenario::Session> session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/lessons/10-sk-buff/scenario.pkt");
  const Journal& journal = session->journal();
  PageWish wish{
      .title = "three", .from = firstMoment(*session), .languages = {{"en", "English", {}}, {"xx", "Loud", loud}}};

  nlohmann::json read() {
    auto page = readPage(journal, wish);
    if (!page) throw std::runtime_error(page.error().message);
    return page->data;
  }
};

void eachText(const nlohmann::json& value, const nlohmann::json& texts) {
  for (const char* key :
       {"s", "args", "loss", "note", "out", "call", "w", "k", "v", "about", "family", "fate", "lesson"})
    if (value.contains(key) && value[key].is_number()) {
      EXPECT_LT(value[key].get<int>(), int(texts.size()));
      EXPECT_GE(value[key].get<int>(), -1);
    }
}

} // namespace

TEST_F(WalkPages, EveryStepSaysWhatHappenedAndWhoRuns) {
  const nlohmann::json page = read();
  ASSERT_GT(page["steps"].size(), 100u);
  Playhead at(journal);
  for (const auto& step : page["steps"]) {
    at.seek(step["at"].get<EventIndex>());
    const CallsAt calls = readCalls(at);
    EXPECT_EQ(page["texts"][step["s"].get<size_t>()][0], english(event(at, at.position() - 1)));
    const auto& nodes = page["paths"][step["p"].get<size_t>()]["nodes"];
    ASSERT_EQ(step["t"].get<std::string>().size(), nodes.size());
    ASSERT_EQ(nodes.size(), calls.path.nodes().size());
    EXPECT_EQ(step["r"], calls.moment.running);
    for (size_t n = 0; n < nodes.size(); ++n) {
      EXPECT_EQ(step["t"].get<std::string>()[n], tenseName(calls.moment.tenses[n]).front());
      EXPECT_LT(nodes[n]["p"].get<int>(), int(n));
    }
    eachText(step, page["texts"]);
  }
}

TEST_F(WalkPages, EveryCallAndReturnOfTheStretchIsAStep) {
  const nlohmann::json page = read();
  size_t wanted = 1;
  for (EventIndex i = wish.from; i < journal.size(); ++i)
    wanted += journal[i].type == EventType::Call || journal[i].type == EventType::Return;
  EXPECT_EQ(page["steps"].size(), wanted);
  for (size_t s = 1; s < page["steps"].size(); ++s) EXPECT_LT(page["steps"][s - 1]["at"], page["steps"][s]["at"]);
}

TEST_F(WalkPages, WhatIsSaidIsSaidInEveryLanguage) {
  const nlohmann::json page = read();
  size_t different = 0;
  for (const auto& text : page["texts"]) {
    ASSERT_EQ(text.size(), 2u);
    different += text[0] != text[1];
  }
  EXPECT_GT(different, page["texts"].size() / 4);
  for (const auto& [name, text] : page["words"].items()) EXPECT_NE(page["texts"][text.get<size_t>()][0], "") << name;
}

TEST_F(WalkPages, TheBufferInHandIsShownWithItsBytes) {
  const nlohmann::json page = read();
  size_t shown = 0;
  for (const auto& step : page["steps"]) {
    if (step["b"] == -1) continue;
    ++shown;
    const auto& buffer = page["buffers"][step["b"].get<size_t>()];
    EXPECT_LE(buffer["data"], buffer["tail"]);
    EXPECT_LE(buffer["tail"], buffer["end"]);
    for (const auto& band : buffer["bands"])
      EXPECT_LE(band["hex"].get<std::string>().size(), 2 * (band["to"].get<size_t>() - band["from"].get<size_t>()));
  }
  EXPECT_GT(shown, 20u);
}

TEST_F(WalkPages, AStretchIsRefusedIfItIsEmptyOrTooLong) {
  wish.to = wish.from;
  EXPECT_FALSE(readPage(journal, wish).ok());
  wish.to = NoEvent;
  wish.most = 10;
  const auto page = readPage(journal, wish);
  ASSERT_FALSE(page.ok());
  EXPECT_NE(page.error().message.find("10"), std::string::npos);
}

TEST_F(WalkPages, ItCanBeStopped) {
  size_t asked = 0;
  const auto page = readPage(journal, wish, [&](size_t done, size_t all) {
    EXPECT_EQ(done, asked++);
    EXPECT_GT(all, 10u);
    return asked < 10;
  });
  EXPECT_FALSE(page.ok());
  EXPECT_EQ(asked, 10u);
}

TEST_F(WalkPages, NoTextCanLeaveTheScript) {
  wish.title = "</script><b>&\"";
  setenv("SOCKWALK_DATA", SOCKWALK_SOURCE_ROOT "/assets", 1);
  auto page = readPage(journal, wish);
  ASSERT_TRUE(page.ok());
  const auto html = htmlOf(*page);
  ASSERT_TRUE(html.ok()) << html.error().message;
  EXPECT_EQ(html->find("<b>"), std::string::npos);
  EXPECT_NE(html->find("<title>&lt;/script&gt;&lt;b&gt;&amp;&quot;</title>"), std::string::npos);
  EXPECT_EQ(html->find("/*script*/"), std::string::npos);
  EXPECT_EQ(html->find("http://"), html->find("http://www.w3.org/2000/svg")); // the name of SVG, nothing fetched
  unsetenv("SOCKWALK_DATA");
}
