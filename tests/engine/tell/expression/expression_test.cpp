// The language of expressions, apart from what its names mean.
#include "engine/tell/expression/completion.h"
#include "engine/tell/expression/expression.h"
#include "tests/engine/tell/expression/small_vocabulary.h"
#include <gtest/gtest.h>

namespace sockwalk::tell::expression {
namespace {

SmallItem segment() {
  SmallItem item;
  item.numbers = {{"tcp", {1}},
                  {"tcp.port", {40000, 80}},
                  {"tcp.srcport", {40000}},
                  {"tcp.flags", {0x12}},
                  {"tcp.syn", {1}},
                  {"ip.addr", {0x0a000001, 0xc0a80102}},
                  {"eth.src", {0x020000000001}},
                  {"time", {10'000'000}},
                  {"outcome", {1}},
                  {"sk.sk_state", {1}},
                  {"count7", {1}},
                  {"count8", {0}}};
  item.texts = {{"device", {"eth0"}}, {"frame", {std::string("\0\1GET / HTTP", 12)}}};
  return item;
}

bool holds(const std::string& text, const SmallItem& item = segment()) {
  const Parsed parsed = parse(text, SmallVocabulary());
  EXPECT_FALSE(parsed.problem) << text << ": " << spoken(*parsed.problem, text);
  return parsed.expression.holds(item);
}

std::string problem(const std::string& text) {
  const Parsed parsed = parse(text, SmallVocabulary());
  return parsed.problem ? spoken(*parsed.problem, text) : "";
}

void expectHolds(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_TRUE(holds(text)) << text;
}
void expectFails(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_FALSE(holds(text)) << text;
}

TEST(Expression, ComparesNumbers) {
  expectHolds({"tcp.port == 80", "tcp.port eq 0x50", "tcp.srcport > 39999", "tcp.srcport >= 40000",
               "tcp.srcport le 40000", "tcp.srcport lt 40001", "tcp.srcport != 80", "tcp.port in {1, 80}",
               "tcp.port in {70..90}", "80 == tcp.port", "39999 < tcp.srcport", "tcp.srcport > -1",
               "tcp.srcport == tcp.port"});
  expectFails({"tcp.port == 81", "tcp.srcport < 40000", "tcp.srcport gt 40000", "tcp.srcport ne 40000",
               "tcp.port in {1, 2, 81..90}", "39999 > tcp.srcport", "tcp.srcport != tcp.port"});
}

TEST(Expression, OfSeveralValuesOneIsEnoughButAllMustDiffer) {
  expectHolds({"tcp.port == 80 && tcp.port == 40000", "tcp.port != 22", "!(tcp.port == 22)"});
  expectFails({"tcp.port != 80"});
}

TEST(Expression, WhatIsNotThereFitsNothing) {
  const SmallItem none;
  for (const char* text : {"tcp", "tcp.port == 80", "tcp.port != 80", "device == \"eth0\"", "device != \"eth0\"",
                           "tcp.srcport != tcp.port", "tcp.flags & 2"})
    EXPECT_FALSE(holds(text, none)) << text;
  EXPECT_TRUE(holds("not tcp", none));
  EXPECT_TRUE(holds("", none)) << "an empty expression holds of everything";
}

TEST(Expression, AndBindsStrongerThanOrAndNotStrongest) {
  expectHolds({"tcp.port == 80 || tcp.port == 1 && tcp.port == 2", "(tcp or tcp) and not tcp.port == 1",
               "not tcp.port == 1 and tcp", "!!tcp", "tcp and (tcp.port == 1 or tcp.port == 80)"});
  expectFails({"(tcp.port == 80 || tcp.port == 1) && tcp.port == 2", "!tcp || tcp.port == 1",
               "not (tcp or tcp.port == 1)", "!tcp && tcp.port == 1 || tcp.port == 2"});
}

TEST(Expression, TestsBits) {
  expectHolds({"tcp.flags & SYN", "tcp.flags & 0x10", "tcp.flags & 0x13 == 0x12", "tcp.flags & SYN == SYN",
               "tcp.flags & 1 == 0", "tcp.flags & 1 != 1"});
  expectFails({"tcp.flags & 1", "tcp.flags & 0x13 == 0x13", "tcp.flags & ACK == 0"});
}

TEST(Expression, ComparesFlagsAddressesAndTimes) {
  expectHolds({"tcp.syn == 1", "tcp.syn == true", "tcp.syn != 0", "ip.addr == 10.0.0.1", "ip.addr == 10.0.0.0/8",
               "ip.addr in {1.2.3.4, 192.168.0.0/16}", "ip.addr != 172.16.0.0/12", "ip.addr in {10.0.0.0..10.0.0.9}",
               "eth.src == 02:00:00:00:00:01", "time == 10ms", "time < 0.5", "time >= 10000us", "time > 9.9ms",
               "time < 1", "time in {5ms..1s}", "ip.addr < 10.0.0.2", "ip.addr == 0.0.0.0/0"});
  expectFails({"tcp.syn == 0", "ip.addr == 10.0.0.2", "ip.addr == 11.0.0.0/8", "ip.addr != 10.0.0.0/8",
               "eth.src == 02:00:00:00:00:02", "time > 10ms", "time == 1"});
}

TEST(Expression, LooksIntoTexts) {
  expectHolds({"device == \"eth0\"", "device == eth0", "device contains \"th\"", "device matches \"^ETH[0-9]$\"",
               "device in {\"lo\", \"eth0\"}", "device != \"lo\"", "frame contains \"GET\"", "frame contains 47:45:54",
               "frame matches \"get /\"", "frame contains 'HTTP'"});
  expectFails({"device == \"eth\"", "device contains \"TH\"", "frame contains \"POST\"", "device != \"eth0\"",
               "device ~ \"^lo\""});
}

TEST(Expression, KnowsConstantsInQuotationMarksOrWithout) {
  expectHolds({"outcome == delivered", "outcome == \"delivered\"", "outcome != dropped",
               "outcome in {dropped, delivered}", "sk.sk_state == TCP_ESTABLISHED", "TCP_ESTABLISHED == sk.sk_state",
               "sk.sk_state == 1", "outcome matches \"^deliv\"", "outcome contains \"liver\"", "outcome != in"});
  expectFails({"outcome == dropped", "sk.sk_state == TCP_LISTEN", "outcome contains \"drop\"", "outcome in {in}"});
}

TEST(Expression, HandsWordsToNamesThatTakeThem) {
  expectHolds({"count(retransmit) == 1 && count(rto) == 0"});
  expectFails({"count(retransmit) > 1"});
}

TEST(Expression, SaysWhatIsWrongAndWhere) {
  const std::pair<const char*, const char*> cases[] = {
      {"tcp.prt == 80", "column 1: there is no tcp.prt; the nearest is tcp.port"},
      {"xyzzy == 80", "column 1: there is no xyzzy"},
      {"tcp.port = 80", "column 10: one = means nothing here: == compares"},
      {"tcp | tcp", "column 5: one | means nothing here: || is \"or\""},
      {"tcp.port ==", "at the end: expected a value"},
      {"tcp.port == ten", "column 13: tcp.port is compared with a number"},
      {"tcp.port == 1.5", "column 13: tcp.port is compared with a number"},
      {"tcp.port == 10.0.0.1", "column 13: tcp.port is compared with a number"},
      {"tcp.port 80", "column 10: expected an operator such as == after tcp.port, or && or ||"},
      {"tcp.port == 80 90", "column 16: expected && or ||"},
      {"1 < tcp.port < 9", "column 14: a comparison has two sides; && joins two comparisons"},
      {"tcp == 1", "column 5: tcp is there or it is not: it has no value to compare"},
      {"tcp in {1}", "column 8: tcp is there or it is not: it has no value to compare"},
      {"tcp.syn == 2", "column 12: tcp.syn is compared with 0 or 1"},
      {"tcp.syn < 1", "column 9: tcp.syn has no greater and less: expected == or !="},
      {"ip.addr == 10.0.0.256", "column 12: 10.0.0.256 is no address: each of its four numbers is 0 to 255"},
      {"ip.addr == 10.0.0.0/33", "column 12: 10.0.0.0/33: a prefix is 0 to 32 bits long"},
      {"ip.addr < 10.0.0.0/8", "column 11: a prefix is many addresses: expected == or !="},
      {"ip.addr == 5", "column 12: ip.addr is compared with an address such as 10.0.0.1 or 10.0.0.0/8"},
      {"eth.src == 02:00", "column 12: eth.src is compared with an address such as 02:00:00:00:00:01"},
      {"time == 10km", "column 9: 10km is no number, time or address"},
      {"time == \"x\"", "column 9: time is compared with a time such as 10ms, or a number of seconds"},
      {"tcp.port == 99999999999999999999", "column 13: 99999999999999999999 is no number, time or address"},
      {"tcp.port == 0x1ffffffffffffffff", "column 13: 0x1ffffffffffffffff is no number, or too large"},
      {"outcome == drpped", "column 12: outcome is never drpped; the nearest is dropped"},
      {"outcome == 1", "column 12: outcome is compared with a name"},
      {"outcome contains \"zz\"", "column 18: outcome is never like that"},
      {"device == \"eth0", "column 11: the text that begins here has no end: expected \""},
      {"device == 5", "column 11: device is compared with a text in quotation marks"},
      {"device < \"a\"", "column 8: device has no greater and less: expected == or !="},
      {"device matches \"(\"", "column 16: this is no regular expression: "},
      {"tcp.port contains \"8\"", "column 19: tcp.port is no text: expected == or another comparison"},
      {"tcp.port in 80", "column 13: expected { and the values, such as {1, 2, 5..9}"},
      {"tcp.port in {80 90}", "column 17: expected , or }"},
      {"tcp.port in {90..80}", "column 18: the range ends before it begins"},
      {"tcp.port in {", "at the end: expected a value"},
      {"(tcp", "column 1: there is no ) for this ("},
      {"tcp)", "column 4: there is no ( for this )"},
      {"&& tcp", "column 1: expected a name such as tcp here"},
      {"tcp &&", "at the end: expected a name such as tcp"},
      {"80", "column 1: expected a name such as tcp here"},
      {"tcp(1)", "column 4: tcp takes nothing in parentheses"},
      {"count == 1", "column 1: expected parentheses: count(...)"},
      {"count(retransmits) == 1", "column 7: count knows no retransmits; the nearest is retransmit"},
      {"count(retransmit", "at the end: expected )"},
      {"count(rto)", "at the end: expected an operator such as == after count(...)"},
      {"device & 1", "column 8: & tests bits, and device is no number"},
      {"tcp.port == device", "column 13: tcp.port and device are not of one kind"},
      {"tcp.port == 8ö", "column 13: 8ö is no number, time or address"},
      {"tcp.port == #", "column 13: # means nothing here"},
  };
  for (const auto& [text, expected] : cases) {
    const std::string said = problem(text);
    if (std::string_view(expected).ends_with(": ")) EXPECT_TRUE(said.starts_with(expected)) << text << " → " << said;
    else EXPECT_EQ(said, expected) << text;
  }
}

TEST(Expression, IsNotBroughtDownByWhatIsLongOrDeep) {
  const std::string deep(100'000, '(');
  EXPECT_EQ(problem(deep + "tcp"), "column 101: this is nested too deep");
  EXPECT_EQ(problem(std::string(100'000, '!') + "tcp"), "column 101: this is nested too deep");
  std::string wide = "tcp.port == 1";
  for (int i = 0; i < 20'000; ++i) wide += " || tcp.port == " + std::to_string(i);
  EXPECT_TRUE(holds(wide));
  SmallItem item;
  item.texts["device"] = {std::string(5'000, 'a')};
  EXPECT_FALSE(holds("device matches \"^(a*)*b$\"", item)) << "and in a moment, not in a century";
  EXPECT_TRUE(problem("device matches \"" + std::string(501, 'a') + "\"").ends_with("longer than 500 letters"));
}

TEST(Expression, TellsWhichNamesItAsksFor) {
  const Parsed parsed = parse("tcp.port == 80 && !(device == eth0 || tcp.srcport == tcp.port)", SmallVocabulary());
  std::vector<std::string> words;
  for (const Name& name : parsed.expression.names()) words.push_back(name.word);
  EXPECT_EQ(words, (std::vector<std::string>{"tcp.port", "device", "tcp.srcport", "tcp.port"}));
}

// ---- while it is typed
std::vector<std::string> completed(const std::string& typed) {
  std::vector<std::string> words;
  for (const Candidate& c : complete(typed, typed.size(), SmallVocabulary()).candidates) words.push_back(c.word);
  return words;
}
using Words = std::vector<std::string>;

TEST(Completion, OffersNamesWhereANameMayStand) {
  EXPECT_EQ(completed("tcp.s"), (Words{"tcp.srcport", "tcp.syn"}));
  EXPECT_EQ(completed("tcp && (dev"), Words{"device"});
  EXPECT_EQ(completed("port"), (Words{"tcp.port", "tcp.srcport"})) << "in the middle of a word, too";
  EXPECT_EQ(completed("").size(), 13u);
}

TEST(Completion, OffersTheConstantsOfWhatIsCompared) {
  EXPECT_EQ(completed("outcome == d"), (Words{"delivered", "dropped"}));
  EXPECT_EQ(completed("outcome in {dropped, del"), Words{"delivered"});
  EXPECT_EQ(completed("tcp.flags & "), (Words{"SYN", "ACK"}));
  EXPECT_EQ(completed("tcp.flags & SYN == a"), Words{"ACK"});
  EXPECT_EQ(completed("count(re"), Words{"retransmit"});
  EXPECT_EQ(completed("tcp.port == "), Words{}) << "a number has no names";
  EXPECT_EQ(completed("device == \"e"), Words{}) << "nor does what is in quotation marks";
}

TEST(Completion, OffersOperatorsBehindAName) {
  EXPECT_EQ(completed("tcp "), (Words{"and", "or"}));
  EXPECT_EQ(completed("tcp.port == 80 "), (Words{"and", "or"}));
  EXPECT_EQ(completed("device cont"), Words{"contains"});
}

TEST(Completion, ReplacesTheWordAtTheCursor) {
  const Completion c = complete("tcp && tcp.s == 1", 12, SmallVocabulary());
  EXPECT_EQ(c.from, 7u);
  EXPECT_EQ(c.to, 12u);
}

} // namespace
} // namespace sockwalk::tell::expression
