// AF_INET of 2.6.11: from the type and protocol of a socket to the two tables that serve it, and the sock that they share.
#include "engine/kernel26/include/linux/module.h"
#include "engine/kernel26/include/linux/security.h"
#include "engine/kernel26/net/ipv4/inet_internal.h"

namespace sockwalk::kernel26 {

// ---- choosing
namespace {
// What is asked of inetsw[], and whether an entry will do: a protocol of 0 is a wild card on either side.
struct Wanted {
  int protocol;
  bool fits(const inet_protosw* entry) {
    if (protocol == entry->protocol) return protocol != IPPROTO_IP;
    if (protocol == IPPROTO_IP) {
      protocol = entry->protocol; // nobody has said which: this one
      return true;
    }
    return entry->protocol == IPPROTO_IP; // an entry for all protocols, raw sockets
  }
};
} // namespace

static const inet_protosw* entryFor(int type, Wanted& wanted) {
  const list_head* head = &inetsw[static_cast<u32>(type)];
  for (const list_head* at = head->next; at != head; at = at->next) {
    const inet_protosw* entry = container_of(at, inet_protosw, list);
    const int asked = wanted.protocol;
    if (wanted.fits(entry)) {
      NOTE("inetsw.match", type, wanted.protocol, entry->prot.get());
      return entry;
    }
    NOTE("inetsw.mismatch", type, entry->protocol, asked);
  }
  NOTE("inetsw.none", type, wanted.protocol);
  return nullptr;
}

// The errors come in this order: nothing fits; the entry asks for a capability that the task has not; a protocol that is
// still nobody's.
static int refusal(const inet_protosw* entry, int protocol) {
  if (!entry) return -ESOCKTNOSUPPORT;
  if (entry->capability > 0 && !capable(entry->capability)) return -EPERM;
  return protocol ? 0 : -EPROTONOSUPPORT;
}

// ---- making
static void identify(const struct sock* sk, const socket* sock, int protocol) {
  if (sock->type != SOCK_RAW) return;
  const inet_sock* inet = inet_sk(sk);
  set(inet->num, protocol); // a raw socket's "port" is its protocol
  if (protocol == IPPROTO_RAW) set(inet->hdrincl, 1);
}

static void becomeInet(const sock* sk, int protocol) {
  set(sk->sk_destruct, fn<inet_sock_destruct>);
  set(sk->__sk_common.skc_family, PF_INET);
  set(sk->sk_protocol, protocol);
  set(sk->sk_backlog_rcv, sk->sk_prot->backlog_rcv);
  const inet_sock* inet = inet_sk(sk);
  set(inet->uc_ttl, -1); // that of the route
  set(inet->mc_loop, 1);
  set(inet->mc_ttl, 1);
  set(inet->mc_index, 0);
  set(inet->mc_list, nullptr);
}

// The last words are the protocol's: a socket that has its number already is found by packets from now on.
static int handToProtocol(const sock* sk) {
  const inet_sock* inet = inet_sk(sk);
  if (inet->num) {
    set(inet->sport, htons26(inet->num));
    sk->sk_prot->hash(sk);
  }
  if (!sk->sk_prot->init) return 0;
  const int err = sk->sk_prot->init(sk);
  if (err) sk_common_release(sk);
  return err;
}

int inet_create(const socket* sock, int protocol) {
  KFUNC(inet_create, sock, protocol);
  set(sock->state, SS_UNCONNECTED);
  Wanted wanted{protocol};
  const inet_protosw* answer = entryFor(sock->type, wanted);
  if (const int no = refusal(answer, wanted.protocol)) return call.result(no);
  set(sock->ops, answer->ops);
  const proto* prot = answer->prot;
  const struct sock* sk = sk_alloc(PF_INET, GFP_KERNEL_26, prot->slab_obj_size, prot->slab);
  if (!sk) return call.result(-ENOBUFS);
  set(sk->sk_prot, prot);
  set(sk->sk_no_check, answer->no_check);
  if (answer->flags & INET_PROTOSW_REUSE) set(sk->__sk_common.skc_reuse, 1);
  identify(sk, sock, wanted.protocol);
  set(inet_sk(sk)->pmtudisc, IP_PMTUDISC_WANT);
  set(inet_sk(sk)->id, 0);
  sock_init_data(sock, sk);
  sk_set_owner(sk, prot->owner);
  becomeInet(sk, wanted.protocol);
  return call.result(handToProtocol(sk));
}

// ---- ending
void inet_sock_destruct(const sock* sk) {
  KFUNC(inet_sock_destruct, sk);
  SIMPLIFIED("no packets wait in its queues, and it has no options and no route");
  if (sk->sk_type == SOCK_STREAM && sk->__sk_common.skc_state != TCP_CLOSE)
    panic("a TCP socket is released that is not closed");
  if (!(sk->sk_flags & DeadBit)) panic("a socket is released that somebody still has");
}

int inet_release(const socket* sock) {
  KFUNC(inet_release, sock);
  SIMPLIFIED("it can have joined no multicast groups, and nobody can make it linger");
  if (const struct sock* sk = sock->sk) {
    set(sock->sk, nullptr);
    sk->sk_prot->close(sk, 0);
  }
  return call.result(0);
}

} // namespace sockwalk::kernel26
