// What waits, from walks of the real kernel: at sockets, at the processor, at devices, on the rings of a card.
#include "tests/engine/tell/tables/tables_sample.h"
#include <regex>

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

const TableRow* rowAt(const KernelTable& table, const std::string& place) {
  for (const TableRow& row : table.rows)
    if (english(row.place) == place) return &row;
  return nullptr;
}

std::unique_ptr<scenario::Session> openWalk(const std::string& name) {
  return tests::walkOf(SOCKWALK_SOURCE_ROOT "/assets/walks/" + name);
}

constexpr const char* Datagrams = R"(//@link lo
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 bind(3, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(4, {sa_family = AF_INET, sin_port = htons(4000), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 connect(4, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 write(4, ..., 100) = 100
+0 write(4, ..., 200) = 200
+0 read(3, ..., 1000) = 100
+0 close(3) = 0
+0 write(4, ..., 10) = 10
)";

TEST(TellQueues, DatagramsWaitInTheirOrderByWhoSentThem) {
  PlayedTables played(Datagrams);
  const auto tables = played.after(played.indexOf("read(3"));
  const KernelTable& t = tableIn(tables, "queues");
  const TableRow* queue = rowAt(t, "receive");
  ASSERT_TRUE(queue) << joined(lines({t}));
  EXPECT_EQ(english(queue->key), "127.0.0.1:5353");
  EXPECT_EQ(english(queue->state), "2 buffers");
  EXPECT_TRUE(english(queue->detail).starts_with("300 bytes, ")) << english(queue->detail);
  EXPECT_TRUE(reads(t, "1 | 127.0.0.1:4000 → 127.0.0.1:5353 | sk_buff #")) << joined(lines({t}));
  EXPECT_EQ(english((queue + 1)->state), "100 bytes");
  EXPECT_EQ(english((queue + 2)->state), "200 bytes");
  EXPECT_EQ(english(t.summary), "2 entries in 1 queue");
}

TEST(TellQueues, TheReaderHasAQueueOfItsOwn) {
  PlayedTables played(Datagrams);
  const auto tables = played.after(played.indexOf("read(3") + 1);
  const KernelTable& t = tableIn(tables, "queues");
  EXPECT_FALSE(rowAt(t, "receive")) << joined(lines({t}));
  ASSERT_TRUE(rowAt(t, "reader")) << joined(lines({t}));
  EXPECT_EQ(english(rowAt(t, "reader")->state), "1 buffer");
}

TEST(TellQueues, OnLoopbackAPacketWaitsForTheSoftirq) {
  PlayedTables played(Datagrams);
  const auto tables = played.when(played.into("__netif_receive_skb_one_core"));
  const auto before = played.when(played.into("process_backlog", played.endOf(played.indexOf("write(4"))));
  EXPECT_TRUE(rowAt(tableIn(before, "queues"), "input")) << joined(lines({tableIn(before, "queues")}));
  EXPECT_FALSE(rowAt(tableIn(tables, "queues"), "input"));
}

TEST(TellQueues, ANewcomerIsMarkedAndThoseBeforeItAreNot) {
  PlayedTables played(Datagrams);
  const int second = played.indexOf("write(4") + 1;
  const auto tables = played.after(second + 1, played.lengthOf(second));
  const KernelTable& t = tableIn(tables, "queues");
  const TableRow* queue = rowAt(t, "receive");
  ASSERT_TRUE(queue);
  EXPECT_EQ(queue->mark, RowMark::Changed);
  EXPECT_EQ((queue + 1)->mark, RowMark::None);
  EXPECT_EQ((queue + 2)->mark, RowMark::New);
}

TEST(TellQueues, SegmentsThatCameTooEarlyStandByTheirNumbers) {
  PlayedTables played(openWalk("tcp-out-of-order.pkt"));
  bool seen = false;
  for (int n = 0; n < int(played.journal().stimuli().size()) && !seen; ++n) {
    const auto tables = played.after(n);
    const TableRow* queue = rowAt(tableIn(tables, "queues"), "out of order");
    if (!queue || english(queue->state) != "3 buffers") continue;
    seen = true;
    EXPECT_TRUE(english(queue->detail).starts_with("3000 bytes, until the hole")) << english(queue->detail);
    const std::regex range("seq \\d+…\\d+");
    for (int row = 1; row <= 3; ++row) EXPECT_TRUE(std::regex_search(english(queue[row].key), range));
  }
  EXPECT_TRUE(seen);
}

TEST(TellQueues, WhatWasSentStandsInTheTreeUntilItIsAcknowledged) {
  PlayedTables played(openWalk("tcp-lost-segment.pkt"));
  bool sent = false;
  for (EventIndex at = 0; at < played.journal().size() && !sent; at += 997) {
    const auto tables = played.when(at);
    if (const TableRow* queue = rowAt(tableIn(tables, "queues"), "retransmit"))
      sent = has(english(queue->detail), "until the peer has acknowledged it") &&
             english((queue + 1)->key).starts_with("seq ");
  }
  EXPECT_TRUE(sent);
}

TEST(TellQueues, EveryDeviceHasADisciplineByItsName) {
  PlayedTables lo(Datagrams);
  EXPECT_TRUE(reads(tableIn(lo.after(1), "queues"), "qdisc | lo | Qdisc #1 | noqueue | no queue: a packet goes"));
  PlayedTables wire("//@link e1000\n0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n");
  const auto tables = wire.when(wire.journal().size());
  EXPECT_TRUE(reads(tableIn(tables, "queues"), "| fq_codel | nothing waits")) << joined(lines(tables));
}

TEST(TellQueues, TheErrorsOfASocketStandByTheirNames) {
  PlayedTables played(R"(//@link lo
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 setsockopt(3, IPPROTO_IP, IP_RECVERR, [1], 4) = 0
+0 connect(3, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 write(3, ..., 10) = 10
)");
  const auto tables = played.when(played.journal().size());
  const KernelTable& t = tableIn(tables, "queues");
  const TableRow* queue = rowAt(t, "error");
  ASSERT_TRUE(queue) << joined(lines({t}));
  EXPECT_EQ(english((queue + 1)->key), "ECONNREFUSED");
  EXPECT_EQ(english((queue + 1)->state), "SO_EE_ORIGIN_ICMP");
  EXPECT_EQ(english((queue + 1)->detail), "Port unreachable");
}

TEST(TellRings, BothRingsOfACardAndHowFarEachSideIs) {
  PlayedTables played(openWalk("tcp-between-two-hosts.pkt"));
  bool sent = false, came = false;
  for (EventIndex at = 0; at < played.journal().size() && !(sent && came); at += 61) {
    const auto tables = played.when(at);
    const KernelTable& t = tableIn(tables, "rings");
    if (t.rows.empty()) continue;
    const std::string all = joined(lines({t}));
    sent = sent || has(all, "to be sent") || has(all, "| sent");
    came = came || has(all, "came in");
  }
  EXPECT_TRUE(sent);
  EXPECT_TRUE(came);
  const auto tables = played.when(played.journal().size());
  const KernelTable& t = tableIn(tables, "rings");
  EXPECT_TRUE(reads(t, "transmit | eth0 | e1000_tx_ring #")) << joined(lines({t}));
  EXPECT_TRUE(reads(t, "receive | eth0 | e1000_rx_ring #"));
  EXPECT_TRUE(reads(t, " of 256 filled | next_to_use "));
}

TEST(TellRings, BlocksOfAPacketSocketAndThePacketsInThem) {
  PlayedTables played(R"(//@link lo
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
+0 socket(AF_PACKET, SOCK_RAW, 0) = 4
+0 setsockopt(4, SOL_PACKET, PACKET_VERSION, [TPACKET_V3], 4) = 0
+0 setsockopt(4, SOL_PACKET, PACKET_RX_RING, {tp_block_size=4096, tp_block_nr=2, tp_frame_size=2048, tp_frame_nr=4,
                                              tp_retire_blk_tov=100}, 28) = 0
+0 bind(4, {sll_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), sll_ifindex="lo"}, 20) = 0
+0 sendto(3, ..., 40, 0, {sa_family = AF_INET, sin_port = htons(9), sin_addr = inet_addr("127.0.0.1")}, 16) = 40
+1 close(3) = 0
)");
  const auto tables = played.when(played.journal().size());
  const KernelTable& t = tableIn(tables, "packet-rings");
  EXPECT_TRUE(reads(t, "TPACKET_V3")) << joined(lines({t}));
  EXPECT_TRUE(reads(t, "2 blocks of 4096 bytes | block 1 is open")) << joined(lines({t}));
  EXPECT_TRUE(reads(t, "[0] | 4 packets")) << "the datagram and the answer that nobody is there, out and in";
  EXPECT_TRUE(reads(t, "TP_STATUS_USER|TP_STATUS_BLK_TMO"));
  EXPECT_TRUE(reads(t, "at 48 | 82 bytes"));
  EXPECT_TRUE(reads(t, "82 bytes of it at tp_mac 82; tp_net 96"));
}

// ---- over all examples

TEST(TellTablesOfExamples, NothingThatHasANameIsANumber) {
  // A state, a family, a hook ... by its number; an address of memory; a name that nobody has.
  const std::regex number(
      "\\b(state|nud_state|skc_family|protocol|hook|priority|type|family|skc_state) -?\\d|0xffff|\\?");
  for (const std::string& file : tests::exampleWalks(SOCKWALK_SOURCE_ROOT)) {
    PlayedTables played(tests::walkOf(file));
    for (EventIndex at = 0; at <= played.journal().size(); at += std::max<EventIndex>(played.journal().size() / 150, 1))
      for (const std::string& line : lines(played.when(at)))
        ASSERT_FALSE(std::regex_search(line, number)) << file << " at " << at << ": " << line;
  }
}

} // namespace
