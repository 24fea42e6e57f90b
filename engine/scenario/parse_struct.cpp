// Structures in arguments: `{fd=3, events=POLLIN}`, `{sa_family = AF_INET, ...}`, `{..., 1000}`.
#include "engine/scenario/parser_state.h"

#include <array>

namespace sockwalk::scenario {

namespace {

struct FieldShape {
  std::string_view names; ///< one name, or several to choose from: "fd|ptr"
  bool optional = false;
  bool withLength = false; ///< name(LENGTH) = value
  bool mayHaveLength = false;
};

struct Shape {
  StructKind kind;
  std::array<FieldShape, 7> fields; ///< the first field's name tells the structures apart
};

constexpr Shape kShapes[] = {
    {StructKind::Sockaddr, {{{"sa_family"}, {"sin_port|nl_pid", true}, {"sin_addr|nl_groups", true}}}},
    {StructKind::MsgHdr,
     {{{"msg_name", false, true}, {"msg_iov", false, true}, {"msg_flags"}, {"msg_control", true, false, true}}}},
    {StructKind::CmsgHdr, {{{"cmsg_level"}, {"cmsg_type"}, {"cmsg_data"}}}},
    {StructKind::Timestamp, {{{"scm_sec"}, {"scm_nsec"}}}},
    {StructKind::ExtendedError, {{{"ee_errno"}, {"ee_origin"}, {"ee_type"}, {"ee_code"}, {"ee_info"}, {"ee_data"}}}},
    {StructKind::PollFd, {{{"fd"}, {"events"}, {"revents", true}}}},
    {StructKind::EpollEvent, {{{"events"}, {"fd|ptr|u32|u64"}}}},
    {StructKind::Linger, {{{"onoff"}, {"linger"}}}},
    {StructKind::LinkAddress,
     {{{"sll_family"},
       {"sll_protocol", true},
       {"sll_ifindex", true},
       {"sll_hatype", true},
       {"sll_pkttype", true},
       {"sll_halen", true},
       {"sll_addr", true}}}},
    {StructKind::OldAddress, {{{"spkt_family"}, {"spkt_device"}, {"spkt_protocol", true}}}},
    {StructKind::Membership, {{{"mr_ifindex"}, {"mr_type"}, {"mr_alen", true}, {"mr_address", true}}}},
    {StructKind::RingRequest, 
     {{{"tp_block_size"},
       {"tp_block_nr"},
       {"tp_frame_size"},
       {"tp_frame_nr"},
       {"tp_retire_blk_tov", true},
       {"tp_sizeof_priv", true},
       {"tp_feature_req_word", true}}}},
    {StructKind::PacketCounts, {{{"tp_packets"}, {"tp_drops"}, {"tp_freeze_q_cnt", true}}}},
    {StructKind::AlgAddress,
     {{{"salg_family"}, {"salg_type"}, {"salg_name"}, {"salg_feat", true}, {"salg_mask", true}}}},
    {StructKind::TunnelAddress, {{{"l2tp_family"}, {"l2tp_addr"}, {"l2tp_conn_id"}}}},
    {StructKind::SockaddrUn, {{{"sun_family"}, {"sun_path", true}}}},
    {StructKind::Ucred, {{{"pid"}, {"uid"}, {"gid"}}}},
};

const Shape* shapeBeginningWith(std::string_view name) {
  for (const Shape& shape : kShapes)
    if (shape.fields[0].names == name) return &shape;
  return nullptr;
}

bool isOneOf(std::string_view name, std::string_view names) {
  while (!names.empty()) {
    const std::size_t bar = std::min(names.find('|'), names.size());
    if (names.substr(0, bar) == name) return true;
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
  return false;
}

std::string alternatives(std::string_view names) {
  std::string text;
  for (char c : names) text += c == '|' ? std::string(" or ") : std::string(1, c);
  return text;
}

const Shape& shapeOf(StructKind kind) {
  for (const Shape& shape : kShapes)
    if (shape.kind == kind) return shape;
  return kShapes[0];
}

} // namespace

Expression Parser::parseBraces() {
  const Position where = take().position;
  if (at(TokenKind::Word))
    if (const Shape* shape = shapeBeginningWith(token().text)) return {where, parseStruct(shape->kind, take())};
  Braces braces{parseExpressions('}', "to close the structure")};
  if (braces.items.empty()) fail(where, "expected a structure's fields or values between '{' and '}'");
  return {where, std::move(braces)};
}

Struct Parser::parseStruct(StructKind kind, Token name) {
  Struct result{kind, {}};
  const Shape& shape = shapeOf(kind);
  result.fields.push_back(parseField(name, shape.fields[0].withLength));
  for (std::size_t i = 1; i < shape.fields.size() && !shape.fields[i].names.empty(); ++i) {
    const FieldShape& field = shape.fields[i];
    if (field.optional && atSymbol('}')) break;
    const std::string wanted = alternatives(field.names);
    if (!acceptSymbol(',')) expected("',' and field " + wanted);
    if (!at(TokenKind::Word) || !isOneOf(token().text, field.names)) expected("field " + wanted);
    const Token named = take();
    result.fields.push_back(parseField(named, field.withLength || (field.mayHaveLength && atSymbol('('))));
  }
  expectSymbol('}', "to close the structure");
  return result;
}

Field Parser::parseField(Token name, bool withLength) {
  Field field;
  field.position = name.position;
  field.name = name.text;
  if (withLength) {
    expectSymbol('(', "and a length after the field's name");
    field.length = parseExpression();
    expectSymbol(')', "after the length");
  }
  expectSymbol('=', "after the field's name");
  field.value = parseExpression();
  return field;
}

} // namespace sockwalk::scenario
