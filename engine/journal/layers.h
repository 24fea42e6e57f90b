// The layer that a function belongs to, read from where its file stands: the folder is the documentation.
#pragma once
#include "engine/base/layer.h"
#include "engine/memory/symbols.h"

namespace sockwalk {

Layer layerOf(const FunctionInfo& function);

} // namespace sockwalk
