// TCP_REPAIR_OPTIONS and TCP_REPAIR_WINDOW: a connection that is set up in mid-stream is told what the SYNs agreed on, and
// how much either side may send. See tcp_opt.cpp for the rest of TCP_REPAIR.
// Source: net/ipv4/tcp.c (tcp_repair_options_est, tcp_repair_set_window).
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

namespace {
struct RepairOption { // struct tcp_repair_opt
  u32 code, value;
};
struct RepairWindow { // struct tcp_repair_window
  u32 snd_wl1, snd_wnd, max_window, rcv_wnd, rcv_wup;
};

int repairOne(const sock* sk, const RepairOption& option) {
  const tcp_sock* tp = tcp_sk(sk);
  const u32 value = option.value, sendScale = value & 0xffff, receiveScale = value >> 16;
  switch (option.code) {
  case TCPOPT_MSS:
    set(tp->rx_opt.mss_clamp, static_cast<u16>(value));
    tcp_mtup_init(sk);
    return 0;
  case TCPOPT_WINDOW:
    if (sendScale > TCP_MAX_WSCALE || receiveScale > TCP_MAX_WSCALE) return -EFBIG;
    set(&tp->rx_opt, tcp_options_received::bit::snd_wscale, sendScale);
    set(&tp->rx_opt, tcp_options_received::bit::rcv_wscale, receiveScale);
    set(&tp->rx_opt, tcp_options_received::bit::wscale_ok, 1);
    return 0;
  case TCPOPT_SACK_PERM:
    if (value) return -EINVAL;
    set(&tp->rx_opt, tcp_options_received::bit::sack_ok, tp->rx_opt.sack_ok | TCP_SACK_SEEN);
    return 0;
  case TCPOPT_TIMESTAMP:
    if (value) return -EINVAL;
    set(&tp->rx_opt, tcp_options_received::bit::tstamp_ok, 1);
    return 0;
  default: return 0;
  }
}
} // namespace

int tcp_repair_options_est(const sock* sk, const sockptr_t& optbuf, u32 len) {
  KFUNC(tcp_repair_options_est, sk, len);
  INLINED();
  RepairOption option;
  for (u32 at = 0; at + sizeof option <= len; at += static_cast<u32>(sizeof option)) {
    if (copy_from_user(&option, optbuf.user.value + at, sizeof option)) return call.result(-EFAULT);
    if (const int err = repairOne(sk, option)) return call.result(err);
  }
  return call.result(0);
}

int tcp_repair_set_window(const tcp_sock* tp, const sockptr_t& optbuf, u32 len) {
  KFUNC(tcp_repair_set_window, tp, len);
  INLINED();
  RepairWindow window;
  if (!tp->repair) return call.result(-EPERM);
  if (len != sizeof window) return call.result(-EINVAL);
  if (copy_from_user(&window, optbuf.user.value, sizeof window)) return call.result(-EFAULT);
  const bool wrong = window.max_window < window.snd_wnd || after(window.snd_wl1, tp->rcv_nxt + window.rcv_wnd) ||
                     after(window.rcv_wup, tp->rcv_nxt);
  if (wrong) return call.result(-EINVAL);
  set(tp->snd_wl1, window.snd_wl1);
  set(tp->snd_wnd, window.snd_wnd);
  set(tp->max_window, window.max_window);
  set(tp->rcv_wnd, window.rcv_wnd);
  set(tp->rcv_wup, window.rcv_wup);
  return call.result(0);
}

int repairWindowOf(const tcp_sock* tp, u8* optval, s32* optlen) {
  const RepairWindow window{tp->snd_wl1, tp->snd_wnd, tp->max_window, tp->rcv_wnd, tp->rcv_wup};
  if (*optlen != s32{sizeof window}) return -EINVAL;
  return tp->repair ? giveOption(optval, optlen, &window, sizeof window) : -EPERM;
}

} // namespace sockwalk::kernel
