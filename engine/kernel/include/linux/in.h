#pragma once
#include "engine/base/types.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {} // namespace sockwalk::kernel
