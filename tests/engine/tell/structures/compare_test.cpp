// Two objects side by side, and one at two moments, held against memory and against the record.
#include "engine/tell/structures/compare.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/structures/structures.h"
#include "tests/support/walks.h"
#include <cstring>
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

class TellCompare : public testing::Test {
protected:
  static const scenario::Session& session() {
    static const auto walk = tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-on-loopback.pkt");
    return *walk;
  }
  TellCompare() : early(session().journal()), late(session().journal()) {
    early.seek(tests::shareOf(early.journal(), 0.3));
    late.seek(tests::shareOf(late.journal(), 0.65));
  }
  static StructureSubject subject(const Playhead& at, const std::string& name) {
    const auto found = structureNamed(at, name);
    if (!found) throw std::runtime_error(found.error().message);
    return *found;
  }
  static Comparison compared(const Playhead& a, const std::string& one, const Playhead& b, const std::string& other) {
    auto out = compareStructures({&a, subject(a, one)}, {&b, subject(b, other)});
    if (!out) throw std::runtime_error(out.error().message);
    return std::move(*out);
  }
  static const ComparedMember& member(const Comparison& c, const std::string& ending) {
    for (const ComparedMember& m : c.members)
      if (m.path.ends_with(ending)) return m;
    throw std::runtime_error("no member " + ending);
  }
  Playhead early, late;
};

TEST_F(TellCompare, NothingDiffersFromItself) {
  const Comparison c = compared(early, "tcp_sock #1", early, "tcp_sock #1");
  EXPECT_EQ(c.differing, 0u);
  EXPECT_GT(c.members.size(), 300u);
  EXPECT_EQ(c.type, "tcp_sock");
}

// Where no member differs, the bytes are alike, and the other way round.
TEST_F(TellCompare, OfTwoMomentsExactlyWhatHasOtherBytesDiffers) {
  const StructureSubject s = subject(early, "tcp_sock #1");
  const Comparison c = compared(early, "tcp_sock #1", late, "tcp_sock #1");
  ASSERT_GT(c.differing, 2u);
  ASSERT_LT(c.differing, c.members.size());
  for (const ComparedMember& m : c.members) {
    const u8 *a = early.memory().at(s.base + m.offset), *b = late.memory().at(s.base + m.offset);
    if (m.type.find(" : ") != std::string::npos) continue; // a bit-field's neighbours share its bytes
    EXPECT_EQ(m.differs, std::memcmp(a, b, m.size) != 0) << m.path;
  }
}

TEST_F(TellCompare, WhoWroteAValueWasItsLastWriterBeforeTheMoment) {
  const StructureSubject s = subject(early, "tcp_sock #1");
  const Comparison c = compared(early, "tcp_sock #1", late, "tcp_sock #1");
  const Journal& j = early.journal();
  const StructureRows rows(s);
  size_t written = 0;
  for (const ComparedMember& m : c.members) {
    if (!m.differs || m.type.find(" : ") != std::string::npos) continue;
    const auto last = [&](EventIndex moment) {
      EventIndex found = NoEvent;
      for (EventIndex i = s.born; i < moment; ++i)
        if (isWrite(j[i]) && j[i].where < s.base + m.offset + m.size &&
            s.base + m.offset < j[i].where + writtenSize(j[i]))
          found = i;
      return found;
    };
    EXPECT_EQ(m.left.written, last(early.position())) << m.path;
    EXPECT_EQ(m.right.written, last(late.position())) << m.path;
    if (m.right.written == NoEvent) continue;
    EXPECT_EQ(english(m.right.writer), english(writerOf(j, m.right.written)));
    ++written;
  }
  EXPECT_GT(written, 2u);
}

TEST_F(TellCompare, TheListenerAndTheConnectionDifferInTheirState) {
  const Comparison c = compared(early, "tcp_sock #1", early, "tcp_sock #2");
  const ComparedMember& state = member(c, "skc_state");
  EXPECT_TRUE(state.differs);
  EXPECT_NE(english(state.left.value), english(state.right.value));
  EXPECT_FALSE(member(c, "skc_family").differs);
  // Heads of empty lists point at themselves, each at itself: that is alike.
  const ComparedMember& queue = member(c, "sk_error_queue.next");
  EXPECT_NE(english(queue.left.value), english(queue.right.value));
  EXPECT_FALSE(queue.differs);
}

TEST_F(TellCompare, WhatHasASmallerStructureInCommonIsComparedByIt) {
  EXPECT_EQ(commonLayout(layoutNamed("tcp_sock"), layoutNamed("udp_sock")), layoutNamed("inet_sock"));
  EXPECT_EQ(commonLayout(layoutNamed("tcp_sock"), layoutNamed("inet_timewait_sock")), layoutNamed("sock_common"));
  EXPECT_EQ(commonLayout(layoutNamed("tcp_sock"), layoutNamed("sk_buff")), nullptr);
  const Comparison tables = compared(early, "inet_stream_ops", early, "inet_dgram_ops");
  EXPECT_TRUE(member(tables, "connect").differs);
  EXPECT_FALSE(member(tables, "bind").differs);
}

TEST_F(TellCompare, WhatHasNothingInCommonIsRefused) {
  const auto refused =
      compareStructures({&early, subject(early, "tcp_sock #1")}, {&early, subject(early, "socket #1")});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("no member in common"), std::string::npos);
}

TEST_F(TellCompare, TheLinesAreThoseThatDifferOrAll) {
  const Comparison c = compared(early, "tcp_sock #1", late, "tcp_sock #1");
  EXPECT_EQ(lines(c).size(), c.differing + 2);
  EXPECT_EQ(lines(c, true).size(), c.members.size() + 2);
  EXPECT_EQ(json(c)["members"].size(), c.differing);
  EXPECT_EQ(json(c, true)["members"].size(), c.members.size());
}

} // namespace
