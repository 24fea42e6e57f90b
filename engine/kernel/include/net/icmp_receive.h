// ICMP errors on their way to sockets: what each kind of "unreachable" means to a program. Source: net/ipv4/icmp.c.
#pragma once
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

struct IcmpErrorMeaning {
  int error;
  bool fatal;
};
extern const IcmpErrorMeaning icmp_err_convert[16];
void sk_error_report(const sock* sk);

} // namespace sockwalk::kernel
