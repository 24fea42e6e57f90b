// TCP_ZEROCOPY_RECEIVE: pages of what came are mapped into the program instead of being copied. Only whole pages can be,
// and only where the program has mapped the socket before.
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/sockptr.h"
#include "engine/kernel/include/net/tcp_segments.h"
#include "engine/kernel/net/ipv4/tcp_internal.h"
#include "engine/memory/constants/tcp.h"

namespace sockwalk::kernel {

static int mapPages(const sock* sk, const tcp_zerocopy_receive* zc) {
  KFUNC(tcp_zerocopy_receive, sk, zc);
  SIMPLIFIED("no program can map a socket (mmap), so no page is given; what is less than a page is not copied instead");
  const int waiting = tcp_inq(sk), spare = zc->copybuf_len;
  set(zc->copybuf_len, 0);
  set(zc->msg_flags, 0);
  if (zc->address % PAGE_SIZE) return call.result(-EINVAL);
  if (sk->sk_state == TCP_LISTEN) return call.result(-ENOTCONN);
  if (waiting && waiting <= spare) return call.result(-EOPNOTSUPP);
  if (waiting >= int{PAGE_SIZE}) return call.result(-EINVAL);
  set(zc->length, 0);
  set(zc->recv_skip_hint, static_cast<u32>(waiting)); // so much is to be read in the ordinary way
  return call.result(!waiting && sock_flag(sk, SOCK_DONE) ? -EIO : 0);
}

// Programs are older and newer than the structure: what they have of it is read and written, and what they have beyond
// must be zero.
static int copyIn(const tcp_zerocopy_receive* zc, const u8* from, s32* len) {
  constexpr s32 known = sizeof(tcp_zerocopy_receive), least = 12; // up to its length
  if (*len < least) return -EINVAL;
  for (s32 i = known; i < *len; ++i)
    if (from[i]) return -EINVAL;
  *len = std::min(*len, known);
  setBytes(zc, from, static_cast<u32>(*len));
  constexpr u32 stampWanted = 2; // TCP_CMSG_TS
  return zc->reserved || zc->msg_flags & ~stampWanted ? -EINVAL : 0;
}

int zerocopyReceive(const sock* sk, u8* optval, s32* optlen) {
  OnStack<tcp_zerocopy_receive> zc;
  s32 len = *optlen;
  if (const int err = copyIn(zc, optval, &len)) return err;
  sockopt_lock_sock(sk);
  const int err = mapPages(sk, zc);
  sockopt_release_sock(sk);
  constexpr s32 withError = 24, withCount = 20; // up to these members
  if (len >= withError && !err) set(zc->err, sock_error(sk));
  if (len >= withCount) set(zc->inq, static_cast<u32>(tcp_inq_hint(sk)));
  return err ? err : giveOption(optval, optlen, zc.get(), static_cast<u32>(len));
}

} // namespace sockwalk::kernel
