// The object graph, from a walk made by hand: who lives, who points at whom, what has changed, and what there is no
// room for.
#include "tests/views/sample/socket_walk.h"
#include "views/objects/object_specs.h"
#include "views/objects/objects_view.h"

#include <gtest/gtest.h>
#include <QApplication>

#include <algorithm>

using namespace sockwalk;

namespace {

struct ObjectsTest : ::testing::Test {
  std::unique_ptr<RecordedSession> session = std::make_unique<RecordedSession>();
  SocketWalk walk = playSocketWalk(*session);
  Playhead playhead{session->journal()};

  ObjectGraph at(EventIndex position, int room = 40, u64 focus = 0) {
    playhead.seek(position);
    return readObjects(playhead, {position ? position - 1 : 0, position}, focus, 0, room);
  }
  static const ObjectCard* card(const ObjectGraph& graph, u64 address) {
    auto it = std::find_if(graph.cards.begin(), graph.cards.end(), [&](auto& c) { return c.address == address; });
    return it == graph.cards.end() ? nullptr : &*it;
  }
  static QString value(const ObjectCard* card, const QString& label) {
    if (!card) return "no such card";
    for (const ObjectRow& row : card->rows)
      if (row.label == label) return row.value;
    return "no such row";
  }
  static bool linked(const ObjectGraph& graph, u64 from, const QString& member, u64 to) {
    return std::any_of(graph.links.begin(), graph.links.end(), [&](const ObjectLink& l) {
      return graph.cards[l.from].address == from && graph.cards[l.to].address == to &&
             graph.cards[l.from].rows[l.row].label == member;
    });
  }
};

TEST_F(ObjectsTest, EveryRowOfEveryKindNamesAMember) {
  for (const CardSpec& spec : cardSpecs())
    for (const RowSpec& row : spec.rows) EXPECT_TRUE(fieldOf(row, spec)) << spec.type << "." << row.path;
}

TEST_F(ObjectsTest, PathsReachIntoNamedAndInlineStructures) {
  EXPECT_EQ(fieldAt("sock", "__sk_common.skc_refcnt").offset(), 128u);
  EXPECT_EQ(fieldAt("files_struct", "fdtab.fd").offset(), 48u);
  EXPECT_EQ(fieldAt("file", "f_count.counter").offset(), 56u);
  EXPECT_FALSE(fieldAt("file", "nothing"));
}

TEST_F(ObjectsTest, ObjectsAreThereFromBirthToDeath) {
  EXPECT_EQ(card(at(walk.begin), walk.sock), nullptr);
  playhead.seek(walk.sockBorn); // two events: the allocation and its zeroing
  const ObjectGraph born = readObjects(playhead, {walk.sockBorn - 2, walk.sockBorn}, 0, 0, 40);
  ASSERT_NE(card(born, walk.sock), nullptr);
  EXPECT_TRUE(card(born, walk.sock)->born);
  EXPECT_EQ(card(born, walk.sock)->title, "tcp_sock #1");
  EXPECT_NE(card(at(walk.queued), walk.skb), nullptr);
  EXPECT_EQ(card(at(walk.freed), walk.sock), nullptr);
  EXPECT_NE(card(at(walk.installed), walk.sock), nullptr) << "and back again";
}

TEST_F(ObjectsTest, ASocketAllocIsASocketAndAnInode) {
  const ObjectGraph g = at(walk.installed);
  EXPECT_EQ(card(g, walk.socket)->title, "socket #1");
  EXPECT_EQ(card(g, walk.inode)->title, "inode #1");
  EXPECT_EQ(value(card(g, walk.socket), "state"), "SS_UNCONNECTED");
  EXPECT_EQ(value(card(g, walk.socket), "ops"), "sample_stream_ops");
  EXPECT_EQ(value(card(g, walk.inode), "i_mode"), "S_IFSOCK|0777");
  EXPECT_EQ(value(card(g, walk.file), "f_flags"), "O_RDWR");
}

TEST_F(ObjectsTest, PointersAreArrowsFromTheirMembers) {
  const ObjectGraph g = at(walk.queued);
  EXPECT_TRUE(linked(g, walk.task, "files", walk.files));
  const auto fdtable = std::find_if(g.cards.begin(), g.cards.end(), [](auto& c) { return c.type == "fdtable"; });
  ASSERT_NE(fdtable, g.cards.end());
  EXPECT_TRUE(linked(g, walk.files, "fdt", fdtable->address));
  EXPECT_TRUE(linked(g, fdtable->address, "fd[3]", walk.file));
  EXPECT_TRUE(linked(g, walk.file, "private_data", walk.socket));
  EXPECT_TRUE(linked(g, walk.file, "f_inode", walk.inode));
  EXPECT_TRUE(linked(g, walk.socket, "sk", walk.sock));
  EXPECT_TRUE(linked(g, walk.sock, "sk_socket", walk.socket));
  EXPECT_TRUE(linked(g, walk.sock, "sk_receive_queue", walk.skb));
  EXPECT_FALSE(linked(at(walk.sockBorn), walk.socket, "sk", walk.sock)) << "the arrow comes with the pointer";
  EXPECT_EQ(value(card(g, walk.sock), "sk_receive_queue"), "qlen 1");
}

TEST_F(ObjectsTest, WhatTheStepWroteIsMarkedAndNothingElse) {
  const ObjectGraph g = at(walk.skSet);
  std::vector<QString> marked;
  for (const ObjectCard& c : g.cards)
    for (const ObjectRow& r : c.rows)
      if (r.changed) marked.push_back(c.title + "." + r.label);
  EXPECT_EQ(marked, std::vector<QString>{"socket #1.sk"});
  const auto link = std::find_if(g.links.begin(), g.links.end(), [](auto& l) { return l.changed; });
  ASSERT_NE(link, g.links.end());
  EXPECT_EQ(g.linkText(*link), "socket #1.sk → tcp_sock #1");
}

TEST_F(ObjectsTest, LittleRoomKeepsTheNeighboursOfTheFocus) {
  const ObjectGraph g = at(walk.queued, 3, walk.sock);
  ASSERT_EQ(g.cards.size(), 3u);
  EXPECT_NE(card(g, walk.sock), nullptr);
  EXPECT_TRUE(card(g, walk.sock)->focused);
  EXPECT_NE(card(g, walk.socket), nullptr);
  EXPECT_EQ(g.hidden, static_cast<int>(at(walk.queued).cards.size()) - 3);
  for (const ObjectLink& l : g.links) EXPECT_TRUE(l.from < 3 && l.to < 3 && l.from >= 0 && l.to >= 0);
}

TEST_F(ObjectsTest, CardsDoNotOverlapAndAClickChoosesOne) {
  Walk w;
  ObjectsView view(w);
  view.resize(900, 700);
  w.open(std::move(session));
  w.seek(walk.queued);
  const LayoutResult& layout = view.stage().layout();
  for (auto a = layout.nodes.begin(); a != layout.nodes.end(); ++a)
    for (auto b = layout.nodes.begin(); b != layout.nodes.end(); ++b)
      EXPECT_TRUE(a.key() == b.key() || !a->intersects(*b));
  emit view.stage().cardClicked(walk.socket);
  EXPECT_EQ(w.focus(), walk.socket);
  EXPECT_TRUE(view.stage().itemOf(walk.socket)->card().focused);
}

TEST_F(ObjectsTest, FitShowsEveryCardWhateverTheSize) {
  Walk w;
  ObjectsView view(w);
  view.resize(420, 300);
  view.show();
  w.open(std::move(session));
  w.seek(walk.queued);
  view.stage().setZoom(ObjectsStage::Zoom::Whole);
  const QRectF seen = view.stage().mapToScene(view.stage().viewport()->rect()).boundingRect();
  for (const QRectF& node : view.stage().layout().nodes) EXPECT_TRUE(seen.contains(node));
}

TEST_F(ObjectsTest, PlacesStayWhileOnlyValuesChange) {
  Walk w;
  ObjectsView view(w);
  view.resize(900, 700);
  w.open(std::move(session));
  w.seek(walk.skSet + 1);
  const QPointF before = view.stage().itemOf(walk.socket)->pos();
  w.seek(walk.skSet + 1);
  EXPECT_EQ(view.stage().itemOf(walk.socket)->pos(), before);
}

} // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
