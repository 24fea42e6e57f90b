// A moment is named by the step that the toolbar counts, and leads there again.
#include "engine/tell/in_words.h"
#include "engine/tell/position.h"
#include "tests/support/walks.h"

using namespace sockwalk;

namespace {

TEST(TellStepNames, AreThoseOfTheToolbarAndLeadBack) {
  const auto session =
      tests::walkOfScript("//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n//@case end\n+.1 close(3) = 0\n");
  const Journal& j = session->journal();
  tell::StepNames names(j);
  const EventIndex here = tell::firstMoment(*session);
  const auto close = tell::positionNamed(j, here, "end step 4");
  ASSERT_TRUE(close);
  EXPECT_EQ(tell::english(names.name(*close, *close)), "step 4");
  EXPECT_EQ(tell::english(names.name(*close, here)), "step 4 of close()");
  EXPECT_EQ(tell::english(names.name(*close, NoEvent)), "step 4 of close()");
  EXPECT_EQ(tell::english(names.name(0, here)), "step 0 of power off");
  for (int step : {1, 7, 30}) {
    const auto position = tell::positionNamed(j, here, "step " + std::to_string(step));
    ASSERT_TRUE(position);
    EXPECT_EQ(tell::english(names.name(*position, here)), "step " + std::to_string(step));
    EXPECT_EQ(tell::english(names.name(*position + 1, here)).substr(0, 5), "step ") << "between two steps as well";
  }
}

// What of a stimulus stands in front of its numbers names a step's place: it is said in the person's language, too.
TEST(TellStepNames, ShortNamesOfFramesAreWords) {
  for (const char* recorded : {"frame on eth0", "packet on tun0", "3 frames on eth0", "2 packets on tun0"}) {
    const tell::Text told = tell::stimulusText(recorded);
    EXPECT_TRUE(told.words()) << recorded;
    EXPECT_EQ(tell::english(told), recorded);
  }
}

} // namespace
