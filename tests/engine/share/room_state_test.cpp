// What travels between a teacher and a class, and what of a stranger's bytes is believed.
#include "engine/share/class_follower.h"
#include "engine/share/room_state.h"
#include <gtest/gtest.h>
#include <random>

using namespace sockwalk;
using namespace sockwalk::share;

namespace {
const RoomState sample{.position = 77,
                       .view = "buffer",
                       .question = AskedQuestion{3, "How long?\n\"quoted\" 长度", {"5", "13", "33"}, 1, "13"}};
}

TEST(RoomState, ALineSaysItAll) {
  const std::string line = toLine(sample);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto again = fromLine(line);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, sample);
  EXPECT_EQ(*fromLine(toLine({.position = 5, .view = "", .question = {}})),
            (RoomState{.position = 5, .view = "", .question = {}}));
}

TEST(RoomState, WhatDoesNotHoldIsAnError) {
  for (const char* wrong :
       {"", "null", "[]", "{}", R"({"position":-1,"view":""})", R"({"position":1.5,"view":""})",
        R"({"position":1e30,"view":""})", R"({"position":99999999999999999999,"view":""})",
        R"({"position":1,"view":7})", R"({"position":18446744073709551615,"view":""})",
        R"({"position":1,"view":"","question":4})", R"({"position":1,"view":"","question":{"id":1}})",
        R"({"position":1,"view":"","question":{"id":1,"text":"","choices":[1],"right":0,"answer":""}})",
        R"({"position":1,"view":"","question":{"id":1,"text":"","choices":"x","right":0,"answer":""}})",
        R"({"position":1,"view":"","question":{"id":1,"text":"","choices":[],"right":99,"answer":""}})"})
    EXPECT_FALSE(fromLine(wrong).ok()) << wrong;
  EXPECT_FALSE(fromLine(R"({"position":1,"view":")" + std::string(100'000, 'x') + "\"}").ok());
}

TEST(RoomState, HostileBytesDoNoHarm) {
  std::mt19937 dice(7);
  const std::string line = toLine(sample);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = line;
    for (int change = int(dice() % 6); change >= 0; --change) {
      const std::size_t at = dice() % bytes.size();
      switch (dice() % 4) {
      case 0: bytes[at] = char(dice()); break;
      case 1: bytes.insert(at, 1, "{}[]\",:\\0-e"[dice() % 11]); break;
      case 2: bytes.erase(at, 1 + dice() % 4); break;
      default: bytes = bytes.substr(0, at + 1) + bytes.substr(dice() % bytes.size());
      }
      if (bytes.empty()) bytes = "{";
    }
    const auto read = fromLine(bytes);
    EXPECT_TRUE(!read || fromLine(toLine(*read)).ok()) << bytes;
  }
}

TEST(ClassAddress, IsReadAsAStudentTypesIt) {
  for (const char* typed :
       {"http://192.168.1.5:7420/482913/", "192.168.1.5:7420/482913", " room-3.local:7420/482913/ "}) {
    const auto address = classAddress(typed);
    ASSERT_TRUE(address.ok()) << typed;
    EXPECT_EQ(address->port, 7420);
    EXPECT_EQ(address->code, "482913");
  }
  for (const char* wrong : {"", "192.168.1.5", "192.168.1.5/482913", "h:0/482913", "h:70000/482913", "h:7420/48291",
                            "h:7420/4829x3", "a b:7420/482913", ":7420/482913", "h:7420/482913/../x"})
    EXPECT_FALSE(classAddress(wrong).ok()) << wrong;
}
