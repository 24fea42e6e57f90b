// Why the stack let a buffer go: enum skb_drop_reason of Linux 6.1 (include/net/dropreason.h).
#pragma once
#include "engine/memory/constants/skbuff.h"
