// Tables of functions side by side, and the slot that a running call was led through.
#include "tests/engine/tell/tables/tables_sample.h"

using namespace sockwalk;
using namespace sockwalk::tell;

namespace {

struct TellOps : ::testing::Test {
  PlayedTables played{R"(//@link lo
0 socket(AF_INET, SOCK_STREAM, 0) = 3
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
+0 bind(3, {sa_family = AF_INET, sin_port = htons(8080), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
+0 listen(3, 8) = 0
+0 connect(4, {sa_family = AF_INET, sin_port = htons(5353), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
)"};
  // The places of the rows that are lit.
  std::vector<std::string> taken(const char* function, const std::string& table, int nth = 1) {
    EventIndex at = played.endOf(played.indexOf("socket(AF_INET, SOCK_STREAM")); // not the kernel's own, at boot
    for (int i = 0; i < nth; ++i) at = played.into(function, at);
    std::vector<std::string> out;
    for (const KernelTable& t : played.when(at))
      if (t.id == table)
        for (const TableRow& row : t.rows)
          if (row.mark == RowMark::Taken) out.push_back(english(row.place));
    return out;
  }
  using Places = std::vector<std::string>;
};

TEST_F(TellOps, NetFamiliesHasEverySlotAndSaysWhichAreEmpty) {
  const auto tables = played.after(1);
  const KernelTable& families = tableIn(tables, "net_families");
  const DataSymbol* symbol = Symbols::get().dataNamed("net_families");
  ASSERT_TRUE(symbol);
  EXPECT_EQ(families.rows.size(), symbol->count);
  for (size_t i = 0; i < families.rows.size(); ++i) {
    const TableRow& row = families.rows[i];
    EXPECT_EQ(english(row.place), "[" + std::to_string(i) + "]");
    EXPECT_EQ(row.object.empty(), has(english(row.detail), "EAFNOSUPPORT")) << i;
  }
}

TEST_F(TellOps, InetCreateCameThroughTheSlotOfItsFamily) {
  EXPECT_EQ(taken("inet_create", "net_families"), Places{"[2]"});
  EXPECT_EQ(taken("__x64_sys_socket", "net_families"), Places{}) << "not looked up yet";
}

TEST_F(TellOps, TheEntryOfInetswIsLitOnceItIsFound) {
  EXPECT_EQ(taken("inet_create", "inetsw"), Places{});
  EXPECT_EQ(taken("sk_alloc", "inetsw"), Places{"[1]"}) << "SOCK_STREAM";
  EXPECT_EQ(taken("sk_alloc", "inetsw", 2), Places{"[2]"}) << "SOCK_DGRAM";
  EXPECT_EQ(taken("inet_bind", "inetsw"), Places{}) << "inet_create() has returned";
}

TEST_F(TellOps, ACallIsLitInBothOfItsHops) {
  EXPECT_EQ(taken("inet_bind", "proto_ops"), Places{"bind"});
  EXPECT_EQ(taken("inet_listen", "proto_ops"), Places{"listen"});
  EXPECT_EQ(taken("inet_dgram_connect", "proto_ops"), Places{"connect"});
  EXPECT_EQ(taken("inet_csk_get_port", "proto"), Places{"get_port"});
  EXPECT_EQ(taken("ip4_datagram_connect", "proto"), Places{"connect"});
  EXPECT_EQ(taken("ip4_datagram_connect", "proto_ops"), Places{"connect"}) << "the first hop is still open";
  EXPECT_EQ(taken("ip4_datagram_connect", "two-hops"), Places{"connect"});
}

TEST_F(TellOps, SlotsStandSideBySideAsMemoryHasThem) {
  const auto tables = played.after(2);
  EXPECT_TRUE(reads(tableIn(tables, "proto_ops"), "slot | inet_stream_ops | inet_dgram_ops | inet_sockraw_ops"));
  EXPECT_TRUE(
      reads(tableIn(tables, "proto_ops"), "connect | inet_stream_connect | inet_dgram_connect | inet_dgram_connect"));
  EXPECT_TRUE(reads(tableIn(tables, "proto_ops"), "bind | inet_bind | inet_bind | inet_bind"));
  EXPECT_TRUE(reads(tableIn(tables, "proto_ops"), "sock_no_listen only says no, in inet_dgram_ops, inet_sockraw_ops"));
  EXPECT_TRUE(reads(tableIn(tables, "proto"), "slot | tcp_prot | udp_prot | raw_prot"));
  EXPECT_TRUE(reads(tableIn(tables, "proto"), "close | tcp_close | udp_lib_close | raw_close"));
  EXPECT_TRUE(reads(tableIn(tables, "two-hops"), "sendmsg | inet_sendmsg → .sendmsg | tcp_sendmsg | udp_sendmsg"));
}

// What Linux fills is named, even where nothing of the function is simulated.
TEST_F(TellOps, NoSlotIsEmptyThatLinuxFills) {
  const auto tables = played.after(2);
  const KernelTable &ops = tableIn(tables, "proto_ops"), &proto = tableIn(tables, "proto");
  EXPECT_TRUE(reads(ops, "splice_read | tcp_splice_read | NULL | NULL"));
  EXPECT_TRUE(reads(ops, "read_sock | tcp_read_sock | NULL | NULL"));
  EXPECT_TRUE(reads(ops, "read_skb | tcp_read_skb | udp_read_skb | NULL"));
  EXPECT_TRUE(reads(ops, "sendmsg_locked | tcp_sendmsg_locked | NULL | NULL"));
  EXPECT_TRUE(reads(ops, "sendpage_locked | tcp_sendpage_locked | NULL | NULL"));
  EXPECT_TRUE(reads(proto, "sendpage | tcp_sendpage | udp_sendpage | NULL"));
  EXPECT_TRUE(reads(proto, "diag_destroy | tcp_abort | udp_abort | raw_abort"));
}

// Every pointer to a function that the structures have is a row, and no other member is.
TEST_F(TellOps, EverySlotIsARow) {
  const auto tables = played.after(2);
  for (const char* name : {"proto_ops", "proto"}) {
    std::vector<std::string> slots, rows;
    for (const MemberInfo& m : layoutNamed(name)->members)
      if (m.kind == MemberKind::Function) slots.emplace_back(m.name);
    for (const TableRow& row : tableIn(tables, name).rows)
      if (!row.heading && english(row.detail) != "no function") rows.push_back(english(row.place));
    EXPECT_EQ(rows, slots) << name;
  }
}

TEST_F(TellOps, InetswIsFilledFromTheArrayOfTheImage) {
  const auto tables = played.after(2);
  const KernelTable& array = tableIn(tables, "inetsw_array");
  const DataSymbol* symbol = Symbols::get().dataNamed("inetsw_array");
  ASSERT_TRUE(symbol);
  EXPECT_EQ(array.rows.size(), symbol->count);
  EXPECT_TRUE(reads(array, "SOCK_STREAM, IPPROTO_TCP"));
}

TEST_F(TellOps, GoByNamesOfTheirOwn) {
  const auto ops = tablesNamed(played.after(2), "ops");
  std::vector<std::string> ids;
  for (const KernelTable& t : ops) ids.push_back(t.id);
  EXPECT_EQ(ids,
            (std::vector<std::string>{"net_families", "inetsw", "inetsw_array", "proto_ops", "proto", "two-hops"}));
  EXPECT_EQ(tablesNamed(played.after(2), "ehash").size(), 1u);
  EXPECT_TRUE(tablesNamed(played.after(2), "no such").empty());
}

} // namespace
