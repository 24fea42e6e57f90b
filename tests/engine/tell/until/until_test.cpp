// Moments by a condition: what happens, how members become, which packets pass; the same ones forward and backward.
#include "engine/tell/expression/completion.h"
#include "engine/tell/packets/packet_filter.h"
#include "engine/tell/until/until.h"
#include "tests/support/walks.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Walked {
  std::unique_ptr<scenario::Session> session;
  explicit Walked(const std::string& walk) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/" + walk)) {}
  const Journal& journal() const { return session->journal(); }

  // Every place, one after the other, from one end to the other.
  std::vector<EventIndex> all(const std::string& condition, bool forward = true) const {
    Until until(*session);
    if (const auto problem = until.set(condition))
      throw std::runtime_error(condition + ": " + spoken(*problem, condition));
    std::vector<EventIndex> found;
    for (EventIndex at = forward ? 0 : journal().size() + 1;; at = until.position()) {
      until.begin(at, forward);
      while (until.advance(1000) == Until::State::Looking) {}
      if (until.advance(1) == Until::State::Never) break;
      found.push_back(until.position());
    }
    if (!forward) std::ranges::reverse(found);
    return found;
  }
  // That a condition finds the events of which something that reads the journal itself says so; in both directions.
  template <class Truth> void agrees(const std::string& condition, Truth truth) const {
    std::vector<EventIndex> expected;
    for (EventIndex i = 0; i < journal().size(); ++i)
      if (truth(journal()[i], i)) expected.push_back(i + 1);
    EXPECT_FALSE(expected.empty()) << condition << " shows nothing here";
    EXPECT_EQ(all(condition), expected) << condition;
    EXPECT_EQ(all(condition, false), expected) << condition << ", backward";
  }
};

const Walked& loopback() {
  static const Walked walked("walks/tcp-on-loopback.pkt");
  return walked;
}
const Walked& server() {
  static const Walked walked("walks/epoll-server.pkt");
  return walked;
}
const Walked& router() {
  static const Walked walked("walks/udp-through-a-router.pkt");
  return walked;
}

std::vector<int> packetsOf(const PacketRows& rows, const char* filter) {
  return packetsThatFit(rows, expression::parse(filter, PacketVocabulary()).expression);
}
u16 idOf(const char* function) { return Symbols::get().functionNamed(function)->id; }
std::string problemOf(const std::string& condition) {
  Until until(*loopback().session);
  const auto problem = until.set(condition);
  return problem ? spoken(*problem, condition) : "";
}

TEST(TellUntil, WhatHappensIsFoundWhereItDoes) {
  const Walked& w = loopback();
  const Journal& j = w.journal();
  const u16 receive = idOf("tcp_v4_rcv");
  w.agrees("call == tcp_v4_rcv",
           [&](const Event& e, EventIndex) { return e.type == EventType::Call && e.b == receive; });
  EXPECT_EQ(w.all("tcp_v4_rcv"), w.all("call == tcp_v4_rcv")) << "a function's name alone";
  w.agrees("returns == tcp_v4_rcv",
           [&](const Event& e, EventIndex) { return e.type == EventType::Return && j[e.where].b == receive; });
  w.agrees("returns == tcp_v4_rcv && result == 0", [&](const Event& e, EventIndex) {
    return e.type == EventType::Return && j[e.where].b == receive && e.a && !e.data;
  });
  server().agrees("sleeps",
                  [&](const Event& e, EventIndex) { return e.type == EventType::Call && e.b == idOf("schedule"); });
  router().agrees("drop", [](const Event& e, EventIndex) { return e.type == EventType::Drop; });
}

TEST(TellUntil, ALineIsFoundByItsFile) {
  const Walked& w = loopback();
  const Journal& j = w.journal();
  for (EventIndex i = 0; i < j.size(); ++i) {
    const EventIndex call = j[i].type == EventType::Write ? j.callAround(i) : NoEvent;
    if (call == NoEvent || j.function(j[call]).name != "tcp_init_sock") continue;
    const std::string line = "tcp.cpp:" + std::to_string(j.line(i));
    const auto found = w.all("line == \"" + line + "\""), whole = w.all("line == \"net/ipv4/" + line + "\"");
    EXPECT_NE(std::ranges::find(found, i + 1), found.end()) << line;
    EXPECT_EQ(found, whole);
    return;
  }
  FAIL() << "tcp_init_sock writes nothing";
}

TEST(MemberPaths, OfWhatIsLaidOutInLineAreThoseOfItsHolder) {
  const LayoutInfo& layout = *layoutNamed("tcp_sock");
  for (const char* name : {"sk_omem_alloc", "sk_backlog.rmem_alloc", "sk_drops"}) {
    const MemberPlace whole = memberNamed(layout, name), counter = memberNamed(layout, std::string(name) + ".counter");
    ASSERT_TRUE(whole) << name;
    ASSERT_TRUE(counter) << name;
    EXPECT_EQ(counter.member.name, "counter");
    EXPECT_EQ(counter.offset(), whole.offset()) << name;
    EXPECT_EQ(numberIn(whole).offset(), whole.offset());
    EXPECT_EQ(numberIn(whole).member.kind, MemberKind::Int) << name;
  }
  EXPECT_FALSE(memberNamed(layout, "sk_omem_alloc.sk_state")) << "it is not in there";
  const MemberPlace lock = memberNamed(layout, "sk_lock");
  EXPECT_EQ(numberIn(lock).member.name, "sk_lock") << "more than a number";
}

TEST(TellUntil, AMemberIsFoundWhereItBecomesSo) {
  const Walked& w = loopback();
  const MemberPlace state = memberNamed(*layoutNamed("tcp_sock"), "sk_state");
  ASSERT_TRUE(state);
  Playhead at(w.journal());
  // Of every tcp_sock, by its bytes.
  w.agrees("sock.sk_state == TCP_ESTABLISHED", [&](const Event& e, EventIndex i) {
    if (e.type != EventType::Write && e.type != EventType::Fill) return false;
    for (const Allocation& a : w.journal().allocations()) {
      if (layoutOf(a.type) != layoutNamed("tcp_sock") || a.born > i || a.died < i) continue;
      const u32 where = a.offset + state.offset();
      at.seek(i);
      const u8 before = *at.memory().at(where);
      at.seek(i + 1);
      if (before != 1 && *at.memory().at(where) == 1) return true;
    }
    return false;
  });
  EXPECT_EQ(w.all("sk_state == TCP_ESTABLISHED"), w.all("sock.sk_state == TCP_ESTABLISHED"));
  const auto one = w.all("tcp_sock #2.sk_state == TCP_ESTABLISHED");
  ASSERT_EQ(one.size(), 1u);
  EXPECT_GT(w.all("sock.sk_state == TCP_ESTABLISHED").size(), 1u);
}

TEST(TellUntil, AMemberAloneIsFoundWhereItChanges) {
  const Walked& w = loopback();
  const auto changes = w.all("tcp_sock#1.sk_state");
  ASSERT_GT(changes.size(), 1u);
  EXPECT_EQ(changes, w.all("tcp_sock#1.sk_state", false));
  Playhead at(w.journal());
  for (const EventIndex position : changes) {
    at.seek(position);
    const EventType type = w.journal()[position - 1].type;
    EXPECT_TRUE(type == EventType::Write || type == EventType::Fill);
  }
}

TEST(TellUntil, WhatHoldsAlreadyIsNoReasonToStop) {
  const Walked& w = loopback();
  EXPECT_EQ(w.all("time > 0").size(), 1u);
  const auto half = w.all("time >= 1ms");
  ASSERT_EQ(half.size(), 1u);
  EXPECT_GE(w.journal().timeAt(half[0] - 1), 1'000'000);
  EXPECT_LT(w.journal().timeAt(half[0] - 2), 1'000'000);
  // ... but of what happens each time counts.
  EXPECT_EQ(w.all("call == tcp_v4_rcv && time >= 0").size(), w.all("call == tcp_v4_rcv").size());
  EXPECT_EQ(w.all("call == tcp_v4_rcv || time > 0").size(), w.all("call == tcp_v4_rcv").size() + 1);
}

TEST(TellUntil, AFunctionIsHandedWhatIsAskedFor) {
  const Walked& w = loopback();
  const auto syn = w.all("call == tcp_v4_rcv && tcp.flags.syn == 1");
  const auto any = w.all("call == tcp_v4_rcv");
  EXPECT_EQ(syn.size(), 2u) << "one from either end";
  EXPECT_LT(syn.size(), any.size());
  const auto listening = w.all("call == tcp_rcv_state_process && sock.sk_state == TCP_LISTEN");
  EXPECT_EQ(listening.size(), 1u);
}

TEST(TellUntil, ThePacketFilterHoldsOfPacketsThatPass) {
  const Walked& w = loopback();
  PacketRows rows;
  rows.open(*w.session);
  rows.update();
  for (const char* filter : {"tcp.flags.syn == 1", "tcp.len > 0 && way == in", "func == tcp_v4_rcv"}) {
    std::vector<EventIndex> expected;
    for (const int row : packetsOf(rows, filter)) expected.push_back(rows.eventOf(row) + 1);
    EXPECT_FALSE(expected.empty());
    EXPECT_EQ(w.all(filter), expected) << filter;
    EXPECT_EQ(w.all(filter, false), expected) << filter;
  }
}

// A router lowers the time to live: the same packet says another one before and after, in one and the same buffer.
TEST(TellUntil, AHeaderSaysWhatItsBufferHasAtThatMoment) {
  const Walked& w = router();
  const auto before = w.all("call == ip_forward && ip.ttl == 64"),
             after = w.all("call == ip_forward_finish && ip.ttl == 63");
  EXPECT_EQ(before, w.all("call == ip_forward"));
  EXPECT_FALSE(before.empty());
  EXPECT_EQ(after, w.all("call == ip_forward_finish"));
  EXPECT_FALSE(after.empty());
}

TEST(TellUntil, TheEventThatOneStandsAtIsNotFoundAgain) {
  const Walked& w = loopback();
  const auto all = w.all("call == tcp_v4_rcv");
  Until until(*w.session);
  ASSERT_FALSE(until.set("call == tcp_v4_rcv"));
  until.begin(all[1], true);
  while (until.advance(100) == Until::State::Looking) {}
  EXPECT_EQ(until.position(), all[2]);
  until.begin(all[1], false);
  while (until.advance(100) == Until::State::Looking) {}
  EXPECT_EQ(until.position(), all[0]);
  EXPECT_EQ(english(until.reason()).substr(0, 12), "tcp_v4_rcv()");
}

TEST(TellUntil, WhatNeverHappensIsSaid) {
  Until until(*loopback().session);
  ASSERT_FALSE(until.set("call == icmp_rcv"));
  until.begin(0, true);
  while (until.advance(5000) == Until::State::Looking) EXPECT_LE(until.progress(), 1);
  EXPECT_EQ(until.advance(1), Until::State::Never);
  EXPECT_EQ(english(until.reason()), "That does not happen between here and the end of the record.");
  until.begin(0, false);
  EXPECT_EQ(until.advance(1), Until::State::Never);
  EXPECT_EQ(english(until.reason()), "That has not happened before this moment.");
}

TEST(TellUntil, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_EQ(problemOf(""), "at the end: expected a condition such as call == tcp_v4_rcv");
  EXPECT_EQ(problemOf("call == tcp_v4_rvc"), "column 9: call is never tcp_v4_rvc; the nearest is tcp_v4_rcv");
  EXPECT_EQ(problemOf("sock.sk_stat == 1"), "column 1: there is no sock.sk_stat; the nearest is sock.sk_state");
  EXPECT_EQ(problemOf("sock.sk_state == TCP_ESTABLISHD"),
            "column 18: sock.sk_state is never TCP_ESTABLISHD; the nearest is TCP_ESTABLISHED");
  EXPECT_EQ(problemOf("sk_state = 1"), "column 10: one = means nothing here: == compares");
  EXPECT_EQ(problemOf("tcp_sock#0.snd_cwnd > 1").substr(0, 9), "column 1:");
  EXPECT_EQ(problemOf("drop == 1"), "column 6: drop is there or it is not: it has no value to compare");
}

TEST(TellUntil, NamesAndTheirValuesAreOfferedWhileOneTypes) {
  const MomentVocabulary names(loopback().journal());
  const auto offered = [&](const std::string& text) {
    std::vector<std::string> words;
    for (const auto& c : expression::complete(text, text.size(), names).candidates) words.push_back(c.word);
    return words;
  };
  const auto has = [](const std::vector<std::string>& all, const char* word) {
    return std::ranges::find(all, word) != all.end();
  };
  EXPECT_TRUE(has(offered("sle"), "sleeps"));
  EXPECT_TRUE(has(offered("sock.sk_st"), "sock.sk_state"));
  EXPECT_TRUE(has(offered("snd_cw"), "tcp_sock.snd_cwnd"));
  EXPECT_TRUE(has(offered("sock.sk_state == TCP_"), "TCP_ESTABLISHED"));
  EXPECT_TRUE(has(offered("call == tcp_v4_r"), "tcp_v4_rcv"));
  EXPECT_TRUE(has(offered("tcp.fl"), "tcp.flags"));
}

TEST(TellUntil, ValuesAreAsAPersonWritesThem) {
  const Walked& w = loopback();
  EXPECT_FALSE(w.all("sock.sk_daddr == 127.0.0.1").empty());
  EXPECT_FALSE(w.all("sock.sk_num in {1..65535}").empty());
  EXPECT_FALSE(w.all("inet_sock.inet_dport in {1..65535}").empty());
  EXPECT_FALSE(w.all("socket.sk != NULL").empty());
  EXPECT_FALSE(w.all("sock.sk_refcnt == 2").empty());
}

} // namespace
