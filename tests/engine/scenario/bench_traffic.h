// A capture made for the benchmark: what comes to a busy server, seeded, so that the file is the same in every run.
#pragma once
#include <cstdint>
#include <string>

namespace sockwalk {

inline constexpr const char* BenchHost = "10.0.2.15"; // the host in it that the frames are for

/// Writes `frames` Ethernet frames as a pcap file: of ten, five are UDP to ports that programs read, three TCP segments
/// to a port where nobody listens, two echo requests; 0 to 1472 bytes each.
void writeBenchTraffic(const std::string& path, int frames, std::uint64_t seed);

} // namespace sockwalk
