#include "engine/kernel/drivers/net/wire.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/net/ip.h"
#include "engine/kernel/include/net/neighbour.h"
#include "engine/scenario/truth_format.h"

// After them: the system's headers have macros of the same names.
#include "engine/kernel/include/net/tcp.h"
#include "engine/memory/constants/neighbour.h"
#include "tests/engine/kernel/net/ipv4/tcp_peer.h"

namespace sockwalk::kernel {

namespace {
constexpr u32 Ours = 0x0a00020f, Theirs = 0x0a000202, OurIsn = 1000000; // OurIsn: the peer's, that is, ours in the test
constexpr u16 Port = 8080, PeerPort = 5555;
const u8 Mac[6] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56}, PeerMac[6] = {0x52, 0x55, 0x0a, 0x00, 0x02, 0x02};

void put16(Bytes& b, u32 v) { b.push_back(static_cast<u8>(v >> 8)), b.push_back(static_cast<u8>(v)); }
void put32(Bytes& b, u32 v) { put16(b, v >> 16), put16(b, v & 0xffff); }
u32 get16(const u8* p) { return static_cast<u32>(p[0] << 8 | p[1]); }
u32 get32(const u8* p) { return get16(p) << 16 | get16(p + 2); }
u16 sumOf(const Bytes& bytes, u32 sum = 0) {
  for (size_t i = 0; i < bytes.size(); i += 2)
    sum += static_cast<u32>(bytes[i] << 8) + (i + 1 < bytes.size() ? bytes[i + 1] : 0);
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<u16>(~sum);
}

Bytes options(const Segment& s, u32 sackBase) {
  Bytes o;
  if (s.mss) o.insert(o.end(), {2, 4}), put16(o, *s.mss);
  if (s.sackPermitted) o.insert(o.end(), {1, 1, 4, 2});
  if (s.tsval) o.insert(o.end(), {1, 1, 8, 10}), put32(o, *s.tsval), put32(o, s.tsecr);
  if (s.scale) o.insert(o.end(), {1, 3, 3, *s.scale});
  if (!s.sack.empty()) {
    o.insert(o.end(), {1, 1, 5, static_cast<u8>(2 + 8 * s.sack.size())});
    for (auto [from, to] : s.sack) put32(o, sackBase + from), put32(o, sackBase + to);
  }
  while (o.size() % 4) o.push_back(0);
  return o;
}
} // namespace

TcpPeer::TcpPeer(MachineOptions options) : k(options), m_enter(k.machine) {
  k.machine.onTransmit = [this](u32, const u8* bytes, u32 size) { saw(bytes, size); };
  Bytes arp(Mac, Mac + 6); // the peer says who it is, so that no test waits for that
  arp.insert(arp.end(), PeerMac, PeerMac + 6);
  const u8 rest[] = {0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1};
  arp.insert(arp.end(), rest, rest + sizeof rest);
  arp.insert(arp.end(), PeerMac, PeerMac + 6);
  put32(arp, Theirs);
  arp.insert(arp.end(), 6, 0);
  put32(arp, Ours);
  receiveFrame(k.machine, 2, arp, "ARP");
  k.machine.runUntil(k.machine.now() + 1000000000);
  const neighbour* peer = neigh_lookup(arp_tbl, &arp[28], dev_get_by_index_rcu(init_net, 2));
  set(peer->nud_state, NUD_PERMANENT); // nobody here answers when it is asked again
}

Segment synWithSack(u16 window) {
  Segment s;
  s.window = window;
  s.mss = 1000;
  s.sackPermitted = true;
  return s;
}

void TcpPeer::saw(const u8* f, u32 size) {
  if (size < 54 || get16(f + 12) != 0x0800 || f[23] != IPPROTO_TCP) return;
  const u8* t = f + 34;
  const u32 header = (t[12] >> 4) * 4u, length = get16(f + 16) - 20;
  Segment s;
  s.flags = t[13];
  if (s.is(TCPHDR_SYN)) m_theirIsn = get32(t + 4);
  m_ourPort = get16(t);
  s.seq = get32(t + 4) - m_theirIsn;
  s.ack = s.is(TCPHDR_ACK) ? get32(t + 8) - OurIsn : 0;
  s.window = static_cast<u16>(get16(t + 14));
  s.urgent = static_cast<u16>(get16(t + 18));
  s.data.assign(reinterpret_cast<const char*>(t) + header, length - header);
  for (const u8* o = t + 20; o < t + header && *o;) {
    if (*o == 1) {
      ++o;
      continue;
    }
    if (*o == 2) s.mss = static_cast<u16>(get16(o + 2));
    if (*o == 3) s.scale = o[2];
    if (*o == 4) s.sackPermitted = true;
    if (*o == 8) s.tsval = m_lastTsval = get32(o + 2), s.tsecr = get32(o + 6);
    if (*o == 5)
      for (int i = 2; i < o[1]; i += 8) s.sack.emplace_back(get32(o + i) - OurIsn, get32(o + i + 4) - OurIsn);
    o += o[1];
  }
  Bytes check(f + 26, f + 34); // the pseudo header
  put16(check, IPPROTO_TCP);
  put16(check, length);
  check.insert(check.end(), t, t + length);
  EXPECT_EQ(sumOf(check), 0) << "a wrong checksum left";
  m_sent.push_back(s);
}

void TcpPeer::receive(Segment s) {
  if (m_stamped && !s.tsval && !s.is(TCPHDR_SYN)) s.tsval = m_clock, s.tsecr = m_lastTsval;
  const Bytes o = options(s, m_theirIsn);
  Bytes tcp;
  put16(tcp, m_peerPort);
  put16(tcp, m_fd >= 0 || m_ourPort ? m_ourPort : Port);
  put32(tcp, OurIsn + s.seq);
  put32(tcp, s.is(TCPHDR_ACK) ? m_theirIsn + s.ack : 0);
  put16(tcp, static_cast<u32>((20 + o.size()) / 4) << 12 | s.flags);
  put16(tcp, s.window);
  put32(tcp, s.urgent);
  tcp.insert(tcp.end(), o.begin(), o.end());
  tcp.insert(tcp.end(), s.data.begin(), s.data.end());
  Bytes pseudo;
  put32(pseudo, Theirs), put32(pseudo, Ours), put16(pseudo, IPPROTO_TCP), put16(pseudo, static_cast<u32>(tcp.size()));
  pseudo.insert(pseudo.end(), tcp.begin(), tcp.end());
  const u16 sum = sumOf(pseudo);
  tcp[16] = static_cast<u8>(sum >> 8), tcp[17] = static_cast<u8>(sum);
  Bytes frame(Mac, Mac + 6), ip;
  frame.insert(frame.end(), PeerMac, PeerMac + 6);
  put16(frame, 0x0800);
  put16(ip, 0x4500), put16(ip, static_cast<u32>(20 + tcp.size())), put16(ip, ++m_id), put16(ip, 0x4000);
  put16(ip, 0x4006), put16(ip, 0), put32(ip, Theirs), put32(ip, Ours);
  const u16 ipSum = sumOf(ip);
  ip[10] = static_cast<u8>(ipSum >> 8), ip[11] = static_cast<u8>(ipSum);
  frame.insert(frame.end(), ip.begin(), ip.end());
  frame.insert(frame.end(), tcp.begin(), tcp.end());
  receiveFrame(k.machine, 2, frame, "segment");
  EXPECT_FALSE(k.machine.panicked()) << k.machine.panicText() << "\n"
                                     << scenario::callsText(k.machine.journal(),
                                                            u32(k.machine.journal().stimuli().size() - 1), "");
}

void TcpPeer::data(u32 seq, const std::string& bytes, u8 flags) {
  Segment s;
  s.flags = flags;
  s.seq = seq;
  s.ack = tp()->snd_nxt - m_theirIsn;
  s.data = bytes;
  receive(s);
}
void TcpPeer::ack(u32 number, u16 window, std::vector<std::pair<u32, u32>> sack) {
  Segment s;
  s.seq = tp()->rcv_nxt - OurIsn;
  s.ack = number;
  s.window = window;
  s.sack = std::move(sack);
  receive(s);
}

Segment TcpPeer::next() {
  if (m_sent.empty()) {
    ADD_FAILURE() << "our kernel sent nothing";
    return {};
  }
  Segment s = m_sent.front();
  m_sent.pop_front();
  return s;
}
std::vector<Segment> TcpPeer::all() {
  std::vector<Segment> out(m_sent.begin(), m_sent.end());
  m_sent.clear();
  return out;
}
void TcpPeer::pass(s64 ms) {
  m_clock += static_cast<u32>(ms);
  k.machine.runUntil(k.machine.now() + ms * 1000000);
}

void TcpPeer::begin(bool listening) {
  const int fd = k.socket(2, 1, 0);
  if (listening) {
    m_listener = fd;
    const u64 address = k.address(0, Port);
    const int backlog = m_backlog;
    ASSERT_EQ(k.call([=] { return __x64_sys_bind(fd, address, 16); }), 0);
    ASSERT_EQ(k.call([=] { return __x64_sys_listen(fd, backlog); }), 0);
    return;
  }
  m_fd = fd;
  const u64 address = k.address(Theirs, PeerPort);
  k.call([=] { return __x64_sys_connect(fd, address, 16); });
}

void TcpPeer::accepted(Segment syn) {
  begin(true);
  handshake(syn);
}
void TcpPeer::handshake(Segment syn) {
  syn.flags = TCPHDR_SYN;
  receive(syn);
  const Segment synack = next();
  ASSERT_EQ(synack.flags, TCPHDR_SYN | TCPHDR_ACK);
  ASSERT_EQ(synack.ack, 1u);
  m_stamped = synack.tsval.has_value();
  if (m_roundTrip) pass(m_roundTrip);
  Segment third;
  third.seq = 1, third.ack = 1, third.window = syn.window;
  receive(third);
  const int listener = m_listener;
  m_fd = static_cast<int>(k.call([=] { return __x64_sys_accept(listener, 0, 0); }));
  ASSERT_GE(m_fd, 0);
  ASSERT_EQ(state(), TCP_ESTABLISHED);
  clear();
}

void TcpPeer::connected(Segment synack) {
  begin(false);
  const Segment syn = next();
  ASSERT_EQ(syn.flags, TCPHDR_SYN);
  synack.flags = TCPHDR_SYN | TCPHDR_ACK;
  synack.ack = 1;
  if (synack.tsval) synack.tsecr = *syn.tsval;
  m_stamped = synack.tsval.has_value();
  receive(synack);
  ASSERT_EQ(state(), TCP_ESTABLISHED);
  EXPECT_EQ(next().flags, TCPHDR_ACK);
  clear();
}

const tcp_sock* TcpPeer::tp() { // it stays where it was when the descriptor is closed
  if (!m_tp && m_fd >= 0) {
    const file* f = files_lookup_fd(k.machine.task(k.task).task->files, static_cast<u32>(m_fd));
    m_tp = tcp_sk(static_cast<const struct socket*>(f->private_data.get())->sk);
  }
  return m_tp;
}

s64 TcpPeer::readResult(u32 size, u32 flags) {
  const u64 room = k.userRoom(size);
  const int fd = m_fd;
  return k.call([=] { return __x64_sys_recvfrom(fd, room, size, flags | MSG_DONTWAIT, 0, 0); });
}
std::string TcpPeer::read(u32 size, u32 flags) {
  const u64 room = k.userRoom(size);
  const int fd = m_fd;
  const s64 n = k.call([=] { return __x64_sys_recvfrom(fd, room, size, flags | MSG_DONTWAIT, 0, 0); });
  if (n < 0) return "error " + std::to_string(-n);
  return {reinterpret_cast<const char*>(t_arena->at(static_cast<u32>(room))), static_cast<size_t>(n)};
}
s64 TcpPeer::write(const std::string& bytes) {
  const u64 from = k.user(bytes.data(), static_cast<u32>(bytes.size()));
  const int fd = m_fd;
  return k.call([=] { return __x64_sys_sendto(fd, from, bytes.size(), MSG_DONTWAIT, 0, 0); });
}
s64 TcpPeer::shutdown(int how) {
  const int fd = m_fd;
  return k.call([=] { return __x64_sys_shutdown(fd, how); });
}
s64 TcpPeer::setInt(int level, int option, int value) {
  const u64 at = k.user(&value, 4);
  const int fd = m_fd < 0 ? m_listener : m_fd;
  return k.call([=] { return __x64_sys_setsockopt(fd, level, option, at, 4); });
}
s64 TcpPeer::close() { return k.close(m_fd); }

std::string TcpPeer::held(const rb_root* root) {
  std::string out;
  for (const sk_buff* skb = skb_rb_first(root); skb; skb = skb_rb_next(skb))
    out += (out.empty() ? "" : " ") + std::to_string(TCP_SKB_CB(skb)->seq - OurIsn) + "-" +
           std::to_string(TCP_SKB_CB(skb)->end_seq - OurIsn);
  return out;
}

} // namespace sockwalk::kernel
