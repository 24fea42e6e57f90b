// Notes: the kernel marks a moment by an id and its arguments; here are the words. The list of the ids, with what
// each argument is, stands in engine/kernel/notes.md; a test holds this table against the notes that are registered.
#include "engine/feed/summary.h"
#include "views/walk/member_words.h"
#include <algorithm>
#include <QCoreApplication>

namespace sockwalk {
namespace {

// `kinds`, one letter an argument: p object, f address family, t socket type, i protocol number, a IPv4 address,
// c capability, r route type, h EtherType, s TCP state, d drop reason, m ICMP type, g gro_result, u neighbour state,
// e error, n number; b "did it" and q object: if 0, `otherwise` is said.
struct Words {
  std::string_view id;
  const char* kinds;
  const char* text;
  const char* otherwise = nullptr;
};
const Words table[] = {
    // sockets and files
    {"socket.inode", "pp",
     QT_TRANSLATE_NOOP("Notes", "%1 and %2 lie side by side in one struct socket_alloc: the file system's half and the "
                                "network's half of one socket.")},
    {"socket.no_family", "f",
     QT_TRANSLATE_NOOP("Notes", "Nobody has registered the family %1: net_families[] holds NULL there.")},
    {"socket.family", "fp", QT_TRANSLATE_NOOP("Notes", "net_families[%1] is %2: this family will make the socket.")},
    {"family.registered", "fp",
     QT_TRANSLATE_NOOP("Notes", "net_families[%1] is now %2: from here on socket() knows this family.")},
    {"proto.registered", "pn", QT_TRANSLATE_NOOP("Notes", "%1 is registered; each of its sockets will take %2 bytes.")},
    {"sock.joined", "pp",
     QT_TRANSLATE_NOOP("Notes",
                       "%1 and %2 now point at each other: the file's side and the protocol's side of one socket.")},
    {"protocol.added", "ip",
     QT_TRANSLATE_NOOP("Notes", "inet_protos[%1] is now %2: received packets of that protocol go there.")},
    {"inetsw.registered", "tip", QT_TRANSLATE_NOOP("Notes", "inetsw[%1] gets an entry for %2, served by %3.")},
    {"inetsw.match", "tip", QT_TRANSLATE_NOOP("Notes", "inetsw[%1] has the answer: protocol %2, served by %3.")},
    {"inetsw.mismatch", "tii",
     QT_TRANSLATE_NOOP("Notes", "This entry of inetsw[%1] is for %2, but %3 was asked for: on to the next.")},
    {"inetsw.none", "ti", QT_TRANSLATE_NOOP("Notes", "inetsw[%1] has no entry for protocol %2.")},
    {"capability.missing", "c", QT_TRANSLATE_NOOP("Notes", "The task does not have the capability %1.")},
    {"net.moved", "pp", QT_TRANSLATE_NOOP("Notes", "%1 has moved to %2: it is seen only there from now on.")},
    {"veth.pair", "pp",
     QT_TRANSLATE_NOOP("Notes", "%1 and %2 are the two ends of one link: what one sends, the other receives.")},
    {"cable.lost", "n", QT_TRANSLATE_NOOP("Notes", "The cable loses this frame of %1 bytes.")},
    {"cable.held_back", "nn",
     QT_TRANSLATE_NOOP("Notes", "The cable holds this frame of %1 bytes back for %2 ns: later ones will overtake it.")},
    {"cable.doubled", "n", QT_TRANSLATE_NOOP("Notes", "The cable delivers this frame of %1 bytes twice.")},
    {"forward.to", "apn",
     QT_TRANSLATE_NOOP("Notes", "A router's turn: the packet to %1 goes on by %2; its time to live is %3 now.")},
    {"forward.ttl", "aa",
     QT_TRANSLATE_NOOP("Notes",
                       "The packet from %1 to %2 has used up its time to live: it ends here, and its sender is told.")},
    {"forward.too_big", "nn",
     QT_TRANSLATE_NOOP(
         "Notes",
         "%1 bytes do not pass a link that takes %2, and the packet must not be cut up (DF): its sender is told.")},
    {"route.exception", "an",
     QT_TRANSLATE_NOOP(
         "Notes", "A router has told us of %1: its path takes packets of %2 bytes (0: nothing about their size).")},
    {"route.exception_learnt", "ana",
     QT_TRANSLATE_NOOP(
         "Notes", "Learnt of %1: packets of %2 bytes pass (0: unknown), by the gateway %3 (0.0.0.0: the usual one).")},
    {"route.exception_expired", "a",
     QT_TRANSLATE_NOOP("Notes", "What was learnt of %1 is too old, and forgotten: larger packets may be tried again.")},
    {"route.redirect_ignored", "aa", QT_TRANSLATE_NOOP("Notes", "%1 wants to redirect us to %2, and is not believed.")},
    {"netfilter.hooked", "nn",
     QT_TRANSLATE_NOOP("Notes",
                       "A new hook at place %1 of the netfilter, with priority %2: it sees packets from now on.")},
    {"netfilter.rule", "nnn",
     QT_TRANSLATE_NOOP("Notes", "The rule at offset %1 of the table matches, its packet number %2. Verdict %3: -2 "
                                "accepts, -1 drops, anything else goes on with the rule at that offset.")},
    {"netfilter.rule_added", "nn",
     QT_TRANSLATE_NOOP("Notes", "The chain of hook %1 has one more rule, at offset %2 of the table.")},
    {"reuseport.selected", "qn",
     QT_TRANSLATE_NOOP("Notes", "Of %2 sockets that share the port, the flow's hash chooses %1."),
     QT_TRANSLATE_NOOP("Notes", "None of the %2 sockets that share the port can take it.")},
    {"net.namespace", "p",
     QT_TRANSLATE_NOOP("Notes", "%1 is a network of its own now: its own lo, routes, hooks and settings.")},
    {"fd.reserved", "n",
     QT_TRANSLATE_NOOP("Notes", "%1 is the lowest free descriptor; it is taken, with no file behind it yet.")},
    {"fd.shared_table", "pn",
     QT_TRANSLATE_NOOP("Notes", "%2 tasks use this table of descriptors: the call holds the open file itself, since "
                                "another could close it meanwhile.")},
    {"fd.limit", "nn",
     QT_TRANSLATE_NOOP("Notes",
                       "Descriptor %1 would be the next, but the task may have only those below %2 (RLIMIT_NOFILE).")},
    {"signal.ignored", "nn", QT_TRANSLATE_NOOP("Notes", "Task %2 ignores signal %1.")},
    {"signal.pending", "nn", QT_TRANSLATE_NOOP("Notes", "Signal %1 is pending for task %2: a call that sleeps ends.")},
    {"signal.ends", "nn", QT_TRANSLATE_NOOP("Notes", "Signal %1 ends task %2, which has no handler for it.")},
    {"poll.sleeps", "nn", QT_TRANSLATE_NOOP("Notes", "Nothing is ready: task %1 sleeps on %2 wait queues at once.")},
    {"poll.not_asked_for", "nn",
     QT_TRANSLATE_NOOP("Notes", "The wake-up brings events %1, and %2 were asked for: the sleeper is let alone.")},
    {"epoll.ready", "pp", QT_TRANSLATE_NOOP("Notes", "%1 goes on the ready list of %2.")},
    {"epoll.disarmed", "p",
     QT_TRANSLATE_NOOP("Notes", "%1 is one-shot and has fired: it stays silent until it is armed anew.")},
    {"epoll.level", "p",
     QT_TRANSLATE_NOOP("Notes", "%1 is level-triggered: it stays on the ready list, to be asked again next time.")},
    {"epoll.edge", "p",
     QT_TRANSLATE_NOOP("Notes", "%1 is edge-triggered: it leaves the ready list until something new wakes it.")},
    {"epoll.oneshot", "p",
     QT_TRANSLATE_NOOP("Notes", "%1 is one-shot: it tells nothing more until epoll_ctl() arms it anew.")},
    {"epoll.sleeps", "np",
     QT_TRANSLATE_NOOP("Notes", "The ready list is empty: task %1 sleeps on the wait queue of %2.")},
    {"epoll.file_closed", "pp", QT_TRANSLATE_NOOP("Notes", "The watched file is closed: %1 leaves %2.")},
    {"file.limit", "n", QT_TRANSLATE_NOOP("Notes", "The system's limit of %1 open files is reached.")},
    {"file.last_reference", "p",
     QT_TRANSLATE_NOOP("Notes", "That was the last reference to %1: it is closed on the way back to user mode.")},
    {"task.woken", "n", QT_TRANSLATE_NOOP("Notes", "Task %1 is woken.")},
    {"task.waits", "np",
     QT_TRANSLATE_NOOP("Notes", "Task %1 has to wait: it lets go of %2's lock and sleeps on its wait queue.")},
    {"sock.send_buffer_full", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The send buffer of %1 is full: %2 bytes are charged to it, and %3 are allowed.")},
    {"sock.error_queued", "pne", QT_TRANSLATE_NOOP("Notes", "%1 gets a packet in its error queue (origin %2): %3.")},
    {"tcp.autocork", "pnn",
     QT_TRANSLATE_NOOP(
         "Notes",
         "Something of %1 is still on its way out, so this segment of %2 bytes waits: more may be written, up to %3.")},
    {"tcp.read_fin", "p",
     QT_TRANSLATE_NOOP("Notes", "The reader has met the FIN in the queue of %1: the next read gives 0.")},
    {"tcp.close_unread", "p",
     QT_TRANSLATE_NOOP(
         "Notes", "%1 is closed with data that nobody read: the peer gets a RST instead of a FIN, so that it knows.")},
    {"tcp.orphan_dropped", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 is given up: too many sockets without an owner (%2), or too little memory (%3).")},
    {"zerocopy.call", "pnn",
     QT_TRANSLATE_NOOP("Notes", "Zero-copy call number %2 on %1: its %3 bytes are sent from the program's own pages.")},
    {"zerocopy.done", "pnnb",
     QT_TRANSLATE_NOOP("Notes", "Nobody uses the pages of the calls %2 to %3 on %1 any more, and nothing was copied: "
                                "the error queue tells the program."),
     QT_TRANSLATE_NOOP("Notes", "Nobody uses the pages of the calls %2 to %3 on %1 any more; the kernel copied after "
                                "all: the error queue tells the program.")},
    {"zerocopy.copied", "pn",
     QT_TRANSLATE_NOOP("Notes", "The receiver is this very machine and may keep %1 as long as it likes: the program's "
                                "%2 bytes are copied after all.")},
    {"cmsg.given", "nnn",
     QT_TRANSLATE_NOOP("Notes", "A control message for the program: level %1, type %2, %3 bytes of data.")},
    {"ping.group_refused", "nnn",
     QT_TRANSLATE_NOOP("Notes", "Group %1 may not open ping sockets: net.ipv4.ping_group_range is %2 to %3.")},
    {"inet.autobind", "n", QT_TRANSLATE_NOOP("Notes", "The socket has no port yet: the kernel gives it port %1.")},
    {"ip.fragment", "nnnn", QT_TRANSLATE_NOOP("Notes", "This piece is bytes %1 to %2; %3 of %4 bytes are here.")},
    {"ip.reassembled", "pn", QT_TRANSLATE_NOOP("Notes", "All pieces are here: %1 is one packet of %2 bytes again.")},
    {"ip.reassembly_timeout", "ann",
     QT_TRANSLATE_NOOP("Notes", "The rest of packet %2 from %1 did not come in 30 s: its %3 bytes are thrown away.")},
    {"raw.hashed", "pin",
     QT_TRANSLATE_NOOP("Notes",
                       "%1 is in slot %3 of the raw table: it will get a copy of every packet of protocol %2.")},
    {"udp.hashed", "pnnn",
     QT_TRANSLATE_NOOP("Notes",
                       "%1 has port %2 and is in both hash tables: slot %3 by port, slot %4 by address and port.")},
    {"udp.port_in_use", "n", QT_TRANSLATE_NOOP("Notes", "Another socket already has port %1.")},
    {"udp.lookup", "nq", QT_TRANSLATE_NOOP("Notes", "The datagram for port %1 belongs to %2."),
     QT_TRANSLATE_NOOP("Notes", "No socket has port %1 open.")},
    {"udp.gso", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 goes down with all its %2 bytes and is cut into datagrams of %3 bytes later.")},
    {"igmp.joined", "pa",
     QT_TRANSLATE_NOOP("Notes", "%1 is now in the group %2, and the routers of its link will be told.")},
    {"igmp.left", "pa",
     QT_TRANSLATE_NOOP("Notes", "Nobody wants the group %2 on %1 any more, and the routers of its link will be told.")},
    {"ip.looped_back", "pa", QT_TRANSLATE_NOOP("Notes", "This host listens to %2 itself: %1, a copy, goes up again.")},
    {"udp.refused", "d", QT_TRANSLATE_NOOP("Notes", "The datagram is refused: %1.")},
    {"sock.queued", "ppn",
     QT_TRANSLATE_NOOP("Notes", "%1 joins the receive queue of %2 with %3 bytes, to wait for whoever reads.")},
    {"sock.receive_buffer_full", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The receive buffer of %1 is full: %2 bytes wait there, %3 are allowed.")},
    {"bind.not_local", "a", QT_TRANSLATE_NOOP("Notes", "%1 is not an address of this host.")},
    {"task.sleeps", "np",
     QT_TRANSLATE_NOOP("Notes", "Task %1 finds nothing to read and goes to sleep on the wait queue of %2.")},
    // buffers and reception
    {"gro.result", "g", QT_TRANSLATE_NOOP("Notes", "GRO decides: %1.")},
    {"wire.device_down", "p", QT_TRANSLATE_NOOP("Notes", "%1 is down: the frame is lost on the wire.")},
    {"wire.other_address", "p",
     QT_TRANSLATE_NOOP("Notes", "The frame is for another station's address: %1 lets it pass by.")},
    {"wire.ring_full", "n", QT_TRANSLATE_NOOP("Notes", "All %1 receive descriptors are taken: the frame is lost.")},
    {"wire.too_long", "nn",
     QT_TRANSLATE_NOOP("Notes", "A frame of %1 bytes is longer than the card takes (%2): it is lost.")},
    {"wire.too_short", "n",
     QT_TRANSLATE_NOOP("Notes", "%1 bytes are too few for an Ethernet header: the frame is lost.")},
    {"arp.answered", "aa", QT_TRANSLATE_NOOP("Notes", "Who has %1? We do: %2 gets our hardware address.")},
    {"ip.header_refused", "d", QT_TRANSLATE_NOOP("Notes", "The IP header is refused: %1.")},
    {"ip.bad_option", "n", QT_TRANSLATE_NOOP("Notes", "An IP option within the %1 bytes of options is malformed.")},
    {"ip.protocol", "i",
     QT_TRANSLATE_NOOP("Notes", "The IP header says %1: that protocol's handler takes the packet.")},
    {"ip.no_route_in", "aae", QT_TRANSLATE_NOOP("Notes", "A packet from %1 to %2 has no way in: %3.")},
    {"icmp.type", "m", QT_TRANSLATE_NOOP("Notes", "The ICMP message is: %1.")},
    {"icmp.error", "mna", QT_TRANSLATE_NOOP("Notes", "An ICMP error goes to %3: %1, code %2.")},
    {"icmp.global_limit", "mn",
     QT_TRANSLATE_NOOP("Notes", "The host has sent its share of ICMP errors for now: %1, code %2 is left out.")},
    {"icmp.host_limit", "mna",
     QT_TRANSLATE_NOOP("Notes", "%3 has had its share of ICMP errors for now: %1, code %2 is left out.")},
    {"checksum.verified", "nb", QT_TRANSLATE_NOOP("Notes", "The checksum over %1 bytes is right."),
     QT_TRANSLATE_NOOP("Notes", "The checksum over %1 bytes is wrong.")},
    {"receive.no_protocol", "h",
     QT_TRANSLATE_NOOP("Notes", "Nobody here handles the EtherType %1: the frame is dropped.")},
    // routes
    {"fib.match", "anrp", QT_TRANSLATE_NOOP("Notes", "The route %1/%2 matches: type %3, device %4.")},
    {"fib.none", "a", QT_TRANSLATE_NOOP("Notes", "No route in this table leads to %1.")},
    {"route.none", "a", QT_TRANSLATE_NOOP("Notes", "There is no route to %1.")},
    {"route.martian_source", "aap",
     QT_TRANSLATE_NOOP("Notes", "A packet from %1 to %2 cannot have come in by %3: its source is a martian.")},
    {"route.martian_destination", "aap",
     QT_TRANSLATE_NOOP("Notes", "%1 is no address that a packet from %2 may have come to by %3: a martian.")},
    {"route.not_for_us", "ap", QT_TRANSLATE_NOOP("Notes", "%1 is not ours, and %2 does not forward.")},
    {"route.input_cached", "p", QT_TRANSLATE_NOOP("Notes", "The route found last time is still good: %1.")},
    {"route.output_cached", "p", QT_TRANSLATE_NOOP("Notes", "The route found last time is still good: %1.")},
    // neighbours and queues
    {"neigh.created", "pp",
     QT_TRANSLATE_NOOP("Notes", "%1 is new: %2 must find out the hardware address of this neighbour.")},
    {"neigh.queued", "pp", QT_TRANSLATE_NOOP("Notes", "%1 waits until the hardware address of %2 is known.")},
    {"neigh.state", "puu", QT_TRANSLATE_NOOP("Notes", "%1 goes from %2 to %3.")},
    {"qdisc.bypass", "pp", QT_TRANSLATE_NOOP("Notes", "The queue of %2 is empty: %1 goes straight to the driver.")},
    {"bql.stop", "nn",
     QT_TRANSLATE_NOOP("Notes",
                       "%1 bytes are with the card and the limit is %2: the queue stops until some are sent.")},
    // TCP: opening and ending connections
    {"tcp.lookup_established", "ps", QT_TRANSLATE_NOOP("Notes", "%1 has exactly these two ends; it is in state %2.")},
    {"tcp.lookup_listener", "pn",
     QT_TRANSLATE_NOOP("Notes", "No connection has these two ends, but %1 listens on port %2.")},
    {"tcp.lookup_none", "an",
     QT_TRANSLATE_NOOP("Notes", "Nobody listens on %1, port %2, nor on that port of all addresses.")},
    {"tcp.route_known", "pp",
     QT_TRANSLATE_NOOP("Notes", "%1 remembers %2 from the packet before: nothing needs to be routed.")},
    {"tcp.segment", "pnnnn",
     QT_TRANSLATE_NOOP("Notes", "%1 covers the sequence numbers from %2 up to %3, and acknowledges %4.")},
    {"tcp.backlogged", "ppn",
     QT_TRANSLATE_NOOP("Notes",
                       "The owner of %1 works on it just now: %2 waits in the backlog, which costs %3 bytes now.")},
    {"tcp.backlog_joined", "ppp",
     QT_TRANSLATE_NOOP("Notes", "%3 continues %2, the last in the backlog of %1: the two become one.")},
    {"tcp.no_port_left", "p",
     QT_TRANSLATE_NOOP("Notes", "Every port of the local range is taken for this destination.")},
    {"tcp.listening", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 listens on port %2; up to %3 connections may wait for accept().")},
    {"tcp.request_queued", "ppn",
     QT_TRANSLATE_NOOP("Notes",
                       "%2 remembers what the SYN asked for. %1 now waits for the last segment of %3 handshakes.")},
    {"tcp.request_expired", "pn", QT_TRANSLATE_NOOP("Notes", "%1 is given up after %2 repetitions of its SYN-ACK.")},
    {"tcp.syn_flood", "pnb",
     QT_TRANSLATE_NOOP(
         "Notes", "%1 has %2 requests waiting, as many as it may: it keeps no more, and answers with a SYN cookie."),
     QT_TRANSLATE_NOOP("Notes", "%1 has %2 requests waiting, as many as it may: the SYN is dropped.")},
    {"tcp.cookie_sent", "pnn",
     QT_TRANSLATE_NOOP(
         "Notes",
         "All that is to be known of %1 goes into the sequence number %2 of the answer: it stands for an MSS of %3.")},
    {"tcp.cookie_checked", "pnb",
     QT_TRANSLATE_NOOP("Notes", "The cookie %2 that came back is ours, and says that the MSS is %3."),
     QT_TRANSLATE_NOOP("Notes", "%2 is no cookie of ours, or too old.")},
    {"tcp.accept_queue_full", "pnn",
     QT_TRANSLATE_NOOP("Notes",
                       "%2 connections already wait for accept() on %1, and %3 may: there is no room for one more.")},
    {"tcp.accept_queued", "ppn",
     QT_TRANSLATE_NOOP("Notes", "The handshake is over: %2 waits for accept() on %1, one of %3.")},
    {"tcp.accepted", "ppn", QT_TRANSLATE_NOOP("Notes", "accept() takes %2 from the queue of %1; %3 still wait there.")},
    {"sock.cloned", "pp",
     QT_TRANSLATE_NOOP("Notes", "%2 is a copy of %1, with queues, locks and accounts of its own.")},
    {"tcp.child_created", "pp", QT_TRANSLATE_NOOP("Notes", "%1 takes the place of %2 in the table of connections.")},
    {"reuseport.added", "ppn", QT_TRANSLATE_NOOP("Notes", "%1 joins %2: %3 sockets share the port now.")},
    {"tcp.time_wait", "pp", QT_TRANSLATE_NOOP("Notes", "%2, a ninth of the size, stands for %1 from now on.")},
    {"tcp.timewait_verdict", "pn",
     QT_TRANSLATE_NOOP(
         "Notes",
         "%1 has looked at the segment; the verdict is %2 (0: done, 1: reset, 2: acknowledge, 3: a new connection).")},
    {"tcp.reset_sent", "pn",
     QT_TRANSLATE_NOOP("Notes", "%1 belongs to nothing here: a RST says so to its sender (port %2).")},
    {"tcp.mtu_reduced", "pn",
     QT_TRANSLATE_NOOP("Notes", "A router on the way takes at most %2 bytes: %1 makes smaller segments.")},
    {"tcp.icmp_out_of_window", "pmn",
     QT_TRANSLATE_NOOP("Notes", "The ICMP message quotes a segment that is not in flight: %1 does not believe it.")},
    {"tcp.icmp_error", "pmnn", QT_TRANSLATE_NOOP("Notes", "%2 means error %4 for %1.")},
    // TCP
    {"tcp.port_bound", "pn", QT_TRANSLATE_NOOP("Notes", "%1 is on the bind buckets of port %2.")},
    {"tcp.port_in_use", "n", QT_TRANSLATE_NOOP("Notes", "Another socket already has port %1.")},
    {"tcp.state", "pss", QT_TRANSLATE_NOOP("Notes", "%1 goes from %2 to %3.")},
    {"tcp.congestion_control", "p", QT_TRANSLATE_NOOP("Notes", "%1 will govern this connection's speed.")},
    {"sock.memory_refused", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 gets no memory: all sockets of its protocol hold %2 pages, and %3 are the most.")},
    {"gro.joined", "pnn", QT_TRANSLATE_NOOP("Notes", "%2 bytes join %1: it stands for %3 segments now.")},
    {"tcp.predicted", "p",
     QT_TRANSLATE_NOOP("Notes", "The header of %1 is what was expected: header prediction takes the short way.")},
    {"tcp.not_predicted", "p",
     QT_TRANSLATE_NOOP("Notes",
                       "The header of %1 is not what prediction expected: every step of the RFC is gone through.")},
    {"tcp.acknowledged", "pn",
     QT_TRANSLATE_NOOP("Notes", "%2 sequence numbers of %1 are acknowledged for the first time.")},
    {"tcp.duplicate_ack", "pn",
     QT_TRANSLATE_NOOP(
         "Notes", "A duplicate acknowledgement for %1: the peer still expects %2, so something after it arrived.")},
    {"tcp.send_window", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The peer of %1 offered a window of %2 bytes and offers %3 now.")},
    {"tcp.rtt", "pnnn",
     QT_TRANSLATE_NOOP(
         "Notes", "A round trip of %1 took %2 us; smoothed it is %3 us, and a retransmission would come after %4 ms.")},
    {"tcp.sacked", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The peer of %1 reports by SACK that sequence numbers %2 to %3 arrived.")},
    {"tcp.dsack", "pnn", QT_TRANSLATE_NOOP("Notes", "The peer of %1 reports by D-SACK that %2 to %3 arrived twice.")},
    {"tcp.reordering", "pn", QT_TRANSLATE_NOOP("Notes", "The network reorders the packets of %1: by up to %2 so far.")},
    {"tcp.reordering_wait", "pn",
     QT_TRANSLATE_NOOP("Notes", "It may be mere reordering: %1 waits %2 us before it calls anything lost.")},
    {"tcp.segment_lost", "pnn", QT_TRANSLATE_NOOP("Notes", "%1 with %2 to %3 counts as lost and is to be sent again.")},
    {"tcp.fast_retransmit", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 enters recovery: %2 packets are lost, and its window shrinks to %3 packets.")},
    {"tcp.undo", "pnn",
     QT_TRANSLATE_NOOP("Notes",
                       "Nothing was lost after all: %1 gets back its window, %2 packets, and its threshold, %3.")},
    {"tcp.queued", "pnb",
     QT_TRANSLATE_NOOP("Notes",
                       "%2 bytes came in order: they were joined to the last buffer in the receive queue of %1."),
     QT_TRANSLATE_NOOP("Notes", "%2 bytes came in order: they join the receive queue of %1.")},
    {"tcp.out_of_order", "pn",
     QT_TRANSLATE_NOOP("Notes", "%2 bytes before %1 are missing: it waits in the out-of-order queue.")},
    {"tcp.hole_filled", "pnn",
     QT_TRANSLATE_NOOP("Notes", "There is no hole before %2 to %3 any more: they move to the receive queue of %1.")},
    {"tcp.data_refused", "pd", QT_TRANSLATE_NOOP("Notes", "The data of %1 is not taken: %2.")},
    {"tcp.out_of_window", "pnn",
     QT_TRANSLATE_NOOP(
         "Notes", "%1 lies outside of the window: it starts %2 after what is expected, and the window is %3 bytes.")},
    {"tcp.paws", "pnn",
     QT_TRANSLATE_NOOP("Notes",
                       "A segment for %1 has timestamp %2, older than %3, which came before: it is from the past.")},
    {"tcp.challenge_ack", "p",
     QT_TRANSLATE_NOOP("Notes",
                       "Whoever sent this should know better what %1 expects: it is told by a challenge ACK.")},
    {"tcp.reset", "pe", QT_TRANSLATE_NOOP("Notes", "The peer of %1 reset the connection: the application gets %2.")},
    {"tcp.urgent", "pn",
     QT_TRANSLATE_NOOP("Notes", "The peer of %1 marks a byte as urgent: %2 after the one that is expected next.")},
    {"tcp.window_grows", "pnn", QT_TRANSLATE_NOOP("Notes", "The window that %1 may offer grows by %2 to %3 bytes.")},
    {"tcp.rcvbuf_grows", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The reader is fast: the receive buffer of %1 grows from %2 to %3 bytes.")},
    {"tcp.prune", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The queues of %1 hold %2 bytes where %3 are allowed: room must be made.")},
    {"tcp.collapse", "pn", QT_TRANSLATE_NOOP("Notes", "Wasteful buffers of %1: %2 bytes are copied into dense ones.")},
    {"tcp.ack_compressed", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 holds %2 acknowledgements back; one for all goes in %3 ns at most.")},
    {"tcp.ecn_marked", "pp",
     QT_TRANSLATE_NOOP("Notes",
                       "%1 carries the mark of a congested router: %2 tells its peer with the next acknowledgements.")},
    {"gso.segment", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The device cannot cut it up: %2 bytes of %1 become segments of %3 here.")},
    {"e1000.tso", "pnn",
     QT_TRANSLATE_NOOP("Notes", "The device itself will cut the %2 bytes of %1 into segments of %3.")},
    {"tcp.initial_window", "nn",
     QT_TRANSLATE_NOOP("Notes", "The first window offers %1 bytes; later windows are scaled by 2 to the %2.")},
    {"tcp.window_closed", "p", QT_TRANSLATE_NOOP("Notes", "%1 has no room left: it tells its peer to stop.")},
    {"tcp.window_full", "pn",
     QT_TRANSLATE_NOOP("Notes", "The peer's window of %2 bytes has no room for the next segment of %1.")},
    {"tcp.nagle_waits", "nn",
     QT_TRANSLATE_NOOP("Notes", "Only %1 of %2 bytes: the segment waits for more data or for an acknowledgement.")},
    {"tcp.small_queue", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%2 bytes of %1 wait in the queues below; %3 are allowed, so it waits.")},
    {"tcp.mtu_probe", "pn", QT_TRANSLATE_NOOP("Notes", "%1 tries whether the path carries a segment of %2 bytes.")},
    {"tcp.delayed_ack", "pn",
     QT_TRANSLATE_NOOP("Notes", "%1 may keep the acknowledgement back for %2 ms: perhaps data can carry it.")},
    {"tcp.probe", "pn",
     QT_TRANSLATE_NOOP("Notes", "%1 asks its peer for a sign of life, with the old sequence number %2.")},
    {"tcp.retransmit", "pnn", QT_TRANSLATE_NOOP("Notes", "%1 sends %3 bytes from sequence number %2 on again.")},
    {"tcp.loss_probe", "pn",
     QT_TRANSLATE_NOOP("Notes", "%1 probes whether the tail of its flight, up to %2, has arrived.")},
    {"tcp.rto", "pnn",
     QT_TRANSLATE_NOOP("Notes", "%1 has waited in vain; the next timeout comes in %2 ms, after %3 doublings.")},
    {"tcp.gave_up", "pe", QT_TRANSLATE_NOOP("Notes", "%1 gives up: %2.")},
    {"tcp.keepalive", "pn",
     QT_TRANSLATE_NOOP("Notes", "%1 was silent for long: it probes its peer, after %2 probes before.")},
    {"tcp.ca_state", "pnn", QT_TRANSLATE_NOOP("Notes", "Congestion control of %1 goes from state %2 to %3.")},
    {"tcp.hystart", "pn", QT_TRANSLATE_NOOP("Notes", "%1 leaves slow start at %2 packets, before anything was lost.")},
};

const Words* wordsFor(std::string_view id) {
  const auto it = std::find_if(std::begin(table), std::end(table), [&](const Words& w) { return w.id == id; });
  return it == std::end(table) ? nullptr : it;
}

QString routeType(u64 v) {
  static const char* names[] = {"RTN_UNSPEC",    "RTN_UNICAST",   "RTN_LOCAL",       "RTN_BROADCAST", "RTN_ANYCAST",
                                "RTN_MULTICAST", "RTN_BLACKHOLE", "RTN_UNREACHABLE", "RTN_PROHIBIT"};
  return v < std::size(names) ? QLatin1String(names[v]) : QString::number(v);
}
QString etherType(u64 v) {
  if (v == 0x0800) return QStringLiteral("ETH_P_IP");
  if (v == 0x0806) return QStringLiteral("ETH_P_ARP");
  if (v == 0x86dd) return QStringLiteral("ETH_P_IPV6");
  return QStringLiteral("0x%1").arg(v, 4, 16, QLatin1Char('0'));
}
QString tcpState(u64 v) {
  const auto name = constantName("sock_common", "skc_state", s64(v));
  return name ? QString::fromStdString(*name) : QString::number(v);
}

QString neighbourState(u64 v) {
  const auto name = constantName("neighbour", "nud_state", s64(v));
  return name ? QString::fromStdString(*name) : QString::number(v);
}
QString enumWords(std::string_view name, u64 v) {
  if (const EnumInfo* e = enumNamed(name))
    for (const EnumValue& value : e->values)
      if (value.value == s64(v)) return QString::fromUtf8(value.name.data(), qsizetype(value.name.size()));
  static const char* gro[] = {"GRO_MERGED", "GRO_MERGED_FREE", "GRO_HELD", "GRO_NORMAL", "GRO_CONSUMED"};
  return name == "gro_result" && v < std::size(gro) ? QLatin1String(gro[v]) : QString::number(v);
}

QString argument(const Playhead& at, char kind, u64 v) {
  switch (kind) {
  case 'p':
  case 'q': return addressWords(at, v);
  case 'd': return dropReasonText(u32(v));
  case 'e': return resultText(at, v);
  case 'm': return QString::fromStdString(icmpName(u8(v), 0));
  case 'g': return enumWords("gro_result", v);
  case 'u': return neighbourState(v);
  case 'f': return constantWords("AF_", s64(v));
  case 't': return constantWords("SOCK_", s64(v));
  case 'i': return constantWords("IPPROTO_", s64(v));
  case 'c': return constantWords("CAP_", s64(v));
  case 'r': return routeType(v);
  case 'h': return etherType(v);
  case 's': return tcpState(v);
  case 'a': return QStringLiteral("%1.%2.%3.%4").arg(v & 255).arg(v >> 8 & 255).arg(v >> 16 & 255).arg(v >> 24 & 255);
  default: return QString::number(s64(v));
  }
}

// An id without words yet: the id itself, readable, and its values.
QString plain(const Playhead& at, std::string_view id, std::span<const u64> values) {
  QString out = QString::fromUtf8(id.data(), qsizetype(id.size())).replace('.', QLatin1String(": ")).replace('_', ' ');
  QStringList words;
  for (u64 v : values) words << (resultText(at, v));
  return words.isEmpty() ? out + '.' : QStringLiteral("%1 (%2).").arg(out, words.join(QLatin1String(", ")));
}

} // namespace

bool noteHasWords(std::string_view id) { return wordsFor(id) != nullptr; }

QString noteSentence(const Playhead& at, EventIndex event) {
  const Journal& j = at.journal();
  const Event& e = j[event];
  if (e.type != EventType::Note) return {};
  const std::string_view id = Symbols::get().notes()[e.b]->name;
  const auto values = j.arguments(e);
  const Words* w = wordsFor(id);
  if (!w) return plain(at, id, values);
  const char* text = w->text;
  QStringList given;
  for (size_t i = 0; i < values.size() && w->kinds[given.size()]; ++i) {
    const char kind = w->kinds[given.size()];
    if ((kind == 'b' || kind == 'q') && !values[i] && w->otherwise) text = w->otherwise;
    given << argument(at, kind, values[i]);
  }
  QString out = QCoreApplication::translate("Notes", text);
  for (int n = 9; n >= 1; --n) { // one pass, so that a value that holds a %1 is not taken for a place
    const QString place = QStringLiteral("%%1").arg(n);
    out.replace(place, n <= given.size() ? given[n - 1] : QStringLiteral("?"));
  }
  return out;
}

} // namespace sockwalk
