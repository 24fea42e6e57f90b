// The film of a buffer, looked at by the gallery's eye while it runs: whatever moves, in little room and in large type, no
// word of the strip and of what hangs on it lies on another or is cut.
#include "app/gallery_scenes.h"
#include "app/offscreen.h"
#include "app/picture_check.h"
#include "tests/support/walks.h"
#include "views/buffer/buffer_parts.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/theme/motion.h"
#include <gtest/gtest.h>
#include <QSettings>

namespace sockwalk {
namespace {

constexpr const char* Lesson = SOCKWALK_SOURCE_DIR "/lessons/10-sk-buff/scenario.pkt";
constexpr const char* Lost = SOCKWALK_SOURCE_DIR "/assets/walks/tcp-lost-segment.pkt";

std::unique_ptr<scenario::Session> withOrder(const char* order) {
  const char* const datagram = "0 sendto(3, \"hello\", 5, 0, {sa_family = AF_INET, sin_port = htons(7777), "
                               "sin_addr = inet_addr(\"10.0.2.2\")}, 16) = 5\n";
  const std::string script = std::string("//@link e1000\n//@peer echo 7777\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+") +
                             datagram + "+.1 recvfrom(3, ..., 100, 0, ..., ...) = 5\n" + order + "\n+" + datagram +
                             "+.1 recvfrom(3, ..., 100, 0, ..., ...) = 5\n";
  auto session = scenario::Session::open({scenario::ScriptStimulus{"test.pkt", script}});
  if (!session) throw std::runtime_error(session.error().message);
  (*session)->runAll();
  return std::move(*session);
}

class BufferFilmPicture : public testing::TestWithParam<Look> {
protected:
  void SetUp() override {
    wear(GetParam());
    Motion::setReduced(true);
  }
  void TearDown() override {
    Motion::setReduced(false);
    wear({});
  }
  // Goes through a walk in `steps` steps, so that there are arrows.
  void look(std::unique_ptr<scenario::Session> session, int steps) {
    Walk walk;
    walk.open(std::move(session));
    BufferView view(walk);
    showOffscreen(view, GetParam().size);
    const EventIndex all = walk.journal().size();
    int seen = 0;
    for (int i = 1; i <= steps; ++i) {
      walk.seek(static_cast<EventIndex>(u64(all) * i / steps));
      for (int over = 0; over < 2; ++over) {
        if (i < steps) over ? walk.stepOver() : walk.stepInto();
        seen += check(view, walk.position());
      }
    }
    EXPECT_GT(seen, steps / 6) << "there is a buffer to be seen";
  }
  bool check(BufferView& view, EventIndex position) {
    if (!view.picture().present) return false;
    settle(); // a window lays out what has changed before it paints
    for (const Trouble& trouble : troubleIn(view, view.size()))
      if (trouble.place == "BufferStrip" || trouble.place == "BufferParts")
        ADD_FAILURE() << "at " << position << ": " << trouble.words().toStdString();
    return true;
  }
  Offscreen m_offscreen;
};

TEST_P(BufferFilmPicture, OfALesson) { look(tests::walkOf(Lesson), 30); }
TEST_P(BufferFilmPicture, OfAConnection) { look(tests::walkOf(Lost), 30); }
TEST_P(BufferFilmPicture, OfAnUnderrun) { look(withOrder("//@skb push 64"), 20); }
TEST_P(BufferFilmPicture, OfAnOverrun) { look(withOrder("//@skb put 4096"), 20); }

INSTANTIATE_TEST_SUITE_P(Looks, BufferFilmPicture,
                         testing::Values(Look{false, Language::English, {460, 620}, false},
                                         Look{true, Language::English, {620, 700}, true},
                                         Look{false, Language::Chinese, {900, 620}, true}));

} // namespace
} // namespace sockwalk
