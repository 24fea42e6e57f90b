// Control messages: facts beside the data of a message. A receiver gives a buffer that fills with them; a sender gives
// a list. Each is a struct cmsghdr (length, level, type) and its data, padded to 8 bytes.
#include "engine/kernel/include/linux/sched.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/include/net/ip_sockglue.h"

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

int put_cmsg(const msghdr* msg, int level, int type, int len, const void* data) {
  KFUNC(put_cmsg, msg, level, type, len);
  u64 cmlen = CMSG_ALIGN(sizeof(cmsghdr)) + static_cast<u64>(len);
  if (!msg->msg_control_user.value || msg->msg_controllen < sizeof(cmsghdr)) {
    set(msg->msg_flags, msg->msg_flags | MSG_CTRUNC);
    return call.result(0);
  }
  if (msg->msg_controllen < cmlen) {
    set(msg->msg_flags, msg->msg_flags | MSG_CTRUNC);
    cmlen = msg->msg_controllen;
  }
  const u64 user = msg->msg_control_user.value;
  const s32 what[2] = {level, type};
  if (copy_to_user(user, &cmlen, 8) || copy_to_user(user + 8, what, 8) ||
      copy_to_user(user + sizeof(cmsghdr), data, cmlen - sizeof(cmsghdr)))
    return call.result(-EFAULT);
  NOTE("cmsg.given", level, type, len);
  cmlen = std::min<u64>(CMSG_ALIGN(sizeof(cmsghdr)) + CMSG_ALIGN(static_cast<u64>(len)), msg->msg_controllen);
  set(msg->msg_control_user.value, user + cmlen);
  set(msg->msg_controllen, msg->msg_controllen - cmlen);
  return call.result(0);
}

// ---- a sender's messages of level SOL_SOCKET
static u32 wordOf(const cmsghdr* cmsg) {
  u32 v;
  std::memcpy(&v, CMSG_DATA(cmsg), 4);
  return v;
}
int __sock_cmsg_send(const sock* sk, const msghdr* msg, const cmsghdr* cmsg, const sockcm_cookie* sockc) {
  KFUNC(__sock_cmsg_send, sk, msg, cmsg);
  SIMPLIFIED("a packet's time of sending (SCM_TXTIME) and time stamps are not kept");
  constexpr int SCM_RIGHTS = 1, SCM_CREDENTIALS = 2;
  switch (cmsg->cmsg_type) {
  case SO_MARK:
    if (!ns_capable(sock_net(sk)->user_ns, CAP_NET_RAW) && !ns_capable(sock_net(sk)->user_ns, CAP_NET_ADMIN))
      return call.result(-EPERM);
    if (cmsg->cmsg_len != sizeof(cmsghdr) + 4) return call.result(-EINVAL);
    set(sockc->mark, wordOf(cmsg));
    return call.result(0);
  case SO_TIMESTAMPING:
    if (cmsg->cmsg_len != sizeof(cmsghdr) + 4) return call.result(-EINVAL);
    set(sockc->tsflags, static_cast<u16>(wordOf(cmsg)));
    return call.result(0);
  case SCM_RIGHTS:
  case SCM_CREDENTIALS: return call.result(0); // for sockets of AF_UNIX
  default: return call.result(-EINVAL);
  }
}

int sock_cmsg_send(const sock* sk, const msghdr* msg, const sockcm_cookie* sockc) {
  KFUNC(sock_cmsg_send, sk, msg);
  for (const cmsghdr* cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = CMSG_NXTHDR(msg, cmsg)) {
    if (!CMSG_OK(msg, cmsg)) return call.result(-EINVAL);
    if (cmsg->cmsg_level != SOL_SOCKET) continue;
    if (const int err = __sock_cmsg_send(sk, msg, cmsg, sockc)) return call.result(err);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel
