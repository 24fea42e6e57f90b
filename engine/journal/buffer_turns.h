// Several packets live in one struct sk_buff, one after the other: NAPI gives a structure out again without the slab
// noticing, the second half of an fclone pair serves for each transmission, and skb_morph() makes another packet of one.
// Each of them has a name of its own: "sk_buff #7", then "sk_buff #7/2".
#pragma once
#include "engine/journal/journal.h"

namespace sockwalk {

// The how-manieth packet lives at `position` in the structure at `skb` (an offset), which was allocated by the event `born`:
// 1 for the first, and before it.
u32 bufferTurn(const Journal& journal, u32 skb, EventIndex born, EventIndex position);

// "" for the first, "/2" for the second.
std::string turnSuffix(u32 turn);

} // namespace sockwalk
