// Telling of sockets to programs (`ss`). Source: include/linux/sock_diag.h, include/linux/inet_diag.h.
#pragma once
#include "engine/kernel/include/net/netlink.h"

namespace sockwalk::kernel {

int sock_diag_register(const sock_diag_handler* handler); // who tells of sockets of a family
void sock_diag_save_cookie(const sock* sk, const u8* cookie);
int sock_diag_check_cookie(const sock* sk, const u32* cookie); // -ESTALE: the program means another one
constexpr u16 DestroyRequest = SOCK_DIAG_BY_FAMILY + 1;        // SOCK_DESTROY, whose name is a socket's flag too
int sock_diag_destroy(const sock* sk, int err);                // its program gets `err`
int sock_load_diag_module(int family, int protocol); // -ENOENT: the part that would tell of such sockets is not there
int sock_diag_put_meminfo(const sock* sk, const sk_buff* skb, int attrtype);

// ---- inet_diag: the sockets of the internet protocols
constexpr u32 tcpf(u32 state) { return 1u << state; } // the bit of a state in inet_diag_req_v2.idiag_states
int inet_diag_register(const inet_diag_handler* handler);
// One message about one socket; with `tcp` what only connections have. -EMSGSIZE: there is no room for it.
int inet_sk_diag_fill(const sock* sk, bool tcp, const sk_buff* skb, const netlink_callback* cb,
                      const inet_diag_req_v2* req, u32 nlmsg_flags, bool net_admin);
void inet_diag_msg_common_fill(const inet_diag_msg* r, const sock* sk);
bool inet_diag_bc_sk(const sock* sk); // is it one that the request's conditions choose?
u32 inet_diag_msg_size(bool tcp);     // the largest
bool diagMeans(const inet_diag_req_v2* req, const sock* sk, const net* net); // by namespace, family and ports
// ---- inet_diag_icsk.cpp: of protocols with connections
int sk_diag_fill(const sock* sk, const sk_buff* skb, const netlink_callback* cb, const inet_diag_req_v2* r, u32 flags,
                 bool net_admin);
void inet_diag_dump_icsk(const inet_hashinfo* hashinfo, const sk_buff* skb, const netlink_callback* cb,
                         const inet_diag_req_v2* r);
// With a reference; an ERR_PTR if there is none.
const sock* inet_diag_find_one_icsk(const net* net, const inet_hashinfo* hashinfo, const inet_diag_req_v2* req);

void tcp_diag_init();
void udp_diag_init();

} // namespace sockwalk::kernel
