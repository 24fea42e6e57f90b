#include "engine/feed/zip.h"
#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <memory>

namespace sockwalk {

namespace {

using Reading = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Writing = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

Error broken(archive* a) {
  const char* why = archive_error_string(a);
  return Error{std::string("this is no whole zip file: ") + (why ? why : "it ends too early")};
}

la_ssize_t append(archive*, void* out, const void* bytes, size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return la_ssize_t(size);
}

bool writeEntry(archive* a, const ZipEntry& entry) {
  const Entry head(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(head.get(), entry.name.c_str());
  archive_entry_set_size(head.get(), la_int64_t(entry.bytes.size()));
  archive_entry_set_filetype(head.get(), AE_IFREG);
  archive_entry_set_perm(head.get(), 0644);
  archive_entry_set_mtime(head.get(), 315532800, 0); // 1980, as early as a zip knows: the same content is the same file
  return archive_write_header(a, head.get()) == ARCHIVE_OK &&
         archive_write_data(a, entry.bytes.data(), entry.bytes.size()) == la_ssize_t(entry.bytes.size());
}

// Bytes of the entry that stands, no more than there is room for.
Result<std::string> entryBytes(archive* a, u64 room) {
  std::string out;
  char piece[16384];
  for (;;) {
    const la_ssize_t size = archive_read_data(a, piece, sizeof piece);
    if (size < 0) return broken(a);
    if (size == 0) return out;
    if (out.size() + size_t(size) > room) return Error{"it is larger than a bundle may be when it is unpacked"};
    out.append(piece, size_t(size));
  }
}

} // namespace

std::string unsafeName(const std::string& name) {
  if (name.empty() || name.size() > 200) return "has a name without a letter, or with too many";
  if (name.front() == '/' || name.find('\\') != name.npos || name.find(':') != name.npos)
    return "leads out of the folder that it is unpacked in";
  if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 32; }))
    return "has a name with control characters";
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t to = std::min(name.find('/', from), name.size());
    const std::string part = name.substr(from, to - from);
    if (part == ".." || part == "." || part.empty()) return "leads out of the folder that it is unpacked in";
    from = to + 1;
  }
  return "";
}

Result<std::string> zipped(const std::vector<ZipEntry>& entries) {
  std::string out;
  const Writing a(archive_write_new(), archive_write_free);
  archive_write_set_format_zip(a.get());
  archive_write_set_bytes_in_last_block(a.get(), 1);
  if (archive_write_open(a.get(), &out, nullptr, append, nullptr) != ARCHIVE_OK) return broken(a.get());
  for (const ZipEntry& entry : entries)
    if (!writeEntry(a.get(), entry)) return broken(a.get());
  if (archive_write_close(a.get()) != ARCHIVE_OK) return broken(a.get());
  return out;
}

Result<std::vector<ZipEntry>> unzipped(const std::string& bytes, const ZipLimits& limits) {
  const Reading a(archive_read_new(), archive_read_free);
  archive_read_support_format_zip(a.get());
  if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return broken(a.get());
  std::vector<ZipEntry> out;
  u64 room = limits.bytes;
  archive_entry* head = nullptr;
  for (int result; (result = archive_read_next_header(a.get(), &head)) != ARCHIVE_EOF;) {
    if (result != ARCHIVE_OK) return broken(a.get());
    const char* path = archive_entry_pathname_utf8(head);
    if (!path) return Error{"an entry's name is not UTF-8"};
    std::string name = path;
    if (archive_entry_filetype(head) == AE_IFDIR) continue;
    if (archive_entry_filetype(head) != AE_IFREG) return Error{"'" + name + "' is a link or a device, no file"};
    if (const std::string why = unsafeName(name); !why.empty()) return Error{"'" + name + "' " + why};
    if (out.size() == limits.entries)
      return Error{"there are more than " + std::to_string(limits.entries) + " files in it"};
    if (std::ranges::any_of(out, [&](const ZipEntry& e) { return e.name == name; }))
      return Error{"'" + name + "' is in it twice"};
    auto content = entryBytes(a.get(), room);
    if (!content) return Error{"'" + name + "': " + content.error().message};
    room -= content->size();
    out.push_back({std::move(name), std::move(*content)});
  }
  if (out.empty()) return Error{"there is no file in it"};
  return out;
}

} // namespace sockwalk
