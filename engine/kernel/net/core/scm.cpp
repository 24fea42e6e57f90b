// Control messages: facts beside the data of a message. A receiver gives a buffer that fills with them; a sender gives
// a list. Each is a struct cmsghdr (length, level, type) and its data, padded to 8 bytes.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/sock.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {

const cmsghdr* CMSG_FIRSTHDR(const msghdr* msg) {
  return msg->msg_controllen >= sizeof(cmsghdr) ? static_cast<const cmsghdr*>(msg->msg_control.get()) : nullptr;
}
const cmsghdr* CMSG_NXTHDR(const msghdr* msg, const cmsghdr* cmsg) {
  const auto* begin = static_cast<const u8*>(msg->msg_control.get());
  const auto* next = reinterpret_cast<const u8*>(cmsg) + CMSG_ALIGN(cmsg->cmsg_len);
  return next + sizeof(cmsghdr) > begin + msg->msg_controllen ? nullptr : reinterpret_cast<const cmsghdr*>(next);
}
bool CMSG_OK(const msghdr* msg, const cmsghdr* cmsg) {
  const auto at = static_cast<u64>(reinterpret_cast<const u8*>(cmsg) - static_cast<const u8*>(msg->msg_control.get()));
  return cmsg->cmsg_len >= sizeof(cmsghdr) && cmsg->cmsg_len <= msg->msg_controllen - at;
}

// One more message behind those that are there. What does not fit is cut off, and the flags say so (MSG_CTRUNC).
int put_cmsg(const msghdr* msg, int level, int type, int len, const void* data) {
  KFUNC(put_cmsg, msg, level, type, len);
  constexpr u64 header = sizeof(cmsghdr);
  const u64 user = msg->msg_control_user.value, room = msg->msg_controllen;
  const u64 whole = CMSG_ALIGN(header) + static_cast<u64>(len);
  const bool nothingFits = !user || room < header, cut = nothingFits || room < whole;
  if (cut) set(msg->msg_flags, msg->msg_flags | MSG_CTRUNC);
  if (nothingFits) return call.result(0);
  const u64 given = std::min(room, whole);
  const s32 what[2] = {level, type};
  const bool failed = copy_to_user(user, &given, sizeof given) ||
                      copy_to_user(user + sizeof given, what, sizeof what) ||
                      copy_to_user(user + header, data, given - header);
  if (failed) return call.result(-EFAULT);
  NOTE("cmsg.given", level, type, len);
  const u64 padded = std::min(room, CMSG_ALIGN(header) + CMSG_ALIGN(static_cast<u64>(len)));
  set(msg->msg_control_user.value, user + padded);
  set(msg->msg_controllen, room - padded);
  return call.result(0);
}

// ---- a sender's messages of level SOL_SOCKET
static u32 wordOf(const cmsghdr* cmsg) {
  u32 v;
  std::memcpy(&v, CMSG_DATA(cmsg), 4);
  return v;
}
// Marks choose routes and rules, so not everybody may set them.
static bool mayMark(const sock* sk) {
  const user_namespace* ns = sock_net(sk)->user_ns;
  return ns_capable(ns, CAP_NET_RAW) || ns_capable(ns, CAP_NET_ADMIN);
}

int __sock_cmsg_send(const sock* sk, const msghdr* msg, const cmsghdr* cmsg, const sockcm_cookie* sockc) {
  KFUNC(__sock_cmsg_send, sk, msg, cmsg);
  SIMPLIFIED("a packet's time of sending (SCM_TXTIME) and time stamps are not kept");
  const u32 kind = cmsg->cmsg_type;
  if (kind == SCM_RIGHTS || kind == SCM_CREDENTIALS) return call.result(0); // for sockets of AF_UNIX
  if (kind != SO_MARK && kind != SO_TIMESTAMPING) return call.result(-EINVAL);
  if (kind == SO_MARK && !mayMark(sk)) return call.result(-EPERM);
  const bool oneWord = cmsg->cmsg_len == sizeof(cmsghdr) + sizeof(u32);
  if (!oneWord) return call.result(-EINVAL);
  if (kind == SO_MARK) set(sockc->mark, wordOf(cmsg));
  else set(sockc->tsflags, static_cast<u16>(wordOf(cmsg)));
  return call.result(0);
}

int sock_cmsg_send(const sock* sk, const msghdr* msg, const sockcm_cookie* sockc) {
  KFUNC(sock_cmsg_send, sk, msg);
  for (const cmsghdr* each = CMSG_FIRSTHDR(msg); each; each = CMSG_NXTHDR(msg, each)) {
    if (!CMSG_OK(msg, each)) return call.result(-EINVAL);  // its length says that it is longer than what is there
    const bool forSocket = each->cmsg_level == SOL_SOCKET; // the others are the protocol's to read
    const int err = forSocket ? __sock_cmsg_send(sk, msg, each, sockc) : 0;
    if (err) return call.result(err);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel
