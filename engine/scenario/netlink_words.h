// Netlink messages in scripts and on the console, in words:
//
//   {type=RTM_GETLINK, flags=NLM_F_REQUEST|NLM_F_DUMP, family=AF_UNSPEC}
//   {type=RTM_NEWADDR, flags=NLM_F_REQUEST|NLM_F_ACK|NLM_F_CREATE, family=AF_INET, prefixlen=24, index=1,
//    attributes=[IFA_LOCAL=inet_addr("10.1.1.1"), IFA_LABEL="lo"]}
//
// `type` comes first, then in any order: flags, seq (1), pid (0); the members of the structure that this type of message
// begins with (netlink_form.h); attributes, whose values are numbers, texts, hardware addresses ("02:00:00:00:00:01") or lists
// of attributes. body="\x00": these bytes, and no structure. length=N: what the header says, right or wrong. Several
// messages stand in a list, [{...}, {...}].
// Where a call receives, such a list says what has to come: each message in turn, each as far as it is described; `...` at
// the end: and more.
#pragma once
#include "engine/base/bytes.h"
#include "engine/scenario/evaluate.h"
#include "engine/scenario/values.h"

namespace sockwalk::scenario {

bool isNetlinkMessage(const Expression& e);                                      // one, or a list of them
std::vector<u8> netlinkMessage(const Expression& e, const Variables* variables); // throws PlayError
// Throws PlayError where a message that came is not as the script says.
void compareNetlink(const Expression& expected, ByteView came, const Variables* variables);

} // namespace sockwalk::scenario
