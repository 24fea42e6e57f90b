// The receive window: what the header's window field promises the peer. Once promised it is not taken back, and it
// moves in large steps only, so that the peer does not send crumbs (silly window syndrome, RFC 9293 3.8.6.2.2).
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_output_internal.h"
#include "engine/memory/constants/process.h"

namespace sockwalk::kernel {

static constexpr int roundDown(int v, int step) { return v & -step; }
static constexpr int alignUp(int v, int step) { return (v + step - 1) & -step; }

// For the first segment of a connection. The scale is chosen for the largest buffer that autotuning may ever give.
void tcp_select_initial_window(const sock* sk, int space, u32 mss, const u32* rcv_wnd, const u32* window_clamp,
                               int wscale_ok, u8* rcv_wscale, u32 init_rcv_wnd) {
  KFUNC(tcp_select_initial_window, sk, space, mss, rcv_wnd, window_clamp, wscale_ok);
  const netns_ipv4* sysctl = &sock_net(sk)->ipv4;
  if (!*window_clamp) set(*window_clamp, U16_MAX << TCP_MAX_WSCALE);
  u32 room = std::min<u32>(*window_clamp, static_cast<u32>(std::max(space, 0)));
  if (room > mss) room -= room % mss;
  u32 window = std::min(room, sysctl->sysctl_tcp_workaround_signed_windows ? MAX_TCP_WINDOW : U16_MAX);
  if (init_rcv_wnd) window = std::min(window, init_rcv_wnd * mss);
  set(*rcv_wnd, window);
  *rcv_wscale = 0;
  if (wscale_ok) {
    room = std::max({room, static_cast<u32>(sysctl->sysctl_tcp_rmem[2]), u32(*sysctl_rmem_max)});
    room = std::min<u32>(room, *window_clamp);
    const int bits = room ? 31 - __builtin_clz(room) : 0;
    *rcv_wscale = static_cast<u8>(std::clamp<int>(bits - 15, 0, TCP_MAX_WSCALE));
  }
  set(*window_clamp, std::min<u32>(U16_MAX << *rcv_wscale, *window_clamp));
  NOTE("tcp.initial_window", window, *rcv_wscale);
}

// Little room is left: promise nothing at all rather than crumbs? True: the window is to be 0.
static bool moveToZero(const sock* sk, int* free_space, int allowed_space, int mss, int least) {
  set(inet_csk(sk)->icsk_ack.quick, 0);
  if (tcp_under_memory_pressure(sk)) tcp_adjust_rcv_ssthresh(sk);
  *free_space = roundDown(*free_space, 1 << tcp_sk(sk)->rx_opt.rcv_wscale);
  return *free_space < allowed_space >> 4 || *free_space < mss || *free_space < least;
}

// tcp_shrink_window: this host may take back what it promised, to keep its memory.
static u32 windowThatShrinks(const sock* sk, int free_space, int full_space, int allowed_space, int mss) {
  const tcp_sock* tp = tcp_sk(sk);
  const int unit = 1 << tp->rx_opt.rcv_wscale;
  free_space = roundDown(free_space, unit);
  if (free_space < full_space >> 1 && moveToZero(sk, &free_space, allowed_space, mss, unit)) return 0;
  if (free_space > static_cast<int>(tp->rcv_ssthresh)) free_space = alignUp(static_cast<int>(tp->rcv_ssthresh), unit);
  return static_cast<u32>(free_space);
}

// Without scaling the window is a multiple of the segment size, and stays as it is while it is within one of the room.
static int unscaledWindow(const tcp_sock* tp, int room, int whole, int segment) {
  const int offered = static_cast<int>(tp->rcv_wnd);
  const bool near = offered <= room && offered > room - segment;
  if (!near) return room / segment * segment;
  const bool tinyBuffer = segment == whole; // not one full segment fits: then half of it is worth telling
  return tinyBuffer && room - offered > whole / 2 ? room : offered;
}

// How much could be promised now, in bytes; tcp_select_window() decides what is.
u32 __tcp_select_window(const sock* sk) {
  KFUNC(__tcp_select_window, sk);
  const tcp_sock* tp = tcp_sk(sk);
  const int scale = tp->rx_opt.rcv_wscale, buffer = tcp_full_space(sk);
  const int whole = std::min<int>(static_cast<int>(tp->window_clamp), buffer);
  if (whole <= 0) return call.result(0u);
  const int segment = std::min<int>(inet_csk(sk)->icsk_ack.rcv_mss, whole);
  int room = tcp_space(sk);
  if (scale && sock_net(sk)->ipv4.sysctl_tcp_shrink_window)
    return call.result(windowThatShrinks(sk, room, whole, buffer, segment));
  const bool littleIsLeft = room < whole >> 1;
  if (littleIsLeft && moveToZero(sk, &room, buffer, segment, 0)) return call.result(0u);
  room = std::min(room, static_cast<int>(tp->rcv_ssthresh));
  return call.result(static_cast<u32>(scale ? alignUp(room, 1 << scale) : unscaledWindow(tp, room, whole, segment)));
}

// The field as it goes into the header, scaled; remembers what has been promised up to where.
u16 tcp_select_window(const sock* sk) {
  KFUNC(tcp_select_window, sk);
  INLINED();
  const tcp_sock* tp = tcp_sk(sk);
  const u32 scale = tp->rx_opt.rcv_wscale, offeredLast = tp->rcv_wnd, promised = tcp_receive_window(tp);
  const netns_ipv4* settings = &sock_net(sk)->ipv4;
  u32 window = __tcp_select_window(sk);
  const bool mayShrink = settings->sysctl_tcp_shrink_window && scale;
  if (window < promised && !mayShrink) window = static_cast<u32>(alignUp(static_cast<int>(promised), 1 << scale));
  set(tp->rcv_wnd, window);
  set(tp->rcv_wup, tp->rcv_nxt);
  const bool shortField = !scale && settings->sysctl_tcp_workaround_signed_windows;
  const u32 field = std::min(window, shortField ? MAX_TCP_WINDOW : U16_MAX << scale) >> scale;
  if (!field) {
    set(tp->pred_flags, 0); // no fast path: what comes must be looked at
    if (offeredLast) NOTE("tcp.window_closed", sk);
  }
  return call.result(static_cast<u16>(field));
}

} // namespace sockwalk::kernel
