// Wire, byte, member and line: whichever one begins with, the other three are the same.
#include "engine/feed/decode.h"
#include "engine/tell/buffers/buffer_picture.h"
#include "engine/tell/selector.h"
#include "engine/tell/source/source_files.h"
#include "tests/support/walks.h"
#include <cstring>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct Walked {
  std::unique_ptr<scenario::Session> session;
  PacketList packets;
  explicit Walked(const std::string& file) : session(tests::walkOf(SOCKWALK_SOURCE_ROOT "/" + file)) {
    packets.update(journal());
  }
  const Journal& journal() const { return session->journal(); }
  ByteView frame(int packet) const { return journal().frame(journal()[packets.eventOf(packet)]); }
};

constexpr const char* Walks[] = {"lessons/10-sk-buff/scenario.pkt", "assets/walks/tcp-on-loopback.pkt",
                                 "assets/walks/tcp-between-two-hosts.pkt"};

// Each field of a header that is a member as a whole.
template <class Each> void eachMember(const Walked& walked, Each each) {
  for (int packet = 0; packet < walked.packets.size(); ++packet)
    for (const FrameField& header : decodeFrame(walked.frame(packet)))
      for (const FrameField& field : header.children) {
        const std::string member = headerMember(header.layer, u32(field.offset - header.offset), u32(field.length));
        if (!member.empty()) each(packet, field, member);
      }
}

int packetsWith(const Walked& walked, const char* structure) {
  int count = 0;
  for (int packet = 0; packet < walked.packets.size(); ++packet)
    for (const FrameField& header : decodeFrame(walked.frame(packet)))
      count += headerStructure(header.layer) == structure;
  return count;
}

} // namespace

TEST(Selection, FromTheWireLeadsToTheSameBytesTheirMemberAndTheLineThatWroteThem) {
  for (const char* file : Walks) {
    const Walked walked(file);
    Selector selector(walked.journal(), walked.packets);
    int all = 0, linked = 0;
    eachMember(walked, [&](int packet, const FrameField& field, const std::string& member) {
      const Selection s = selector.ofFrame(packet, u32(field.offset), u32(field.length));
      ++all;
      EXPECT_EQ(s.packet, packet);
      EXPECT_EQ(s.member, member) << file;
      if (!s.offset) return;
      ++linked;
      ASSERT_NE(s.written, NoEvent) << file << ": " << member << " of packet " << packet + 1;
      const auto change = walked.journal().change(walked.journal()[s.written]);
      EXPECT_LT(change.offset, s.offset + s.size);
      EXPECT_LT(s.offset, change.offset + change.size);
      const SourceLines* lines = sourceLines(s.file);
      ASSERT_TRUE(lines) << s.file;
      EXPECT_TRUE(s.line > 0 && size_t(s.line) <= lines->size()) << s.file << ":" << s.line;
    });
    EXPECT_GT(all, 20) << file;
    EXPECT_GE(linked * 10, all * 8) << file << ": " << linked << " of " << all << " fields are in a buffer";
  }
}

TEST(Selection, EveryStartAgrees) {
  for (const char* file : Walks) {
    const Walked walked(file);
    Selector selector(walked.journal(), walked.packets);
    int agreed = 0;
    eachMember(walked, [&](int packet, const FrameField& field, const std::string& member) {
      const Selection wire = selector.ofFrame(packet, u32(field.offset), u32(field.length));
      if (!wire.offset) return;
      const std::string where = std::string(file) + ": " + member + " of packet " + std::to_string(packet + 1);
      // From the byte, and from the member of the header, which are the same address.
      const EventIndex then = walked.packets.eventOf(packet) + 1;
      const Selection byte = selector.ofBytes(std::max(then, wire.written + 1), wire.offset, wire.size);
      EXPECT_EQ(byte.member, wire.member) << where;
      EXPECT_EQ(byte.written, wire.written) << where;
      EXPECT_EQ(byte.file, wire.file) << where;
      EXPECT_EQ(byte.line, wire.line) << where;
      EXPECT_EQ(byte.inBuffer, wire.inBuffer) << where;
      ASSERT_GE(byte.packet, 0) << where;
      EXPECT_FALSE(std::memcmp(walked.frame(byte.packet).data() + byte.inFrame,
                               walked.frame(packet).data() + wire.inFrame, wire.size))
          << where;
      // From the line: its last write is the one.
      const Selection line = selector.ofLine(wire.written + 1, wire.file, wire.line);
      EXPECT_EQ(line.written, wire.written) << where << " " << wire.file << ":" << wire.line;
      EXPECT_LT(line.offset, wire.offset + wire.size) << where;
      EXPECT_LT(wire.offset, line.offset + line.size) << where;
      ++agreed;
    });
    EXPECT_GT(agreed, 15) << file;
  }
}

TEST(Selection, TheHeadersOfTcpAreWrittenByTheLinesThatNameTheirMembers) {
  const Walked walked("assets/walks/tcp-between-two-hosts.pkt");
  ASSERT_GT(packetsWith(walked, "tcphdr"), 3);
  Selector selector(walked.journal(), walked.packets);
  for (const char* name : {"tcphdr.seq", "tcphdr.source", "iphdr.saddr"}) {
    int named = 0;
    for (int packet = 0; packet < walked.packets.size(); ++packet) {
      if (walked.packets.cameIn(packet)) continue;
      const auto [from, size] = fieldNamed(walked.frame(packet), name);
      if (!size) continue;
      const Selection s = selector.ofFrame(packet, from, size);
      const std::string member = std::string(name).substr(std::string(name).find('.') + 1);
      if (s.written == NoEvent) continue;
      if (s.file.ends_with("ip_output_reply.cpp")) continue; // a reset is put together beforehand and copied as a whole
      const std::string_view line = (*sourceLines(s.file))[size_t(s.line) - 1];
      EXPECT_NE(line.find(member), line.npos) << name << ": " << s.file << ":" << s.line << ": " << line;
      if (name == std::string("tcphdr.source") && !s.copiedFrom.empty()) {
        EXPECT_NE(s.copiedFrom.find("inet_sport"), std::string::npos) << s.copiedFrom;
        ++named;
      }
      if (name != std::string("tcphdr.source")) ++named;
    }
    EXPECT_GT(named, 0) << name;
  }
}

// What a program sends lies in pages that hang on the buffer: from a byte there as from one behind head.
TEST(Selection, BytesInAPageLeadToTheWireAndBack) {
  const Walked walked("assets/walks/tcp-between-two-hosts.pkt");
  Selector selector(walked.journal(), walked.packets);
  int inPages = 0;
  for (int packet = 0; packet < walked.packets.size(); ++packet) {
    const u32 last = u32(walked.frame(packet).size()) - 1;
    const Selection wire = selector.ofFrame(packet, last, 1);
    if (!wire.inPage || !wire.offset) continue;
    ++inPages;
    const Selection byte = selector.ofBytes(walked.packets.eventOf(packet), wire.offset, 1);
    EXPECT_TRUE(byte.inPage);
    EXPECT_GE(byte.life, 0);
    EXPECT_EQ(byte.written, wire.written);
    ASSERT_GE(byte.packet, 0) << packet;
    EXPECT_EQ(byte.inFrame, last);
    EXPECT_EQ(walked.frame(byte.packet)[byte.inFrame], walked.frame(packet)[last]);
  }
  EXPECT_GT(inPages, 0);
}

TEST(Selection, WhatIsInNoFrameSaysSo) {
  const Walked walked("lessons/03-socket/scenario.pkt");
  Selector selector(walked.journal(), walked.packets);
  Playhead at(walked.journal());
  at.seek(walked.journal().size());
  const auto named = selectionNamed(selector, at, walked.packets, "frame:3");
  ASSERT_FALSE(named);
  EXPECT_NE(named.error().message.find("no packet"), std::string::npos);
  EXPECT_FALSE(selectionNamed(selector, at, walked.packets, "nowhere.cpp:1"));
  EXPECT_FALSE(selectionNamed(selector, at, walked.packets, "frame:x"));
  for (EventIndex i = walked.journal().size(); i-- > 0;) {
    const Event& e = walked.journal()[i];
    if (e.type != EventType::Write || !e.a) continue;
    const Selection s = selector.ofBytes(i + 1, e.where, e.a);
    if (s.member.empty()) continue;
    EXPECT_EQ(s.packet, -1);
    EXPECT_EQ(s.life, -1);
    EXPECT_EQ(s.written, i);
    const auto told = lines(SelectionTold{s, &at, &walked.packets});
    ASSERT_EQ(told.size(), 4u);
    EXPECT_EQ(told[0], "no frame has these bytes");
    return;
  }
  FAIL() << "no write into a member";
}
