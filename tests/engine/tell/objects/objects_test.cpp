// The object graph, from a walk made by hand: who lives, who points at whom, what has changed, and what there is no
// room for.
#include "engine/journal/reflection.h"
#include "engine/tell/fields.h"
#include "engine/tell/objects/objects.h"
#include "engine/tell/objects/specs.h"
#include "tests/support/walks.h"
#include "tests/views/sample/socket_walk.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct TellObjects : ::testing::Test {
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
  static std::string value(const ObjectCard* card, const std::string& label) {
    if (!card) return "no such card";
    for (const ObjectRow& row : card->rows)
      if (english(row.label) == label) return english(row.value);
    return "no such row";
  }
  static bool linked(const ObjectGraph& graph, u64 from, const std::string& member, u64 to) {
    return std::any_of(graph.links.begin(), graph.links.end(), [&](const ObjectLink& l) {
      return graph.cards[l.from].address == from && graph.cards[l.to].address == to &&
             english(graph.cards[l.from].rows[l.row].label) == member;
    });
  }
};

TEST_F(TellObjects, EveryRowOfEveryKindNamesAMember) {
  for (const CardSpec& spec : cardSpecs())
    for (const RowSpec& row : spec.rows) EXPECT_TRUE(fieldOf(row, spec)) << spec.type << "." << row.path;
}

TEST_F(TellObjects, PathsReachIntoNamedAndInlineStructures) {
  EXPECT_EQ(fieldAt("sock", "__sk_common.skc_refcnt").offset(), 128u);
  EXPECT_EQ(fieldAt("files_struct", "fdtab.fd").offset(), 48u);
  EXPECT_EQ(fieldAt("file", "f_count.counter").offset(), 56u);
  EXPECT_FALSE(fieldAt("file", "nothing"));
}

TEST_F(TellObjects, ObjectsAreThereFromBirthToDeath) {
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

TEST_F(TellObjects, ASocketAllocIsASocketAndAnInode) {
  const ObjectGraph g = at(walk.installed);
  EXPECT_EQ(card(g, walk.socket)->title, "socket #1");
  EXPECT_EQ(card(g, walk.inode)->title, "inode of socket #1");
  EXPECT_EQ(value(card(g, walk.socket), "state"), "SS_UNCONNECTED");
  EXPECT_EQ(value(card(g, walk.socket), "ops"), "sample_stream_ops");
  EXPECT_EQ(value(card(g, walk.inode), "i_mode"), "S_IFSOCK|0777");
  EXPECT_EQ(value(card(g, walk.file), "f_flags"), "O_RDWR");
}

TEST_F(TellObjects, PointersAreArrowsFromTheirMembers) {
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

TEST_F(TellObjects, WhatTheStepWroteIsMarkedAndNothingElse) {
  const ObjectGraph g = at(walk.skSet);
  std::vector<std::string> marked;
  for (const ObjectCard& c : g.cards)
    for (const ObjectRow& r : c.rows)
      if (r.changed) marked.push_back(c.title + "." + english(r.label));
  EXPECT_EQ(marked, std::vector<std::string>{"socket #1.sk"});
  const auto link = std::find_if(g.links.begin(), g.links.end(), [](auto& l) { return l.changed; });
  ASSERT_NE(link, g.links.end());
  EXPECT_EQ(english(g.linkText(*link)), "socket #1.sk → tcp_sock #1");
}

TEST_F(TellObjects, LittleRoomKeepsTheNeighboursOfTheFocus) {
  const ObjectGraph g = at(walk.queued, 3, walk.sock);
  ASSERT_EQ(g.cards.size(), 3u);
  EXPECT_NE(card(g, walk.sock), nullptr);
  EXPECT_TRUE(card(g, walk.sock)->focused);
  EXPECT_NE(card(g, walk.socket), nullptr);
  EXPECT_EQ(g.hidden, static_cast<int>(at(walk.queued).cards.size()) - 3);
  for (const ObjectLink& l : g.links) EXPECT_TRUE(l.from < 3 && l.to < 3 && l.from >= 0 && l.to >= 0);
}

TEST_F(TellObjects, WhatIsLeftOutIsCountedByType) {
  const ObjectGraph all = at(walk.queued), few = at(walk.queued, 3, walk.sock);
  EXPECT_TRUE(all.leftOut().empty());
  int counted = 0;
  for (const auto& [type, count] : few.hiddenTypes) counted += count;
  EXPECT_EQ(counted, few.hidden);
  EXPECT_TRUE(english(few.leftOut()).starts_with(std::to_string(few.hidden) + " objects are not shown: "));
}

// In little room, what the running function was handed is there, whoever else it belongs to: a timer's socket, the
// socket of another host, the device of a buffer.
TEST(TellObjectsOfWalks, WhatTheRunningFunctionTouchesIsThere) {
  int handed = 0, timers = 0, devices = 0;
  for (const char* walk : {"tcp-between-two-hosts.pkt", "tcp-lost-segment.pkt", "udp-through-a-router.pkt"}) {
    const auto session = tests::walkOf(std::string(SOCKWALK_SOURCE_ROOT "/assets/walks/") + walk);
    const Journal& j = session->journal();
    Playhead at(j);
    for (EventIndex i = 0; i < j.size(); ++i) {
      if (j[i].type != EventType::Call || (i % 13 && !j.function(j[i]).name.ends_with("_timer"))) continue;
      at.seek(i + 1);
      const ObjectGraph graph = readObjects(at, {i, i + 1}, 0, 0, 8);
      const bool timer = j.function(j[i]).name.ends_with("_timer");
      for (u64 argument : j.arguments(j[i])) {
        const ObjectRef object = argument > 4096 ? objectAt(at, argument) : ObjectRef();
        if (!object || specsFor(object.type).empty() || object.name.starts_with("fclone"))
          continue; // a pair, half used
        const bool there = std::ranges::any_of(
            graph.cards, [&](const ObjectCard& c) { return argument >= c.address && argument < c.address + c.size; });
        if (there) ++handed, timers += timer, devices += object.name.starts_with("net_device");
        else ADD_FAILURE() << walk << ": " << j.function(j[i]).name << "() was handed " << object.name;
      }
    }
  }
  EXPECT_GT(handed, 300);
  EXPECT_GT(timers, 2);
  EXPECT_GT(devices, 20);
}

TEST_F(TellObjects, TheLinesAndJsonHaveEveryCard) {
  const ObjectGraph g = at(walk.queued);
  const auto text = lines(g);
  const nlohmann::json all = json(g);
  ASSERT_EQ(all["objects"].size(), g.cards.size());
  ASSERT_EQ(all["pointers"].size(), g.links.size());
  for (std::size_t i = 0; i < g.cards.size(); ++i) {
    EXPECT_EQ(std::count(text.begin(), text.end(), g.cards[i].title), 1) << g.cards[i].title;
    EXPECT_EQ(all["objects"][i]["title"], g.cards[i].title);
    EXPECT_EQ(all["objects"][i]["members"].size(), g.cards[i].rows.size());
  }
  EXPECT_TRUE(std::count(text.begin(), text.end(), "  sk → tcp_sock #1")) << "the socket's pointer";
  EXPECT_EQ(lines(at(0)), std::vector<std::string>{"no object lives yet"});
}

} // namespace

// ---- the chain of a real socket: file → dentry → inode, which lies in one allocation with the socket
namespace {

struct TellChain : ::testing::Test {
  std::unique_ptr<scenario::Session> session = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
  ObjectGraph at(EventIndex position) const {
    Playhead playhead(session->journal());
    playhead.seek(position);
    return readObjects(playhead);
  }
};

const ObjectCard* targetOf(const ObjectGraph& graph, const ObjectCard& from, const std::string& member) {
  for (const ObjectLink& link : graph.links)
    if (&graph.cards[size_t(link.from)] == &from && english(from.rows[size_t(link.row)].label) == member)
      return &graph.cards[size_t(link.to)];
  return nullptr;
}

TEST_F(TellChain, LeadsFromTheFileOverItsDentryToTheInodeOfItsSocket) {
  const ObjectGraph graph = at(tests::shareOf(session->journal(), 0.5));
  int chains = 0;
  for (const ObjectCard& file : graph.cards) {
    if (file.type != "file") continue;
    const ObjectCard *dentry = targetOf(graph, file, "f_path.dentry"), *socket = targetOf(graph, file, "private_data");
    if (!socket || socket->type != "socket") continue;
    ASSERT_TRUE(dentry) << file.title;
    const ObjectCard* inode = targetOf(graph, *dentry, "d_inode");
    ASSERT_TRUE(inode);
    EXPECT_EQ(inode, targetOf(graph, file, "f_inode"));
    EXPECT_EQ(inode->title, "inode of " + socket->title);
    ++chains;
  }
  EXPECT_GE(chains, 2);
}

TEST_F(TellChain, ASocketAndItsInodeAreHeldByOneAllocation) {
  int holders = 0;
  for (const EventIndex position : tests::someMoments(session->journal(), 12)) {
    const ObjectGraph graph = at(position);
    std::set<int> held;
    for (const ObjectHolder& holder : graph.holders) {
      ++holders;
      ASSERT_EQ(holder.cards.size(), 2u);
      const ObjectCard &socket = graph.cards[size_t(holder.cards[0])], &inode = graph.cards[size_t(holder.cards[1])];
      EXPECT_EQ(socket.type, "socket");
      EXPECT_EQ(inode.type, "inode");
      EXPECT_EQ(socket.address, holder.address + offsetIn("socket_alloc", "socket"));
      EXPECT_EQ(inode.address, holder.address + offsetIn("socket_alloc", "vfs_inode"));
      const std::string minus = "− " + std::to_string(offsetIn("socket_alloc", "vfs_inode"));
      EXPECT_NE(english(holder.subtraction).find(minus), std::string::npos) << english(holder.subtraction);
      for (const int card : holder.cards) EXPECT_TRUE(held.insert(card).second) << "in two allocations";
    }
    for (size_t c = 0; c < graph.cards.size(); ++c) {
      EXPECT_TRUE(graph.cards[c].type != "socket" || held.contains(int(c))) << graph.cards[c].title;
    }
  }
  EXPECT_GT(holders, 10);
}

} // namespace
