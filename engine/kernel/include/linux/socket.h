// Families, socket types and the flags of the message calls. Source: include/linux/socket.h, include/linux/net.h.
#pragma once
#include "engine/base/types.h"
#include "engine/memory/constants/socket.h"

namespace sockwalk::kernel {} // namespace sockwalk::kernel
