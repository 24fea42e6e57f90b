// What the files of net/core/skbuff share with each other and nobody else.
#pragma once
#include "engine/kernel/include/linux/skbuff.h"
#include <bit>

namespace sockwalk::kernel {

const kmem_cache* head_cache();
const kmem_cache* fclone_cache();
const sk_buff* napi_skb_cache_get();
void napi_skb_cache_put(const sk_buff* skb);
const u8* kmalloc_reserve(u32& size, u32 flags); // rounds `size` up to what it got, shared info included
void skb_release_all(const sk_buff* skb);
void skb_release_data(const sk_buff* skb);
void skb_free_head(const sk_buff* skb);
void __copy_skb_header(const sk_buff* to, const sk_buff* old);

void kfree_skbmem(const sk_buff* skb);
const sk_buff* __build_skb(const void* data, u32 frag_size); // around bytes that are there

int skb_zerocopy_clone(const sk_buff* nskb, const sk_buff* orig, u32 gfp_mask);

} // namespace sockwalk::kernel
