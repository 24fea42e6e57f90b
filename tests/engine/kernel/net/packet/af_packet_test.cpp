// Packet sockets beside the protocols: who sees which frame, what a reader is told, what is lost, and that nothing stays.
#include "engine/kernel/include/linux/filter.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/net/packet/ring.h"
#include "engine/memory/constants/errors.h"
#include "tests/engine/kernel/drivers/net/frames.h"

namespace sockwalk::kernel {
namespace {

constexpr int AfPacket = 17, Raw = 3, Dgram = 2, OldPacket = 10, AllTypes = 0x0300, Ip = 0x0008;
constexpr int SolSocket = 1, SolPacket = 263;
constexpr s64 Shortest = 60; // of a frame on the wire: what is shorter is filled up

struct PacketSocket : OnTheWire {
  s64 attach(int fd, std::vector<sock_filter> code) {
    const u64 at = m.user(code.data(), static_cast<u32>(code.size() * sizeof(sock_filter)));
    u64 program[2] = {code.size(), at};
    const u64 where = m.user(program, sizeof program);
    return m.call([=] { return __x64_sys_setsockopt(fd, SolSocket, 26, where, 16); });
  }
  // The next frame that waits, and from whom; negative: none.
  s64 read(int fd, sockaddr_ll* from = nullptr, u32 size = 2000) {
    const u64 room = m.userRoom(size), name = m.userRoom(32);
    const u32 length = 32;
    const u64 lengthAt = m.user(&length, 4);
    const s64 n = m.call([=] { return __x64_sys_recvfrom(fd, room, size, 0x40, name, lengthAt); });
    if (from && n >= 0) *from = m.at<sockaddr_ll>(name);
    return n;
  }
  s64 promiscuous(int fd, bool on) {
    const struct {
      s32 ifindex;
      u16 type, length;
      u8 address[8];
    } request{Eth0, 1, 0, {}};
    const u64 at = m.user(&request, sizeof request);
    return m.call([=] { return __x64_sys_setsockopt(fd, SolPacket, on ? 1 : 2, at, sizeof request); });
  }
};

TEST_F(PacketSocket, SeesAFrameWithItsLinkHeaderAndLeavesItToOthers) {
  const int tap = m.socket(AfPacket, Raw, AllTypes);
  ASSERT_GE(tap, 0);
  const Frame frame = onEthernet(datagram(7000, "one"));
  arrives(frame);
  EXPECT_EQ(received(), "one");
  sockaddr_ll from;
  EXPECT_EQ(read(tap, &from), Shortest);
  EXPECT_EQ(from.sll_family, AfPacket);
  EXPECT_EQ(from.sll_protocol, Ip);
  EXPECT_EQ(from.sll_ifindex, s32(Eth0));
  EXPECT_EQ(from.sll_halen, 6);
  EXPECT_EQ(std::vector<u8>(from.sll_addr, from.sll_addr + 6), std::vector<u8>(frame.begin() + 6, frame.begin() + 12));
  EXPECT_EQ(m.close(tap), 0);
  arrives(onEthernet(datagram(7000, "two")));
  EXPECT_EQ(received(), "two");
  EXPECT_EQ(notes("packet.queued"), 1) << "it is closed: it is handed nothing any more";
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(PacketSocket, OfDatagramTypeBeginsBehindTheLinkHeader) {
  const int tap = m.socket(AfPacket, Dgram, Ip), old = m.socket(2, OldPacket, AllTypes);
  arrives(onEthernet(datagram(7000, "hello")));
  EXPECT_EQ(read(tap), Shortest - 14);
  EXPECT_EQ(read(old), Shortest) << "the oldest kind always has the link header";
  EXPECT_EQ(received(), "hello");
}

TEST_F(PacketSocket, OfATypeThatNobodyTakesLeavesNoBufferBehind) {
  const int tap = m.socket(AfPacket, Raw, 0xb588); // an EtherType that nobody else takes: 0x88b5
  Frame frame = onEthernet(datagram(7000, "x"));
  frame[12] = 0x88, frame[13] = 0xb5;
  constexpr int Many = 200;
  for (int i = 0; i < Many; ++i) {
    arrives(frame);
    EXPECT_EQ(read(tap), Shortest);
  }
  EXPECT_EQ(notes("packet.queued"), Many);
  EXPECT_EQ(notes("packet.own_clone"), 0) << "nobody else holds it: the socket keeps the very structure";
  EXPECT_LT(m.census()["skbuff_head_cache"], 100u) << "what lives are those that the driver keeps in stock";
  EXPECT_EQ(m.close(tap), 0);
}

TEST_F(PacketSocket, IsAskedByItsFilterBeforeAnythingIsCloned) {
  const int tap = m.socket(AfPacket, Raw, AllTypes);
  ASSERT_EQ(attach(tap, {{BPF_LD | BPF_H | BPF_ABS, 0, 0, 36}, // the UDP port that it is for
                         {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 7001},
                         {BPF_RET | BPF_K, 0, 0, 20},
                         {BPF_RET | BPF_K, 0, 0, 0}}),
            0);
  arrives(onEthernet(datagram(7000, "no")));
  EXPECT_EQ(notes("packet.not_wanted"), 1);
  EXPECT_EQ(notes("packet.own_clone"), 0);
  EXPECT_EQ(received(), "no") << "whom else it is for gets it whole";
  arrives(onEthernet(datagram(7001, "yes")));
  EXPECT_EQ(read(tap), 20) << "as much of it as the program wants";
}

TEST_F(PacketSocket, ThatIsPromiscuousSeesWhatIsForOthers) {
  const int tap = m.socket(AfPacket, Raw, AllTypes), second = m.socket(AfPacket, Raw, 0);
  const Frame others = onEthernet(datagram(7000, "x"), {0x52, 0x54, 0, 9, 9, 9});
  arrives(others);
  EXPECT_EQ(read(tap), -EAGAIN) << "the card does not take it";
  EXPECT_EQ(promiscuous(tap, true), 0);
  EXPECT_EQ(promiscuous(second, true), 0);
  arrives(others);
  sockaddr_ll from;
  EXPECT_EQ(read(tap, &from), Shortest);
  EXPECT_EQ(from.sll_pkttype, 3) << "PACKET_OTHERHOST";
  EXPECT_EQ(received(), "") << "IP does not take it";
  EXPECT_EQ(promiscuous(tap, false), 0);
  EXPECT_TRUE(eth0()->flags & IFF_PROMISC) << "the other one still asks for it";
  EXPECT_EQ(m.close(second), 0);
  EXPECT_FALSE(eth0()->flags & IFF_PROMISC);
}

TEST_F(PacketSocket, WhoseReaderSleepsLosesAndCounts) {
  const int tap = m.socket(AfPacket, Raw, AllTypes);
  const u32 small = 1;
  const u64 at = m.user(&small, 4);
  ASSERT_EQ(m.call([=] { return __x64_sys_setsockopt(tap, SolSocket, 8, at, 4); }), 0);
  constexpr int Many = 8;
  for (int i = 0; i < Many; ++i) arrives(onEthernet(datagram(7000, std::string(1000, 'x'))));
  const u32 size = 8;
  const u64 told = m.userRoom(8), length = m.user(&size, 4);
  ASSERT_EQ(m.call([=] { return __x64_sys_getsockopt(tap, SolPacket, 6, told, length); }), 0);
  EXPECT_EQ(m.at<u32>(told), u32(Many)) << "those that were lost are counted as packets, too";
  EXPECT_EQ(m.at<u32>(told + 4), u32(notes("packet.queue_full")));
  EXPECT_GT(m.at<u32>(told + 4), 0u);
}

TEST_F(PacketSocket, SendsAWholeFrame) {
  const int tap = m.socket(AfPacket, Raw, 0);
  Frame frame = onEthernet(datagram(7000, "x"), {0x52, 0x55, 0x0a, 0, 2, 2});
  frame[12] = 0x88, frame[13] = 0xb5;
  sockaddr_ll to{};
  to.sll_family = AfPacket, to.sll_protocol = 0xb588, to.sll_ifindex = Eth0;
  const u64 bytes = m.user(frame.data(), static_cast<u32>(frame.size())), name = m.user(&to, sizeof to);
  EXPECT_EQ(m.call([&] { return __x64_sys_sendto(tap, bytes, frame.size(), 0, name, sizeof to); }), s64(frame.size()));
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(Frame(sent.back().begin(), sent.back().begin() + s64(frame.size())), frame);
}

struct RingSocket : PacketSocket {
  s64 option(int fd, int name, const std::vector<u32>& words) {
    const u32 size = static_cast<u32>(words.size() * sizeof(u32));
    const u64 at = m.user(words.data(), size);
    return m.call([=] { return __x64_sys_setsockopt(fd, SolPacket, name, at, size); });
  }
  int ring(u32 version, const std::vector<u32>& request) {
    const int fd = m.socket(AfPacket, Raw, AllTypes);
    EXPECT_EQ(option(fd, 10, {version}), 0);
    EXPECT_EQ(option(fd, 5, request), 0);
    return fd;
  }
  const packet_sock* packetSock(int fd) {
    const EnterMachine enter(m.machine);
    const task_struct* task = m.machine.tasks().at(m.task)->task;
    return pkt_sk(sock_from_file(files_lookup_fd(task->files, static_cast<u32>(fd)))->sk);
  }
  template <class T> const T* inBlock(int fd, u32 block, u32 offset = 0) {
    const EnterMachine enter(m.machine);
    const pgv* blocks = packetSock(fd)->rx_ring.pg_vec;
    return reinterpret_cast<const T*>(blocks[block].buffer.get() + offset);
  }
  void back(int fd, u32 part) {
    m.machine.interrupt("ring back", [=, this] { programGivesBack(packetSock(fd), part); });
  }
  void pass(s64 ms) { m.machine.runUntil(m.machine.now() + ms * 1000000); }
};

TEST_F(RingSocket, FillsItsFramesAndLosesWhatFindsNoneFree) {
  const int tap = ring(0, {4096, 1, 2048, 2});
  for (int i = 0; i < 3; ++i) arrives(onEthernet(datagram(7000, "x")));
  EXPECT_EQ(notes("packet.ring_frame"), 2);
  EXPECT_EQ(notes("packet.ring_full"), 1) << "the program has given no frame back";
  EXPECT_EQ(received(), "x x x");
  EXPECT_EQ(m.close(tap), 0);
}

TEST_F(RingSocket, OfTheSecondVersionDescribesThemInItsOwnWay) {
  const int tap = ring(1, {4096, 1, 2048, 2});
  const Frame frame = onEthernet(datagram(7000, "x"));
  arrives(frame);
  const auto* head = inBlock<tpacket2_hdr>(tap, 0);
  EXPECT_TRUE(head->tp_status & TP_STATUS_USER);
  EXPECT_EQ(head->tp_len, Shortest);
  EXPECT_EQ(head->tp_snaplen, Shortest);
  EXPECT_EQ(head->tp_mac, 66); // as the recorded kernel said
  EXPECT_EQ(head->tp_net, 80);
  const u8* bytes = inBlock<u8>(tap, 0, 66);
  EXPECT_EQ(Frame(bytes, bytes + frame.size()), frame);
  arrives(frame), arrives(frame);
  EXPECT_EQ(notes("packet.ring_full"), 1);
  back(tap, 0);
  EXPECT_EQ(head->tp_status, u32{TP_STATUS_KERNEL});
  arrives(frame);
  EXPECT_TRUE(head->tp_status & TP_STATUS_LOSING) << "one was lost since the statistics were read";
  EXPECT_EQ(m.close(tap), 0);
}

TEST_F(RingSocket, OfBlocksHandsOneOverWhenItIsFullAndFreezesWhenTheNextIsNotBack) {
  const int tap = ring(2, {4096, 2, 2048, 4, 5000, 16, 0});
  const Frame frame = onEthernet(datagram(7000, std::string(1400, 'x'))); // two of them fit a block
  const auto* first = inBlock<tpacket_block_desc>(tap, 0);
  for (int i = 0; i < 2; ++i) arrives(frame);
  EXPECT_EQ(first->hdr.bh1.block_status, u32{TP_STATUS_KERNEL}) << "it is open still";
  EXPECT_EQ(first->hdr.bh1.num_pkts, 2u);
  EXPECT_EQ(first->hdr.bh1.offset_to_first_pkt, 64u) << "behind the head and what the program wants for itself";
  arrives(frame);
  EXPECT_EQ(first->hdr.bh1.block_status, u32{TP_STATUS_USER});
  const auto* packet = inBlock<tpacket3_hdr>(tap, 0, 64);
  EXPECT_EQ(packet->tp_mac, 82);
  EXPECT_EQ(packet->tp_snaplen, u32(frame.size()));
  EXPECT_EQ(packet->tp_next_offset, 1528u);
  EXPECT_EQ(inBlock<tpacket3_hdr>(tap, 0, 64 + 1528)->tp_next_offset, 0u) << "it is the last";
  for (int i = 0; i < 3; ++i) arrives(frame);
  EXPECT_EQ(notes("packet.blocks_frozen"), 1);
  EXPECT_EQ(notes("packet.blocks_full"), 2);
  back(tap, 0);
  arrives(frame);
  EXPECT_EQ(first->hdr.bh1.num_pkts, 1u);
  EXPECT_EQ(first->hdr.bh1.seq_num, 3u);
  EXPECT_EQ(m.close(tap), 0);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(RingSocket, OfBlocksHasATimerThatHandsOverAndThawsAndEndsWithIt) {
  const int tap = ring(2, {4096, 2, 2048, 4, 100, 0, 1});
  const auto* first = inBlock<tpacket_block_desc>(tap, 0);
  pass(150);
  EXPECT_EQ(first->hdr.bh1.block_status, u32{TP_STATUS_KERNEL}) << "an empty block stays open";
  arrives(onEthernet(datagram(7000, "x")));
  EXPECT_NE(inBlock<tpacket3_hdr>(tap, 0, 48)->hv1.tp_rxhash, 0u);
  pass(100);
  EXPECT_EQ(first->hdr.bh1.block_status, TP_STATUS_USER | TP_STATUS_BLK_TMO);
  arrives(onEthernet(datagram(7000, "x")));
  pass(100);
  EXPECT_EQ(notes("packet.blocks_frozen"), 1);
  back(tap, 0);
  pass(150);
  EXPECT_EQ(first->hdr.bh1.seq_num, 3u) << "the timer has opened it again";
  EXPECT_EQ(m.close(tap), 0);
  const int before = notes("packet.block_opened");
  pass(1000);
  EXPECT_EQ(notes("packet.block_opened"), before);
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(RingSocket, RefusesARequestThatIsTooShortOrLeavesNoRoom) {
  const int tap = m.socket(AfPacket, Raw, AllTypes);
  ASSERT_EQ(option(tap, 10, {2}), 0);
  EXPECT_EQ(option(tap, 5, {4096, 2, 2048, 4}), -EINVAL);
  EXPECT_EQ(option(tap, 5, {4096, 2, 2048, 4, 100, 4096, 0}), -EINVAL);
  EXPECT_EQ(option(tap, 5, {4096, 2, 2048, 4, 100, 0, 0}), 0);
  EXPECT_EQ(option(tap, 5, {4096, 2, 2048, 4, 100, 0, 0}), -EBUSY);
  EXPECT_EQ(option(tap, 5, {0, 0, 0, 0, 0, 0, 0}), 0);
  EXPECT_EQ(m.close(tap), 0);
}

TEST_F(RingSocket, InAGroupGetsItsShareOfWhatComes) {
  constexpr u32 Lb = 1 << 16, Hash = 0;
  const u32 before = m.census()["kmalloc-4k"];
  const int first = m.socket(AfPacket, Raw, AllTypes), second = m.socket(AfPacket, Raw, AllTypes);
  ASSERT_EQ(option(first, 18, {Lb | 7}), 0);
  EXPECT_EQ(option(first, 18, {Lb | 7}), -EALREADY);
  EXPECT_EQ(option(second, 18, {Hash | 7}), -EINVAL) << "a group chooses in one way";
  EXPECT_EQ(option(second, 18, {3 << 16 | 8}), -EOPNOTSUPP) << "ROLLOVER is not built";
  ASSERT_EQ(option(second, 18, {Lb | 7}), 0);
  for (int i = 0; i < 4; ++i) arrives(onEthernet(datagram(7000, "x")));
  for (const int fd : {first, second}) {
    EXPECT_EQ(read(fd), Shortest);
    EXPECT_EQ(read(fd), Shortest);
    EXPECT_LT(read(fd), 0) << "the other half went to the other";
  }
  EXPECT_EQ(m.close(first), 0);
  arrives(onEthernet(datagram(7000, "x")));
  EXPECT_EQ(read(second), Shortest);
  EXPECT_EQ(m.close(second), 0);
  arrives(onEthernet(datagram(7000, "x")));
  EXPECT_EQ(m.census()["kmalloc-4k"], before) << "the group went with its last member";
  EXPECT_FALSE(m.machine.panicked()) << m.machine.panicText();
}

TEST_F(RingSocket, InAGroupByHashGetsAllOfAFlow) {
  const int taps[] = {m.socket(AfPacket, Raw, AllTypes), m.socket(AfPacket, Raw, AllTypes)};
  for (const int tap : taps) ASSERT_EQ(option(tap, 18, {9}), 0);
  for (int i = 0; i < 6; ++i) arrives(onEthernet(datagram(7000, "x")));
  int of[2] = {};
  for (int i : {0, 1})
    while (read(taps[i]) >= 0) ++of[i];
  EXPECT_EQ(of[0] + of[1], 6);
  EXPECT_TRUE(!of[0] || !of[1]);
}

} // namespace
} // namespace sockwalk::kernel
