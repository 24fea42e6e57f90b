#include "engine/feed/byte_source.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>

namespace sockwalk {

namespace {

constexpr std::size_t BlockSize = 1 << 16;

std::string reasonOf(archive* a) {
  const char* reason = archive_error_string(a);
  return reason ? reason : "it cannot be unpacked";
}

// "Raw": the file is one piece and no archive of several.
archive* newReader() {
  archive* a = archive_read_new();
  if (!a) return nullptr;
  archive_read_support_format_raw(a);
  archive_read_support_format_empty(a);
  archive_read_support_filter_gzip(a);
  archive_read_support_filter_zstd(a);
  archive_read_support_filter_xz(a);
  return a;
}

} // namespace

void ByteSource::Closer::operator()(archive* a) const { archive_read_free(a); }

Result<ByteSource> ByteSource::begin(std::unique_ptr<archive, Closer> opened, int status) {
  if (!opened) return Error{"not enough memory"};
  ByteSource source;
  archive_entry* entry = nullptr;
  if (status == ARCHIVE_OK) status = archive_read_next_header(opened.get(), &entry);
  if (status == ARCHIVE_EOF) source.m_ended = true;
  else if (status < ARCHIVE_WARN) return Error{reasonOf(opened.get())};
  source.m_archive = std::move(opened);
  return source;
}

Result<ByteSource> ByteSource::open(const std::string& path) {
  std::unique_ptr<archive, Closer> reader(newReader());
  const int status = reader ? archive_read_open_filename(reader.get(), path.c_str(), BlockSize) : ARCHIVE_FATAL;
  return begin(std::move(reader), status);
}

Result<ByteSource> ByteSource::over(ByteView memory) {
  std::unique_ptr<archive, Closer> reader(newReader());
  const int status = reader ? archive_read_open_memory(reader.get(), memory.data(), memory.size()) : ARCHIVE_FATAL;
  return begin(std::move(reader), status);
}

bool ByteSource::nextBlock() {
  const void* data = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int status = archive_read_data_block(m_archive.get(), &data, &size, &offset);
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
    m_block = {static_cast<const std::uint8_t*>(data), size};
    return true;
  }
  if (status != ARCHIVE_EOF) m_problem = reasonOf(m_archive.get());
  m_ended = true;
  return false;
}

std::size_t ByteSource::read(std::span<std::uint8_t> to) {
  std::size_t done = 0;
  while (done < to.size()) {
    if (m_block.empty() && (m_ended || !nextBlock())) break;
    const std::size_t part = std::min(to.size() - done, m_block.size());
    std::copy_n(m_block.begin(), part, to.begin() + static_cast<std::ptrdiff_t>(done));
    m_block = m_block.subspan(part);
    done += part;
  }
  m_position += done;
  return done;
}

} // namespace sockwalk
