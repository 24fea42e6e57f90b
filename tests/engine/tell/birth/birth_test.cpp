// How a socket and a packet come to be, out of a run: the parts that memory holds, in the order in which they were made, and
// the pointers that stand in them.
#include "engine/journal/queries.h"
#include "engine/memory/structures.h"
#include "engine/tell/birth/birth.h"
#include "engine/tell/position.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const std::string Root = SOCKWALK_SOURCE_ROOT;

struct BirthTest : ::testing::Test {
  std::unique_ptr<scenario::Session> session;
  std::unique_ptr<Playhead> at;
  BufferLives lives;
  BirthReader reader;
  void open(const std::string& file) {
    session = tests::walkOf(Root + file);
    at = std::make_unique<Playhead>(session->journal());
    lives.update(session->journal());
  }
  const Journal& journal() const { return session->journal(); }
  EventIndex into(const char* function) {
    const auto next = [&](EventIndex from, const char* name) {
      return nextCall(journal(), from, Symbols::get().functionNamed(name)->id, true);
    };
    return next(next(0, "__sys_socket"), function); // the kernel makes sockets of its own before
  }
  static int part(const Birth& birth, std::string_view name) {
    for (size_t i = 0; i < birth.parts.size(); ++i)
      if (birth.parts[i].name.starts_with(name)) return int(i);
    return -1;
  }
  static const BirthTie* tie(const Birth& birth, int from, int to) {
    for (const BirthTie& t : birth.ties)
      if (t.from == from && t.to == to) return &t;
    return nullptr;
  }
};

TEST_F(BirthTest, SocketMakesItsPartsOneAfterTheOtherAndTiesThem) {
  open("/lessons/03-socket/scenario.pkt");
  at->seek(into("inet_create"));
  const Birth before = reader.at(*at, lives, 0);
  const int alloc = part(before, "socket_alloc"), sock = part(before, "tcp_sock"), file = part(before, "file");
  ASSERT_GE(alloc, 0);
  ASSERT_GE(sock, 0);
  ASSERT_GE(file, 0);
  EXPECT_LT(alloc, sock);
  EXPECT_LT(sock, file);
  EXPECT_TRUE(before.parts[size_t(alloc)].there);
  EXPECT_FALSE(before.parts[size_t(sock)].there) << "inet_create() has not allocated it yet";
  const BirthTie* sk = tie(before, alloc, sock);
  ASSERT_TRUE(sk);
  EXPECT_FALSE(sk->done);
  EXPECT_NE(std::ranges::find(sk->members, "sk"), sk->members.end());
  const BirthTie* back = tie(before, sock, alloc);
  ASSERT_TRUE(back);
  EXPECT_NE(std::ranges::find(back->members, "sk_socket"), back->members.end());
  // The same birth later: nothing has changed its place, all is there.
  at->seek(before.to);
  const Birth& after = reader.at(*at, lives, 0);
  ASSERT_EQ(after.parts.size(), before.parts.size());
  for (size_t i = 0; i < after.parts.size(); ++i) {
    EXPECT_EQ(after.parts[i].address, before.parts[i].address);
    EXPECT_TRUE(after.parts[i].there);
  }
  EXPECT_TRUE(std::ranges::all_of(after.ties, &BirthTie::done));
}

TEST_F(BirthTest, TheNestingIsNamedFromWithin) {
  open("/lessons/03-socket/scenario.pkt");
  at->seek(into("inet_create"));
  const Birth& birth = reader.at(*at, lives, 0);
  EXPECT_EQ(birth.parts[size_t(part(birth, "tcp_sock"))].within,
            "sock_common ⊂ sock ⊂ inet_sock ⊂ inet_connection_sock");
  EXPECT_EQ(birth.parts[size_t(part(birth, "socket_alloc"))].within, "socket + inode");
}

TEST_F(BirthTest, EachTieIsAWriteOfTheRecordAndStandsInMemoryAtTheEnd) {
  for (const char* file : {"/lessons/03-socket/scenario.pkt", "/lessons/10-sk-buff/scenario.pkt"}) {
    open(file);
    BirthReader fresh;
    const int life = lives.all().empty() ? -1 : 0;
    at->seek(life >= 0 ? lives.life(life).born + 1 : into("inet_create"));
    const u64 focus = life >= 0 ? Arena::addressOf(lives.life(life).offset) : 0;
    const Birth& birth = fresh.at(*at, lives, focus);
    ASSERT_FALSE(birth.empty());
    EXPECT_FALSE(birth.ties.empty());
    for (const BirthTie& t : birth.ties) {
      EXPECT_EQ(journal()[t.event].type, EventType::Write);
      EXPECT_GE(t.event, birth.from);
      EXPECT_LT(t.event, birth.to);
      EXPECT_NE(t.from, t.to);
    }
  }
}

TEST_F(BirthTest, APacketIsBornWithItsDataArea) {
  open("/lessons/10-sk-buff/scenario.pkt");
  ASSERT_FALSE(lives.all().empty());
  const BufferLife& life = lives.life(0);
  at->seek(life.born + 1);
  const u64 address = Arena::addressOf(life.offset);
  const Birth& birth = reader.at(*at, lives, address);
  const auto skb = std::ranges::find(birth.parts, address, &BirthPart::address);
  ASSERT_NE(skb, birth.parts.end());
  const int data = part(birth, "data area");
  ASSERT_GE(data, 0);
  const BirthTie* head = tie(birth, int(skb - birth.parts.begin()), data);
  ASSERT_TRUE(head);
  EXPECT_NE(std::ranges::find(head->members, "head"), head->members.end());
  Playhead end(journal());
  end.seek(birth.to);
  EXPECT_EQ(end.object<kernel::sk_buff>(address)->head.value, birth.parts[size_t(data)].address);
}

TEST_F(BirthTest, ACloneIsTiedToTheDataAreaThatWasThereBefore) {
  open("/assets/walks/tcp-on-loopback.pkt");
  const auto clone = std::ranges::find_if(lives.all(), [](const BufferLife& l) {
    return l.from >= 0 && l.origin == BufferMark::Cloned && l.half == BufferLife::Second;
  });
  ASSERT_NE(clone, lives.all().end());
  at->seek(clone->born + 1);
  const Birth& birth = reader.at(*at, lives, Arena::addressOf(clone->offset));
  const int data = part(birth, "data area"), itself = part(birth, "skb2");
  ASSERT_GE(data, 0);
  ASSERT_GE(itself, 0);
  EXPECT_EQ(birth.parts[size_t(data)].born, NoEvent);
  const BirthTie* head = tie(birth, itself, data);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->members, (std::vector<std::string>{"head", "data"}));
}

TEST_F(BirthTest, BeforeAndAfterItIsThatOfTheProgramsSocketAndNotOfTheKernels) {
  open("/lessons/03-socket/scenario.pkt");
  for (const EventIndex moment : {firstMoment(*session), journal().size()}) {
    at->seek(moment);
    BirthReader fresh;
    EXPECT_EQ(fresh.at(*at, lives, 0).call, "__sys_socket");
  }
}

TEST_F(BirthTest, LinesAndJsonSayTheSame) {
  open("/lessons/03-socket/scenario.pkt");
  at->seek(into("inet_create"));
  const Birth& birth = reader.at(*at, lives, 0);
  EXPECT_EQ(json(birth)["parts"].size(), birth.parts.size());
  EXPECT_EQ(json(birth)["ties"].size(), birth.ties.size());
  EXPECT_GE(lines(birth).size(), 1 + birth.parts.size() + birth.ties.size());
  const BirthPart& sock = birth.parts[size_t(part(birth, "tcp_sock"))];
  EXPECT_EQ(english(bornText(sock)), "Not born yet: at " + english(sock.when) + ", by sk_prot_alloc()")
      << "who makes it for itself is said once";
}

} // namespace
