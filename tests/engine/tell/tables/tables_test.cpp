// The kernel's tables, from walks of the real kernel: who is in which bucket, in which order, and what a step touched.
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/tell/values.h"
#include "tests/engine/tell/tables/tables_sample.h"
#include <chrono>
#include <nlohmann/json.hpp>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct TellTables : ::testing::Test {
  PlayedTables played{Sockets};
};

std::string key(const TableRow& row) { return english(row.key); }
std::string place(const TableRow& row) { return english(row.place); }

TEST_F(TellTables, ABoundUdpSocketIsInBothTablesInTheBucketOfItsPort) {
  const auto tables = played.after(played.indexOf("bind(3") + 1);
  const KernelTable &byPort = tableIn(tables, "udp-hash"), &byAddress = tableIn(tables, "udp-hash2");
  ASSERT_EQ(byPort.rows.size(), 1u);
  ASSERT_EQ(byAddress.rows.size(), 1u);
  const auto* udp = played.playhead.global<kernel::udp_table>("udp_table");
  const u32 mix = played.playhead.global<kernel::net>("init_net")->hash_mix;
  EXPECT_EQ(place(byPort.rows[0]), "[" + std::to_string((5353 + mix) & udp->mask) + "]");
  const auto* sk = played.playhead.object<kernel::sock_common>(byPort.rows[0].address);
  EXPECT_EQ(place(byAddress.rows[0]), "[" + std::to_string(sk->skc_u16hashes[1] & udp->mask) + "]");
  EXPECT_EQ(key(byPort.rows[0]), "127.0.0.1:5353");
  EXPECT_EQ(byPort.rows[0].object, "udp_sock #1");
  EXPECT_EQ(english(byPort.rows[0].state), "TCP_CLOSE");
  EXPECT_EQ(english(byPort.rows[0].detail), "fd 3, not connected");
  EXPECT_EQ(english(byPort.summary), "1 socket in 1 of " + std::to_string(udp->mask + 1) + " buckets");
}

TEST_F(TellTables, AChainIsListedInItsOrderTheNewestFirst) {
  const auto tables = played.after(played.indexOf("connect(4") + 1); // 5353 + 256 = 5609: the same bucket of 256
  const KernelTable& t = tableIn(tables, "udp-hash");
  ASSERT_EQ(t.rows.size(), 2u);
  EXPECT_EQ(place(t.rows[1]), place(t.rows[0]) + " 2nd");
  EXPECT_EQ(key(t.rows[0]), "127.0.0.1:5609 ↔ 127.0.0.1:5353");
  EXPECT_EQ(english(t.rows[0].state), "TCP_ESTABLISHED");
  EXPECT_EQ(key(t.rows[1]), "127.0.0.1:5353");
  EXPECT_TRUE(english(t.summary).starts_with("2 sockets in 1 of")) << english(t.summary);
}

TEST_F(TellTables, WhatTheStepPutThereIsNewAndItsNeighboursAreNot) {
  const int bind = played.indexOf("bind(4"), connect = played.indexOf("connect(4");
  const auto bound = played.after(bind + 1, played.lengthOf(bind));
  ASSERT_EQ(tableIn(bound, "udp-hash").rows.size(), 2u);
  EXPECT_EQ(tableIn(bound, "udp-hash").rows[0].mark, RowMark::New);
  EXPECT_EQ(tableIn(bound, "udp-hash").rows[1].mark, RowMark::None);
  const auto connected = played.after(connect + 1, played.lengthOf(connect)), later = played.after(connect + 1, 1);
  EXPECT_EQ(tableIn(connected, "udp-hash").rows[0].mark, RowMark::Changed);
  EXPECT_EQ(tableIn(later, "udp-hash").rows[0].mark, RowMark::None);
}

TEST_F(TellTables, AClosedSocketHasLeft) {
  const auto tables = played.when(played.journal().size());
  ASSERT_EQ(tableIn(tables, "udp-hash").rows.size(), 1u);
  EXPECT_EQ(key(tableIn(tables, "udp-hash").rows[0]), "127.0.0.1:5609 ↔ 127.0.0.1:5353");
}

TEST_F(TellTables, APortHasItsOwnersUnderIt) {
  const auto tables = played.after(played.indexOf("bind(6") + 1);
  const KernelTable &ports = tableIn(tables, "bhash"), &addresses = tableIn(tables, "bhash2");
  ASSERT_EQ(ports.rows.size(), 2u);
  EXPECT_EQ(key(ports.rows[0]), "port 8080");
  EXPECT_EQ(ports.rows[0].object, "inet_bind_bucket #1");
  EXPECT_EQ(ports.rows[1].indent, 1);
  EXPECT_EQ(ports.rows[1].object, "tcp_sock #1");
  ASSERT_EQ(addresses.rows.size(), 2u);
  EXPECT_EQ(key(addresses.rows[0]), "127.0.0.1:8080");
  EXPECT_EQ(addresses.rows[1].address, ports.rows[1].address);
}

TEST_F(TellTables, RoutesReadAsIpRouteWritesThem) {
  const auto tables = played.after(1);
  const KernelTable& t = tableIn(tables, "routes");
  EXPECT_TRUE(reads(t, "local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1"));
  EXPECT_TRUE(reads(t, "local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1"));
}

TEST_F(TellTables, RawSocketsStandByTheNameOfTheirProtocol) {
  const auto tables = played.after(played.indexOf("socket(AF_INET, SOCK_RAW") + 1);
  ASSERT_EQ(tableIn(tables, "raw").rows.size(), 1u);
  EXPECT_EQ(key(tableIn(tables, "raw").rows[0]), "IPPROTO_ICMP");
  const auto& files = tableIn(tables, "files").rows;
  EXPECT_TRUE(std::any_of(files.begin(), files.end(), [](auto& row) {
    return place(row) == "fd 5" && key(row).starts_with("pid 100") && has(english(row.detail), "raw_sock #");
  }));
}

TEST_F(TellTables, FamiliesAndProtocolsAreThoseThatSocketLooksUp) {
  const auto tables = played.after(1);
  EXPECT_TRUE(reads(tableIn(tables, "net_families"), "[2] | AF_INET | inet_family_ops | inet_create"));
  const KernelTable& types = tableIn(tables, "inetsw");
  EXPECT_TRUE(reads(types, "[1] | SOCK_STREAM, IPPROTO_TCP | "));
  EXPECT_TRUE(reads(types, "tcp_prot | inet_stream_ops, INET_PROTOSW_PERMANENT|INET_PROTOSW_ICSK"));
  EXPECT_TRUE(reads(types, "SOCK_RAW, IPPROTO_IP | "));
  EXPECT_TRUE(reads(types, "raw_prot | inet_sockraw_ops, takes any protocol")) << joined(lines({types}));
}

TEST_F(TellTables, ATableWithoutEntriesSaysThatItIsEmpty) {
  for (EventIndex position : {EventIndex(0), played.endOf(1)})
    for (const KernelTable& t : played.when(position)) {
      if (!t.rows.empty()) continue;
      const std::string says = english(t.summary);
      EXPECT_TRUE(has(says, "empty") || says == "not laid out yet") << t.id << ": " << says;
    }
}

TEST_F(TellTables, JsonHasWhatTheLinesHave) {
  const auto tables = played.when(played.journal().size());
  const nlohmann::json all = json(tables);
  ASSERT_EQ(all.size(), tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    EXPECT_EQ(all[i]["id"], tables[i].id);
    ASSERT_EQ(all[i]["rows"].size(), tables[i].rows.size());
    for (std::size_t r = 0; r < tables[i].rows.size(); ++r) {
      EXPECT_EQ(all[i]["rows"][r]["key"], english(tables[i].rows[r].key));
      EXPECT_EQ(all[i]["rows"][r]["address"], addressText(tables[i].rows[r].address));
    }
  }
}

constexpr const char* Connection = R"(//@link lo
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 listen(3, 8) = 0
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+.1 connect(4, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+.1 accept(3, ..., ...) = 5
+.1 close(4) = 0
+.1 close(5) = 0
)";

struct TellConnection : ::testing::Test {
  PlayedTables played{Connection};
};

TEST_F(TellConnection, AListenerARequestAndBothEndsAreWhereTheKernelLooksForThem) {
  const auto request = played.when(played.into("tcp_v4_send_synack"));
  ASSERT_EQ(tableIn(request, "lhash2").rows.size(), 1u);
  EXPECT_EQ(english(tableIn(request, "lhash2").rows[0].state), "TCP_LISTEN");
  ASSERT_EQ(tableIn(request, "ehash").rows.size(), 2u);
  EXPECT_TRUE(reads(tableIn(request, "ehash"), "tcp_request_sock #1 | TCP_NEW_SYN_RECV"));
  const auto both = played.when(played.into("__x64_sys_accept"));
  const auto& ends = tableIn(both, "ehash").rows;
  ASSERT_EQ(ends.size(), 2u);
  for (const TableRow& end : ends) EXPECT_EQ(english(end.state), "TCP_ESTABLISHED");
  const std::string one = key(ends[0]), two = key(ends[1]), arrow = " ↔ ";
  const auto at = one.find(arrow);
  EXPECT_EQ(two, one.substr(at + arrow.size()) + arrow + one.substr(0, at));
  EXPECT_TRUE(has(english(tableIn(both, "lhash2").rows[0].detail), "accept queue 1 of 8"));
}

TEST_F(TellConnection, WhoWaitsToBeAcceptedIsInTheListenersQueue) {
  const auto tables = played.when(played.into("__x64_sys_accept"));
  const KernelTable& t = tableIn(tables, "queues");
  const auto accept = std::find_if(t.rows.begin(), t.rows.end(), [](auto& r) { return place(r) == "accept"; });
  ASSERT_NE(accept, t.rows.end()) << joined(lines({t}));
  EXPECT_EQ(english(accept->state), "1 connection");
  EXPECT_TRUE(has(english(accept->detail), "1 of 8 places"));
  EXPECT_EQ((accept + 1)->object, "tcp_request_sock #1");
  EXPECT_EQ(english((accept + 1)->state), "TCP_ESTABLISHED");
}

TEST_F(TellConnection, WhatIsLeftStandsInTheTablesUntilItsTimeIsOver) {
  const auto end = played.when(played.journal().size());
  ASSERT_EQ(tableIn(end, "ehash").rows.size(), 1u);
  EXPECT_EQ(english(tableIn(end, "ehash").rows[0].state), "TCP_TIME_WAIT");
  EXPECT_EQ(tableIn(end, "ehash").rows[0].object, "tcp_timewait_sock #1");
  EXPECT_TRUE(reads(tableIn(end, "bhash2"), "TCP_TIME_WAIT"));
}

// It hangs on a list of its own in bhash2, beside the owners; nobody else is called as it is.
TEST(TellTablesOfPorts, WhatIsLeftIsThereBesideNewOwners) {
  PlayedTables played(R"(//@link lo
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 listen(3, 8) = 0
+0 socket(AF_INET, SOCK_STREAM, 0) = 4
+.1 connect(4, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 accept(3, ..., ...) = 5
+.1 close(5) = 0
+0 close(3) = 0
+.1 close(4) = 0
+1 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
)");
  const auto tables = played.when(played.journal().size());
  std::vector<std::string> places;
  for (const TableRow& row : tableIn(tables, "bhash2").rows)
    if (row.indent) places.push_back(english(row.place) + ": " + english(row.state));
  EXPECT_EQ(places, (std::vector<std::string>{"owner 1: TCP_CLOSE", "on the deathrow 1: TCP_TIME_WAIT"}));
}

// Nobody answers: each second one question. The kernel's counter begins at three, of those that it cannot ask.
TEST(TellTablesOfNeighbours, OnlyWhatWasAskedIsCounted) {
  PlayedTables played(R"(//@link wire
//@task client
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 connect(3, {sa_family = AF_INET, sin_port = htons(7), sin_addr = inet_addr("10.1.0.9")}, 16) = 0
+0 send(3, "who", 3, 0) = 3
+1.5 close(3) = 0
)");
  const int send = played.indexOf("send(3");
  const auto asked = [&](int n) { return tableIn(played.after(n), "neighbours"); };
  EXPECT_TRUE(reads(asked(send + 1), "NUD_INCOMPLETE | 1 packet waits, asked once"));
  EXPECT_TRUE(reads(asked(played.indexOf("close(3")), "NUD_INCOMPLETE | 1 packet waits, asked 2 times"));
}

// A home router: its connections stand in the table twice, and its rules read as they were given.
TEST(TellTablesOfConnections, AreFoundInBothDirections) {
  PlayedTables played(tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/home-router.pkt"));
  const auto before = played.after(2), end = played.when(played.journal().size());
  EXPECT_TRUE(tableIn(before, "conntrack").rows.empty());
  EXPECT_EQ(english(tableIn(before, "conntrack").summary), "empty: no rule asks for connections");
  EXPECT_EQ(tableIn(end, "conntrack").rows.size(), 4u);
  EXPECT_TRUE(reads(tableIn(end, "conntrack"), "udp 192.168.1.10:5353 → 203.0.113.9:53"));
  EXPECT_TRUE(reads(tableIn(end, "conntrack"), "udp 203.0.113.9:53 → 203.0.113.1:5353"));
  EXPECT_TRUE(reads(tableIn(end, "nat-sources"), "answers come to udp 203.0.113.9:53 → 203.0.113.1:5353"));
  const KernelTable& hooks = tableIn(end, "netfilter");
  for (const char* rule :
       {"-o outside -j MASQUERADE", "-p udp --dport 8000 -j DNAT --to-destination 192.168.1.10:80",
        "-m conntrack --ctstate ESTABLISHED,RELATED,DNAT -j ACCEPT", "-j REJECT --reject-with icmp-admin-prohibited"})
    EXPECT_TRUE(reads(hooks, rule)) << rule;
  EXPECT_TRUE(has(english(hooks.summary), "nobody looks at ARP, bridges or devices"));
}

TEST_F(TellTables, ReadingIsQuick) {
  const EventIndex end = played.journal().size();
  played.playhead.seek(end);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) readTables(played.playhead, played.live, StepChanges(played.journal(), end - 1, end));
  const auto each = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count() / 20;
  RecordProperty("milliseconds", std::to_string(each));
  EXPECT_LT(each, 16);
}

} // namespace
