// Numbers and addresses in digits, as they are written everywhere.
#pragma once
#include "engine/base/types.h"
#include <string>

namespace sockwalk {

std::string hexText(u64 value, int digits = 0); // "0x0800": at least so many digits
std::string ipv4Text(u32 address);              // in host byte order: "10.0.2.15"

} // namespace sockwalk
