// Filters in libpcap's words: on frames, and at the opening of a capture.
#include "engine/feed/capture_file.h"
#include "engine/feed/frame_filter.h"
#include "engine/feed/headers.h"
#include <gtest/gtest.h>

using namespace sockwalk;

namespace {

const std::string Hello = SOCKWALK_CAPTURES "/hello-udp.pcap";

TEST(FrameFilter, KeepsWhatFitsUnderTheFilesOwnNumbers) {
  const auto whole = CaptureFile::open(Hello);
  const auto udp = CaptureFile::open(Hello, CaptureFile::MaxBytes, "udp and port 7777");
  ASSERT_TRUE(whole && udp);
  ASSERT_EQ(udp->size(), whole->size());
  size_t kept = 0;
  for (size_t i = 0; i < udp->size(); ++i) {
    const FrameHeaders h = parseHeaders(whole->frame(i).bytes);
    const bool fits = h.udp && (h.udp->source == 7777 || h.udp->destination == 7777);
    EXPECT_EQ(!udp->frame(i).bytes.empty(), fits) << "frame " << i + 1;
    EXPECT_EQ(udp->frame(i).number, i + 1);
    kept += fits;
  }
  EXPECT_GT(kept, 0u);
  ASSERT_EQ(udp->warnings().size(), 1u);
  EXPECT_NE(udp->warnings()[0].find("do not fit the filter 'udp and port 7777'"), std::string::npos);
}

TEST(FrameFilter, WhatLibpcapDoesNotUnderstandIsASentence) {
  const auto wrong = FrameFilter::compile("tcp prt 80");
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().message.starts_with("'tcp prt 80' is no filter as tcpdump takes it: "))
      << wrong.error().message;
  EXPECT_FALSE(CaptureFile::open(Hello, CaptureFile::MaxBytes, "tcp prt 80"));
}

TEST(FrameFilter, AFilterThatNothingFitsIsRefused) {
  const auto none = CaptureFile::open(Hello, CaptureFile::MaxBytes, "tcp");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message, Hello + ": none of its 20 frames fits the filter 'tcp'");
}

TEST(FrameFilter, IsAProgramThatAKernelCanRun) {
  const auto ethernet = FrameFilter::compile("udp"), ip = FrameFilter::compile("udp", FirstHeader::Ip);
  ASSERT_TRUE(ethernet && ip);
  ASSERT_FALSE(ethernet->instructions().empty());
  const FilterInstruction first = ethernet->instructions()[0];
  EXPECT_EQ(first.code, 0x28) << "ldh";
  EXPECT_EQ(first.k, 12u) << "the EtherType";
  EXPECT_EQ(ip->instructions()[0].k, 0u) << "the version of IP";
  EXPECT_EQ(ethernet->instructions().back().k, 0u) << "ret #0";
}

} // namespace
