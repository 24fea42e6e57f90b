// Congestion control is pluggable: a table of functions in each socket, taken from the network's default.
#include "engine/kernel/include/net/tcp.h"

namespace sockwalk::kernel {

Global<tcp_congestion_ops> cubictcp{"cubictcp"}, tcp_reno{"tcp_reno"};

static void laydown(const tcp_congestion_ops* ops, const char* name) {
  setBytes(ops->name, name, static_cast<u32>(std::strlen(name)));
}
void image_tcp_cong() {
  laydown(cubictcp, "cubic");
  set(cubictcp->init, unbuilt<"cubictcp_init">);
  set(cubictcp->ssthresh, unbuilt<"cubictcp_recalc_ssthresh">);
  set(cubictcp->cong_avoid, unbuilt<"cubictcp_cong_avoid">);
  set(cubictcp->set_state, unbuilt<"cubictcp_state">);
  set(cubictcp->undo_cwnd, unbuilt<"tcp_reno_undo_cwnd">);
  set(cubictcp->cwnd_event, unbuilt<"cubictcp_cwnd_event">);
  set(cubictcp->pkts_acked, unbuilt<"cubictcp_acked">);
  laydown(tcp_reno, "reno");
  set(tcp_reno->flags, 1); // TCP_CONG_NON_RESTRICTED
  set(tcp_reno->ssthresh, unbuilt<"tcp_reno_ssthresh">);
  set(tcp_reno->cong_avoid, unbuilt<"tcp_reno_cong_avoid">);
  set(tcp_reno->undo_cwnd, unbuilt<"tcp_reno_undo_cwnd">);
  set(init_net->ipv4.tcp_congestion_control, cubictcp);
}

void tcp_assign_congestion_control(const sock* sk) {
  KFUNC(tcp_assign_congestion_control, sk);
  const tcp_congestion_ops* ca = sock_net(sk)->ipv4.tcp_congestion_control;
  set(inet_csk(sk)->icsk_ca_ops, ca);
  fillBytes(inet_csk(sk)->icsk_ca_priv, 0, sizeof inet_csk(sk)->icsk_ca_priv);
  set(inet_sk(sk)->tos, inet_sk(sk)->tos & ~3); // no ECN until it is agreed on
  NOTE("tcp.congestion_control", ca);
}

void tcp_cleanup_congestion_control(const sock* sk) {
  KFUNC(tcp_cleanup_congestion_control, sk);
  const tcp_congestion_ops* ca = inet_csk(sk)->icsk_ca_ops;
  if (ca->release) ca->release(sk);
}

} // namespace sockwalk::kernel
