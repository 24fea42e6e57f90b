#include "tests/views/sample/socket_walk.h"

#include "engine/kernel/include/linux/slab.h"

namespace sockwalk {

using namespace kernel;

namespace {

Global<proto_ops> sample_stream_ops{"sample_stream_ops"};
Global<proto> sample_prot{"sample_prot"};

template <class T> u64 at(const T* p) { return Arena::address(p); }

void makeFiles(SocketWalk& w, const task_struct* task) {
  auto* files = kzalloc<files_struct>(GFP_KERNEL);
  set(files->fdt, &files->fdtab);
  set(files->fdtab.max_fds, 64);
  set(files->fdtab.fd, reinterpret_cast<decltype(files->fdtab.fd.get())>(&files->fd_array[0]));
  set(task->files, files);
  w.task = at(task);
  w.files = at(files);
}

const socket_alloc* makeSocket(SocketWalk& w) {
  auto* both = kzalloc<socket_alloc>(GFP_KERNEL);
  set(both->socket.state, 1);
  set(both->socket.type, 1);
  set(both->socket.ops, sample_stream_ops);
  set(both->vfs_inode.i_ino, 8123);
  set(both->vfs_inode.i_mode, 0140777);
  w.socketAlloc = at(both);
  w.socket = at(&both->socket);
  w.inode = at(&both->vfs_inode);
  return both;
}

const sock* makeSock(SocketWalk& w, const Journal& j, const struct socket* owner) {
  auto* sk = reinterpret_cast<const sock*>(kzalloc<tcp_sock>(GFP_KERNEL));
  w.sockBorn = j.size();
  set(sk->__sk_common.skc_state, 7);
  set(sk->__sk_common.skc_family, 2);
  set(sk->__sk_common.skc_prot, sample_prot);
  set(sk->sk_rcvbuf, 131072);
  set(owner->sk, sk);
  w.skSet = j.size();
  set(sk->sk_socket, owner);
  w.sock = at(sk);
  return sk;
}

const file* makeFile(SocketWalk& w, const Journal& j, const socket_alloc* both) {
  auto* f = kzalloc<file>(GFP_KERNEL);
  set(f->f_inode, &both->vfs_inode);
  set(f->private_data, &both->socket);
  set(f->f_flags, 2);
  set(both->socket.file, f);
  auto* files = reinterpret_cast<const files_struct*>(Arena::baseOf(f) + static_cast<u32>(w.files));
  set(files->fd_array[3], f);
  w.installed = j.size();
  w.file = at(f);
  return f;
}

void queue(SocketWalk& w, const Journal& j, const sock* sk) {
  auto* skb = kzalloc<sk_buff>(GFP_KERNEL);
  set(skb->len, 5);
  const auto& head = sk->sk_receive_queue;
  const u64 links[2] = {at(skb), at(skb)}, ends[2] = {at(&head), at(&head)};
  setBytes(&head, links, 16);
  setBytes(skb, ends, 16);
  set(head.qlen, 1);
  w.queued = j.size();
  w.skb = at(skb);
}

} // namespace

SocketWalk playSocketWalk(RecordedSession& session) {
  SocketWalk w;
  EnterMachine enter(session.machine());
  Recorder& r = session.recorder();
  const Journal& j = session.journal();
  r.context(Context::Boot, 0, "boot", 0, NoEvent);
  auto* task = kzalloc<task_struct>(GFP_KERNEL);
  set(task->pid, 100);
  setBytes(task->comm, "client", 6);
  makeFiles(w, task);
  r.context(Context::Task, 100, "client", r.now(), NoEvent);
  const u32 s = r.stimulus("socket(AF_INET, SOCK_STREAM, 0)", "");
  w.begin = j.size();
  auto* both = makeSocket(w);
  auto* sk = makeSock(w, j, &both->socket);
  makeFile(w, j, both);
  queue(w, j, sk);
  set(both->socket.sk, nullptr);
  kfree(sk);
  w.freed = j.size();
  r.finishStimulus(s, 3);
  return w;
}

} // namespace sockwalk
