// Whatever the bytes, the parser answers in time: a script or an error with a place inside the source.
#include "tests/engine/scenario/parse_helpers.h"

#include <chrono>
#include <random>

namespace sockwalk::scenario {

namespace {

void expectAnswer(const std::string& source) {
  const auto result = parseScript(source, "hostile");
  if (!result) {
    const auto lines = static_cast<std::uint32_t>(std::count(source.begin(), source.end(), '\n')) + 1;
    EXPECT_GE(result.error().position.line, 1u);
    EXPECT_LE(result.error().position.line, lines);
    EXPECT_FALSE(result.error().what.empty());
    EXPECT_LT(result.error().message.size(), 400u);
    return;
  }
  const std::string text = describe(*result);
  const auto again = parseScript(text, "printed");
  ASSERT_TRUE(again) << again.error().message << "\n" << text;
  EXPECT_EQ(*again, *result) << text;
}

std::string mutated(std::string source, std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {"(",
                                                 ")",
                                                 "{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 "<",
                                                 ">",
                                                 "...",
                                                 "..",
                                                 "\"",
                                                 "`",
                                                 "%{",
                                                 "}%",
                                                 "/*",
                                                 "*/",
                                                 "//",
                                                 "//@",
                                                 "//@case x\n",
                                                 "//@  00\n",
                                                 "\n",
                                                 "0",
                                                 "-1",
                                                 "0x",
                                                 "1.2.3.4",
                                                 ".5",
                                                 "|",
                                                 "=",
                                                 "99999999999999999999",
                                                 "+",
                                                 "*",
                                                 "~",
                                                 "fd=",
                                                 "\\",
                                                 "--mtu",
                                                 "--mtu=1",
                                                 "sack 1:2",
                                                 "win 1",
                                                 "\xff",
                                                 "udp",
                                                 "icmp"};
  const int count = 1 + static_cast<int>(random() % 6);
  for (int i = 0; i < count; ++i) {
    const std::size_t at = source.empty() ? 0 : random() % source.size();
    switch (random() % 5) {
    case 0: source.erase(at, random() % 8); break;
    case 1: source.insert(at, kPieces[random() % std::size(kPieces)]); break;
    case 2:
      if (!source.empty()) source[at] = static_cast<char>(random() % 256);
      break;
    case 3: source.insert(at, source.substr(random() % (source.size() + 1), random() % 40)); break;
    default: source.resize(at); break;
    }
  }
  return source;
}

TEST(Hostile, mutatedScriptsAlwaysGetAnAnswer) {
  std::mt19937 random(20260101);
  for (const std::string& path : scriptFiles()) {
    const std::string source = contents(path);
    for (int i = 0; i < 4000 && !HasFailure(); ++i) {
      const std::string text = mutated(source, random);
      // A definition may redefine the language's own words, and then printing does not give it back.
      if (text.find("define") != std::string::npos) (void)parseScript(text, "hostile");
      else expectAnswer(text);
    }
  }
}

TEST(Hostile, randomBytes) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::string source = i % 2 ? "0 f(" : "";
    for (std::size_t n = random() % 200; n > 0; --n) source += static_cast<char>(random() % (i % 3 ? 128 : 256));
    expectAnswer(source);
    (void)parseConsoleCall(source);
  }
}

TEST(Hostile, everyPrefixOfAScript) {
  for (const std::string& path : scriptFiles()) {
    const std::string source = contents(path);
    for (std::size_t n = 0; n <= source.size(); ++n) (void)parseScript(std::string_view(source).substr(0, n), "prefix");
  }
}

TEST(Hostile, nestingIsBounded) {
  for (const char* open : {"[", "{", "htons(", "a=", "{fd=", "{msg_name("}) {
    std::string source = "0 f(";
    for (int i = 0; i < 200'000; ++i) source += open;
    const auto result = parseScript(source, "deep");
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().what.find("nested more than 64 deep"), std::string::npos)
        << open << result.error().message;
  }
}

TEST(Hostile, longInputsTakeNoLongTime) {
  const auto begin = std::chrono::steady_clock::now();
  for (const char* piece :
       {"0 f() = 0\n", "0 f(1|", "//", "/*", "//@note x\n//@ y\n", "\"a\" ", "0x", "%{", "1.", "--mtu=1 ", "> "}) {
    std::string source = "0 f() = 0 ";
    while (source.size() < 2'000'000) source += piece;
    (void)parseScript(source, "long");
  }
  EXPECT_FALSE(parseScript(std::string(kMaxSourceBytes + 1, ' '), "large"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

} // namespace

} // namespace sockwalk::scenario
