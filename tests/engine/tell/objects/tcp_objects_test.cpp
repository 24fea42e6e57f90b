// What hangs on a TCP socket, made by hand with the real structures: the retransmission tree, the accept queue, the table
// of connections, and epoll's tree and list.
#include "engine/kernel/include/linux/rbtree.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/tell/objects/objects.h"
#include "tests/views/sample/recorded_session.h"
#include <algorithm>
#include <gtest/gtest.h>

using namespace sockwalk;
using namespace sockwalk::kernel;
using tell::ObjectCard, tell::ObjectGraph, tell::ObjectLink, tell::ObjectRow;

namespace {

u64 at(const void* p) { return Arena::address(p); }

struct TellTcpObjects : ::testing::Test {
  RecordedSession session;
  const tcp_sock* tp = nullptr;
  const sk_buff_fclones* segments[3] = {};
  const tcp_request_sock* request = nullptr;
  const tcp_sock* child = nullptr;
  const eventpoll* ep = nullptr;
  const epitem* items[2] = {};
  const tcp_timewait_sock* timewait = nullptr;

  TellTcpObjects() {
    EnterMachine enter(session.machine());
    Recorder& r = session.recorder();
    r.context(Context::Boot, 0, "boot", 0, NoEvent);
    r.stimulus("by hand", "");
    tp = kzalloc<tcp_sock>(GFP_KERNEL);
    makeTree();
    makeAcceptQueue();
    makePoll();
    makeTable();
  }

  void makeTree() {
    for (int i = 0; i < 3; ++i) {
      segments[i] = kzalloc<sk_buff_fclones>(GFP_KERNEL);
      const sk_buff& skb = segments[i]->skb1;
      const auto* cb = reinterpret_cast<const tcp_skb_cb*>(skb.cb);
      set(skb.users.refs.counter, 1);
      set(cb->seq, 1000 + 500 * i);
      set(cb->end_seq, 1500 + 500 * i);
    }
    // The middle one on top, black; its children red.
    const rb_node *top = &segments[1]->skb1.rbnode, *left = &segments[0]->skb1.rbnode,
                  *right = &segments[2]->skb1.rbnode;
    const auto* sk = reinterpret_cast<const sock*>(tp);
    rb_link_node(top, nullptr, &sk->tcp_rtx_queue.rb_node);
    rb_insert_color(top, &sk->tcp_rtx_queue);
    rb_link_node(left, top, &top->rb_left);
    rb_insert_color(left, &sk->tcp_rtx_queue);
    rb_link_node(right, top, &top->rb_right);
    rb_insert_color(right, &sk->tcp_rtx_queue);
    set(segments[0]->skb2.users.refs.counter, 1); // under way
  }
  void makeAcceptQueue() {
    request = kzalloc<tcp_request_sock>(GFP_KERNEL);
    child = kzalloc<tcp_sock>(GFP_KERNEL);
    const request_sock& req = request->req.req;
    set(req.sk, reinterpret_cast<const sock*>(child));
    set(req.__req_common.skc_state, 12);
    const auto* icsk = reinterpret_cast<const inet_connection_sock*>(tp);
    set(icsk->icsk_accept_queue.rskq_accept_head, &req);
    set(reinterpret_cast<const sock*>(tp)->sk_ack_backlog, 1);
  }
  void makePoll() {
    ep = kzalloc<eventpoll>(GFP_KERNEL);
    for (auto& item : items) item = kzalloc<epitem>(GFP_KERNEL);
    rb_link_node(&items[0]->rbn, nullptr, &ep->rbr.rb_root.rb_node);
    rb_insert_color(&items[0]->rbn, &ep->rbr.rb_root);
    rb_link_node(&items[1]->rbn, &items[0]->rbn, &items[0]->rbn.rb_right);
    rb_insert_color(&items[1]->rbn, &ep->rbr.rb_root);
    INIT_LIST_HEAD(&ep->rdllist);
    INIT_LIST_HEAD(&items[0]->rdllink);
    list_add_tail(&items[1]->rdllink, &ep->rdllist);
    set(items[1]->event.events, 1u | 1u << 31);
  }
  void makeTable() {
    timewait = kzalloc<tcp_timewait_sock>(GFP_KERNEL);
    set(timewait->tw_sk.__tw_common.skc_state, 6);
    const u64 nulls = 5 << 1 | 1;
    setBytes(&timewait->tw_sk.__tw_common.skc_nulls_node, &nulls, 8);
    const auto* buckets = kzalloc<inet_ehash_bucket>(GFP_KERNEL, 15 * 8);
    for (u64 i = 0; i < 16; ++i) {
      const u64 end = i << 1 | 1;
      setBytes(&buckets[i].chain, &end, 8);
    }
    const u64 node = at(&timewait->tw_sk.__tw_common.skc_nulls_node);
    setBytes(&buckets[5].chain, &node, 8);
    const auto* table =
        t_arena->object<inet_hashinfo>(Arena::addressOf(Symbols::get().dataNamed("tcp_hashinfo")->offset));
    set(table->ehash, buckets);
    set(table->ehash_mask, 15);
  }

  ObjectGraph graph(u64 focus = 0) {
    Playhead playhead(session.journal());
    playhead.seek(session.journal().size());
    return tell::readObjects(playhead, {}, focus, 0, 100);
  }
  static std::string value(const ObjectGraph& g, u64 address, const std::string& label) {
    for (const ObjectCard& c : g.cards)
      for (const ObjectRow& r : c.rows)
        if (c.address == address && tell::english(r.label) == label) return tell::english(r.value);
    return "no such row";
  }
  static bool linked(const ObjectGraph& g, u64 from, const std::string& label, u64 to) {
    return std::any_of(g.links.begin(), g.links.end(), [&](const ObjectLink& l) {
      return g.cards[l.from].address == from && g.cards[l.to].address == to &&
             tell::english(g.cards[l.from].rows[l.row].label) == label;
    });
  }
};

TEST_F(TellTcpObjects, TheRetransmissionTreeIsATreeOfRanges) {
  const ObjectGraph g = graph();
  const u64 sk = at(tp), top = at(&segments[1]->skb1), left = at(&segments[0]->skb1), right = at(&segments[2]->skb1);
  EXPECT_EQ(value(g, sk, "tcp_rtx_queue"), "tree of 3");
  EXPECT_TRUE(linked(g, sk, "tcp_rtx_queue", top));
  EXPECT_TRUE(linked(g, top, "rb_left", left));
  EXPECT_TRUE(linked(g, top, "rb_right", right));
  EXPECT_EQ(value(g, left, "seq"), "1000…1500");
  EXPECT_EQ(value(g, top, "colour"), "black");
  EXPECT_EQ(value(g, left, "colour"), "red");
  EXPECT_EQ(value(g, left, "next"), "no such row") << "the same bytes are the tree's";
  EXPECT_EQ(value(g, left, "rb_left"), "no such row") << "NULL says nothing";
}

TEST_F(TellTcpObjects, ABufferThatIsMetBeforeItsTreeIsStillReadByIt) {
  const ObjectGraph g = graph(at(segments[2]));
  EXPECT_EQ(value(g, at(&segments[2]->skb1), "seq"), "2000…2500");
  EXPECT_EQ(value(g, at(&segments[2]->skb1), "colour"), "red");
}

TEST_F(TellTcpObjects, OfAPairTheCloneIsThereWhileItIsInUse) {
  const ObjectGraph g = graph();
  const auto titled = [&](u64 address) {
    for (const ObjectCard& c : g.cards)
      if (c.address == address) return c.title;
    return std::string("nobody");
  };
  EXPECT_EQ(titled(at(&segments[0]->skb2)), "skb2 of fclone #1");
  EXPECT_EQ(titled(at(&segments[0]->skb1)), "fclone #1");
  EXPECT_EQ(titled(at(&segments[1]->skb2)), "nobody");
}

TEST_F(TellTcpObjects, TheAcceptQueueLeadsToTheRequestAndItsChild) {
  const ObjectGraph g = graph();
  const u64 req = at(&request->req.req);
  EXPECT_TRUE(linked(g, at(tp), "accept queue", req));
  EXPECT_TRUE(linked(g, req, "sk", at(child)));
  EXPECT_EQ(value(g, req, "rsk_state"), "TCP_NEW_SYN_RECV");
  EXPECT_EQ(value(g, at(tp), "sk_ack_backlog"), "1");
  EXPECT_EQ(value(g, at(child), "accept queue"), "no such row") << "empty";
}

TEST_F(TellTcpObjects, EpollHasATreeOfWhatIsWatchedAndAListOfWhatIsReady) {
  const ObjectGraph g = graph();
  EXPECT_EQ(value(g, at(ep), "rbr"), "tree of 2");
  EXPECT_TRUE(linked(g, at(ep), "rbr", at(items[0])));
  EXPECT_TRUE(linked(g, at(items[0]), "rb_right", at(items[1])));
  EXPECT_EQ(value(g, at(ep), "rdllist"), "1 on it");
  EXPECT_TRUE(linked(g, at(ep), "rdllist", at(items[1])));
  EXPECT_EQ(value(g, at(items[1]), "events"), "EPOLLIN|EPOLLET");
}

TEST_F(TellTcpObjects, WhatIsLeftOfAConnectionIsInTheTable) {
  const ObjectGraph g = graph();
  const u64 table = Arena::addressOf(Symbols::get().dataNamed("tcp_hashinfo")->offset);
  EXPECT_TRUE(linked(g, table, "ehash[5]", at(timewait)));
  EXPECT_EQ(value(g, at(timewait), "tw_state"), "TCP_TIME_WAIT");
  EXPECT_EQ(value(g, at(timewait), "next on chain"), "no such row") << "the end of the chain is an odd number";
}

} // namespace
