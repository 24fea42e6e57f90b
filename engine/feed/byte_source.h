// The bytes of a file or of a piece of memory, one after the other. What gzip, zstd or xz packed is unpacked on the way,
// a piece at a time, so that a small file which unpacks to a huge one costs no memory. libarchive does it (as for zip.h).
#pragma once
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include <memory>

struct archive;

namespace sockwalk {

class ByteSource {
public:
  // Errors do not name the file: who asked knows it.
  static Result<ByteSource> open(const std::string& path);
  static Result<ByteSource> over(ByteView memory); // which outlives it

  // Fills `to` from its beginning. Fewer bytes than asked for: that was the end, or problem() says what it broke on.
  std::size_t read(std::span<std::uint8_t> to);
  const std::string& problem() const { return m_problem; }
  std::uint64_t position() const { return m_position; } // bytes given so far, unpacked

private:
  struct Closer {
    void operator()(archive* a) const;
  };
  ByteSource() = default;
  static Result<ByteSource> begin(std::unique_ptr<archive, Closer> opened, int status);
  bool nextBlock();

  std::unique_ptr<archive, Closer> m_archive;
  ByteView m_block; // unpacked, not yet given
  std::uint64_t m_position = 0;
  bool m_ended = false;
  std::string m_problem;
};

} // namespace sockwalk
