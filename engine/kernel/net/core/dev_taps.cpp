// What is sent is shown to those who want to see every frame, before the driver gets it.
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/sock.h"

namespace sockwalk::kernel {

bool dev_nit_active(const net_device* dev) { return !list_empty(ptype_all) || !list_empty(&dev->ptype_all); }

// A socket that sends a frame is not shown it.
static bool skb_loop_sk(const packet_type* ptype, const sk_buff* skb) {
  KFUNC(skb_loop_sk, ptype, skb);
  INLINED();
  const sock* sender = skb->sk;
  const bool own = sender && ptype->af_packet_priv &&
                   (ptype->id_match ? ptype->id_match(ptype, sender) : ptype->af_packet_priv.get() == sender);
  if (own) NOTE("packet.own_frame", sender, skb);
  return call.result(own);
}

namespace {
// The clone that all of them are shown is made for the first.
class Show {
public:
  Show(const sk_buff* skb, const net_device* dev) : m_skb(skb), m_dev(dev) {}
  // False: there is no memory, and nobody is shown anything.
  bool to(const packet_type* taker) {
    if (taker->ignore_outgoing) {
      if (!taker->id_match) NOTE("packet.outgoing_ignored", static_cast<const sock*>(taker->af_packet_priv.get()));
      return true;
    }
    if (skb_loop_sk(taker, m_skb)) return true;
    if (m_last) deliver_skb(m_clone, m_last, m_skb->dev);
    else if (!makeClone()) return false;
    m_last = taker;
    return true;
  }
  // The last one may keep the clone itself.
  void end() const {
    if (!m_last) return;
    if (skb_orphan_frags_rx(m_clone, GFP_ATOMIC)) kfree_skb(m_clone);
    else m_last->func(m_clone, m_skb->dev, m_last, m_skb->dev);
  }

private:
  bool makeClone() {
    m_clone = skb_clone(m_skb, GFP_ATOMIC);
    if (!m_clone) return false;
    NOTE("xmit.taps", m_skb, m_clone, m_dev);
    set(m_clone->tstamp, *netstamp_needed ? machine().now() : 0);
    skb_reset_mac_header(m_clone);
    const bool sane = m_clone->network_header >= m_clone->mac_header && m_clone->network_header <= m_clone->tail;
    if (!sane) skb_reset_network_header(m_clone);
    set(m_clone->transport_header, m_clone->network_header);
    set(m_clone, sk_buff::bit::pkt_type, PACKET_OUTGOING);
    return true;
  }

  const sk_buff *m_skb, *m_clone = nullptr;
  const net_device* m_dev;
  const packet_type* m_last = nullptr;
};
} // namespace

void dev_queue_xmit_nit(const sk_buff* skb, const net_device* dev) {
  KFUNC(dev_queue_xmit_nit, skb, dev);
  Show show(skb, dev);
  for (const list_head* takers : {static_cast<const list_head*>(ptype_all), &dev->ptype_all})
    for (const packet_type* taker : list_for_each_entry(packet_type, list, takers))
      if (!show.to(taker)) return;
  show.end();
}

} // namespace sockwalk::kernel
