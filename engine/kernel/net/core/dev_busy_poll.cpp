// The driver's poll function, called by a reader and not by the receive softirq.
#include "engine/kernel/include/linux/netdevice.h"
#include "engine/kernel/include/net/busy_poll.h"
#include "engine/kernel/include/net/gro.h"
#include "engine/kernel/kernel/softirq.h"

namespace sockwalk::kernel {

// Linux has a hash table of them, for all namespaces.
static const napi_struct* napi_by_id(const net* net, u32 napi_id) {
  for (const net_device* dev : list_for_each_entry(net_device, dev_list, &net->dev_base_head))
    for (const napi_struct* napi : list_for_each_entry(napi_struct, dev_list, &dev->napi_list))
      if (napi->napi_id == napi_id) return napi;
  return nullptr;
}

void napi_busy_loop(u32 napi_id, const sock* sk, bool prefer_busy_poll, u16 budget) {
  KFUNC(napi_busy_loop, napi_id, sk, prefer_busy_poll, budget);
  SIMPLIFIED("it looks once and does not spin, since no frame comes while a call runs; the card's interrupts stay on");
  const napi_struct* napi = napi_by_id(sock_net(sk), napi_id);
  if (!napi || napi->state & (NAPIF_STATE_DISABLE | NAPIF_STATE_SCHED)) return; // a softirq is at it
  const BottomHalvesOff off;
  set(napi->state, napi->state | NAPIF_STATE_SCHED);
  const int packets = napi->poll(napi, budget);
  gro_normal_list(napi);
  if (packets == budget) __napi_schedule(napi); // there may be more, which the softirq fetches
}

} // namespace sockwalk::kernel
