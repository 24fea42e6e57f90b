#include "engine/kernel/include/net/net_namespace.h"

namespace sockwalk::kernel {

Global<net> init_net{"init_net"};

} // namespace sockwalk::kernel
