// Tables of groups, one for each structure that has some: the few that a card shows (groups.cpp), and all members
// (whole_groups.cpp).
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace sockwalk::tell {

template <class Group> struct GroupsOf {
  std::string_view structure;
  std::span<const Group> groups;
};

template <class Group, size_t N>
std::span<const Group> groupsIn(const GroupsOf<Group> (&tables)[N], std::string_view structure) {
  const auto found = std::ranges::find(tables, structure, &GroupsOf<Group>::structure);
  return found == std::end(tables) ? std::span<const Group>() : found->groups;
}

// `Tables`: an array of GroupsOf.
template <const auto& Tables> std::span<const std::string_view> structuresIn() {
  static constexpr auto names = [] {
    std::array<std::string_view, std::size(Tables)> out;
    for (size_t i = 0; i < out.size(); ++i) out[i] = Tables[i].structure;
    return out;
  }();
  return names;
}

} // namespace sockwalk::tell
