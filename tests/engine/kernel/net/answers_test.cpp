#include "engine/kernel/drivers/net/wire.h"
#include "tests/engine/kernel/kernel_machine.h"
#include "tests/support/recordings.h"
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <sstream>

namespace sockwalk::kernel {
namespace {

using Bytes = std::vector<u8>;
Bytes hex(const std::string& text) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out.push_back(static_cast<u8>(std::stoi(text.substr(i, 2), nullptr, 16)));
  return out;
}

// The frames of a recording of the real kernel: what came in, and what it sent.
struct RecordedFrames {
  std::vector<Bytes> in, out;
};
RecordedFrames recordedFrames(const std::string& name) {
  std::istringstream file(recording("frames", name));
  RecordedFrames frames;
  std::string comment;
  std::getline(file, comment);
  for (std::string mark, bytes; file >> mark >> bytes;) (mark == ">" ? frames.in : frames.out).push_back(hex(bytes));
  return frames;
}

class Answers : public testing::Test {
protected:
  Answers() {
    k.machine.onTransmit = [this](u32, const u8* bytes, u32 size) { sent.emplace_back(bytes, bytes + size); };
    // The peer is known when the recordings begin.
    receive(hex("ffffffffffff52550a00020208060001080006040001"
                "52550a000202"
                "0a000202"
                "000000000000"
                "0a00020f"),
            "");
    EXPECT_EQ(sent.size(), 1u);
    sent.clear();
    k.machine.runUntil(k.machine.now() + 1000000000);
  }
  void receive(const Bytes& frame, const std::string& name) {
    receiveFrame(k.machine, 2, frame, name.empty() ? "frame" : name, name);
    ASSERT_FALSE(k.machine.panicked()) << k.machine.panicText();
  }
  void replay(const std::string& name) {
    const RecordedFrames frames = recordedFrames(name);
    ASSERT_FALSE(frames.in.empty()) << name;
    for (const Bytes& frame : frames.in) receive(frame, name);
    ASSERT_EQ(sent.size(), frames.out.size()) << name;
    k.write(std::getenv("K3_OUT") ? std::getenv("K3_OUT") : testing::TempDir() + "/" + name);
  }
  KernelMachine k;
  std::vector<Bytes> sent;
};

TEST_F(Answers, EchoOnTheWire) { replay("eth_rx_icmp_echo_56"); }
TEST_F(Answers, ArpRequest) { replay("eth_rx_arp_request"); }
TEST_F(Answers, PortUnreachable) { replay("eth_rx_udp_closed_port"); }
TEST_F(Answers, Echo0) { replay("eth_rx_icmp_echo_0"); }
TEST_F(Answers, Echo1000) { replay("eth_rx_icmp_echo_1000"); }

} // namespace
} // namespace sockwalk::kernel
