// The layout tables: what a person knows of the kernel's structures holds for the generated ones.
#include "engine/memory/layout.h"
#include "engine/memory/structures.h"
#include <algorithm>
#include <gtest/gtest.h>

namespace sockwalk {
namespace {

const MemberInfo* member(std::string_view structure, std::string_view name) {
  const LayoutInfo* layout = layoutNamed(structure);
  if (!layout) return nullptr;
  const auto it = std::ranges::find(layout->members, name, &MemberInfo::name);
  return it == layout->members.end() ? nullptr : &*it;
}

TEST(Layout, HoldsWhatTheKernelsOwnDebugDataSays) {
  ASSERT_TRUE(layoutNamed("sk_buff"));
  EXPECT_EQ(layoutNamed("sk_buff")->size, 232u);
  EXPECT_EQ(layoutNamed("tcp_sock")->size, 2280u);
  EXPECT_EQ(member("sk_buff", "head")->offset, 200u);
  EXPECT_EQ(member("sk_buff", "sk")->target, "sock");
  EXPECT_EQ(member("sk_buff", "cb")->count, 48u);
  EXPECT_EQ(layoutNamed("no_such_structure"), nullptr);
  EXPECT_EQ(enumNamed("no_such_enum"), nullptr);
}

TEST(Layout, ATypeIdLeadsBackToItsTable) {
  const TypeId id = TypeName<kernel::sk_buff>::index;
  ASSERT_TRUE(layoutOf(id));
  EXPECT_EQ(layoutOf(id)->name, "sk_buff");
  EXPECT_EQ(layoutOf(TypeBuffer), nullptr) << "plain bytes have no members";
}

TEST(Layout, NoMemberReachesOverTheEndOfItsStructure) {
  for (const LayoutInfo& layout : layouts())
    for (const MemberInfo& m : layout.members)
      EXPECT_LE(m.offset + m.size, layout.size) << layout.name << "." << m.name;
}

TEST(Layout, TablesAreSortedSoThatTheyCanBeLookedUp) {
  EXPECT_TRUE(std::ranges::is_sorted(layouts(), {},
                                     [](const LayoutInfo& l) { return std::pair(eraOfStructure(l.name), l.name); }));
}

TEST(Layout, IsPrintedAsItIsStored) {
  const std::string text = layoutTable(*layoutNamed("hlist_node"));
  EXPECT_EQ(text.substr(0, text.find(',')), "# struct hlist_node");
  EXPECT_NE(text.find("\n8\t\t\t8\tpprev\tstruct hlist_node **\n"), std::string::npos) << text;
}

} // namespace
} // namespace sockwalk
