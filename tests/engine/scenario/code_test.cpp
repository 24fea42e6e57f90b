// %{ ... }%: the part of Python that scripts use.
#include "engine/scenario/code.h"
#include "engine/scenario/play_error.h"
#include <gtest/gtest.h>

namespace sockwalk::scenario {

namespace {

const CodeNames Info{{"tcpi_snd_cwnd", 10}, {"tcpi_rtt", 15000}, {"tcpi_options", 7}, {"tcpi_ca_state", 3}};

// "" if the code runs; else what it complains of.
std::string complaint(const std::string& text, CodeVariables variables = {}) {
  try {
    runCode(text, Info, variables);
  } catch (const PlayError& e) {
    return e.what;
  }
  return "";
}

} // namespace

TEST(Code, AssertionsHoldOrSayWhat) {
  EXPECT_EQ(complaint("assert tcpi_snd_cwnd == 10, tcpi_snd_cwnd"), "");
  EXPECT_EQ(complaint("assert tcpi_snd_cwnd == 11, tcpi_snd_cwnd"), "assert tcpi_snd_cwnd == 11 does not hold: 10");
  EXPECT_EQ(complaint("assert 5000 <= tcpi_rtt <= 20000, 'srtt=%d us' % tcpi_rtt"), "");
  EXPECT_EQ(complaint("assert 5000 <= tcpi_rtt <= 9000, 'srtt=%d us' % tcpi_rtt"),
            "assert 5000 <= tcpi_rtt <= 9000 does not hold: srtt=15000 us");
  EXPECT_EQ(complaint("assert (tcpi_options & TCPI_OPT_SYN_DATA) == 0, tcpi_options"), "");
  EXPECT_EQ(complaint("assert tcpi_ca_state == TCP_CA_Recovery"), "");
  EXPECT_EQ(complaint("assert tcpi_ca_state == TCP_CA_Open, 'state %d of %d' % (tcpi_ca_state, 4)"),
            "assert tcpi_ca_state == TCP_CA_Open does not hold: state 3 of 4");
}

TEST(Code, StatementsEndWithLinesAndSemicolons) {
  EXPECT_EQ(complaint("\n# a remark\nassert 1 == 1; assert 2 == 2 # another\nassert 3 \\\n == 3\n"), "");
  EXPECT_EQ(complaint("assert (1 +\n 2) == 3"), "");
  EXPECT_NE(complaint("assert 1 == 1 assert 2 == 2"), "");
}

TEST(Code, VariablesLive) {
  CodeVariables variables;
  EXPECT_EQ(runCode("cwnd = 20", Info, variables), std::vector<std::string>());
  EXPECT_EQ(runCode("cwnd += 10; print(cwnd)", Info, variables), std::vector<std::string>{"30"});
  EXPECT_EQ(complaint("assert cwnd == 30, cwnd", variables), "");
}

TEST(Code, SeveralValuesArePrintedInOneLine) {
  CodeVariables none;
  EXPECT_EQ(runCode("print(tcpi_snd_cwnd, 'of', 20)", Info, none), std::vector<std::string>{"10 of 20"});
  EXPECT_EQ(runCode("print tcpi_snd_cwnd, 2", Info, none), std::vector<std::string>{"10 2"});
  EXPECT_EQ(runCode("print (1 + 2) * 3; print()", Info, none), (std::vector<std::string>{"9", ""}));
}

TEST(Code, Arithmetic) {
  for (const char* truth :
       {"2 + 3 * 4 == 14", "-7 // 2 == -4", "-7 % 3 == 2", "7 / 2 == 3.5", "1 << 4 | 1 == 17", "not 0",
        "1 < 2 and 3 > 2", "0 or 5", "~0 == -1", "0x10 == 16", "'a' != 'b'", "'%d%%' % 5 == '5%'", "6 ^ 3 == 5"})
    EXPECT_EQ(complaint(std::string("assert ") + truth), "") << truth;
}

TEST(Code, WhatItDoesNotUnderstandIsSaid) {
  EXPECT_NE(complaint("import os").find("import"), std::string::npos);
  EXPECT_NE(complaint("assert nothing == 1").find("nothing"), std::string::npos);
  EXPECT_NE(complaint("assert 1 // 0"), "");
  EXPECT_NE(complaint("assert (1"), "");
  EXPECT_NE(complaint(std::string(100000, '(')), "");
}

} // namespace sockwalk::scenario
