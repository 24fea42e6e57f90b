// `//@skb push 64` in a script, `skb push 64` on the console: the next sk_buff that a function is handed gets a skb_push(),
// skb_put() or skb_pull() of so many bytes that nobody needed, as a faulty driver would make it. What the kernel makes of it
// is the kernel's business: skb_under_panic() and skb_over_panic() stop it, a skb_pull() of more than there is gives NULL.
#pragma once
#include "engine/scenario/player.h"

namespace sockwalk::scenario {

// `skb push|put|pull N [FUNCTION]`, without a function: dev_hard_start_xmit(), for a skb_pull() ip_rcv_core().
bool isSkbOrder(const std::string& command);
void orderSkbCall(const std::string& command, Stage& stage); // throws PlayError
bool skbOrderWaits(Stage& stage);                            // its function has been handed none since

} // namespace sockwalk::scenario
