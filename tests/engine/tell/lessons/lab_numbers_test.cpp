// Numbers of a person's own: drawn alike everywhere, said where the lab says them, and of no effect elsewhere.
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/person.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace sockwalk::tell {
namespace {

const std::vector<LabNumber> Numbers{{"port", 20000, 29999}, {"size", 1, 4}};

TEST(LabNumbers, AreDrawnFromTheSeedAlone) {
  EXPECT_EQ(valuesFor(Numbers, 4711), valuesFor(Numbers, 4711));
  EXPECT_EQ(valuesFor({{"port", 20000, 29999}}, 4711).at("port"), valuesFor(Numbers, 4711).at("port"))
      << "another number beside it changes nothing";
  std::set<s64> ports, sizes;
  for (u32 seed = 1; seed <= 200; ++seed) {
    const LabValues values = valuesFor(Numbers, seed);
    ports.insert(values.at("port")), sizes.insert(values.at("size"));
    EXPECT_TRUE(values.at("port") >= 20000 && values.at("port") <= 29999);
  }
  EXPECT_GT(ports.size(), 190u) << "students have different ones";
  EXPECT_EQ(sizes, (std::set<s64>{1, 2, 3, 4}));
  EXPECT_EQ(lowest(Numbers), (LabValues{{"port", 20000}, {"size", 1}}));
  EXPECT_EQ(highest(Numbers), (LabValues{{"port", 29999}, {"size", 4}}));
}

// What a teacher has on paper stays true with the next version.
TEST(LabNumbers, StayWhatTheyAre) { EXPECT_EQ(valueWords(valuesFor(Numbers, 4711)), "port 21827, size 3"); }

TEST(LabNumbers, AreSaidWhereTheyStand) {
  const LabValues values{{"port", 23417}};
  const std::string text = "bind({{seed port}}) {{seed size}} {{seed  port }} {{sizeof(sock)}} {{seed";
  EXPECT_EQ(filled(text, values), "bind(23417) {{seed size}} 23417 {{sizeof(sock)}} {{seed");
  std::string names;
  for (const SaidNumber& said : numbersSaid(text)) names += said.name + std::to_string(said.at) + " ";
  EXPECT_EQ(names, "port5 size20 port34 ");
  EXPECT_EQ(unfilled(text, values, 3), 3u);
  EXPECT_EQ(unfilled(text, values, 7), 5u) << "within a number: where it is said";
  EXPECT_EQ(text[unfilled(text, values, 10)], ')');
}

TEST(Person, IsKeptAndReadAgain) {
  const fs::path file = fs::path(testing::TempDir()) / ("person-" + std::to_string(getpid())) / "person.json";
  EXPECT_EQ(readPerson(file)->seed, 0u) << "nobody yet";
  ASSERT_TRUE(writePerson(file, {"Ada \"L\" 李", 4711}).ok());
  EXPECT_EQ(readPerson(file)->name, "Ada \"L\" 李");
  EXPECT_EQ(readPerson(file)->seed, 4711u);
  std::ofstream(file) << "{\"name\": 3}";
  EXPECT_NE(readPerson(file).error().message.find("nobody's name is in it"), std::string::npos);
  fs::remove_all(file.parent_path());
}

} // namespace
} // namespace sockwalk::tell
