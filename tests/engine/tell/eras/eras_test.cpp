// The two kernels side by side: what was kept, renamed, moved, what went and what came.
#include "engine/scenario/session.h"
#include "engine/tell/eras/alignment.h"
#include "engine/tell/eras/other_era.h"
#include "engine/tell/eras/structures.h"
#include "engine/tell/eras/walks.h"
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

std::unique_ptr<scenario::Session> playedOn(Era era, const std::string& script) {
  scenario::MachineSetup setup;
  setup.era = era;
  auto opened = scenario::Session::open({scenario::ScriptStimulus{"eras.pkt", script}}, setup);
  if (!opened) ADD_FAILURE() << opened.error().message;
  if (!opened) return nullptr;
  (*opened)->runAll();
  return std::move(*opened);
}

const EraRow* rowOf(const EraStimulus& stimulus, std::string_view function) {
  for (const EraRow& row : stimulus.rows)
    if (row.then.name == function || row.now.name == function) return &row;
  return nullptr;
}

const EraMemberRow* memberOf(const ErasOfStructure& s, std::string_view then) {
  for (const EraMemberRow& row : s.rows)
    if (row.then.path == then) return &row;
  return nullptr;
}

} // namespace

TEST(Eras, AlignsWhatBothHave) {
  EXPECT_EQ(aligned({"a", "b", "c"}, {"a", "x", "c"}), (std::vector<int>{0, -1, 2}));
  EXPECT_EQ(aligned({}, {"a"}), std::vector<int>());
}

TEST(Eras, TellsTwoWalksOfASocket) {
  const std::string script = "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n";
  const auto then = playedOn(Era::Linux26, script), now = playedOn(Era::Linux61, script);
  ASSERT_TRUE(then && now);
  const ErasCompared both = compareWalks(then->journal(), now->journal());
  ASSERT_EQ(both.stimuli.size(), 2u);
  const EraStimulus& made = both.stimuli[0];
  EXPECT_EQ(made.text, "socket(AF_INET, SOCK_STREAM, 0)");
  EXPECT_EQ(made.then.result, made.now.result);
  const auto markOf = [&](std::string_view function) {
    const EraRow* row = rowOf(made, function);
    EXPECT_TRUE(row) << function;
    return row ? row->mark : EraMark::Count;
  };
  EXPECT_EQ(made.rows[0].then.name, "sys_socketcall");
  EXPECT_EQ(made.rows[0].now.name, "__x64_sys_socket");
  EXPECT_EQ(made.rows[0].mark, EraMark::Renamed);
  EXPECT_EQ(markOf("sys_socket"), EraMark::Renamed);
  EXPECT_EQ(markOf("__sock_create"), EraMark::Kept);
  EXPECT_EQ(markOf("inet_create"), EraMark::Kept);
  EXPECT_EQ(markOf("net_family_read_lock"), EraMark::Gone);
  EXPECT_EQ(markOf("sk_prot_alloc"), EraMark::New);
  EXPECT_FALSE(lines(both).empty());
  EXPECT_EQ(json(both)["calls"].size(), 2u);
}

TEST(Eras, WhatHasMovedKnowsWhereTheOtherKernelCallsIt) {
  const std::string script = "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 close(3) = 0\n";
  const auto then = playedOn(Era::Linux26, script), now = playedOn(Era::Linux61, script);
  ASSERT_TRUE(then && now);
  size_t told = 0;
  for (const EraStimulus& stimulus : compareWalks(then->journal(), now->journal()).stimuli)
    for (const EraRow& row : stimulus.rows) {
      if (row.elsewhere < 0) continue;
      const EraRow& there = stimulus.rows.at(size_t(row.elsewhere));
      EXPECT_EQ(row.mark, EraMark::Moved);
      EXPECT_TRUE(row.then ? bool(there.now) : bool(there.then)) << row.then.name << row.now.name;
      ++told;
    }
  EXPECT_GT(told, 0u);
}

TEST(Eras, PlaysAnOpenWalkOnTheOtherKernel) {
  const auto open =
      playedOn(Era::Linux61, "0 socket(AF_INET, SOCK_STREAM, 0) = 3\n+0 listen(3, 1) = 0\n+0 close(3) = 0\n");
  ASSERT_TRUE(open);
  const auto other = sessionOfOtherEra(*open);
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_EQ((*other)->machine().era(), Era::Linux26);
  (*other)->runAll();
  const ErasOfWalk both = compareEras(*open, **other);
  ASSERT_EQ(both.compared.stimuli.size(), 2u) << "2.6 has no listen() here, and goes on without";
  EXPECT_EQ(both.compared.stimuli[1].text, "close(3)");
  EXPECT_EQ(both.compared.unpaired, 1u);
  EXPECT_NE(both.refused.find("not listen()"), std::string::npos) << both.refused;
  EXPECT_EQ(json(both)["open"], "6.1");
}

TEST(Eras, HasNoOtherKernelForPackets) {
  const auto capture = scenario::Session::openFile(SOCKWALK_SOURCE_ROOT "/assets/captures/hello-udp.pcap");
  ASSERT_TRUE(capture) << capture.error().message;
  EXPECT_FALSE(sessionOfOtherEra(**capture));
}

TEST(Eras, TellsAStructureThenAndNow) {
  const auto sock = compareStructure("sock", {});
  ASSERT_TRUE(sock) << sock.error().message;
  EXPECT_EQ(sock->sizeThen, 344u);
  const auto markOf = [&](std::string_view member) {
    const EraMemberRow* row = memberOf(*sock, member);
    EXPECT_TRUE(row) << member;
    return row ? row->mark : EraMark::Count;
  };
  EXPECT_EQ(markOf("__sk_common.skc_family"), EraMark::Kept);
  EXPECT_EQ(markOf("sk_sleep"), EraMark::Renamed);
  EXPECT_EQ(markOf("sk_slab"), EraMark::Gone);
  EXPECT_NE(markOf("sk_prot"), EraMark::Gone) << "it is skc_prot now, which sk_prot stands for";
  EXPECT_EQ(json(*sock)["members"].size(), sock->rows.size());
  for (const char* name : {"socket", "proto", "proto_ops", "inet_sock", "inode", "dentry", "file"})
    EXPECT_TRUE(compareStructure(name, {})) << name;
  EXPECT_FALSE(compareStructure("sk_buf", {}));
}

// What 6.12 is known for: send pages went from both tables, and struct sock is sorted by who reads and writes what.
TEST(Eras, KnowsTheStructuresOf612) {
  const auto ops = structureOfPage("proto_ops-6.12");
  ASSERT_TRUE(ops) << ops.error().message;
  EXPECT_EQ(memberOf(*ops, "sendpage")->mark, EraMark::Gone);
  EXPECT_EQ(memberOf(*ops, "release")->mark, EraMark::Kept);
  const auto sock = structureOfPage("sock-6.12");
  ASSERT_TRUE(sock) << sock.error().message;
  EXPECT_EQ(memberOf(*sock, "sk_peek_off")->mark, EraMark::Moved);
  EXPECT_EQ(memberOf(*sock, "__sk_common.skc_family")->mark, EraMark::Kept);
  EXPECT_EQ(structuresOfBoth({Release::Linux61, Release::Linux612}),
            (std::vector<std::string>{"proto", "proto_ops", "sock", "sock_common", "socket"}));
  EXPECT_FALSE(structureOfPage("inode-6.12"));
}

} // namespace sockwalk::tell
