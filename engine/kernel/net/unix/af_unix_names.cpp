// The names of local sockets. A name that begins with a character is a file's: bind() makes the file, connect() looks it
// up, and the inode leads to the socket. One that begins with a zero byte is abstract: it stands in a hash table of the
// network namespace only, and is gone with the socket.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/net/unix/unix_internal.h"
#include <string>

namespace sockwalk::kernel {

static Global<hlist_head[UNIX_HASH_MOD + 1]> bsd_socket_buckets{"bsd_socket_buckets"};

static const sockaddr_un* asUnix(const sockaddr* address) { return reinterpret_cast<const sockaddr_un*>(address); }
static const sockaddr_un* nameIn(const unix_address* addr) { return addr->name; }

// ---- hashes
static u32 unix_bsd_hash(const inode* i) { return i->i_ino & UNIX_HASH_MOD; }
static u32 unix_abstract_hash(const sockaddr_un* name, int length, int type) {
  const u32 folded = csum_fold(csum_partial(name, length, 0));
  const u32 mixed = folded ^ folded >> 8 ^ static_cast<u32>(type); // a type has names of its own
  return UNIX_HASH_MOD + 1 + (mixed & UNIX_HASH_MOD);
}

// ---- addresses: shared by a listener and all whom it accepted
static const unix_address* unix_create_addr(const sockaddr_un* sunaddr, int addr_len) {
  KFUNC(unix_create_addr, sunaddr, addr_len);
  const auto* made = kmalloc<unix_address>(GFP_KERNEL, static_cast<u32>(addr_len));
  if (!made) return call.result(made);
  refcount_set(&made->refcnt, 1);
  set(made->len, addr_len);
  setBytes(nameIn(made), sunaddr, static_cast<u32>(addr_len));
  return call.result(made);
}
void unix_release_addr(const unix_address* addr) {
  if (refcount_dec_and_test(&addr->refcnt)) kfree(addr);
}
int unix_validate_addr(const sockaddr_un* sunaddr, int addr_len) {
  const bool fits = addr_len > SunPathAt && addr_len <= static_cast<int>(sizeof(sockaddr_un));
  return fits && sunaddr->sun_family == AF_UNIX ? 0 : -EINVAL;
}
// A file's name ends at its first zero byte, or where the address ends.
static std::string pathOf(const sockaddr_un* sunaddr, int addr_len) {
  const auto* from = reinterpret_cast<const char*>(sunaddr->sun_path);
  return {from, strnlen(from, static_cast<std::size_t>(addr_len - SunPathAt))};
}

// ---- looking for a name
static const sock* __unix_find_socket_byname(const net* net, const sockaddr_un* sunname, int len, u32 hash) {
  KFUNC(__unix_find_socket_byname, net, sunname, len, hash);
  for (const sock* sk = sk_head(net->unx.table.buckets.get() + hash); sk; sk = sk_next(sk)) {
    const unix_address* known = unix_sk(sk)->addr;
    if (known->len == len && !std::memcmp(nameIn(known), sunname, static_cast<std::size_t>(len)))
      return call.result(sk);
  }
  return call.result<const sock*>(nullptr);
}
static const sock* unix_find_abstract(const net* net, const sockaddr_un* sunaddr, int addr_len, int type) {
  const u32 hash = unix_abstract_hash(sunaddr, addr_len, type);
  const sock* sk = __unix_find_socket_byname(net, sunaddr, addr_len, hash);
  if (!sk) {
    NOTE("unix.no_abstract_name", hash);
    return ERR_PTR<sock>(-ECONNREFUSED);
  }
  sock_hold(sk);
  return sk;
}

static const sock* boundTo(const hlist_node* node) { return container_of(node, sock, __sk_common.skc_bind_node); }
static const sock* unix_find_socket_byinode(const inode* i) {
  for (const hlist_node* at = bsd_socket_buckets[unix_bsd_hash(i)].first; at; at = at->next) {
    const dentry* name = unix_sk(boundTo(at))->path.dentry;
    if (name && name->d_inode.get() == i) return boundTo(at);
  }
  return nullptr;
}
// A file may be there that is no socket's, or whose socket is closed: files stay.
static const sock* socketOfFile(const path* path, int type) {
  const inode* i = path->dentry->d_inode;
  if (const int forbidden = path_permission(path)) return ERR_PTR<sock>(forbidden);
  const sock* sk = S_ISSOCK(i->i_mode) ? unix_find_socket_byinode(i) : nullptr;
  if (!sk) {
    NOTE("unix.file_without_socket", i, S_ISSOCK(i->i_mode));
    return ERR_PTR<sock>(-ECONNREFUSED);
  }
  if (sk->sk_type != type) return ERR_PTR<sock>(-EPROTOTYPE);
  sock_hold(sk);
  touch_atime(path);
  return sk;
}
static const sock* unix_find_bsd(const sockaddr_un* sunaddr, int addr_len, int type) {
  OnStack<path> found;
  if (const int lost = kern_path(pathOf(sunaddr, addr_len).c_str(), found)) return ERR_PTR<sock>(lost);
  const sock* sk = socketOfFile(found, type);
  path_put(found);
  return sk;
}

const sock* unix_find_other(const net* net, const sockaddr_un* sunaddr, int addr_len, int type) {
  KFUNC(unix_find_other, net, sunaddr, addr_len, type);
  const bool ofFile = sunaddr->sun_path[0];
  const sock* other =
      ofFile ? unix_find_bsd(sunaddr, addr_len, type) : unix_find_abstract(net, sunaddr, addr_len, type);
  if (!IS_ERR(other)) NOTE("unix.found", other);
  return call.result(other);
}

// ---- giving a name: the socket moves from the chain of the nameless to that of its name
static void __unix_set_addr_hash(const net* net, const sock* sk, const unix_address* addr, u32 hash) {
  KFUNC(__unix_set_addr_hash, net, sk, addr, hash);
  sk_del_node_init(sk);
  set(unix_sk(sk)->addr, addr);
  set(sk->sk_hash, hash);
  sk_add_node(sk, net->unx.table.buckets.get() + hash);
  NOTE("unix.named", sk, addr, hash);
}

// "\0" and five hexadecimal digits: the kernel's choice for who has no wish.
static const unix_address* autoAddress() {
  constexpr int Digits = 5, Room = 16;
  const auto* made = kzalloc<unix_address>(GFP_KERNEL, static_cast<u32>(SunPathAt + Room));
  if (!made) return nullptr;
  set(made->len, SunPathAt + 1 + Digits);
  set(nameIn(made)->sun_family, AF_UNIX);
  refcount_set(&made->refcnt, 1);
  return made;
}
static void writeNumber(const unix_address* addr, u32 number) {
  char digits[6];
  std::snprintf(digits, sizeof digits, "%05x", number);
  setBytes(nameIn(addr)->sun_path + 1, digits, 5);
}
int unix_autobind(const sock* sk) {
  KFUNC(unix_autobind, sk);
  constexpr u32 Numbers = 0x100000;
  if (unix_sk(sk)->addr) return call.result(0);
  const net* net = sock_net(sk);
  const unix_address* addr = autoAddress();
  if (!addr) return call.result(-ENOMEM);
  const u32 begin = static_cast<u32>(machine().random()) % Numbers;
  for (u32 tried = 1; tried <= Numbers; ++tried) {
    writeNumber(addr, (begin + tried) % Numbers);
    const u32 hash = unix_abstract_hash(nameIn(addr), addr->len, sk->sk_type);
    if (__unix_find_socket_byname(net, nameIn(addr), addr->len, hash)) continue; // somebody has it
    __unix_set_addr_hash(net, sk, addr, hash);
    return call.result(0);
  }
  unix_release_addr(addr);
  return call.result(-ENOSPC);
}

static int unix_bind_abstract(const sock* sk, const sockaddr_un* sunaddr, int addr_len) {
  const net* net = sock_net(sk);
  const unix_address* addr = unix_create_addr(sunaddr, addr_len);
  if (!addr) return -ENOMEM;
  const auto refused = [&](int why) { return unix_release_addr(addr), why; };
  if (unix_sk(sk)->addr) return refused(-EINVAL); // one name for life
  const u32 hash = unix_abstract_hash(nameIn(addr), addr->len, sk->sk_type);
  if (__unix_find_socket_byname(net, nameIn(addr), addr->len, hash)) return refused(-EADDRINUSE);
  __unix_set_addr_hash(net, sk, addr, hash);
  return 0;
}

// The file is there: from now on its inode leads to the socket.
static int takeFile(const sock* sk, const unix_address* addr, const path* parent, const dentry* name) {
  const unix_sock* own = unix_sk(sk);
  if (own->addr) return vfs_unlink(parent->dentry->d_inode, name), -EINVAL;
  const u32 hash = unix_bsd_hash(name->d_inode);
  set(own->path.mnt, parent->mnt.get());
  set(own->path.dentry, dget(name));
  __unix_set_addr_hash(sock_net(sk), sk, addr, hash);
  hlist_add_head(&sk->sk_bind_node, &bsd_socket_buckets[hash]);
  return 0;
}
static int makeFile(const path* parent, const dentry* name, u32 mode) {
  if (const int refused = security_path_mknod(parent, name)) return refused;
  return vfs_mknod(parent->dentry->d_inode, name, mode);
}
static int unix_bind_bsd(const sock* sk, const sockaddr_un* sunaddr, int addr_len) {
  const u32 mode = S_IFSOCK | (SOCK_INODE(sk->sk_socket)->i_mode & ~current_umask());
  const std::string path = pathOf(sunaddr, addr_len);
  const unix_address* addr = unix_create_addr(sunaddr, SunPathAt + static_cast<int>(path.size()) + 1);
  if (!addr) return -ENOMEM;
  setBytes(nameIn(addr)->sun_path + path.size(), "", 1);
  OnStack<struct path> parent;
  const dentry* name = kern_path_create(path.c_str(), parent);
  int err = IS_ERR(name) ? static_cast<int>(PTR_ERR(name)) : 0;
  if (!err) {
    err = makeFile(parent, name, mode);
    if (!err) err = takeFile(sk, addr, parent, name);
    done_path_create(parent, name);
  }
  if (err) unix_release_addr(addr);
  return err == -EEXIST ? -EADDRINUSE : err;
}

s32 unix_bind(const socket* sock, const sockaddr* uaddr, s32 addr_len) {
  KFUNC(unix_bind, sock, uaddr, addr_len);
  const sockaddr_un* wanted = asUnix(uaddr);
  const struct sock* sk = sock->sk;
  if (addr_len == SunPathAt && wanted->sun_family == AF_UNIX) return call.result(unix_autobind(sk));
  if (const int bad = unix_validate_addr(wanted, addr_len)) return call.result(bad);
  const bool ofFile = wanted->sun_path[0];
  return call.result(ofFile ? unix_bind_bsd(sk, wanted, addr_len) : unix_bind_abstract(sk, wanted, addr_len));
}

void unix_remove_bsd_socket(const sock* sk) { hlist_del_init(&sk->sk_bind_node); }

// ---- telling a name
void unix_copy_addr(const msghdr* msg, const sock* sk) {
  KFUNC(unix_copy_addr, msg, sk);
  const unix_address* name = unix_sk(sk)->addr;
  if (!name) return;
  set(msg->msg_namelen, name->len);
  setBytes(msg->msg_name.get(), nameIn(name), static_cast<u32>(name->len));
}

s32 unix_getname(const socket* sock, const sockaddr* uaddr, s32 peer) {
  KFUNC(unix_getname, sock, uaddr, peer);
  const struct sock* sk = peer ? unix_peer(sock->sk) : sock->sk.get(); // unix_peer_get(), inlined
  if (!sk) return call.result(-ENOTCONN);
  sock_hold(sk);
  const unix_address* name = unix_sk(sk)->addr;
  s32 length = SunPathAt;
  if (name) setBytes(uaddr, nameIn(name), static_cast<u32>(length = name->len));
  else set(asUnix(uaddr)->sun_family, AF_UNIX);
  sock_put(sk);
  return call.result(length);
}

} // namespace sockwalk::kernel
