// Hostile frames for a machine with open sockets. The input is a list of records, each: one byte that says how, two bytes
// of length (little-endian), then that many bytes (fewer if the input ends).
//   bit 0  bytes are a whole Ethernet frame; else an IPv4 packet, and an Ethernet header for eth0 is put before it
//   bit 1  lengths and checksums of IPv4, UDP, TCP and ICMP are made right, and the packet is for this machine
//   bit 2  TCP: sequence and acknowledgement numbers count from those the machine sent last
//   bit 3  nothing arrives: the first two bytes are milliseconds that pass
// The first byte of the input is no record: its bit 0 asks for the journal to be on, and for a census at the end.
#pragma once
#include "engine/base/bytes.h"
#include <string>
#include <vector>

namespace sockwalk {

/// What went wrong: a panic of the simulated kernel, or something it did not give back. Empty: nothing did.
std::vector<std::string> playHostileFrames(ByteView input);
/// Reads a packet file, makes arrivals of its frames, writes these to a file of our own and reads that. Empty: it is well.
std::string readHostileCapture(ByteView input);
/// Parses, prints what it parsed, parses that, and holds both against each other. Empty: they are the same.
std::string parseHostileScript(const std::string& text);

} // namespace sockwalk
