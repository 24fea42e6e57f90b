#include "engine/kernel/include/linux/timer.h"
#include "engine/kernel/include/net/inet_frag.h"
#include "engine/memory/constants/inet.h"

namespace sockwalk::kernel {

// ---- the table of queues
static Global<rhash_head> frag_table{"ip4_frags_table"}; // one chain
static u32 hashOf(const frag_v4_compare_key* key) { return key->saddr ^ key->daddr ^ key->id ^ key->protocol; }

static u32 ip4_key_hashfn(const frag_v4_compare_key* key) {
  KFUNC(ip4_key_hashfn, key);
  return call.result(hashOf(key));
}
static u32 ip4_obj_hashfn(const inet_frag_queue* fq) {
  KFUNC(ip4_obj_hashfn, fq);
  return call.result(hashOf(&fq->key.v4));
}
static int ip4_obj_cmpfn(const frag_v4_compare_key* key, const inet_frag_queue* fq) {
  KFUNC(ip4_obj_cmpfn, key, fq);
  return call.result(std::memcmp(&fq->key.v4, key, sizeof *key));
}

static const inet_frag_queue* rhashtable_lookup(const fqdir* fqdir, const frag_v4_compare_key* key) {
  const u32 hash = ip4_key_hashfn(key);
  for (const rhash_head* n = frag_table->next; n; n = n->next) {
    const auto* fq = container_of(n, inet_frag_queue, node);
    if (fq->fqdir == fqdir && hashOf(&fq->key.v4) == hash && !ip4_obj_cmpfn(key, fq)) return fq;
  }
  return nullptr;
}
static void rhashtable_insert(const inet_frag_queue* fq) {
  ip4_obj_hashfn(fq);
  set(fq->node.next, frag_table->next);
  set(frag_table->next, &fq->node);
}
static void rhashtable_remove(const inet_frag_queue* fq) {
  ip4_obj_hashfn(fq);
  const kptr<rhash_head>* link = &frag_table->next;
  while (link->get() && link->get() != &fq->node) link = &link->get()->next;
  if (link->get()) set(*link, fq->node.next);
}

// ---- life of a queue
static u32 timerId(const inet_frag_queue* q) { return Arena::offsetOf(&q->timer); }

static const inet_frag_queue* inet_frag_create(const fqdir* fqdir, const frag_v4_compare_key* key) {
  const inet_frags* kind = fqdir->f;
  const auto* qp = kmem_cache_alloc<ipq>(kind->frags_cachep, GFP_ATOMIC | __GFP_ZERO);
  if (!qp) return nullptr;
  const inet_frag_queue* q = &qp->q;
  set(q->fqdir, fqdir);
  kind->constructor(q, key);
  add_frag_mem_limit(fqdir, kind->qsize);
  refcount_set(&q->refcnt, 3); // the table's, the timer's, the caller's
  rhashtable_insert(q);
  set(q->timer.function, kind->frag_expire);
  set(q->timer.expires, machine().jiffies() + static_cast<u64>(fqdir->timeout));
  machine().armTimer(timerId(q), machine().timeOfJiffies(q->timer.expires), {fn<fireTimer>, &q->timer});
  return q;
}

const inet_frag_queue* inet_frag_find(const fqdir* fqdir, const frag_v4_compare_key* key) {
  KFUNC(inet_frag_find, fqdir, key);
  SIMPLIFIED("one chain for all namespaces; the kernel has a table for each, which grows with what is in it");
  if (!fqdir->high_thresh || fqdir->mem.counter > fqdir->high_thresh)
    return call.result<const inet_frag_queue*>(nullptr);
  const inet_frag_queue* begun = rhashtable_lookup(fqdir, key);
  if (!begun) return call.result(inet_frag_create(fqdir, key));
  refcount_inc(&begun->refcnt);
  return call.result(begun);
}

void inet_frag_kill(const inet_frag_queue* q) {
  KFUNC(inet_frag_kill, q);
  if (machine().cancelTimer(timerId(q))) sub(q->refcnt.refs.counter, 1);
  if (q->flags & INET_FRAG_COMPLETE) return;
  set(q->flags, q->flags | INET_FRAG_COMPLETE);
  rhashtable_remove(q);
  sub(q->refcnt.refs.counter, 1);
}

// Every node of the tree is a run: pieces that follow on one another, held together by next_frag.
static u32 freeRun(const sk_buff* piece) {
  u32 freed = 0;
  while (piece) {
    const sk_buff* behind = FRAG_CB(piece)->next_frag;
    freed += piece->truesize;
    kfree_skb(piece);
    piece = behind;
  }
  return freed;
}

static u32 inet_frag_rbtree_purge(const rb_root* root) {
  KFUNC(inet_frag_rbtree_purge, root);
  u32 freed = 0;
  while (const rb_node* run = rb_first(root)) {
    const sk_buff* first = rb_to_skb(run);
    rb_erase(run, root);
    freed += freeRun(first);
  }
  return call.result(freed);
}

void inet_frag_destroy(const inet_frag_queue* q) {
  KFUNC(inet_frag_destroy, q);
  SIMPLIFIED("the queue is free at once, not after an RCU grace period");
  const fqdir* account = q->fqdir;
  const u32 freed = inet_frag_rbtree_purge(&q->rb_fragments) + account->f->qsize;
  kmem_cache_free(container_of(q, ipq, q));
  sub_frag_mem_limit(account, freed);
}
void inet_frag_put(const inet_frag_queue* q) {
  if (refcount_dec_and_test(&q->refcnt)) inet_frag_destroy(q);
}

// ---- pieces
static void fragcb_clear(const sk_buff* skb) {
  RB_CLEAR_NODE(&skb->rbnode);
  set(FRAG_CB(skb)->next_frag, nullptr);
  set(FRAG_CB(skb)->frag_run_len, skb->len);
}
// In order, the usual case: no search, the last run grows.
static void fragrun_append_to_last(const inet_frag_queue* q, const sk_buff* skb) {
  const sk_buff* lastPiece = q->fragments_tail;
  fragcb_clear(skb);
  add(FRAG_CB(q->last_run_head)->frag_run_len, skb->len);
  set(FRAG_CB(lastPiece)->next_frag, skb);
  set(q->fragments_tail, skb);
}
// Behind all others: a new run, to the right of the last.
static void fragrun_create(const inet_frag_queue* q, const sk_buff* skb) {
  const sk_buff* runBefore = q->last_run_head;
  const rb_node *node = &skb->rbnode, *parent = runBefore ? &runBefore->rbnode : nullptr;
  fragcb_clear(skb);
  rb_link_node(node, parent, parent ? &parent->rb_right : &q->rb_fragments.rb_node);
  rb_insert_color(node, &q->rb_fragments);
  set(q->fragments_tail, skb);
  set(q->last_run_head, skb);
}

// A piece that does not come at the end looks for its place in the tree. What overlaps makes the packet suspect.
static int insertInside(const inet_frag_queue* q, const sk_buff* skb, int offset, int end) {
  const kptr<rb_node>* link = &q->rb_fragments.rb_node;
  const rb_node* parent = nullptr;
  while (link->get()) {
    parent = link->get();
    const ipfrag_skb_cb* run = FRAG_CB(rb_to_skb(parent));
    const int from = run->ip_defrag_offset, to = from + run->frag_run_len;
    if (end <= from) link = &parent->rb_left;
    else if (offset >= to) link = &parent->rb_right;
    else return offset >= from && end <= to ? IPFRAG_DUP : IPFRAG_OVERLAP;
  }
  fragcb_clear(skb);
  rb_link_node(&skb->rbnode, parent, link);
  rb_insert_color(&skb->rbnode, &q->rb_fragments);
  return IPFRAG_OK;
}

int inet_frag_queue_insert(const inet_frag_queue* q, const sk_buff* skb, int offset, int end) {
  KFUNC(inet_frag_queue_insert, q, skb, offset, end);
  const sk_buff* tail = q->fragments_tail;
  const int lastEnd = tail ? FRAG_CB(tail)->ip_defrag_offset + static_cast<int>(tail->len) : 0;
  if (!tail) {
    fragrun_create(q, skb);
  } else if (lastEnd < end) {
    if (offset < lastEnd) return call.result(static_cast<int>(IPFRAG_OVERLAP));
    offset == lastEnd ? fragrun_append_to_last(q, skb) : fragrun_create(q, skb);
  } else if (const int verdict = insertInside(q, skb, offset, end)) {
    return call.result(verdict);
  }
  set(FRAG_CB(skb)->ip_defrag_offset, offset);
  return call.result(static_cast<int>(IPFRAG_OK));
}

// ---- the whole
// `skb` takes over what the first piece is; what it was itself goes on in a clone, which stands in its place in the
// tree (`parent`: the piece before it, if it was no run of its own). False: no memory.
static bool becomeFirst(const inet_frag_queue* q, const sk_buff* skb, const sk_buff* first, const sk_buff* parent) {
  const rb_root* tree = &q->rb_fragments;
  const sk_buff* standIn = skb_clone(skb, GFP_ATOMIC);
  if (!standIn) return false;
  set(FRAG_CB(standIn)->next_frag, FRAG_CB(skb)->next_frag);
  const bool headsRun = !RB_EMPTY_NODE(&skb->rbnode);
  if (headsRun) rb_replace_node(&skb->rbnode, &standIn->rbnode, tree);
  else set(FRAG_CB(parent)->next_frag, standIn);
  if (q->fragments_tail.get() == skb) set(q->fragments_tail, standIn);
  skb_morph(skb, first);
  set(FRAG_CB(skb)->next_frag, FRAG_CB(first)->next_frag);
  rb_replace_node(&first->rbnode, &skb->rbnode, tree);
  consume_skb(first);
  return true;
}

// The packet that goes on must be the one that ip_local_deliver() holds. If that is not the first piece, the two swap.
// Gives the place where the other pieces will hang.
const kptr<sk_buff>* inet_frag_reasm_prepare(const inet_frag_queue* q, const sk_buff* skb, const sk_buff* parent) {
  KFUNC(inet_frag_reasm_prepare, q, skb, parent);
  const kptr<sk_buff>* noMemory = nullptr;
  const sk_buff* first = rb_to_skb(rb_first(&q->rb_fragments));
  if (first != skb && !becomeFirst(q, skb, first, parent)) return call.result(noMemory);
  const s64 before = skb->truesize;
  if (skb_unclone(skb, GFP_ATOMIC)) return call.result(noMemory);
  add_frag_mem_limit(q->fqdir, s64(skb->truesize) - before);
  const kptr<sk_buff>* list = &skb_shinfo(skb)->frag_list;
  return call.result(list);
}

// If the device summed both, the sums add up. If it did so for one and not the other, nobody has summed the whole.
static void joinSums(const sk_buff* head, const sk_buff* piece) {
  const u32 kind = head->ip_summed;
  if (kind != piece->ip_summed) set(head, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  else if (kind == CHECKSUM_COMPLETE) set(head->csum, csum_add(head->csum, piece->csum));
}

// One piece behind those that are joined already: its page becomes a fragment, or it is hung on as it is. Gives the
// place for the next to be hung on.
static const kptr<sk_buff>* joinPiece(const sk_buff* head, const sk_buff* piece, const kptr<sk_buff>* place,
                                      bool coalesce) {
  mark(BufferMark::Reassembled, piece, head);
  joinSums(head, piece);
  bool stolen;
  int grown;
  if (coalesce && skb_try_coalesce(head, piece, &stolen, &grown)) {
    kfree_skb_partial(piece, stolen);
    return place;
  }
  fillBytes(&piece->rbnode, 0, sizeof piece->rbnode); // where it stood in the tree is where its neighbours are now
  set(piece->sk, nullptr);
  add(head->data_len, piece->len);
  add(head->len, piece->len);
  add(head->truesize, piece->truesize);
  set(*place, piece);
  return &piece->next;
}

// Joins the pieces of one run, from the first on, and gives how large they were.
static s64 joinRun(const sk_buff* head, const sk_buff* piece, const kptr<sk_buff>*& nextp, bool coalesce) {
  s64 size = 0;
  while (piece) {
    const sk_buff* behind = FRAG_CB(piece)->next_frag;
    size += piece->truesize;
    nextp = joinPiece(head, piece, nextp, coalesce);
    piece = behind;
  }
  return size;
}

// The head's own run comes first, then the tree is emptied from the left.
void inet_frag_reasm_finish(const inet_frag_queue* q, const sk_buff* head, const kptr<sk_buff>* nextp, bool coalesce) {
  KFUNC(inet_frag_reasm_finish, q, head);
  const rb_root* tree = &q->rb_fragments;
  skb_push(head, static_cast<u32>(head->data - skb_network_header(head)));
  const sk_buff* inOwnRun = FRAG_CB(head)->next_frag;
  const rb_node* run = rb_next(&head->rbnode);
  rb_erase(&head->rbnode, tree);
  s64 noLongerWaiting = head->truesize;
  noLongerWaiting += joinRun(head, inOwnRun, nextp, coalesce);
  while (run) {
    const rb_node* runBehind = rb_next(run);
    rb_erase(run, tree);
    noLongerWaiting += joinRun(head, rb_to_skb(run), nextp, coalesce);
    run = runBehind;
  }
  sub_frag_mem_limit(q->fqdir, noLongerWaiting);
  if (nextp->get()) set(*nextp, nullptr);
  skb_mark_not_on_list(head);
  set(head->prev, nullptr);
  set(head->tstamp, q->stamp);
}

// Takes the first piece out. The one behind it in its run, if there is one, heads that run now.
const sk_buff* inet_frag_pull_head(const inet_frag_queue* q) {
  KFUNC(inet_frag_pull_head, q);
  const rb_root* tree = &q->rb_fragments;
  const sk_buff* first = rb_to_skb(rb_first(tree));
  if (!first) return call.result(first);
  const rb_node* node = &first->rbnode;
  const sk_buff* heir = FRAG_CB(first)->next_frag;
  if (heir) rb_replace_node(node, &heir->rbnode, tree);
  else rb_erase(node, tree);
  fillBytes(node, 0, sizeof *node);
  if (q->fragments_tail.get() == first) set(q->fragments_tail, nullptr);
  sub_frag_mem_limit(q->fqdir, first->truesize);
  return call.result(first);
}

} // namespace sockwalk::kernel
