// An arena whose every change is done and written down in words, in order: what the tests of memory read.
#pragma once
#include "engine/memory/arena.h"
#include <cstring>
#include <string>
#include <vector>

namespace sockwalk {

class WriteLog final : public WriteSink {
public:
  Arena arena{this};
  std::vector<std::string> lines;

  void write(u32 offset, const void* bytes, u32 size, int) override {
    lines.push_back("write " + std::to_string(size));
    std::memmove(arena.at(offset), bytes, size);
  }
  void fill(u32 offset, u8 value, u32 size, int) override {
    lines.push_back("fill " + std::to_string(size) + " with " + std::to_string(value));
    std::memset(arena.at(offset), value, size);
  }
  u16 newCache(const char* name, u32 size) override {
    lines.push_back("cache " + std::string(name) + " " + std::to_string(size));
    return m_caches++;
  }
  void newSlab(const PageRecord& slab) override {
    lines.push_back("slab of " + std::to_string(slab.pages) + " pages");
    for (u32 i = 0; i < slab.pages; ++i) const_cast<PageRecord&>(arena.pageOf(slab.slab + i * Arena::PageSize)) = slab;
  }
  void born(u32 offset, u16 type, u16 cache, u32 size, int) override {
    lines.push_back("born " + std::to_string(size));
    const_cast<ObjectRecord&>(arena.recordOf(offset)) = {1, type, cache};
  }
  void died(u32 offset, int) override {
    lines.push_back("died");
    const_cast<ObjectRecord&>(arena.recordOf(offset)) = {};
  }
  void tableCall(u32, u64 target) override { lines.push_back("table call of " + std::to_string(target & 0xff)); }

private:
  u16 m_caches = 0;
};

} // namespace sockwalk
