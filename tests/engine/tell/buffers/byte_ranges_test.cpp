#include "engine/tell/buffers/byte_ranges.h"
#include <gtest/gtest.h>
#include <random>
#include <vector>

using namespace sockwalk;
using sockwalk::tell::ByteRanges;

namespace {

std::vector<bool> bitsOf(const ByteRanges& ranges, u32 size) {
  std::vector<bool> out(size);
  for (u32 i = 0; i < size; ++i) out[i] = ranges.contains(i);
  return out;
}

TEST(ByteRanges, TouchingStretchesAreOne) {
  ByteRanges r;
  r.add(4, 8);
  r.add(10, 12);
  r.add(8, 10);
  EXPECT_EQ(r.all(), (std::vector<tell::ByteRange>{{4, 12}}));
  r.remove(6, 7);
  EXPECT_EQ(r.all(), (std::vector<tell::ByteRange>{{4, 6}, {7, 12}}));
  EXPECT_EQ(r.count(5, 8), 2u);
  EXPECT_TRUE(r.containsAll(7, 12));
  EXPECT_FALSE(r.containsAll(5, 8));
  EXPECT_EQ(r.shifted(-5).all(), (std::vector<tell::ByteRange>{{0, 1}, {2, 7}}));
}

TEST(ByteRanges, TheyAreWhatASetOfBitsWouldBe) {
  constexpr u32 Size = 64;
  std::mt19937 random(7);
  ByteRanges ranges;
  std::vector<bool> bits(Size);
  for (int step = 0; step < 2000; ++step) {
    const u32 from = static_cast<u32>(random() % Size), to = static_cast<u32>(random() % (Size + 1));
    const bool adds = random() % 3 != 0;
    adds ? ranges.add(from, to) : ranges.remove(from, to);
    for (u32 i = from; i < to; ++i) bits[i] = adds;
    if (step % 50 == 0) {
      ByteRanges half;
      half.add(Size / 4, Size / 2);
      ranges.keepOnly(half);
      for (u32 i = 0; i < Size; ++i) bits[i] = bits[i] && i >= Size / 4 && i < Size / 2;
    }
    ASSERT_EQ(bitsOf(ranges, Size), bits) << "step " << step;
    for (size_t i = 1; i < ranges.all().size(); ++i) ASSERT_GT(ranges.all()[i].from, ranges.all()[i - 1].to);
  }
}

} // namespace
