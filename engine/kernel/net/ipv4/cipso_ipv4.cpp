// CIPSO: labels in the IP header that say how secret a packet is. What the levels and categories of a label mean is
// agreed on in a domain of interpretation (DOI), which an administrator configures with netlabelctl.
#include "engine/kernel/include/net/cipso_ipv4.h"
#include "engine/base/bytes.h"

namespace sockwalk::kernel {

static const void* cipso_v4_doi_search(u32 doi) {
  KFUNC(cipso_v4_doi_search, doi);
  INLINED();
  SIMPLIFIED("no domain can be configured: as on a host without netlabelctl, none is known");
  return call.result<const void*>(nullptr);
}

int cipso_v4_validate(const sk_buff* skb, const u8* option) {
  KFUNC(cipso_v4_validate, skb, option);
  constexpr u8 Shortest = 8; // kind, length, domain, and a tag
  constexpr int Length = 1, Domain = 2, Fine = -1;
  if (option[1] < Shortest) return call.result(Length);
  return call.result(cipso_v4_doi_search(loadBe32(ByteView(option, 6), 2)) ? Fine : Domain);
}

} // namespace sockwalk::kernel
