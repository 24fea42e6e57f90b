// The calls of socket(AF_INET, SOCK_STREAM, 0) as a graph: each function once, in the order of its first call.
#pragma once

#include "engine/base/layer.h"

#include <QString>

#include <vector>

namespace sockwalk {

struct SampleCall {
  QString name;
  Layer layer;
  int parent; // index, -1 for the first
};

std::vector<SampleCall> sampleCalls();

} // namespace sockwalk
