#include "engine/debug/machine_memory.h"
#include <algorithm>

namespace sockwalk::debug {

namespace {

constexpr u32 Page = Arena::PageSize;

bool isMemory(const Playhead& at, u32 page) {
  const bool header = page == 0, records = page >= Arena::StackEnd && page < Arena::DataBegin;
  if (header || records || page >= Arena::UserEnd) return false;
  if (page >= Arena::DataBegin && page < Symbols::get().dataEnd()) return true;
  if (page >= Arena::HeapBegin && page < Arena::HeapEnd && at.memory().pageOf(page).slab) return true;
  return at.journal().pageSlot(page) != Journal::NoSlot;
}

} // namespace

std::vector<u32> memoryPages(const Playhead& at) {
  std::vector<u32> pages;
  for (const u32 number : at.journal().pages()) pages.push_back(number * Page);
  for (u32 page = Arena::HeapBegin; page < Arena::HeapEnd; page += Page) pages.push_back(page);
  for (u32 page = Arena::DataBegin; page < Symbols::get().dataEnd(); page += Page) pages.push_back(page);
  std::erase_if(pages, [&](u32 page) { return !isMemory(at, page); });
  std::ranges::sort(pages);
  pages.erase(std::ranges::unique(pages).begin(), pages.end());
  return pages;
}

std::optional<std::string> readMemory(const Playhead& at, u64 address, u64 size) {
  std::string out;
  while (out.size() < size) {
    const u64 here = address + out.size();
    const u32 offset = static_cast<u32>(here), page = offset & ~(Page - 1);
    if (Arena::addressOf(offset) != here || !isMemory(at, page)) break;
    const u64 count = std::min<u64>(size - out.size(), Page - (offset - page));
    out.append(reinterpret_cast<const char*>(at.memory().at(offset)), count);
  }
  if (out.empty()) return std::nullopt;
  return out;
}

} // namespace sockwalk::debug
