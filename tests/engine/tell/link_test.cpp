// Links to moments: they lead back to where they were made, and what is wrong with one is said.
#include "engine/tell/link.h"
#include "tests/support/walks.h"

using namespace sockwalk;

namespace {

const std::string Script = "//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n//@case end\n+.1 close(3) = 0\n";

TEST(TellLink, LeadsBackToEveryMoment) {
  const auto session = tests::walkOfScript(Script);
  const Journal& j = session->journal();
  const EventIndex first = tell::firstMoment(*session);
  for (const EventIndex position : tests::someMoments(j, 500)) {
    const std::string link = tell::linkTo(j, first, position, "/tmp/my walk#1.pkt");
    const auto read = tell::readLink(link);
    ASSERT_TRUE(read) << link;
    EXPECT_EQ(read->file, "/tmp/my walk#1.pkt") << link;
    const auto place = tell::placeOf(*read, j, first);
    ASSERT_TRUE(place) << link << ": " << place.error().message;
    EXPECT_EQ(*place, position) << link;
  }
}

TEST(TellLink, SaysStepsWhereItCan) {
  const auto session = tests::walkOfScript(Script);
  const Journal& j = session->journal();
  const EventIndex first = tell::firstMoment(*session);
  EXPECT_EQ(tell::linkTo(j, first, *tell::positionNamed(j, first, "step 7"), "two.pkt"), "sockwalk:two.pkt#step=7");
  const EventIndex close = *tell::positionNamed(j, first, "end step 4");
  const std::string number = std::to_string(j.stimulusAt(close - 1));
  EXPECT_EQ(tell::linkTo(j, first, close, "a b.pkt"), "sockwalk:a%20b.pkt#stimulus=" + number + "&step=4");
  EXPECT_EQ(tell::linkTo(j, first, 12, "a.pkt"), "sockwalk:a.pkt#event=12") << "before the first call";
}

TEST(TellLink, WhatComesWithTheProgramIsNamedWithoutItsFolder) {
  const auto session = tests::walkOfScript(Script);
  const std::string walk = SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt";
  setenv("SOCKWALK_DATA", SOCKWALK_SOURCE_ROOT "/assets", 1);
  const std::string link = tell::linkTo(session->journal(), tell::firstMoment(*session), 12, walk);
  const auto read = tell::readLink(link);
  unsetenv("SOCKWALK_DATA");
  EXPECT_EQ(link, "sockwalk:walks/tcp-on-loopback.pkt#event=12");
  ASSERT_TRUE(read);
  EXPECT_TRUE(std::filesystem::equivalent(read->file, walk)) << read->file;
}

TEST(TellLink, MayLeaveThePlaceOpen) {
  const auto read = tell::readLink("sockwalk:///tmp/x.pkt");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->file, "/tmp/x.pkt");
  EXPECT_EQ(read->place, "");
}

TEST(TellLink, FilesMayBeNamedAsDesktopsDo) {
  EXPECT_EQ(tell::plainPath("file:///tmp/a%20b.pkt"), "/tmp/a b.pkt");
  EXPECT_EQ(tell::plainPath("file://localhost/tmp/x.pkt"), "/tmp/x.pkt");
  EXPECT_EQ(tell::plainPath("two.pkt"), "two.pkt");
  EXPECT_EQ(tell::plainPath("sockwalk:two.pkt#step=1"), "sockwalk:two.pkt#step=1");
}

TEST(TellLink, WhatIsWrongIsSaid) {
  const std::pair<const char*, const char*> all[] = {
      {"sockwalk:", "it names no file"},
      {"sockwalk:#step=3", "it names no file"},
      {"sockwalk:x.pkt#57", "expected step=N, event=N or stimulus=N behind the #, not '57'"},
      {"sockwalk:x.pkt#step=", "'' is no number for step="},
      {"sockwalk:x.pkt#step=-1", "'-1' is no number for step="},
      {"sockwalk:x.pkt#step=1&step=2", "step is said twice"},
      {"sockwalk:x.pkt#event=1&step=2", "event=N stands alone"},
      {"sockwalk:x%2.pkt#step=1", "behind a % two hexadecimal digits are expected"},
      {"http://x", "it does not begin with sockwalk:"},
  };
  for (const auto& [link, why] : all) {
    const auto read = tell::readLink(link);
    ASSERT_FALSE(read) << link;
    EXPECT_EQ(read.error().message, "'" + std::string(link) + "' is no link to a moment: " + why);
  }
  const auto session = tests::walkOfScript(Script);
  const auto far =
      tell::placeOf(*tell::readLink("sockwalk:x.pkt#step=9999"), session->journal(), tell::firstMoment(*session));
  ASSERT_FALSE(far);
  EXPECT_NE(far.error().message.find("so there is no step 9999"), std::string::npos) << far.error().message;
}

} // namespace
