#include "engine/scenario/tcp_option_bytes.h"
#include "engine/base/types.h"
#include <type_traits>

namespace sockwalk::scenario {

namespace {

constexpr u16 FastOpenMagic = 0xf989;
using Bytes = std::vector<u8>;

void be16(Bytes& to, u32 v) {
  to.push_back(static_cast<u8>(v >> 8));
  to.push_back(static_cast<u8>(v));
}
void be32(Bytes& to, u32 v) {
  be16(to, v >> 16);
  be16(to, v & 0xffff);
}
void head(Bytes& to, u8 kind, size_t length) {
  to.push_back(kind);
  to.push_back(static_cast<u8>(length));
}

void append(Bytes& to, const OptionNop&) { to.push_back(1); }
void append(Bytes& to, const OptionEol&) { to.push_back(0); }
void append(Bytes& to, const OptionMss& o) {
  head(to, 2, 4);
  be16(to, o.value);
}
void append(Bytes& to, const OptionWindowScale& o) {
  head(to, 3, 3);
  to.push_back(o.shift);
}
void append(Bytes& to, const OptionSackPermitted&) { head(to, 4, 2); }
void append(Bytes& to, const OptionSack& o) {
  head(to, 5, 2 + 8 * o.blocks.size());
  for (const auto& [left, right] : o.blocks) {
    be32(to, left);
    be32(to, right);
  }
}
void append(Bytes& to, const OptionTimestamp& o) {
  head(to, 8, 10);
  be32(to, o.value);
  be32(to, o.echo);
}
void append(Bytes& to, const OptionMd5& o) {
  head(to, 19, 2 + o.digest.size());
  to.insert(to.end(), o.digest.begin(), o.digest.end());
}
void append(Bytes& to, const OptionFastOpen& o) {
  head(to, o.experimental ? 254 : 34, (o.experimental ? 4 : 2) + o.cookie.size());
  if (o.experimental) be16(to, FastOpenMagic);
  to.insert(to.end(), o.cookie.begin(), o.cookie.end());
}
void append(Bytes& to, const OptionAccEcn& o) {
  const bool first1 =
      !o.counters.empty() && o.counters[0].first == "e1b"; // kind 174 begins with ECT(1), 172 with ECT(0)
  head(to, first1 ? 174 : 172, 2 + 3 * o.counters.size());
  for (const auto& counter : o.counters) {
    to.push_back(static_cast<u8>(counter.second >> 16));
    be16(to, counter.second & 0xffff);
  }
}

OptionSack sackOf(ByteView body) {
  OptionSack sack;
  for (size_t i = 0; i + 8 <= body.size(); i += 8) sack.blocks.emplace_back(loadBe32(body, i), loadBe32(body, i + 4));
  return sack;
}

Bytes copied(ByteView from) { return Bytes(from.begin(), from.end()); }

// One option of a kind that has a length; false: it has no name in the language.
bool read(u8 kind, ByteView body, std::vector<TcpOption>& to) {
  const size_t n = body.size();
  if (kind == 2 && n == 2) to.push_back(OptionMss{loadBe16(body, 0)});
  else if (kind == 3 && n == 1) to.push_back(OptionWindowScale{body[0]});
  else if (kind == 4 && n == 0) to.push_back(OptionSackPermitted{});
  else if (kind == 5 && n && n % 8 == 0) to.push_back(sackOf(body));
  else if (kind == 8 && n == 8) to.push_back(OptionTimestamp{loadBe32(body, 0), loadBe32(body, 4)});
  else if (kind == 19 && n == 16) to.push_back(OptionMd5{copied(body)});
  else if (kind == 34) to.push_back(OptionFastOpen{copied(body), false});
  else if (kind == 254 && n >= 2 && loadBe16(body, 0) == FastOpenMagic)
    to.push_back(OptionFastOpen{copied(body.subspan(2)), true});
  else return false;
  return true;
}

} // namespace

void appendOption(std::vector<std::uint8_t>& to, const TcpOption& option) {
  std::visit([&](const auto& o) { append(to, o); }, option);
}

std::vector<TcpOption> readOptions(ByteView bytes, std::string& unknown) {
  std::vector<TcpOption> options;
  for (size_t i = 0; i < bytes.size();) {
    const u8 kind = bytes[i];
    if (kind <= 1) {
      if (kind) options.push_back(OptionNop{});
      else options.push_back(OptionEol{});
      ++i;
      continue;
    }
    const size_t length = i + 1 < bytes.size() ? bytes[i + 1] : 0;
    if (length < 2 || i + length > bytes.size() || !read(kind, bytes.subspan(i + 2, length - 2), options)) {
      unknown = "option " + std::to_string(kind);
      if (length < 2) break;
    }
    i += length;
  }
  return options;
}

} // namespace sockwalk::scenario
