// The states' picture: nothing lies on another thing, and a move leads to its moment.
#include "engine/memory/constants/tcp.h"
#include "tests/support/picture_habits.h"
#include "tests/support/shown_view.h"
#include "views/states/states_canvas.h"
#include "views/states/states_view.h"
#include "views/walk/socket_choice.h"
#include <QComboBox>
#include <QListWidget>
#include <QScrollBar>

using namespace sockwalk;

namespace {

using StatesTest = tests::ShownView<StatesView>;
const char* const Walk = "assets/walks/tcp-between-two-hosts.pkt";

TEST_F(StatesTest, NodesLieApartAndLabelsBesideThem) {
  for (const QSize size : {QSize(900, 620), QSize(580, 480)}) {
    open(Walk, size);
    std::vector<QRectF> nodes = {view.canvas().nodeRect(kernel::TCP_CLOSE, true)};
    for (const u8 state : tell::tcpStates()) nodes.push_back(view.canvas().nodeRect(state));
    for (size_t i = 0; i < nodes.size(); ++i) {
      EXPECT_TRUE(QRectF(view.canvas().rect()).contains(nodes[i]));
      for (size_t k = 0; k < i; ++k) EXPECT_FALSE(nodes[i].intersects(nodes[k])) << i << " " << k;
    }
    for (int socket = 0; socket < view.choice().box()->count(); ++socket) {
      emit view.choice().box()->activated(socket);
      for (const StatesCanvas::Edge& edge : view.canvas().edges()) {
        if (edge.moves.empty()) continue;
        const QRectF label = view.canvas().labelRect(edge, view.canvas().labelOf(edge));
        for (const QRectF& node : nodes) EXPECT_LT((label & node).height(), 3) << edge.from << " " << edge.to;
      }
    }
  }
}

TEST_F(StatesTest, WithLittleRoomItScrollsAndNodesStillLieApart) {
  view.setMinimumSize(100, 100); // as beside another stage
  open(Walk, {280, 480});
  EXPECT_GT(view.canvas().horizontalScrollBar()->maximum(), 0);
  const auto& states = tell::tcpStates();
  for (const u8 a : states)
    for (const u8 b : states)
      EXPECT_TRUE(a == b || !view.canvas().nodeRect(a).intersects(view.canvas().nodeRect(b)))
          << int(a) << " " << int(b);
  view.canvas().fit();
  EXPECT_EQ(view.canvas().horizontalScrollBar()->maximum(), 0) << "fitted, it is seen whole";
}

TEST_F(StatesTest, AMoveOfTheListLeadsThere) {
  open(Walk);
  const tell::StateWay way = view.choice().ways().sockets[size_t(view.choice().socket())];
  ASSERT_EQ(view.moves()->count(), int(way.moves.size()));
  emit view.moves()->itemClicked(view.moves()->item(1));
  EXPECT_EQ(walk.position(), way.moves[1].event + 1);
  EXPECT_EQ(view.choice().ways().sockets[size_t(view.choice().socket())].now, way.moves[1].to);
}

TEST_F(StatesTest, WhoChoosesASocketKeepsIt) {
  open(Walk);
  ASSERT_GE(view.choice().box()->count(), 3);
  view.choice().box()->setCurrentIndex(1);
  emit view.choice().box()->activated(1);
  EXPECT_FALSE(view.choice().follows());
  walk.seek(walk.journal().size() / 2);
  EXPECT_EQ(view.choice().socket(), 1);
}

TEST_F(StatesTest, IsToldWalkedThroughSearchedAndZoomed) {
  open(Walk);
  tests::expectTold(view.canvas());
  tests::expectKeysAndSearch(view.canvas());
  tests::expectZoom(view.canvas());
}

} // namespace
