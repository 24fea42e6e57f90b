// The hooks around a connection: a request for one, the child that it becomes, the process that takes it. Labels would
// be handed on here.
#include "engine/kernel/include/linux/list.h"
#include "engine/kernel/include/linux/security.h"

namespace sockwalk::kernel {

void security_req_classify_flow(const request_sock* req, const flowi_common* flic) {
  KFUNC(security_req_classify_flow, req, flic);
}
int security_inet_conn_request(const sock* sk, const sk_buff* skb, const request_sock* req) {
  KFUNC(security_inet_conn_request, sk, skb, req);
  return call.result(0);
}
void security_inet_csk_clone(const sock* newsk, const request_sock* req) { KFUNC(security_inet_csk_clone, newsk, req); }
void security_inet_conn_established(const sock* sk, const sk_buff* skb) {
  KFUNC(security_inet_conn_established, sk, skb);
}
void security_sk_clone(const sock* sk, const sock* newsk) { KFUNC(security_sk_clone, sk, newsk); }
void security_sock_graft(const sock* sk, const socket* parent) { KFUNC(security_sock_graft, sk, parent); }

} // namespace sockwalk::kernel
