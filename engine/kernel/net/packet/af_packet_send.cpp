// Packet sockets: a program sends a frame. With SOCK_RAW it has written all of it; with SOCK_DGRAM the link header is put
// before it. No route, no neighbour, no netfilter: straight to the device's queue.
#include "engine/kernel/include/linux/etherdevice.h"
#include "engine/kernel/include/linux/uio.h"
#include "engine/kernel/include/net/flow_dissector.h"
#include "engine/kernel/net/packet/internal.h"
#include <cstring>

namespace sockwalk::kernel {

// Past the queueing discipline (PACKET_QDISC_BYPASS): whoever sends so wants to fill the wire himself.
int packet_direct_xmit(const sk_buff* skb) {
  KFUNC(packet_direct_xmit, skb);
  return call.result(dev_direct_xmit(skb, 0));
}

// ---- what the frame says of itself
// Where its transport header begins, for drivers that must know.
static void packet_parse_headers(const sk_buff* skb, const socket* sock) {
  KFUNC(packet_parse_headers, skb, sock);
  skb_reset_mac_header(skb);
  const bool unknown = !skb->protocol || skb->protocol == htons(ETH_P_ALL);
  const header_ops* link = skb->dev->header_ops;
  if (unknown && sock->type == SOCK_RAW)
    set(skb->protocol, link && link->parse_protocol ? link->parse_protocol(skb) : u16{0});
  OnStack<flow_keys> keys;
  const bool needed = !skb_transport_header_was_set(skb);
  if (needed && __skb_flow_dissect(skb, keys, false)) skb_set_transport_header(skb, keys->control.thoff);
}
// Longer than the device takes, and no VLAN tag that would excuse it.
static bool packet_extra_vlan_len_allowed(const net_device* dev, const sk_buff* skb) {
  if (dev->type != ARPHRD_ETHER) return false;
  skb_reset_mac_header(skb);
  return eth_hdr(skb)->h_proto == htons(ETH_P_8021Q);
}
static bool dev_validate_header(const net_device* dev, const sk_buff* skb) {
  return skb->len >= dev->hard_header_len && skb->len; // no driver here has a check of its own for shorter ones
}

// ---- a buffer for it
namespace {
struct Room {                 // around and in a buffer
  u32 before, behind, header; // header: so much has to be in one piece
};
} // namespace
// A small frame is in one piece; of one that does not fit a page only the header is, the rest in pages.
static const sk_buff* packet_alloc_skb(const sock* sk, const Room& room, u32 bytes, bool dontWait, int* why) {
  KFUNC(packet_alloc_skb, sk, bytes, dontWait);
  INLINED();
  const u32 around = room.before + room.behind;
  const bool small = !room.header || around + bytes < PAGE_SIZE;
  const u32 inPages = small ? 0 : bytes - room.header;
  const sk_buff* fresh = sock_alloc_send_pskb(sk, around + bytes - inPages, inPages, dontWait, why, 0);
  if (!fresh) return call.result(fresh);
  skb_reserve(fresh, static_cast<int>(room.before));
  skb_put(fresh, bytes - inPages);
  if (inPages) {
    set(fresh->data_len, inPages);
    add(fresh->len, inPages);
  }
  return call.result(fresh);
}

namespace {
// To whom and by which device.
struct Destination {
  const net_device* dev = nullptr;
  u16 proto = 0;
  const u8* address = nullptr; // SOCK_DGRAM: for the link header
};

// A bound socket need not be told; an address tells device, type and receiver.
int whereTo(const socket* sock, const msghdr* msg, Destination& to) {
  const packet_sock* po = pkt_sk(sock->sk);
  const auto* named = static_cast<const sockaddr_ll*>(msg->msg_name.get());
  if (!named) {
    to = {po->cached_dev, po->num};
    return 0;
  }
  const auto length = static_cast<u32>(msg->msg_namelen);
  if (length < sizeof *named || length < named->sll_halen + LinkAddressBegin) return -EINVAL;
  to = {dev_get_by_index(sock_net(sock->sk), named->sll_ifindex), named->sll_protocol};
  if (sock->type != SOCK_DGRAM) return 0;
  to.address = named->sll_addr;
  return to.dev && length < to.dev->addr_len + LinkAddressBegin ? -EINVAL : 0;
}
int canSend(const net_device* dev) { return !dev ? -ENXIO : dev->flags & IFF_UP ? 0 : -ENETDOWN; }

// The frame's bytes into the buffer, with the link header before them. 0, or the error.
int fill(const socket* sock, const msghdr* msg, const sk_buff* skb, const Destination& to, u32 len, u32 reserve) {
  skb_reset_network_header(skb);
  int offset = 0;
  if (sock->type == SOCK_DGRAM) {
    if (dev_has_header(to.dev))
      offset = to.dev->header_ops->create(skb, to.dev, ntohs(to.proto), to.address, nullptr, len);
    if (offset < 0) return -EINVAL;
  } else if (reserve) {
    skb_reserve(skb, -static_cast<int>(reserve)); // what the program wrote begins with the link header
  }
  if (const int err = skb_copy_datagram_from_iter(skb, offset, &msg->msg_iter, static_cast<int>(len))) return err;
  const bool noHeader = sock->type == SOCK_RAW && !dev_validate_header(to.dev, skb);
  if (noHeader || !skb->len) return -EINVAL;
  const bool tooLong = len > to.dev->mtu + reserve;
  return tooLong && !packet_extra_vlan_len_allowed(to.dev, skb) ? -EMSGSIZE : 0;
}

void address(const socket* sock, const sk_buff* skb, const Destination& to, const sockcm_cookie* options) {
  set(skb->protocol, to.proto);
  set(skb->dev, to.dev);
  set(skb->priority, sock->sk->sk_priority);
  set(skb->mark, options->mark);
  set(skb->tstamp, static_cast<s64>(options->transmit_time));
  packet_parse_headers(skb, sock);
  NOTE("packet.sent_whole", sock->sk.get(), skb, skb->protocol);
}

int cmsgOptions(const sock* sk, const msghdr* msg, const sockcm_cookie* options) {
  set(options->mark, sk->sk_mark);
  set(options->tsflags, sk->sk_tsflags);
  return msg->msg_controllen ? sock_cmsg_send(sk, msg, options) : 0;
}
} // namespace

static int packet_snd(const socket* sock, const msghdr* msg, u64 bytes) {
  KFUNC(packet_snd, sock, msg, bytes);
  INLINED();
  SIMPLIFIED("no virtio header before the frame (PACKET_VNET_HDR), no checksum of one's own (SO_NOFCS)");
  const struct sock* sk = sock->sk;
  Destination to;
  int err = whereTo(sock, msg, to);
  if (!err) err = canSend(to.dev);
  if (err) return call.result(err);
  OnStack<sockcm_cookie> options;
  if ((err = cmsgOptions(sk, msg, options))) return call.result(err);
  const u32 header = to.dev->hard_header_len, reserve = sock->type == SOCK_RAW ? header : 0;
  if (bytes > to.dev->mtu + reserve + VLAN_HLEN) return call.result(-EMSGSIZE);
  const auto len = static_cast<u32>(bytes);
  const Room room{LL_RESERVED_SPACE(to.dev), to.dev->needed_tailroom, std::min(len, header)};
  const sk_buff* skb = packet_alloc_skb(sk, room, len, msg->msg_flags & MSG_DONTWAIT, &err);
  if (!skb) return call.result(err);
  if ((err = fill(sock, msg, skb, to, len, reserve))) return kfree_skb(skb), call.result(err);
  address(sock, skb, to, options);
  err = pkt_sk(sk)->xmit(skb);
  if (err > 0) err = err == NET_XMIT_CN ? 0 : -ENOBUFS; // dropped; or only a warning that others will be
  return call.result(err ? err : static_cast<int>(len));
}
s32 packet_sendmsg(const socket* sock, const msghdr* msg, u64 len) {
  KFUNC(packet_sendmsg, sock, msg, len);
  return call.result(packet_snd(sock, msg, len));
}

// ---- SOCK_PACKET: the address is a device's name, and always has to be given
static int oldDestination(const sock* sk, const msghdr* msg, Destination& to) {
  const auto* named = static_cast<const sockaddr_pkt*>(msg->msg_name.get());
  if (!named) return -ENOTCONN;
  if (msg->msg_namelen < int{sizeof(sockaddr)}) return -EINVAL;
  if (msg->msg_namelen == int{sizeof *named}) to.proto = named->spkt_protocol;
  char name[sizeof named->spkt_device + 1] = {};
  std::memcpy(name, named->spkt_device, sizeof named->spkt_device - 1);
  to.dev = dev_get_by_name_rcu(sock_net(sk), name);
  if (!to.dev) return -ENODEV;
  return to.dev->flags & IFF_UP ? 0 : -ENETDOWN;
}
static const sk_buff* oldBuffer(const sock* sk, const msghdr* msg, const net_device* dev, u32 len, int* err) {
  const u32 reserved = LL_RESERVED_SPACE(dev);
  const sk_buff* skb = sock_wmalloc(sk, len + reserved + dev->needed_tailroom, false, GFP_KERNEL);
  if (!skb) return *err = -ENOBUFS, nullptr;
  skb_reserve(skb, static_cast<int>(reserved));
  skb_reset_network_header(skb);
  if (dev->header_ops) skb_reserve(skb, -int{dev->hard_header_len});
  const u8* at = skb_put(skb, len);
  *err = copy_from_iter_full(at, len, &msg->msg_iter) ? 0 : -EFAULT;
  return skb;
}
s32 packet_sendmsg_spkt(const socket* sock, const msghdr* msg, u64 bytes) {
  KFUNC(packet_sendmsg_spkt, sock, msg, bytes);
  const struct sock* sk = sock->sk;
  Destination to;
  int err = oldDestination(sk, msg, to);
  if (err) return call.result(err);
  if (bytes > to.dev->mtu + to.dev->hard_header_len + VLAN_HLEN) return call.result(-EMSGSIZE);
  const auto len = static_cast<u32>(bytes);
  const sk_buff* skb = oldBuffer(sk, msg, to.dev, len, &err);
  if (!skb) return call.result(err);
  if (!err) dev_get_by_name_rcu(sock_net(sk), reinterpret_cast<const char*>(to.dev->name)); // we may have slept
  OnStack<sockcm_cookie> options;
  if (!err) err = dev_validate_header(to.dev, skb) ? 0 : -EINVAL;
  const bool tooLong = !err && len > to.dev->mtu + to.dev->hard_header_len;
  if (tooLong && !packet_extra_vlan_len_allowed(to.dev, skb)) err = -EMSGSIZE;
  if (!err) err = cmsgOptions(sk, msg, options);
  if (err) return kfree_skb(skb), call.result(err);
  address(sock, skb, to, options);
  dev_queue_xmit(skb);
  return call.result(static_cast<int>(len));
}

} // namespace sockwalk::kernel
