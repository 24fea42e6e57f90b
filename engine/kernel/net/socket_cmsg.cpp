// What a receiver is told beside the data by any kind of socket: when the packet came (SO_TIMESTAMP), how many were
// dropped before it (SO_RXQ_OVFL).
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

Global<u32> netstamp_needed{"netstamp_needed"}; // sockets that want the time of arrival; nobody pays for it otherwise

static void giveStamp(const msghdr* msg, const sock* sk, const sk_buff* skb) {
  const bool ns = sock_flag(sk, SOCK_RCVTSTAMPNS), fresh = sock_flag(sk, SOCK_TSTAMP_NEW);
  const s64 t = skb->tstamp, value[2] = {t / 1000000000, ns ? t % 1000000000 : t % 1000000000 / 1000};
  const int type = ns ? fresh ? SO_TIMESTAMPNS_NEW : SO_TIMESTAMPNS : fresh ? SO_TIMESTAMP_NEW : SO_TIMESTAMP;
  put_cmsg(msg, SOL_SOCKET, type, sizeof value, value);
}

// Three times: by software, none, by the device.
static void put_cmsg_scm_timestamping(const msghdr* msg, s64 software) {
  KFUNC(put_cmsg_scm_timestamping, msg, software);
  const s64 times[6] = {software / 1000000000, software % 1000000000};
  put_cmsg(msg, SOL_SOCKET, SO_TIMESTAMPING, sizeof times, times);
}

void __sock_recv_timestamp(const msghdr* msg, const sock* sk, const sk_buff* skb) {
  KFUNC(__sock_recv_timestamp, msg, sk, skb);
  SIMPLIFIED("the clock begins with the machine; devices give no stamps");
  if (sock_flag(sk, SOCK_RCVTSTAMP) && !skb->tstamp)
    set(skb->tstamp, machine().now()); // it came before the option was set
  if (sock_flag(sk, SOCK_RCVTSTAMP)) giveStamp(msg, sk, skb);
  if (sk->sk_tsflags & SOF_TIMESTAMPING_SOFTWARE && skb->tstamp) put_cmsg_scm_timestamping(msg, skb->tstamp);
}

static void __sock_recv_cmsgs(const msghdr* msg, const sock* sk, const sk_buff* skb) {
  KFUNC(__sock_recv_cmsgs, msg, sk, skb);
  sock_recv_timestamp(msg, sk, skb);
  const auto* cb = reinterpret_cast<const sock_skb_cb*>(skb->cb + sizeof skb->cb - sizeof(sock_skb_cb));
  const u32 dropped = cb->dropcount;
  if (sock_flag(sk, SOCK_RXQ_OVFL) && dropped) put_cmsg(msg, SOL_SOCKET, SO_RXQ_OVFL, sizeof dropped, &dropped);
  const u32 mark = skb->mark;
  if (sock_flag(sk, SOCK_RCVMARK)) put_cmsg(msg, SOL_SOCKET, SO_MARK, sizeof mark, &mark);
}

// The short way for the many that ask for nothing. The time of arrival is kept for SIOCGSTAMP, which may ask later; the
// first packet takes away the mark that none was read yet.
void sock_recv_cmsgs(const msghdr* msg, const sock* sk, const sk_buff* skb) {
  constexpr u64 messages = 1ull << SOCK_RXQ_OVFL | 1ull << SOCK_RCVTSTAMP | 1ull << SOCK_RCVMARK;
  constexpr u32 stamps = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RAW_HARDWARE;
  const bool asks = sk->sk_flags & messages || sk->sk_tsflags & stamps;
  if (asks) return __sock_recv_cmsgs(msg, sk, skb);
  const bool keepsTime = sock_flag(sk, SOCK_TIMESTAMP);
  const bool firstRead = sk->sk_stamp == static_cast<s64>(SK_DEFAULT_STAMP);
  if (keepsTime || firstRead) set(sk->sk_stamp, keepsTime ? skb->tstamp : 0);
}

} // namespace sockwalk::kernel
