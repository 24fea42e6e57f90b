// What the record calls by words and not by names: layers, who runs, and what arrived. In English they read as they were
// recorded.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/journal.h"
#include "engine/tell/text.h"

namespace sockwalk::tell {

Text layerText(Layer layer);              // "transport"
Text contextText(const Context& context); // "softirq"; a task's own name
Text contextText(Context::Kind kind, const std::string& name);
Text stimulusText(const std::string& recorded); // "frame on eth0, 60 bytes: ...", "frame on eth0"; a call as it is

} // namespace sockwalk::tell
