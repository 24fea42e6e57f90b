// The sequence of a walk: every message is a call, a return or a frame of the record, between the lanes that they are of.
#include "engine/journal/layers.h"
#include "engine/journal/queries.h"
#include "engine/tell/sequence/sequence.h"
#include "tests/support/walks.h"
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Told {
  std::unique_ptr<scenario::Session> session;
  Hosts hosts;
  explicit Told(const std::string& file) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/" + file)) {
    hosts.update(journal());
  }
  const Journal& journal() const { return session->journal(); }
  Sequence read(EventIndex position, SequenceWish wish = {}) const {
    return readSequence(journal(), hosts, position, wish);
  }
  Sequence whole() const { return read(journal().size(), {.folded = {}, .whole = true}); }
};

std::string said(const Sequence& sequence, EventIndex position) {
  std::string out;
  for (const std::string& line : lines(SequenceAt{sequence, position})) out += line + "\n";
  return out;
}

} // namespace

TEST(Sequence, OfSocketIsTheOneThatTextbooksDraw) {
  const Told told("lessons/03-socket/scenario.pkt");
  const u16 create = Symbols::get().functionNamed("inet_create")->id;
  EventIndex at = 0;
  do at = nextCall(told.journal(), at, create, true);
  while (told.journal().contextAt(at - 1).kind != Context::Task);
  const std::string words = said(told.read(at), at);
  size_t from = 0;
  for (const char* step : {"application → C library  socket()", "C library → socket  __x64_sys_socket()",
                           "socket → VFS  new_inode_pseudo()", "socket → protocol  inet_create()",
                           "protocol → socket  sk_alloc()", "protocol ⇠ socket  = 0", "socket → VFS  fd_install()",
                           "socket ⇠ C library  = 3", "C library ⇠ application  = 3"}) {
    const size_t found = words.find(step, from);
    ASSERT_NE(found, std::string::npos) << step << "\n" << words;
    from = found;
  }
}

TEST(Sequence, MessagesGoFromTheLayerThatCallsToTheLayerThatIsCalled) {
  for (const char* file : {"assets/walks/tcp-between-two-hosts.pkt", "assets/walks/epoll-server.pkt"}) {
    const Told told(file);
    const Sequence all = told.whole();
    const Journal& j = told.journal();
    EventIndex before = 0;
    int calls = 0;
    for (const SequenceMessage& m : all.messages) {
      EXPECT_GE(m.event, before) << file;
      before = m.event;
      if (m.kind == SequenceMessage::Heading) continue;
      EXPECT_NE(m.from, m.to);
      const SequenceLane lane = all.columns[size_t(m.to)].lane;
      if (m.kind != SequenceMessage::Call || lane == SequenceLane::Library) continue;
      ++calls;
      ASSERT_EQ(j[m.event].type, EventType::Call);
      EXPECT_EQ(english(m.words), std::string(j.function(j[m.event]).name) + "()");
      EXPECT_EQ(all.columns[size_t(m.to)].host, told.hosts.of(m.event));
    }
    EXPECT_GT(calls, 100);
  }
}

TEST(Sequence, LanesStandFromTheProgramToTheWireAndBackAgain) {
  const Told told("assets/walks/tcp-between-two-hosts.pkt");
  const Sequence all = told.whole();
  size_t wire = 0;
  while (wire < all.columns.size() && all.columns[wire].lane != SequenceLane::Wire) ++wire;
  ASSERT_LT(wire, all.columns.size());
  for (size_t c = 1; c < all.columns.size(); ++c) {
    const auto &left = all.columns[c - 1], &right = all.columns[c];
    EXPECT_TRUE(left.host != right.host || (left.lane < right.lane) == (c <= wire)) << c;
  }
  EXPECT_NE(all.columns.front().host, all.columns.back().host);
}

TEST(Sequence, AFoldedLayerIsPartOfWhoCallsIt) {
  const Told told("lessons/03-socket/scenario.pkt");
  const EventIndex end = told.journal().size();
  const Sequence folded = told.read(end, {.folded = {SequenceLane::Vfs}, .whole = true});
  for (const SequenceColumn& column : folded.columns) EXPECT_NE(column.lane, SequenceLane::Vfs);
  EXPECT_LT(folded.messages.size(), told.read(end, {.folded = {}, .whole = true}).messages.size());
}

TEST(Sequence, SaysWhenNotAllOfItFits) {
  const Told told("assets/walks/tcp-between-two-hosts.pkt");
  const EventIndex end = told.journal().size();
  const Sequence part = told.read(end, {.folded = {}, .whole = true, .most = 50});
  EXPECT_TRUE(part.more);
  EXPECT_GE(part.lastStimulus, told.journal().stimulusAt(end - 1)) << "the moment is in it";
  EXPECT_FALSE(told.whole().more);
}

TEST(Sequence, AMomentInWhichNothingIsCalledHasNoColumns) {
  const Told told("assets/walks/tcp-lost-segment.pkt");
  SequenceWish folded;
  for (size_t lane = 0; lane < sequenceLanes; ++lane) folded.folded.insert(static_cast<SequenceLane>(lane));
  bool still = false;
  for (const Stimulus& stimulus : told.journal().stimuli()) {
    const Sequence one = told.read(stimulus.event + 1, folded);
    for (const SequenceMessage& m : one.messages) {
      if (m.kind == SequenceMessage::Heading) continue;
      EXPECT_LT(size_t(std::max(m.from, m.to)), one.columns.size());
    }
    still = still || one.columns.empty();
  }
  EXPECT_TRUE(still) << "else this walk is no test of it";
}
