#include "engine/kernel/include/net/inet_frag.h"

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
  const inet_frags* f = fqdir->f;
  const auto* qp = kmem_cache_alloc<ipq>(f->frags_cachep, GFP_ATOMIC | __GFP_ZERO);
  if (!qp) return nullptr;
  const inet_frag_queue* q = &qp->q;
  set(q->fqdir, fqdir);
  f->constructor(q, key);
  add_frag_mem_limit(fqdir, f->qsize);
  refcount_set(&q->refcnt, 3); // the table's, the timer's, the caller's
  rhashtable_insert(q);
  set(q->timer.function, f->frag_expire);
  set(q->timer.expires, machine().jiffies() + static_cast<u64>(fqdir->timeout));
  machine().armTimer(timerId(q), machine().timeOfJiffies(q->timer.expires), [q] { q->timer.function(&q->timer); });
  return q;
}

const inet_frag_queue* inet_frag_find(const fqdir* fqdir, const frag_v4_compare_key* key) {
  KFUNC(inet_frag_find, fqdir, key);
  SIMPLIFIED("one chain for all namespaces; the kernel has a table for each, which grows with what is in it");
  if (!fqdir->high_thresh || fqdir->mem.counter > fqdir->high_thresh)
    return call.result<const inet_frag_queue*>(nullptr);
  const inet_frag_queue* fq = rhashtable_lookup(fqdir, key);
  if (!fq) return call.result(inet_frag_create(fqdir, key));
  refcount_inc(&fq->refcnt);
  return call.result(fq);
}

void inet_frag_kill(const inet_frag_queue* q) {
  KFUNC(inet_frag_kill, q);
  if (machine().cancelTimer(timerId(q))) sub(q->refcnt.refs.counter, 1);
  if (q->flags & INET_FRAG_COMPLETE) return;
  set(q->flags, q->flags | INET_FRAG_COMPLETE);
  rhashtable_remove(q);
  sub(q->refcnt.refs.counter, 1);
}

static u32 inet_frag_rbtree_purge(const rb_root* root) {
  KFUNC(inet_frag_rbtree_purge, root);
  u32 sum = 0;
  while (const rb_node* p = rb_first(root)) {
    const sk_buff* skb = rb_to_skb(p);
    rb_erase(p, root);
    while (skb) {
      const sk_buff* next = FRAG_CB(skb)->next_frag;
      sum += skb->truesize;
      kfree_skb(skb);
      skb = next;
    }
  }
  return call.result(sum);
}

void inet_frag_destroy(const inet_frag_queue* q) {
  KFUNC(inet_frag_destroy, q);
  SIMPLIFIED("the queue is free at once, not after an RCU grace period");
  const fqdir* fqdir = q->fqdir;
  const u32 sum = inet_frag_rbtree_purge(&q->rb_fragments) + fqdir->f->qsize;
  kmem_cache_free(container_of(q, ipq, q));
  sub_frag_mem_limit(fqdir, sum);
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
static void fragrun_append_to_last(const inet_frag_queue* q, const sk_buff* skb) {
  fragcb_clear(skb);
  add(FRAG_CB(q->last_run_head)->frag_run_len, skb->len);
  set(FRAG_CB(q->fragments_tail)->next_frag, skb);
  set(q->fragments_tail, skb);
}
static void fragrun_create(const inet_frag_queue* q, const sk_buff* skb) {
  fragcb_clear(skb);
  if (const sk_buff* last = q->last_run_head) rb_link_node(&skb->rbnode, &last->rbnode, &last->rbnode.rb_right);
  else rb_link_node(&skb->rbnode, nullptr, &q->rb_fragments.rb_node);
  rb_insert_color(&skb->rbnode, &q->rb_fragments);
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
  const sk_buff* last = q->fragments_tail;
  const int lastEnd = last ? FRAG_CB(last)->ip_defrag_offset + static_cast<int>(last->len) : 0;
  if (!last) {
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
// The packet that goes on must be the one that ip_local_deliver() holds. If that is not the first piece, the two swap:
// its content goes to a clone in the tree, and it becomes the first piece.
const kptr<sk_buff>* inet_frag_reasm_prepare(const inet_frag_queue* q, const sk_buff* skb, const sk_buff* parent) {
  KFUNC(inet_frag_reasm_prepare, q, skb, parent);
  const rb_root* root = &q->rb_fragments;
  const sk_buff* head = rb_to_skb(rb_first(root));
  if (head != skb) {
    const sk_buff* fp = skb_clone(skb, GFP_ATOMIC);
    if (!fp) return call.result<const kptr<sk_buff>*>(nullptr);
    set(FRAG_CB(fp)->next_frag, FRAG_CB(skb)->next_frag);
    if (RB_EMPTY_NODE(&skb->rbnode)) set(FRAG_CB(parent)->next_frag, fp);
    else rb_replace_node(&skb->rbnode, &fp->rbnode, root);
    if (q->fragments_tail.get() == skb) set(q->fragments_tail, fp);
    skb_morph(skb, head);
    set(FRAG_CB(skb)->next_frag, FRAG_CB(head)->next_frag);
    rb_replace_node(&head->rbnode, &skb->rbnode, root);
    consume_skb(head);
    head = skb;
  }
  const s64 before = head->truesize;
  if (skb_unclone(head, GFP_ATOMIC)) return call.result<const kptr<sk_buff>*>(nullptr);
  add_frag_mem_limit(q->fqdir, s64(head->truesize) - before);
  return call.result<const kptr<sk_buff>*>(&skb_shinfo(head)->frag_list);
}

// One piece behind those that are joined already: its page becomes a fragment, or it is hung on as it is.
static const kptr<sk_buff>* join(const sk_buff* head, const sk_buff* fp, const kptr<sk_buff>* nextp, bool coalesce) {
  if (head->ip_summed != fp->ip_summed) set(head, sk_buff::bit::ip_summed, CHECKSUM_NONE);
  else if (head->ip_summed == CHECKSUM_COMPLETE) set(head->csum, csum_add(head->csum, fp->csum));
  bool stolen;
  int delta;
  if (coalesce && skb_try_coalesce(head, fp, &stolen, &delta)) {
    kfree_skb_partial(fp, stolen);
    return nextp;
  }
  fillBytes(&fp->rbnode, 0, sizeof fp->rbnode);
  set(fp->sk, nullptr);
  add(head->data_len, fp->len);
  add(head->len, fp->len);
  add(head->truesize, fp->truesize);
  set(*nextp, fp);
  return &fp->next;
}

void inet_frag_reasm_finish(const inet_frag_queue* q, const sk_buff* head, const kptr<sk_buff>* nextp, bool coalesce) {
  KFUNC(inet_frag_reasm_finish, q, head);
  const rb_root* root = &q->rb_fragments;
  skb_push(head, static_cast<u32>(head->data - skb_network_header(head)));
  const sk_buff* fp = FRAG_CB(head)->next_frag;
  const rb_node* run = rb_next(&head->rbnode);
  rb_erase(&head->rbnode, root);
  s64 sum_truesize = head->truesize;
  while (run || fp) {
    while (fp) {
      const sk_buff* next_frag = FRAG_CB(fp)->next_frag;
      sum_truesize += fp->truesize;
      nextp = join(head, fp, nextp, coalesce);
      fp = next_frag;
    }
    if (!run) break;
    const rb_node* next = rb_next(run);
    fp = rb_to_skb(run);
    rb_erase(run, root);
    run = next;
  }
  sub_frag_mem_limit(q->fqdir, sum_truesize);
  if (nextp->get()) set(*nextp, nullptr);
  skb_mark_not_on_list(head);
  set(head->prev, nullptr);
  set(head->tstamp, q->stamp);
}

const sk_buff* inet_frag_pull_head(const inet_frag_queue* q) {
  KFUNC(inet_frag_pull_head, q);
  const sk_buff* head = rb_to_skb(rb_first(&q->rb_fragments));
  if (!head) return call.result(head);
  if (const sk_buff* next = FRAG_CB(head)->next_frag) rb_replace_node(&head->rbnode, &next->rbnode, &q->rb_fragments);
  else rb_erase(&head->rbnode, &q->rb_fragments);
  fillBytes(&head->rbnode, 0, sizeof head->rbnode);
  if (q->fragments_tail.get() == head) set(q->fragments_tail, nullptr);
  sub_frag_mem_limit(q->fqdir, head->truesize);
  return call.result(head);
}

} // namespace sockwalk::kernel
