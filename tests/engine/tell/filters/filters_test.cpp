// The table of filters: the program as tcpdump -d prints it, and what ran of it at a moment.
#include "engine/feed/frame_filter.h"
#include "engine/tell/filters/filters.h"
#include "engine/tell/filters/instruction_text.h"
#include "tests/support/walks.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const std::string Words = "udp dst port 5620"; // as the script has it
size_t instructions() {                        // how many, is libpcap's business
  return FrameFilter::compile(Words)->instructions().size();
}

const char* const Script = R"(//@link lo
0 socket(AF_PACKET, SOCK_RAW, 0) = 3
+0 setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, "udp dst port 5620", 16) = 0
+0 bind(3, {sll_family=AF_PACKET, sll_protocol=htons(ETH_P_IP), sll_ifindex="lo"}, 20) = 0
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(5620), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
//@case wanted
+0 sendto(4, ..., 40, 0, {sa_family = AF_INET, sin_port = htons(5620), sin_addr = inet_addr("127.0.0.1")}, 16) = 40
//@case unwanted
+0 sendto(4, ..., 40, 0, {sa_family = AF_INET, sin_port = htons(5621), sin_addr = inet_addr("127.0.0.1")}, 16) = 40
)";

struct Walk {
  std::unique_ptr<scenario::Session> session = tests::walkOfScript(Script);
  EventIndex note(std::string_view name, int which = 1) const {
    const Journal& j = session->journal();
    for (EventIndex i = 0; i < j.size(); ++i)
      if (j[i].type == EventType::Note && Symbols::get().notes()[j[i].b]->name == name && !--which) return i;
    return NoEvent;
  }
  FilterTold at(EventIndex position) const {
    Playhead playhead(session->journal());
    playhead.seek(position);
    const auto all = readFilters(playhead);
    return all.empty() ? FilterTold{} : all[0];
  }
};

std::string ranText(const FilterTold& f) {
  std::string out;
  for (const FilterLine& l : f.lines) out += l.order ? 'x' : '.';
  return out;
}

TEST(Filters, AProgramIsPrintedAsTcpdumpPrintsIt) {
  const Walk walk;
  const FilterTold told = walk.at(walk.session->journal().size());
  ASSERT_EQ(told.lines.size(), instructions());
  EXPECT_EQ(told.lines[0].text, "(000) ldh      [12]");
  EXPECT_EQ(told.lines[1].text, "(001) jeq      #0x86dd          jt 2\tjf 6");
  EXPECT_TRUE(told.lines.back().text.ends_with(") ret      #0")) << told.lines.back().text;
  EXPECT_EQ(told.sockets, std::vector<std::string>{"packet_sock #1"});
}

TEST(Filters, WhatRanIsLitAndWhatDidNotIsNot) {
  const Walk walk;
  const FilterTold before = walk.at(walk.note("filter.begins"));
  EXPECT_EQ(before.begun, NoEvent);
  EXPECT_EQ(ranText(before), std::string(instructions(), '.'));
  const FilterTold first = walk.at(walk.note("filter.begins") + 2); // one instruction of it
  EXPECT_EQ(ranText(first), "x" + std::string(instructions() - 1, '.'));
  EXPECT_FALSE(first.over);
  EXPECT_EQ(english(first.lines[0].outcome), "A = 0x800, X = 0x0");
  const FilterTold wanted = walk.at(walk.note("filter.returned") + 1);
  EXPECT_TRUE(wanted.over);
  EXPECT_EQ(wanted.answer, 262144u);
  EXPECT_EQ(wanted.bytes, 82u);
  EXPECT_EQ(english(runText(wanted)).substr(0, 20), "run last on sk_buff ");
  const FilterTold unwanted = walk.at(walk.note("filter.returned", 2) + 1);
  EXPECT_EQ(unwanted.answer, 0u);
  EXPECT_NE(ranText(unwanted), ranText(wanted));
  EXPECT_TRUE(unwanted.lines.back().latest);
}

TEST(Filters, InstructionsOfEveryKindHaveWords) {
  const std::pair<kernel::sock_filter, const char*> cases[] = {
      {{0x20, 0, 0, 4}, "(000) ld       [4]"},
      {{0x30, 0, 0, 23}, "(000) ldb      [23]"},
      {{0x48, 0, 0, 16}, "(000) ldh      [x + 16]"},
      {{0xb1, 0, 0, 14}, "(000) ldxb     4*([14]&0xf)"},
      {{0x80, 0, 0, 0}, "(000) ld       #pktlen"},
      {{0x00, 0, 0, 255}, "(000) ld       #0xff"},
      {{0x60, 0, 0, 2}, "(000) ld       M[2]"},
      {{0x02, 0, 0, 2}, "(000) st       M[2]"},
      {{0x54, 0, 0, 240}, "(000) and      #0xf0"},
      {{0x0c, 0, 0, 0}, "(000) add      x"},
      {{0x05, 0, 0, 7}, "(000) ja       8"},
      {{0x07, 0, 0, 0}, "(000) tax      "},
      {{0x16, 0, 0, 0}, "(000) ret      "},
      {{0x28, 0, 0, 0xfffff004}, "(000) ldh      [type]"},
      {{0x45, 4, 0, 0x1fff}, "(000) jset     #0x1fff          jt 5\tjf 1"}};
  for (const auto& [instruction, text] : cases) EXPECT_EQ(instructionLine(instruction, 0), text);
}

} // namespace
