// Packet sockets: their options, what they tell of themselves, and waiting for them.
#include "engine/kernel/include/linux/poll.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/inet_common.h"
#include "engine/kernel/net/packet/fanout.h"
#include "engine/kernel/net/packet/ring.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

// ---- setting
namespace {
int setMembership(const sock* sk, s32 optname, u64 optval, u32 optlen) {
  constexpr u32 AddressBegin = offsetof(packet_mreq_max, mr_address), Shortest = AddressBegin + 8;
  if (optlen < Shortest) return -EINVAL;
  OnStack<packet_mreq_max> asked;
  const u32 length = std::min<u32>(optlen, sizeof(packet_mreq_max));
  const u8* from = userAt(optval, length);
  if (!from) return -EFAULT;
  setBytes(asked.get(), from, length);
  if (length < AddressBegin + asked->mr_alen) return -EINVAL;
  return optname == PACKET_ADD_MEMBERSHIP ? packet_mc_add(sk, asked) : packet_mc_drop(sk, asked);
}

int ringAsked(const packet_sock* po, const tpacket_req_u* asked, u64 optval, u32 optlen) {
  const u32 length = po->tp_version == TPACKET_V3 ? u32{sizeof(tpacket_req3)} : u32{sizeof(tpacket_req)};
  if (optlen < length) return -EINVAL;
  const u8* from = userAt(optval, length);
  if (!from) return -EFAULT;
  setBytes(asked, from, length);
  return 0;
}
int setRing(const sock* sk, u64 optval, u32 optlen) {
  OnStack<tpacket_req_u> asked;
  lock_sock(sk);
  const int err = ringAsked(pkt_sk(sk), asked, optval, optlen);
  const int result = err ? err : packet_set_ring(sk, asked, false, false);
  release_sock(sk);
  return result;
}

// A number of type and id, or with it how many members there may be.
int joinFanout(const sock* sk, u64 optval, u32 optlen) {
  u32 asked[2] = {};
  if (optlen != sizeof(u32) && optlen != sizeof asked) return -EINVAL;
  if (copy_from_user(asked, optval, optlen)) return -EFAULT;
  return fanout_add(sk, asked[0], asked[1]);
}

// What the ring depends on cannot be changed under it.
template <class Change> int whileNoRing(const sock* sk, const Change& change) {
  lock_sock(sk);
  const bool busy = static_cast<bool>(pkt_sk(sk)->rx_ring.pg_vec);
  if (!busy) change();
  release_sock(sk);
  return busy ? -EBUSY : 0;
}
int setVersion(const sock* sk, s32 val) {
  if (val < TPACKET_V1 || val > TPACKET_V3) return -EINVAL;
  return whileNoRing(sk, [&] { set(pkt_sk(sk)->tp_version, static_cast<u32>(val)); });
}
int setReserve(const sock* sk, s32 val) {
  if (val < 0) return -EINVAL;
  return whileNoRing(sk, [&] { set(pkt_sk(sk)->tp_reserve, static_cast<u32>(val)); });
}

int setNumber(const sock* sk, s32 optname, s32 val) {
  const packet_sock* po = pkt_sk(sk);
  switch (optname) {
  case PACKET_AUXDATA: packet_sock_flag_set(po, PACKET_SOCK_AUXDATA, val); return 0;
  case PACKET_ORIGDEV: packet_sock_flag_set(po, PACKET_SOCK_ORIGDEV, val); return 0;
  case PACKET_COPY_THRESH: set(po->copy_thresh, val); return 0;
  case PACKET_VERSION: return setVersion(sk, val);
  case PACKET_RESERVE: return setReserve(sk, val);
  case PACKET_IGNORE_OUTGOING:
    if (val < 0 || val > 1) return -EINVAL;
    set(po->prot_hook.ignore_outgoing, val != 0);
    return 0;
  case PACKET_QDISC_BYPASS:
    if (val) set(po->xmit, fn<packet_direct_xmit>);
    else set(po->xmit, fn<dev_queue_xmit>);
    return 0;
  case PACKET_TX_RING:
  case PACKET_LOSS:
  case PACKET_VNET_HDR:
  case PACKET_TIMESTAMP:
  case PACKET_TX_HAS_OFF: return -EOPNOTSUPP;
  case PACKET_FANOUT_DATA: return -EINVAL; // only groups that ask a program have any
  default: return -ENOPROTOOPT;
  }
}
bool mayBeLonger(s32 optname) { return optname == PACKET_AUXDATA || optname == PACKET_ORIGDEV; }
bool isOption(s32 optname) { return optname >= PACKET_ADD_MEMBERSHIP && optname <= PACKET_IGNORE_OUTGOING; }
} // namespace

s32 packet_setsockopt(const socket* sock, s32 level, s32 optname, const sockptr_t& optval, u32 optlen) {
  KFUNC(packet_setsockopt, sock, level, optname, optlen);
  SIMPLIFIED("rings for sending, virtio headers and time stamps are refused (EOPNOTSUPP)");
  const struct sock* sk = sock->sk;
  if (level != SOL_PACKET) return call.result(-ENOPROTOOPT);
  const u64 from = optval.user.value;
  if (optname == PACKET_ADD_MEMBERSHIP || optname == PACKET_DROP_MEMBERSHIP)
    return call.result(setMembership(sk, optname, from, optlen));
  if (optname == PACKET_RX_RING) return call.result(setRing(sk, from, optlen));
  if (optname == PACKET_FANOUT) return call.result(joinFanout(sk, from, optlen));
  s32 val;
  const bool fits = mayBeLonger(optname) ? optlen >= sizeof val : optlen == sizeof val;
  if (!isOption(optname)) return call.result(-ENOPROTOOPT);
  if (!fits) return call.result(-EINVAL);
  if (copy_from_user(&val, from, sizeof val)) return call.result(-EFAULT);
  return call.result(setNumber(sk, optname, val));
}

// ---- asking
namespace {
// Counted since it was asked for last. What was lost is among the packets too: they came by, after all.
int giveStatistics(const packet_sock* po, u8* optval, s32* optlen) {
  tpacket_stats_v3 told = po->stats.stats3; // whose beginning is that of the other versions
  told.tp_drops = static_cast<u32>(atomic_read(&po->tp_drops));
  told.tp_packets += told.tp_drops;
  fillBytes(&po->stats, 0, sizeof po->stats);
  atomic_set(&po->tp_drops, 0);
  const bool freezesToo = po->tp_version == TPACKET_V3;
  return giveOption(optval, optlen, &told, freezesToo ? u32{sizeof told} : u32{sizeof(tpacket_stats)});
}
bool numberOf(const packet_sock* po, s32 optname, s32& v) {
  switch (optname) {
  case PACKET_AUXDATA: v = packet_sock_flag(po, PACKET_SOCK_AUXDATA); return true;
  case PACKET_ORIGDEV: v = packet_sock_flag(po, PACKET_SOCK_ORIGDEV); return true;
  case PACKET_VNET_HDR:
  case PACKET_LOSS:
  case PACKET_TX_HAS_OFF: v = 0; return true; // refused when they are set
  case PACKET_FANOUT: v = static_cast<s32>(fanoutOf(po)); return true;
  case PACKET_VERSION: v = static_cast<s32>(po->tp_version); return true;
  case PACKET_RESERVE: v = static_cast<s32>(po->tp_reserve); return true;
  case PACKET_TIMESTAMP: v = static_cast<s32>(po->tp_tstamp); return true;
  case PACKET_IGNORE_OUTGOING: v = po->prot_hook.ignore_outgoing; return true;
  case PACKET_QDISC_BYPASS: v = po->xmit.value == fn<packet_direct_xmit>.address(); return true;
  default: return false;
  }
}
int giveHeaderLength(u8* optval, s32* optlen) { // asked of a version
  constexpr u32 Lengths[] = {sizeof(tpacket_hdr), sizeof(tpacket2_hdr), sizeof(tpacket3_hdr)};
  s32 version;
  if (*optlen < s32{sizeof version}) return -EINVAL;
  if (!optval || copy_from_user(&version, Arena::address(optval), sizeof version)) return -EFAULT;
  if (version < TPACKET_V1 || version > TPACKET_V3) return -EINVAL;
  return giveOption(optval, optlen, &Lengths[version], sizeof(u32));
}
} // namespace

s32 packet_getsockopt(const socket* sock, s32 level, s32 optname, u8* optval, s32* optlen) {
  KFUNC(packet_getsockopt, sock, level, optname);
  const packet_sock* po = pkt_sk(sock->sk);
  if (level != SOL_PACKET) return call.result(-ENOPROTOOPT);
  if (*optlen < 0) return call.result(-EINVAL);
  if (optname == PACKET_STATISTICS) return call.result(giveStatistics(po, optval, optlen));
  if (optname == PACKET_HDRLEN) return call.result(giveHeaderLength(optval, optlen));
  if (optname == PACKET_ROLLOVER_STATS) return call.result(-EINVAL); // no group hands over
  s32 v;
  if (!numberOf(po, optname, v)) return call.result(-ENOPROTOOPT);
  return call.result(giveOption(optval, optlen, &v, sizeof v));
}

s32 packet_ioctl(const socket* sock, u32 cmd, u64 arg) {
  KFUNC(packet_ioctl, sock, cmd, arg);
  const struct sock* sk = sock->sk;
  if (cmd == SIOCOUTQ) return call.result(put_user(sk_wmem_alloc_get(sk), arg));
  if (cmd != SIOCINQ) return call.result(inet_ioctl(sock, cmd, arg)); // addresses and routes: IPv4's, for any socket
  const sk_buff* first = skb_peek(&sk->sk_receive_queue);
  return call.result(put_user(first ? static_cast<s32>(first->len) : 0, arg));
}

static void __packet_rcv_try_clear_pressure(const packet_sock* po) {
  KFUNC(__packet_rcv_try_clear_pressure, po);
  SIMPLIFIED("pressure matters in groups that hand over (PACKET_FANOUT_ROLLOVER), which are refused");
}
u32 packet_poll(const file* file, const socket* sock, const poll_table_struct* wait) {
  KFUNC(packet_poll, file, sock, wait);
  const packet_sock* po = pkt_sk(sock->sk);
  u32 mask = datagram_poll(file, sock, wait);
  if (ringReadable(po)) mask |= EPOLLIN | EPOLLRDNORM;
  __packet_rcv_try_clear_pressure(po);
  return call.result(mask);
}

} // namespace sockwalk::kernel
