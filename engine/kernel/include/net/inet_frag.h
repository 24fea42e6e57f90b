// Putting fragments together: one queue for each packet that is on its way in pieces. The pieces stand in a red-black
// tree by offset; those that follow one another without a gap are one "run", chained behind its first.
// Source: include/net/inet_frag.h, net/ipv4/inet_fragment.c.
#pragma once
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/linux/skbuff.h"

namespace sockwalk::kernel {

inline const ipfrag_skb_cb* FRAG_CB(const sk_buff* skb) { return controlBlock<ipfrag_skb_cb>(skb); }
inline void add_frag_mem_limit(const fqdir* f, s64 val) { add(f->mem.counter, val); }
inline void sub_frag_mem_limit(const fqdir* f, s64 val) { sub(f->mem.counter, val); }

// The queue of a key, made if there is none; with a reference. nullptr: no memory, or too much is waiting already.
const inet_frag_queue* inet_frag_find(const fqdir* fqdir, const frag_v4_compare_key* key);
void inet_frag_kill(const inet_frag_queue* q);    // takes it out of the table and stops its timer
void inet_frag_destroy(const inet_frag_queue* q); // frees it and what still waits in it
void inet_frag_put(const inet_frag_queue* q);
int inet_frag_queue_insert(const inet_frag_queue* q, const sk_buff* skb, int offset, int end); // IPFRAG_*
// Makes `skb` (the piece that came last) the head of the whole; gives where its list of pieces begins.
const kptr<sk_buff>* inet_frag_reasm_prepare(const inet_frag_queue* q, const sk_buff* skb, const sk_buff* parent);
void inet_frag_reasm_finish(const inet_frag_queue* q, const sk_buff* head, const kptr<sk_buff>* nextp, bool coalesce);
const sk_buff* inet_frag_pull_head(const inet_frag_queue* q);

} // namespace sockwalk::kernel
