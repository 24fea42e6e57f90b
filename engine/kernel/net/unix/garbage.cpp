// Sockets that nobody can reach any more. A socket may be sent through a socket, even through itself; once the programs
// have closed all their descriptors, such sockets hold each other, and no reference count ever falls to zero.
//
// So the kernel keeps a graph of what is in flight: a vertex for each socket that waits in some queue as a descriptor, an
// edge from it to the socket in whose queue it waits. Sockets that can reach each other along edges form a group. A
// group is dead if no edge leaves it and nobody holds its sockets but the messages in its own queues: then those
// messages are thrown away, and with them go the sockets.
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/net/unix/unix_internal.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

Global<u32> unix_tot_inflight{"unix_tot_inflight"};
static Global<list_head> unix_unvisited_vertices{"unix_unvisited_vertices"};
static Global<list_head> unix_visited_vertices{"unix_visited_vertices"};
static Global<u8> unix_graph_maybe_cyclic{"unix_graph_maybe_cyclic"}, unix_graph_grouped{"unix_graph_grouped"};
static Global<u8> gc_in_progress{"gc_in_progress"};
static Global<u64> unix_vertex_unvisited_index{"unix_vertex_unvisited_index"};
static Global<u64> unix_vertex_grouped_index{"unix_vertex_grouped_index"};
static Global<u64> unix_vertex_max_scc_index{"unix_vertex_max_scc_index"};
static Global<u8> unix_gc_work{"unix_gc_work"};

constexpr u64 UNIX_VERTEX_INDEX_MARK1 = 0, UNIX_VERTEX_INDEX_MARK2 = 1, UNIX_VERTEX_INDEX_START = 2;

void image_unix_gc() {
  INIT_LIST_HEAD(unix_unvisited_vertices);
  INIT_LIST_HEAD(unix_visited_vertices);
  set(*unix_vertex_unvisited_index, UNIX_VERTEX_INDEX_MARK1);
  set(*unix_vertex_grouped_index, UNIX_VERTEX_INDEX_MARK2);
  set(*unix_vertex_max_scc_index, UNIX_VERTEX_INDEX_START);
}

// ---- the graph
static void list_move_tail(const list_head* entry, const list_head* head) {
  list_del(entry);
  list_add_tail(entry, head);
}
static auto verticesOf(const scm_fp_list* fpl) { return list_for_each_entry(unix_vertex, entry, &fpl->vertices); }
static auto edgesOf(const unix_vertex* vertex) { return list_for_each_entry(unix_edge, vertex_entry, &vertex->edges); }
static auto groupOf(const list_head* scc) { return list_for_each_entry(unix_vertex, scc_entry, scc); }
static const unix_vertex* firstUnvisited() {
  return container_of(unix_unvisited_vertices->next.get(), unix_vertex, entry);
}
static const unix_sock* socketOf(const unix_vertex* vertex) {
  return container_of(vertex->edges.next.get(), unix_edge, vertex_entry)->predecessor;
}

const unix_sock* unix_get_socket(const file* filp) {
  KFUNC(unix_get_socket, filp);
  const socket* sock = sock_from_file(filp);
  const bool local = sock && sock->sk && sock->ops && sock->ops->family == PF_UNIX;
  return call.result(local ? unix_sk(sock->sk) : nullptr);
}

// The receiver's vertex; nullptr: it is not in flight itself. What waits in a socket that nobody has accepted yet is
// reached through the listener.
static const unix_vertex* unix_edge_successor(const unix_edge* edge) {
  const sock* listener = edge->successor->listener;
  return listener ? unix_sk(listener)->vertex.get() : edge->successor->vertex.get();
}
// A circle can only arise where the receiver is in flight too.
static void unix_update_graph(const unix_vertex* receiver) {
  if (!receiver) return;
  set(*unix_graph_maybe_cyclic, 1);
  set(*unix_graph_grouped, 0);
}

// The socket's vertex: made ready beforehand, where no memory could be had any more.
static const unix_vertex* enterGraph(const scm_fp_list* fpl, const unix_sock* travelling) {
  const auto* vertex = container_of(fpl->vertices.next.get(), unix_vertex, entry);
  set(vertex->index, *unix_vertex_unvisited_index);
  set(vertex->scc_index, add(*unix_vertex_max_scc_index, 1));
  set(vertex->out_degree, 0);
  INIT_LIST_HEAD(&vertex->edges);
  INIT_LIST_HEAD(&vertex->scc_entry);
  list_move_tail(&vertex->entry, unix_unvisited_vertices);
  set(travelling->vertex, vertex);
  return vertex;
}
// ... and out of it again; the memory goes back to the list of files that it came with, or to another.
static void leaveGraph(const scm_fp_list* fpl, const unix_sock* arrived) {
  const unix_vertex* node = arrived->vertex;
  set(arrived->vertex, nullptr);
  list_del(&node->scc_entry);
  list_move_tail(&node->entry, &fpl->vertices);
}
static void unix_add_edge(const scm_fp_list* fpl, const unix_edge* edge) {
  const unix_sock *travelling = edge->predecessor, *receiver = edge->successor;
  const unix_vertex* node = travelling->vertex ? travelling->vertex.get() : enterGraph(fpl, travelling);
  list_add_tail(&edge->vertex_entry, &node->edges);
  const u64 waitsIn = add(node->out_degree, 1);
  NOTE("unix.in_flight", travelling, receiver, waitsIn);
  unix_update_graph(unix_edge_successor(edge));
}
static void unix_del_edge(const scm_fp_list* fpl, const unix_edge* edge) {
  const unix_sock* travelling = edge->predecessor;
  const bool collected = fpl->dead; // then the collector knows already
  if (!collected) unix_update_graph(unix_edge_successor(edge));
  const u64 stillIn = sub(travelling->vertex->out_degree, 1);
  list_del(&edge->vertex_entry);
  if (!stillIn) leaveGraph(fpl, travelling);
}

static void unix_free_vertices(const scm_fp_list* fpl) {
  KFUNC(unix_free_vertices, fpl);
  for (const unix_vertex* spare : verticesOf(fpl)) {
    list_del(&spare->entry);
    kfree(spare);
  }
}

// A message with these files is about to stand in the receiver's queue.
void unix_add_edges(const scm_fp_list* fpl, const unix_sock* receiver) {
  KFUNC(unix_add_edges, fpl, receiver);
  const int locals = fpl->count_unix;
  for (int at = 0, found = 0; found < locals; ++at) {
    const unix_sock* travelling = unix_get_socket(fpl->fp[at]);
    if (!travelling) continue;
    const unix_edge* edge = fpl->edges.get() + found++;
    set(edge->predecessor, travelling);
    set(edge->successor, receiver);
    unix_add_edge(fpl, edge);
  }
  if (locals) {
    add(receiver->scm_stat.nr_unix_fds, static_cast<u64>(locals));
    add(*unix_tot_inflight, static_cast<u32>(locals));
  }
  add(fpl->user->unix_inflight, static_cast<u64>(fpl->count));
  set(fpl->inflight, true);
  unix_free_vertices(fpl);
}

// The message has left the queue.
void unix_del_edges(const scm_fp_list* fpl) {
  KFUNC(unix_del_edges, fpl);
  const int locals = fpl->count_unix;
  const unix_edge* edges = fpl->edges;
  for (int i = 0; i < locals; ++i) unix_del_edge(fpl, edges + i);
  if (locals && !fpl->dead) sub(edges->successor->scm_stat.nr_unix_fds, static_cast<u64>(locals));
  if (locals) sub(*unix_tot_inflight, static_cast<u32>(locals));
  sub(fpl->user->unix_inflight, static_cast<u64>(fpl->count));
  set(fpl->inflight, false);
}

// It is accepted: from here on its queue is its own and not the listener's.
void unix_update_edges(const unix_sock* receiver) {
  KFUNC(unix_update_edges, receiver);
  if (receiver->scm_stat.nr_unix_fds) unix_update_graph(unix_sk(receiver->listener)->vertex);
  set(receiver->listener, nullptr);
}

int unix_prepare_fpl(const scm_fp_list* fpl) {
  KFUNC(unix_prepare_fpl, fpl);
  if (!fpl->count_unix) return call.result(0);
  const auto failed = [&] { return unix_free_vertices(fpl), call.result(-ENOMEM); };
  for (int i = 0; i < fpl->count_unix; ++i) {
    const auto* vertex = kmalloc<unix_vertex>(GFP_KERNEL);
    if (!vertex) return failed();
    list_add(&vertex->entry, &fpl->vertices);
  }
  const u32 bytes = static_cast<u32>(fpl->count_unix) * sizeof(unix_edge);
  set(fpl->edges, static_cast<const unix_edge*>(kvmalloc_node(bytes, TypeName<unix_edge>::index, GFP_KERNEL)));
  return fpl->edges ? call.result(0) : failed();
}

void unix_destroy_fpl(const scm_fp_list* fpl) {
  KFUNC(unix_destroy_fpl, fpl);
  if (fpl->inflight) unix_del_edges(fpl);
  kvfree(fpl->edges.get());
  unix_free_vertices(fpl);
}

void unix_peek_fpl(const scm_fp_list* fpl) {
  KFUNC(unix_peek_fpl, fpl);
  SIMPLIFIED("the collector runs in one go, so that no peek can come between");
}

// ---- what is dead
static bool unix_vertex_dead(const unix_vertex* vertex) {
  for (const unix_edge* edge : edgesOf(vertex)) {
    const unix_vertex* receiver = unix_edge_successor(edge);
    if (!receiver || receiver->scc_index != vertex->scc_index) return false; // somebody outside can receive it
  }
  const file* held = socketOf(vertex)->sk.sk_socket->file; // by messages only, or by a descriptor too?
  return static_cast<u64>(held->f_count.counter) == vertex->out_degree;
}
static bool unix_scc_dead(const list_head* scc, bool fast) {
  KFUNC(unix_scc_dead, scc, fast);
  bool dead = true;
  for (const unix_vertex* vertex : groupOf(scc)) {
    list_move_tail(&vertex->entry, unix_visited_vertices);
    if (!fast) set(vertex->index, *unix_vertex_grouped_index);
    dead = dead && unix_vertex_dead(vertex);
  }
  return call.result(dead);
}
static void unix_collect_skb(const list_head* scc, const sk_buff_head* hitlist) {
  KFUNC(unix_collect_skb, scc, hitlist);
  for (const unix_vertex* vertex : groupOf(scc)) {
    const sock* sk = &socketOf(vertex)->sk;
    const sk_buff_head* queue = &sk->sk_receive_queue;
    NOTE("unix.unreachable", sk, skb_queue_len(queue));
    if (sk->sk_state != TCP_LISTEN) {
      skb_queue_splice_tail_init(queue, hitlist);
      continue;
    }
    for (const sk_buff* waiting = queue->next; waiting != queueHead(queue); waiting = waiting->next)
      skb_queue_splice_tail_init(&waiting->sk->sk_receive_queue, hitlist); // of those that were not accepted
  }
}
static bool unix_scc_cyclic(const list_head* scc) {
  KFUNC(unix_scc_cyclic, scc);
  if (scc->next.get() != scc->prev.get()) return call.result(true); // more than one
  const auto* vertex = container_of(scc->next.get(), unix_vertex, scc_entry);
  for (const unix_edge* edge : edgesOf(vertex))
    if (unix_edge_successor(edge) == vertex) return call.result(true);
  return call.result(false);
}
// What becomes of a group: its messages are taken, or it is only remembered whether it may be dead one day.
static bool judge(const list_head* scc, bool fast, const sk_buff_head* hitlist) {
  const bool dead = unix_scc_dead(scc, fast);
  if (dead) unix_collect_skb(scc, hitlist);
  else if (!*unix_graph_maybe_cyclic) set(*unix_graph_maybe_cyclic, unix_scc_cyclic(scc));
  return dead;
}

// ---- finding the groups: Tarjan's algorithm. Each vertex gets the next number; one that reaches a vertex with a lower
// number on the path takes that over. Who keeps its own closes a group: all that came on the path behind it.
namespace {
struct Visit {
  const list_head* path;
  const sk_buff_head* hitlist;
  u64 next = UNIX_VERTEX_INDEX_START;
};
} // namespace

static void closeGroup(const Visit& visit, const unix_vertex* first) {
  OnStack<list_head> scc;
  INIT_LIST_HEAD(scc);
  for (const unix_vertex* vertex : list_for_each_entry(unix_vertex, scc_entry, visit.path)) {
    list_del(&vertex->scc_entry);
    list_add_tail(&vertex->scc_entry, scc);
    if (vertex == first) break;
  }
  const bool dead = judge(scc, false, visit.hitlist);
  if (!dead && *unix_vertex_max_scc_index < first->scc_index) set(*unix_vertex_max_scc_index, first->scc_index);
  list_del(scc); // the ring of the group stays
}
static void __unix_walk_scc(Visit& visit, const unix_vertex* vertex) {
  list_add(&vertex->scc_entry, visit.path);
  set(vertex->index, visit.next);
  set(vertex->scc_index, visit.next);
  ++visit.next;
  for (const unix_edge* edge : edgesOf(vertex)) {
    const unix_vertex* receiver = unix_edge_successor(edge);
    if (!receiver) continue;
    if (receiver->index == *unix_vertex_unvisited_index) __unix_walk_scc(visit, receiver);
    const bool onPath = receiver->index != *unix_vertex_grouped_index;
    if (onPath && receiver->scc_index < vertex->scc_index) set(vertex->scc_index, receiver->scc_index);
  }
  if (vertex->index == vertex->scc_index) closeGroup(visit, vertex);
}

// Those that were visited are the unvisited ones of the next time.
static void beginAnew() {
  const list_head* visited = unix_visited_vertices;
  if (list_empty(visited)) return;
  const list_head *first = visited->next, *last = visited->prev, *fresh = unix_unvisited_vertices;
  set(fresh->next, first), set(first->prev, fresh);
  set(fresh->prev, last), set(last->next, fresh);
  INIT_LIST_HEAD(visited);
}
static void unix_walk_scc(const sk_buff_head* hitlist) {
  OnStack<list_head> path;
  INIT_LIST_HEAD(path);
  Visit visit{path, hitlist};
  set(*unix_graph_maybe_cyclic, 0);
  set(*unix_vertex_max_scc_index, UNIX_VERTEX_INDEX_START);
  while (!list_empty(unix_unvisited_vertices)) __unix_walk_scc(visit, firstUnvisited());
  beginAnew();
  const u64 mark = *unix_vertex_unvisited_index; // what means "unvisited" and what "grouped" change places
  set(*unix_vertex_unvisited_index, *unix_vertex_grouped_index);
  set(*unix_vertex_grouped_index, mark);
  set(*unix_graph_grouped, 1);
}
// The groups are known since the last time, and nothing has been added: only who is dead is asked again.
static void unix_walk_scc_fast(const sk_buff_head* hitlist) {
  set(*unix_graph_maybe_cyclic, 0);
  while (!list_empty(unix_unvisited_vertices)) {
    OnStack<list_head> scc;
    list_add(scc, &firstUnvisited()->scc_entry);
    judge(scc, true, hitlist);
    list_del(scc);
  }
  beginAnew();
}

// ---- the collector
static void throwAway(const sk_buff_head* hitlist) {
  for (const sk_buff* skb = hitlist->next; skb != queueHead(hitlist); skb = skb->next)
    if (const scm_fp_list* fpl = UNIXCB(skb)->fp) set(fpl->dead, true);
  while (const sk_buff* skb = __skb_dequeue(hitlist)) kfree_skb(skb);
}
static void __unix_gc(const void* work) {
  KFUNC(__unix_gc, work);
  set(*gc_in_progress, 1);
  if (*unix_graph_maybe_cyclic) {
    OnStack<sk_buff_head> hitlist;
    __skb_queue_head_init(hitlist);
    if (*unix_graph_grouped) unix_walk_scc_fast(hitlist);
    else unix_walk_scc(hitlist);
    throwAway(hitlist);
  }
  set(*gc_in_progress, 0);
}

void unix_gc() {
  KFUNC(unix_gc);
  set(*gc_in_progress, 1);
  Machine& m = machine();
  const u32 work = Arena::offsetOf(unix_gc_work.get());
  NOTE("unix.gc", *unix_tot_inflight);
  if (!m.timerArmed(work)) m.armTimer(work, m.now(), {fn<__unix_gc>, unix_gc_work.get()}, "kworker: unix_gc");
}

void wait_for_unix_gc(const scm_fp_list* fpl) {
  KFUNC(wait_for_unix_gc, fpl);
  SIMPLIFIED("a user with very many sockets in flight does not wait for the collector");
  if (*unix_tot_inflight > UNIX_INFLIGHT_TRIGGER_GC && !*gc_in_progress) unix_gc();
}

} // namespace sockwalk::kernel
