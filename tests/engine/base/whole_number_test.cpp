#include "engine/base/whole_number.h"
#include <cstdint>
#include <gtest/gtest.h>

namespace sockwalk {
namespace {

TEST(WholeNumber, IsAllOfTheText) {
  EXPECT_EQ(wholeNumber<std::uint32_t>("0"), 0u);
  EXPECT_EQ(wholeNumber<std::uint32_t>("4294967295"), 4294967295u);
  EXPECT_EQ(wholeNumber<std::int64_t>("-3"), -3);
  EXPECT_EQ(wholeNumber<std::uint8_t>("ff", 16), 255);
}

TEST(WholeNumber, OrNothing) {
  for (const char* text : {"", " 1", "1 ", "1x", "x", "-1", "+1", "0x10", "1.0", "4294967296", "99999999999999999999"})
    EXPECT_FALSE(wholeNumber<std::uint32_t>(text)) << text;
}

} // namespace
} // namespace sockwalk
