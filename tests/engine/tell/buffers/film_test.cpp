// The film of a buffer: only what somebody has written has a name, a pointer that passes its boundary is seen to, and what
// belongs to a packet besides its linear bytes is in the picture.
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/values.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Film {
  std::unique_ptr<scenario::Session> session;
  const Journal& journal;
  Playhead at{journal};
  BufferLives lives;
  BufferJourneys journeys;
  explicit Film(std::unique_ptr<scenario::Session> s) : session(std::move(s)), journal(session->journal()) {
    lives.update(journal);
  }
  BufferPicture of(int life, EventIndex position) {
    at.seek(position);
    return pictureOf(at, lives, journeys.of(journal, lives, life), life, position);
  }
  // The first picture of any living packet for which something holds; not present if there is none.
  template <class Holds> BufferPicture first(Holds holds, EventIndex from = 1) {
    for (EventIndex p = from; p <= journal.size(); ++p) {
      if (journal[p - 1].type != EventType::Call && journal[p - 1].type != EventType::Return) continue;
      at.seek(p);
      for (const int life : lives.aliveAt(p, 16)) {
        BufferPicture picture = pictureOf(at, lives, journeys.of(journal, lives, life), life, p);
        if (picture.present && holds(picture)) return picture;
      }
    }
    return {};
  }
  // When a function is entered.
  EventIndex into(const char* function, EventIndex from = 0) {
    return nextCall(journal, from, Symbols::get().functionNamed(function)->id, true);
  }
};

std::string all(const BufferPicture& p) {
  std::string out;
  for (const std::string& line : lines(p)) out += line + "\n";
  return out;
}

// ---- an account of its own of who wrote what: for each byte of the heap the event that wrote it last, and from when on a
// write counts for the packet: the memory was allocated, or the packet before it there was let go of.
class Account {
public:
  explicit Account(Film& film) : m_film(film) {
    for (const BufferLife& life : film.lives.all()) {
      if (life.released == NoEvent) continue;
      film.at.seek(life.released);
      const BufferShape s = readShape(film.at.memory().at(life.offset));
      m_freed.push_back({life.released, static_cast<u32>(s.head), static_cast<u32>(s.head) + s.end});
    }
  }
  void readTo(EventIndex position) {
    const Journal& j = m_film.journal;
    for (; m_seen < position; ++m_seen) {
      const Event& e = j[m_seen];
      if (e.type != EventType::Write && e.type != EventType::Fill) continue;
      const bool clearing = m_seen && j[m_seen - 1].type == EventType::Alloc && j[m_seen - 1].where == e.where;
      const auto c = j.change(e);
      for (u32 at = c.offset; at < c.offset + c.size; ++at) m_written[at] = clearing ? 0 : m_seen;
    }
  }
  bool written(u32 byte) const {
    const auto known = m_written.find(byte);
    const EventIndex event = known == m_written.end() ? 0 : known->second;
    const u32 object = m_film.at.memory().objectAround(byte);
    if (!event || (object && event < m_film.at.memory().recordOf(object).birth)) return false;
    return std::ranges::none_of(m_freed, [&](const Freed& f) {
      return f.event < m_film.at.position() && f.event > event && f.from <= byte && byte < f.to && lastThere(f);
    });
  }

private:
  struct Freed {
    EventIndex event;
    u32 from, to;
  };
  // Nobody else held it any more: a clone that goes leaves the bytes to the others.
  bool lastThere(const Freed& f) const { return f.event < m_bornOf; }
  Film& m_film;
  std::unordered_map<u32, EventIndex> m_written;
  std::vector<Freed> m_freed;
  EventIndex m_seen = 0;

public:
  EventIndex m_bornOf = 0; // of the packet in question
};

void expectLeavesWritten(const BufferPicture& p, const FrameField& f, const Account& account) {
  for (const FrameField& c : f.children) expectLeavesWritten(p, c, account);
  if (!f.children.empty() || f.layer == FrameLayer::Payload || f.layer == FrameLayer::Padding) return;
  for (std::size_t b = f.offset; b < f.offset + f.length; ++b)
    ASSERT_TRUE(account.written(static_cast<u32>(p.shape.head + b))) << f.name << " " << f.value << "\n" << all(p);
}

TEST(BufferFilm, NothingIsNamedThatNobodyWrote) {
  Film film(tests::walkOf(SOCKWALK_SOURCE_ROOT "/lessons/10-sk-buff/scenario.pkt"));
  Account account(film);
  u64 named = 0, claimed = 0;
  std::set<u32> ofIp; // how many bytes of an IPv4 header have stood written at some moment
  for (EventIndex p = 1; p <= film.journal.size(); ++p) {
    account.readTo(p);
    film.at.seek(p);
    for (const int life : film.lives.aliveAt(p)) {
      const BufferPicture picture = film.of(life, p);
      if (!picture.present) continue;
      account.m_bornOf = film.lives.life(life).born;
      for (const BufferBand& b : picture.bands) {
        if (!b.written) {
          claimed += b.to - b.from;
          continue;
        }
        for (u32 at = b.from; at < b.to; ++at, ++named)
          ASSERT_TRUE(account.written(static_cast<u32>(picture.shape.head) + at))
              << "byte " << at << " at event " << p << "\n"
              << all(picture);
        if (b.type == "iphdr") ofIp.insert(picture.written.count(b.wholeFrom, b.wholeTo));
      }
      for (const FrameField& f : picture.fields) {
        expectLeavesWritten(picture, f, account);
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }
  EXPECT_GT(named, 10000u);
  EXPECT_GT(claimed, 1000u);
  EXPECT_GT(ofIp.size(), 4u) << "the header comes field by field";
  EXPECT_TRUE(ofIp.contains(20));
}

// What leaves the machine was written whole, and what arrived was.
TEST(BufferFilm, AFrameThatLeavesOrArrivesIsWrittenWhole) {
  Film film(tests::walkOf(SOCKWALK_SOURCE_ROOT "/lessons/10-sk-buff/scenario.pkt"));
  int frames = 0;
  for (const char* function : {"e1000_xmit_frame", "ip_rcv_core", "udp_queue_rcv_skb"})
    for (EventIndex p = film.into(function); p < film.journal.size();) {
      const u64 skb = bufferOf(film.journal, film.journal[p - 1]);
      const BufferPicture picture = film.of(film.lives.at(skb, p), p);
      for (const BufferBand& b : picture.bands) EXPECT_TRUE(b.written) << function << "\n" << all(picture);
      EXPECT_GE(picture.bands.size(), 2u) << all(picture);
      ++frames;
      const EventIndex next = film.into(function, p);
      if (next == p) break;
      p = next;
    }
  EXPECT_GE(frames, 4);
}

// A second transmission of the same bytes gets headers of its own: those of the first one are not its content.
TEST(BufferFilm, ARetransmissionDoesNotInheritTheFirstOnesHeaders) {
  Film film(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-lost-segment.pkt"));
  int clones = 0;
  for (int l = 0; l < int(film.lives.all().size()); ++l) {
    const BufferLife& life = film.lives.life(l);
    if (life.origin != BufferMark::Cloned || life.from < 0) continue;
    const BufferJourney& journey = film.journeys.of(film.journal, film.lives, l);
    for (const BufferOperation& o : journey.operations()) {
      if (o.before < 0 || o.call == NoEvent || film.journal.function(film.journal[o.call]).name != "skb_push") continue;
      const BufferShape &before = journey.shapes()[size_t(o.before)], &after = journey.shapes()[size_t(o.after)];
      EXPECT_EQ(journey.written().at(o.last + 1).count(after.data, before.data), 0u) << "life " << l;
      ++clones;
    }
  }
  EXPECT_GT(clones, 4);
}

// ---- over- and underrun
const char* const OneDatagram = R"(//@link e1000
//@peer echo 7777
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+.1 sendto(3, "hi", 2, 0, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr("10.0.2.2")}, 16) = 2
+.1 recvfrom(3, ..., 100, 0, ..., ...) = 2
)";

std::unique_ptr<scenario::Session> withOrder(const std::string& order) {
  auto session = scenario::Session::open({scenario::ScriptStimulus{
      "test.pkt", OneDatagram + order +
                      "\n+.1 sendto(3, \"hello\", 5, 0, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = "
                      "inet_addr(\"10.0.2.2\")}, 16) = 5\n+.1 recvfrom(3, ..., 100, 0, ..., ...) = 5\n"}});
  if (!session) throw std::runtime_error(session.error().message);
  (*session)->runAll();
  return std::move(*session);
}

TEST(BufferFilm, APushTooFarIsSeenBeforeHead) {
  Film film(withOrder("//@skb push 64"));
  ASSERT_TRUE(film.session->machine().panicked());
  const BufferPicture p =
      film.first([](const BufferPicture& one) { return one.breach.kind == BufferBreach::BeforeHead; });
  ASSERT_TRUE(p.present);
  EXPECT_EQ(p.breach.asked, 64u);
  EXPECT_EQ(p.shape.dataFromHead(), s32(p.breach.there) - 64);
  EXPECT_LT(p.shape.dataFromHead(), 0);
  EXPECT_EQ(p.rangeFrom, 0u) << "the edge is in the picture";
  for (const BufferBand& b : p.bands) EXPECT_LE(b.to, p.shape.end);
  const BufferPicture last = film.of(p.life, film.journal.size());
  EXPECT_NE(last.breach.kernelSays.find("skb_under_panic: len:"), std::string::npos) << all(last);
  EXPECT_NE(last.breach.kernelSays.find(" put:64 "), std::string::npos) << all(last);
  EXPECT_NE(last.breach.kernelSays.find(" dev:eth0"), std::string::npos) << all(last);
  EXPECT_NE(all(last).find("64 bytes in front"), std::string::npos) << all(last);
  EXPECT_EQ(json(last)["data"], last.shape.dataFromHead());
  EXPECT_EQ(json(last)["breach"]["asked"], 64);
}

TEST(BufferFilm, APutTooFarIsSeenBehindEnd) {
  Film film(withOrder("//@skb put 4096"));
  ASSERT_TRUE(film.session->machine().panicked());
  const BufferPicture p =
      film.first([](const BufferPicture& one) { return one.breach.kind == BufferBreach::BehindEnd; });
  ASSERT_TRUE(p.present);
  EXPECT_EQ(p.breach.asked, 4096u);
  EXPECT_EQ(p.shape.tail - p.shape.end, 4096 - p.breach.there);
  EXPECT_EQ(p.rangeTo, p.shape.end);
  const BufferPicture last = film.of(p.life, film.journal.size());
  EXPECT_NE(last.breach.kernelSays.find("skb_over_panic: len:"), std::string::npos) << all(last);
}

// skb_pull() looks first: more than there is gives NULL, nothing moves, and the packet goes its way.
TEST(BufferFilm, APullOfMoreThanThereIsMovesNothing) {
  Film film(withOrder("//@skb pull 2000"));
  EXPECT_FALSE(film.session->machine().panicked());
  EXPECT_TRUE(film.session->failures().empty()) << film.session->failures().front().message;
  const BufferPicture p =
      film.first([](const BufferPicture& one) { return one.breach.kind == BufferBreach::MoreThanThere; });
  ASSERT_TRUE(p.present);
  EXPECT_EQ(p.breach.asked, 2000u);
  EXPECT_EQ(p.breach.there, p.shape.len);
  EXPECT_NE(english(p.breach.what).find("gives NULL"), std::string::npos);
  EXPECT_TRUE(p.breach.kernelSays.empty());
}

// A push that fits is room only: nobody writes there, and it is not drawn as a header.
TEST(BufferFilm, APushThatFitsIsRoomThatNobodyWrote) {
  Film film(withOrder("//@skb push 2 ip_output"));
  EXPECT_FALSE(film.session->machine().panicked());
  const EventIndex in = film.into("kprobe_ftrace_handler");
  const BufferPicture p =
      film.of(film.lives.at(bufferOf(film.journal, film.journal[in - 1]), in), endOf(film.journal, in - 1));
  ASSERT_FALSE(p.bands.empty());
  EXPECT_FALSE(p.bands.front().written) << all(p);
  EXPECT_EQ(p.bands.front().to - p.bands.front().from, 2u) << all(p);
  EXPECT_EQ(english(p.bands.front().name), "claimed, not written yet");
}

// ---- what belongs to a packet besides its linear bytes
TEST(BufferFilm, AnFclonePairIsTwoStructuresOverTheSameBytes) {
  Film film(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/tcp-lost-segment.pkt"));
  int seen = 0;
  for (EventIndex p = 1; p <= film.journal.size(); ++p) {
    if (film.journal[p - 1].type != EventType::Return) continue;
    film.at.seek(p);
    for (const int life : film.lives.aliveAt(p, 16)) {
      const BufferPicture picture = film.of(life, p);
      if (picture.dataref < 2) continue;
      ASSERT_EQ(picture.sharers.size() + 1, picture.dataref) << p << "\n" << all(picture);
      for (const BufferSharer& s : picture.sharers) {
        EXPECT_NE(s.life, life);
        EXPECT_EQ(readShape(film.at.memory().at(static_cast<u32>(s.address))).head, picture.shape.head);
      }
      ++seen;
    }
  }
  EXPECT_GT(seen, 50);
}

TEST(BufferFilm, ALargeDatagramHangsTogetherByItsFragList) {
  Film film(tests::walkOfScript(R"(//@link e1000
//@peer echo 7777
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+.1 sendto(3, "hi", 2, 0, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr("10.0.2.2")}, 16) = 2
+.1 recvfrom(3, ..., 100, 0, ..., ...) = 2
+.1 sendto(3, ..., 5000, 0, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr("10.0.2.2")}, 16) = 5000
+.1 recvfrom(3, ..., 6000, 0, ..., ...) = 5000
)"));
  const BufferPicture sent = film.first([](const BufferPicture& p) { return p.parts.size() > 1; });
  ASSERT_TRUE(sent.present);
  u32 length = sent.shape.headlen();
  for (const BufferPart& part : sent.parts) length += part.len;
  for (const BufferFragment& f : sent.fragments) length += f.size;
  EXPECT_EQ(length, sent.shape.len) << all(sent);
  EXPECT_NE(all(sent).find("frag_list: "), std::string::npos);
  EXPECT_EQ(json(sent)["frag_list"].size(), sent.parts.size());
  // The echo comes back in fragments, and the whole of it is one packet again.
  const EventIndex whole = film.into("udp_queue_rcv_skb", film.into("inet_frag_reasm_finish"));
  const BufferPicture back = film.of(film.lives.at(bufferOf(film.journal, film.journal[whole - 1]), whole), whole);
  ASSERT_TRUE(back.present);
  length = back.shape.headlen();
  for (const BufferPart& part : back.parts) length += part.len;
  for (const BufferFragment& f : back.fragments) length += f.size;
  EXPECT_EQ(length, back.shape.len) << all(back);
  EXPECT_EQ(back.shape.len, 5008u);
  EXPECT_GT(back.parts.size() + back.fragments.size(), 1u) << all(back);
}

TEST(BufferFilm, ABufferOfSeveralSegmentsSaysSoAndWhoSumsIt) {
  Film film(tests::walkOfScript(R"(//@link e1000
//@peer echo 7777
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+.1 connect(3, {sa_family = AF_INET, sin_port = htons(7777), sin_addr = inet_addr("10.0.2.2")}, 16) = 0
+.1 write(3, ..., 5000) = 5000
)"));
  const BufferPicture p =
      film.first([](const BufferPicture& one) { return one.gsoSegs > 1 && one.shape.mac != 0xffff; });
  ASSERT_TRUE(p.present);
  EXPECT_GT(p.gsoSize, 500u);
  EXPECT_FALSE(p.fragments.empty()) << all(p);
  EXPECT_NE(all(p).find("GSO: "), std::string::npos);
  EXPECT_EQ(p.shape.csumStart, p.shape.transport) << all(p);
  EXPECT_EQ(p.checksumAt, p.shape.transport + 16) << all(p);
  EXPECT_NE(english(p.checksum).find("CHECKSUM_PARTIAL"), std::string::npos);
  for (const FrameField& f : p.fields)
    for (const FrameField& c : f.children) {
      if (c.offset == p.checksumAt) {
        EXPECT_EQ(c.value.find("wrong"), std::string::npos) << c.value;
      }
    }
}

// ---- names
TEST(BufferNames, NoTwoLivesShareOneAndEverybodyUsesIt) {
  for (const char* file : {"assets/walks/tcp-lost-segment.pkt", "assets/walks/tcp-between-two-hosts.pkt"}) {
    Film film(tests::walkOf(std::string(SOCKWALK_SOURCE_ROOT "/") + file));
    std::set<std::string> names;
    int again = 0;
    for (const BufferLife& life : film.lives.all()) {
      const std::string name = bufferName(life);
      EXPECT_TRUE(names.insert(name).second) << name << " twice in " << file;
      again += life.turn > 1;
      film.at.seek(life.born + 1);
      EXPECT_EQ(addressName(film.at, Arena::addressOf(life.offset)), name) << file;
      if (life.released == NoEvent) continue;
      film.at.seek(life.released);
      EXPECT_EQ(addressName(film.at, Arena::addressOf(life.offset)), name) << file;
    }
    EXPECT_GT(again, 0) << file;
  }
}

} // namespace
