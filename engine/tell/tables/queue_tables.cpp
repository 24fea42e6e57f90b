// Where things wait: the queues of each socket, those of the processor between a device and IP, and the queueing
// discipline of each device.
#include "engine/memory/constants/inet.h"
#include "engine/memory/constants/socket.h"
#include "engine/memory/constants/tcp.h"
#include "engine/tell/tables/queue.h"
#include <cstring>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

struct Waiting {
  const Reader& r;
  KernelTable& table;
  u64 entries = 0, queues = 0;

  // A queue in which somebody waits; others are listed only if they say something by being there.
  void take(Queue& queue, bool evenIfEmpty = false) {
    if (!queue.entries() && !evenIfEmpty) return;
    entries += queue.entries();
    queues += queue.entries() > 0;
    queue.appendTo(table);
  }
};

// ---- sockets

class SocketQueues {
public:
  SocketQueues(Waiting& waiting, const sock& sk)
      : m_all(waiting), m_sk(sk), m_tcp(sk.sk_protocol == IPPROTO_TCP && sk.sk_type == SOCK_STREAM),
        m_holds(m_tcp ? Holds::Segments : Holds::Packets) {}

  void read() {
    take(Words("receive"), queue(m_sk.sk_receive_queue).list(m_sk.sk_receive_queue, m_holds), [this] {
      return say("%1 of sk_rcvbuf's %2 bytes taken", grouped(u64(m_sk.sk_backlog.rmem_alloc.counter)),
                 grouped(u64(m_sk.sk_rcvbuf)));
    });
    if (m_sk.sk_protocol == IPPROTO_UDP && m_sk.sk_type == SOCK_DGRAM) readers();
    take(Words("backlog"), queue(m_sk.sk_backlog).chain(m_sk.sk_backlog.head, m_holds),
         [] { return say("until the program that holds the socket lets go of it"); });
    take(Words("write"), queue(m_sk.sk_write_queue).list(m_sk.sk_write_queue, m_holds), [this] {
      return say("%1 of sk_sndbuf's %2 bytes taken", grouped(u64(m_sk.sk_wmem_queued)), grouped(u64(m_sk.sk_sndbuf)));
    });
    if (m_tcp) tcp();
    take(Words("error"), queue(m_sk.sk_error_queue).list(m_sk.sk_error_queue, Holds::Errors),
         [] { return say("for recvmsg() with MSG_ERRQUEUE"); });
  }

private:
  // What a reader of a UDP socket has taken from the receive queue as a whole, and reads one by one.
  void readers() {
    const auto& up = reinterpret_cast<const udp_sock&>(m_sk);
    take(Words("reader"), queue(up.reader_queue).list(up.reader_queue, m_holds),
         [] { return say("taken from the receive queue, to be read"); });
  }
  void tcp() {
    const auto& tp = reinterpret_cast<const tcp_sock&>(m_sk);
    if (m_sk.__sk_common.skc_state == TCP_LISTEN) return accepted(tp.inet_conn.icsk_accept_queue);
    take(Words("retransmit"), queue(m_sk.tcp_rtx_queue).tree(m_sk.tcp_rtx_queue, m_holds),
         [] { return say("sent, until the peer has acknowledged it"); });
    take(Words("out of order"), queue(tp.out_of_order_queue).tree(tp.out_of_order_queue, m_holds),
         [] { return say("until the hole before it is filled"); });
  }
  void accepted(const request_sock_queue& all) {
    Queue accept = queue(all.rskq_accept_head);
    accept.requests(all.rskq_accept_head);
    if (accept.entries() && m_all.r.inWords) {
      title(accept, Words("accept"));
      accept.row.detail =
          say("%1 of %2 places taken, until accept() fetches them", m_sk.sk_ack_backlog, m_sk.sk_max_ack_backlog);
      accept.row.state = counted("1 connection", "%1 connections", s64(accept.entries()));
    }
    m_all.take(accept);
  }
  template <class Head> Queue queue(const Head& head) {
    Queue made(m_all.r, &head, sizeof head, &m_sk);
    if (const auto& net = m_sk.__sk_common.skc_net.net; net.value) made.row.space = m_all.r.space(net.get());
    return made;
  }
  void title(Queue& queue, Words kind) const {
    const sock_common& c = m_sk.__sk_common;
    const bool inet = c.skc_family == AF_INET;
    queue.title(say(kind), inet ? Text(connection(c)) : constantOf("sock_common", "skc_family", c.skc_family));
  }
  // Most are empty: words are made of those that are not.
  template <class What> void take(Words kind, Queue& queue, What&& what) {
    if (!queue.entries()) return;
    if (m_all.r.inWords) {
      title(queue, kind);
      queue.row.state = counted("1 buffer", "%1 buffers", s64(queue.entries()));
      queue.row.detail = Text::list(", ", {bytes(s64(queue.bytes())), what()});
    }
    m_all.take(queue);
  }

  Waiting& m_all;
  const sock& m_sk;
  const bool m_tcp;
  const Holds m_holds;
};

// ---- the processor

// What a device without an interrupt of its own has handed in (lo, veth), until the softirq comes to it.
void processorQueues(Waiting& all) {
  const auto* softnet = all.r.at.global<softnet_data>("softnet_data");
  if (!softnet) return;
  const std::string cpu = "CPU " + std::to_string(softnet->cpu);
  const auto read = [&](const sk_buff_head& head, Text kind, Text what) {
    Queue queue(all.r, &head, sizeof head, softnet);
    queue.list(head, Holds::Packets);
    queue.title(std::move(kind), cpu);
    queue.row.state = counted("1 packet", "%1 packets", s64(queue.entries()));
    queue.row.detail = Text::list(", ", {bytes(s64(queue.bytes())), std::move(what)});
    all.take(queue);
  };
  read(softnet->input_pkt_queue, say("input"), say("until the softirq comes to them"));
  read(softnet->process_queue, say("process"), say("which the softirq is working through"));
}

// ---- devices

std::string idOf(const Qdisc& q) {
  if (!q.ops) return "?";
  const char* id = reinterpret_cast<const char*>(q.ops->id);
  return {id, strnlen(id, sizeof q.ops->id)};
}

// fq_codel has a chain for each flow; flows that have something to send stand on one of two lists.
void flowsOf(const Qdisc& q, Queue& queue) {
  const auto& data = *reinterpret_cast<const fq_codel_sched_data*>(q.privdata);
  for (const list_head* flows : {&data.new_flows, &data.old_flows})
    eachOf(*flows, [&](const list_head& node, int) {
      queue.chain(holder<fq_codel_flow>(&node, offsetof(fq_codel_flow, flowchain))->head, Holds::Packets);
    });
}

Text qdiscDetail(const Qdisc& q, const std::string& id, u64 entries) {
  if (id == "noop") return say("takes nothing: the device is down");
  if (id == "noqueue") return say("no queue: a packet goes to the device at once");
  const Text dropped = q.qstats.drops ? counted("1 dropped", "%1 dropped", q.qstats.drops) : Text();
  const Text waits = entries ? say("%1, until the device takes them", bytes(q.qstats.backlog)) : say("nothing waits");
  return Text::list(", ", {waits, dropped});
}

void disciplineOf(Waiting& all, const net_device& dev) {
  if (!dev._tx || !dev._tx->qdisc) return;
  const Qdisc& q = *dev._tx->qdisc.get();
  const std::string id = idOf(q);
  Queue queue(all.r, &q.q, sizeof q.q, &q);
  queue.title(say("qdisc"), all.r.device(&dev));
  queue.row.within = Arena::address(&dev); // devices may share one that holds nothing
  queue.list(q.gso_skb, Holds::Packets).chain(q.q.head, Holds::Packets);
  if (id == "fq_codel") flowsOf(q, queue);
  queue.row.state =
      queue.entries() ? Text::list(", ", {id, counted("1 packet", "%1 packets", s64(queue.entries()))}) : Text(id);
  queue.row.detail = qdiscDetail(q, id, queue.entries());
  queue.row.mark =
      all.r.mark(all.r.step.born(&q), all.r.step.wrote(&q.q, sizeof q.q) || all.r.step.wrote(&dev._tx->qdisc, 8) ||
                                          all.r.step.wrote(&q.qstats, sizeof q.qstats));
  queue.row.space = all.r.space(dev.nd_net.net.get());
  all.take(queue, true);
}

} // namespace

KernelTable queues(const Reader& r) {
  KernelTable t =
      tableOf("queues", say("Queues"), "sock.sk_receive_queue, sk_write_queue ..., Qdisc.q",
              say("What waits, and where: at a socket for the program or for the peer, at the processor for "
                  "the softirq, at a device for its turn. Queues of sockets are listed while somebody waits "
                  "in them."));
  Waiting all{r, t};
  const auto sockets = r.live.sockets(r.at.position());
  for (u64 address : sockets) SocketQueues(all, *r.at.object<sock>(address)).read();
  processorQueues(all);
  int devices = 0;
  r.eachDevice([&](const net_device& dev) { disciplineOf(all, dev), ++devices; });
  t.summary = all.entries ? say("%1 in %2", counted("1 entry", "%1 entries", s64(all.entries)),
                                counted("1 queue", "%1 queues", s64(all.queues)))
              : t.rows.empty()
                  ? say("empty: there is no socket and no device yet")
                  : say("nothing waits at %1 and %2", counted("1 socket", "%1 sockets", s64(sockets.size())),
                        counted("1 device", "%1 devices", devices));
  return t;
}

} // namespace sockwalk::tell::tables
