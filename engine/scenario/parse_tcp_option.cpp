// TCP options: `<mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 8>` or `<...>` for any.
#include "engine/scenario/parser_state.h"

namespace sockwalk::scenario {

namespace {

constexpr std::int64_t kMax32 = 0xffffffff;
constexpr std::size_t kMaxOptionBytes = 40; // a 60-byte header, the largest its length field can say
constexpr std::size_t kMd5Bytes = 16;

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

} // namespace

void Parser::parseTcpOptions(TcpPacket& tcp, Direction direction) {
  const Position open = take().position;
  if (at(TokenKind::Ellipsis)) {
    if (direction == Direction::Inbound)
      fail(token().position, "<...> may stand only in an outbound packet: an injected one needs its options");
    take();
    tcp.anyOptions = true;
    expectSymbol('>', "to close the TCP options");
    return;
  }
  std::size_t size = 0;
  do {
    tcp.options.push_back(parseTcpOption());
    size += encodedSize(tcp.options.back());
    if (size > kMaxOptionBytes) fail(open, "these TCP options are longer than 40 bytes");
  } while (acceptSymbol(','));
  if (!acceptSymbol('>')) expected("',' or '>' to close the TCP options");
  if (size % 4 != 0)
    fail(open,
         "these TCP options take " + std::to_string(size) + " bytes; expected a multiple of 4, padded with nop or eol");
}

TcpOption Parser::parseTcpOption() {
  if (acceptWord("nop")) return OptionNop{};
  if (acceptWord("eol")) return OptionEol{};
  if (acceptWord("sackOK")) return OptionSackPermitted{};
  if (acceptWord("mss")) return OptionMss{static_cast<std::uint16_t>(expectNumber("mss", 0, 0xffff))};
  if (acceptWord("wscale")) return OptionWindowScale{static_cast<std::uint8_t>(expectNumber("wscale", 0, 0xff))};
  if (acceptWord("sack")) return parseSack();
  if (acceptWord("FO")) return parseFastOpen(false);
  if (acceptWord("FOEXP")) return parseFastOpen(true);
  if (acceptWord("ECN")) return parseAccEcn();
  if (acceptWord("md5")) {
    const Position where = token().position;
    std::vector<std::uint8_t> digest = parseHexBlob("the md5 digest in hex digits");
    if (digest.size() != kMd5Bytes) fail(where, "an md5 digest has 32 hex digits");
    return OptionMd5{std::move(digest)};
  }
  if (acceptWord("TS")) {
    OptionTimestamp stamp;
    if (!acceptWord("val")) expected("'val N' after TS");
    stamp.value = static_cast<std::uint32_t>(expectNumber("TS val", 0, kMax32));
    if (!acceptWord("ecr")) expected("'ecr N' after TS val");
    stamp.echo = static_cast<std::uint32_t>(expectNumber("TS ecr", 0, kMax32));
    return stamp;
  }
  expected("a TCP option: nop, eol, mss, wscale, sackOK, sack, TS, md5, FO, FOEXP or ECN");
}

TcpOption Parser::parseSack() {
  OptionSack sack;
  do {
    const auto left = static_cast<std::uint32_t>(expectNumber("the left edge of a SACK block", 0, kMax32));
    expectSymbol(':', "between the edges of a SACK block");
    const auto right = static_cast<std::uint32_t>(expectNumber("the right edge of a SACK block", 0, kMax32));
    sack.blocks.emplace_back(left, right);
  } while (at(TokenKind::Integer) && sack.blocks.size() < 5);
  return sack;
}

TcpOption Parser::parseFastOpen(bool experimental) {
  OptionFastOpen option{{}, experimental};
  if (at(TokenKind::Word) || at(TokenKind::Integer)) option.cookie = parseHexBlob("a Fast Open cookie in hex digits");
  return option;
}

TcpOption Parser::parseAccEcn() {
  OptionAccEcn option;
  while (at(TokenKind::Word) && option.counters.size() < 4) {
    if (!atWord("e0b") && !atWord("e1b") && !atWord("ceb")) break;
    std::string name(take().text);
    option.counters.emplace_back(std::move(name),
                                 static_cast<std::uint32_t>(expectNumber("an ECN counter", 0, 0xffffff)));
  }
  if (option.counters.empty()) expected("e0b, e1b or ceb after ECN");
  return option;
}

std::vector<std::uint8_t> Parser::parseHexBlob(const char* what) {
  if (!at(TokenKind::Word) && !at(TokenKind::Integer)) expected(what);
  const Token blob = take();
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < blob.text.size(); i += 2) {
    const int high = hexValue(blob.text[i]), low = i + 1 < blob.text.size() ? hexValue(blob.text[i + 1]) : -1;
    if (high < 0 || low < 0)
      fail(blob.position, std::string("expected ") + what + ", two to a byte, found '" +
                              std::string(blob.text.substr(0, 40)) +
                              "' (a symbol is given its value by -D SYMBOL=value)");
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

} // namespace sockwalk::scenario
