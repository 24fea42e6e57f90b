// Taking a packet handler off the list that dev_add_pack() put it on.
#include "engine/kernel/include/net/packet.h"

namespace sockwalk::kernel {

[[gnu::weak]] void dev_add_pack(const packet_type* pt) {
  KFUNC(dev_add_pack, pt);
  INIT_LIST_HEAD(&pt->list);
}
void __dev_remove_pack(const packet_type* pt) {
  KFUNC(__dev_remove_pack, pt);
  list_del(&pt->list);
}

} // namespace sockwalk::kernel
