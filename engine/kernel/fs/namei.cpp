// From a name to what it stands for: "/tmp/s" is walked from the root, component by component, through the cache of
// names (dentries). The kernel walks without taking references (RCU walk) and takes them where it arrives.
#include "engine/kernel/include/linux/cred.h"
#include "engine/kernel/include/linux/dcache.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"
#include <string>

namespace sockwalk::kernel {

namespace {
// The kernel's struct nameidata: where the walk is, and what is left of the name.
struct NameWalk {
  const vfsmount* mnt = nullptr;
  const dentry* at = nullptr;
  std::string rest; // "tmp/s"
  std::string whole;
};
} // namespace

// ---- the end of a walk: references for those who stay
static void __legitimize_mnt(const vfsmount* mnt) { KFUNC(__legitimize_mnt, mnt); }
static void __legitimize_path(const vfsmount* mnt, const dentry* at) {
  KFUNC(__legitimize_path, mnt, at);
  __legitimize_mnt(mnt);
}
static void legitimize_links(const dentry* at) { KFUNC(legitimize_links, at); }
static void try_to_unlazy(const NameWalk& nd, bool atMissingName) {
  KFUNC(try_to_unlazy, nd.at);
  legitimize_links(nd.at);
  __legitimize_path(nd.mnt, nd.at);
  if (atMissingName) __legitimize_path(nd.mnt, rootOfNames()->dentry); // and the root, for what comes after
}
static void complete_walk(const NameWalk& nd) {
  KFUNC(complete_walk, nd.at);
  try_to_unlazy(nd, false);
}
static void terminate_walk(const NameWalk& nd) { KFUNC(terminate_walk, nd.at); }

// ---- one component
static const dentry* d_alloc_parallel(const dentry* parent, const char* name) {
  KFUNC(d_alloc_parallel, parent);
  return call.result(d_alloc(parent, name));
}
// What open() made stands in a table of its own, not in the tree.
static void findPlainFile(const NameWalk& nd, const dentry* name) {
  const inode* plain = nd.rest.empty() ? plainFileNamed(nd.whole.c_str()) : nullptr;
  if (!plain || name->d_inode) return;
  ihold(plain);
  d_add(name, plain);
}
static const dentry* __lookup_slow(const NameWalk& nd, const char* name) {
  KFUNC(__lookup_slow, nd.at);
  const dentry* fresh = d_alloc_parallel(nd.at, name);
  if (!fresh) return call.result(ERR_PTR<dentry>(-ENOMEM));
  simple_lookup(nd.at->d_inode, fresh);
  return call.result(fresh);
}
static const dentry* lookup_fast(const NameWalk& nd, const char* name) {
  KFUNC(lookup_fast, nd.at);
  const dentry* known = childNamed(nd.at, name);
  if (!known) try_to_unlazy(nd, true);
  return call.result(known);
}
static int step_into(NameWalk& nd, const dentry* found) {
  KFUNC(step_into, nd.at, found);
  if (!found->d_inode) return call.result(-ENOENT);
  nd.at = found;
  return call.result(0);
}
static bool isDirectory(const dentry* d) { return (d->d_inode->i_mode & 0170000) == S_IFDIR; }

// The next component of the rest, which is taken off it.
static std::string takeComponent(NameWalk& nd) {
  const std::size_t end = std::min(nd.rest.find('/'), nd.rest.size());
  std::string name = nd.rest.substr(0, end);
  nd.rest.erase(0, std::min(nd.rest.find_first_not_of('/', end), nd.rest.size()));
  return name;
}
static int walk_component(NameWalk& nd) {
  KFUNC(walk_component, nd.at);
  SIMPLIFIED("there are no links, no mounts on the way, and no ..");
  const std::string name = takeComponent(nd);
  if (name.size() > 255) return call.result(-ENAMETOOLONG);
  const dentry* found = lookup_fast(nd, name.c_str());
  if (!found) found = __lookup_slow(nd, name.c_str());
  if (IS_ERR(found)) return call.result(static_cast<int>(PTR_ERR(found)));
  findPlainFile(nd, found);
  return call.result(step_into(nd, found));
}

// As far as the directory in which the last component stands.
static int link_path_walk(NameWalk& nd) {
  KFUNC(link_path_walk, nd.at);
  while (nd.rest.find('/') != nd.rest.npos) {
    if (const int lost = walk_component(nd)) return call.result(lost);
    if (!isDirectory(nd.at)) return call.result(-ENOTDIR);
  }
  return call.result(0);
}

// ---- the whole way
static void set_root(NameWalk& nd) {
  const path* root = rootOfNames();
  KFUNC(set_root, root);
  nd.mnt = root->mnt;
  nd.at = root->dentry;
}
static void nd_jump_root(NameWalk& nd) {
  const path* root = rootOfNames();
  KFUNC(nd_jump_root, root);
  set_root(nd);
}
static NameWalk path_init(const char* name) {
  const path* root = rootOfNames();
  KFUNC(path_init, root);
  SIMPLIFIED("every program's working directory is the root");
  NameWalk nd;
  if (*name == '/') nd_jump_root(nd);
  else nd.mnt = root->mnt, nd.at = root->dentry;
  nd.whole = name;
  nd.rest = name + std::strspn(name, "/");
  return nd;
}
static void arrive(const NameWalk& nd, const path* path) {
  set(path->mnt, nd.mnt);
  set(path->dentry, dget(nd.at));
}
static int path_lookupat(const char* name, const path* path) {
  KFUNC(path_lookupat, path);
  NameWalk nd = path_init(name);
  int lost = link_path_walk(nd);
  if (!lost && !nd.rest.empty()) lost = walk_component(nd);
  if (!lost) {
    complete_walk(nd);
    arrive(nd, path);
  }
  terminate_walk(nd);
  return call.result(lost);
}
// To the directory; `last` is what is to stand in it.
static int path_parentat(const char* name, const path* parent, std::string& last) {
  KFUNC(path_parentat, parent);
  NameWalk nd = path_init(name);
  const int lost = link_path_walk(nd);
  if (!lost) {
    complete_walk(nd);
    arrive(nd, parent);
    last = nd.rest;
  }
  terminate_walk(nd);
  return call.result(lost);
}
static int __filename_parentat(const char* name, const path* parent, std::string& last) {
  KFUNC(__filename_parentat, parent);
  return call.result(path_parentat(name, parent, last));
}
static int filename_lookup(const char* name, const path* path) {
  KFUNC(filename_lookup, path);
  return call.result(path_lookupat(name, path));
}

// The kernel's own copy of a name.
static void getname_kernel(const path* path) { KFUNC(getname_kernel, path); }
static void putname(const path* path) { KFUNC(putname, path); }

int kern_path(const char* name, const path* path) {
  KFUNC(kern_path, path);
  getname_kernel(path);
  const int lost = filename_lookup(name, path);
  putname(path);
  return call.result(lost);
}

void path_get(const path* path) {
  KFUNC(path_get, path);
  dget(path->dentry);
}
void path_put(const path* path) {
  KFUNC(path_put, path);
  dput(path->dentry);
}

// ---- rights
u32 current_umask() {
  KFUNC(current_umask);
  SIMPLIFIED("no program sets a umask of its own: it is 022");
  return call.result(022u);
}
static bool mayWrite(const inode* i) {
  const cred* who = current_cred();
  if (who->fsuid.val == i->i_uid.val) return i->i_mode & 0200;
  return i->i_mode & (who->fsgid.val == i->i_gid.val ? 020 : 02);
}
static int inode_permission(const inode* i) {
  KFUNC(inode_permission, i);
  return call.result(mayWrite(i) || capable(CAP_DAC_OVERRIDE) ? 0 : -EACCES);
}
int path_permission(const path* path) { return inode_permission(path->dentry->d_inode); }

// ---- making a name, and taking it away
static int mnt_want_write(const vfsmount* mnt) {
  KFUNC(mnt_want_write, mnt);
  return call.result(__mnt_want_write(mnt));
}
static void mnt_drop_write(const vfsmount* mnt) { KFUNC(mnt_drop_write, mnt); }

static const dentry* lookup_dcache(const dentry* parent, const char* name) {
  KFUNC(lookup_dcache, parent);
  return call.result(d_lookup(parent, name));
}
static const dentry* lookup_one_qstr_excl(const dentry* parent, const char* name) {
  KFUNC(lookup_one_qstr_excl, parent);
  const dentry* known = lookup_dcache(parent, name);
  if (known) return call.result(known);
  const dentry* fresh = d_alloc(parent, name);
  if (fresh) simple_lookup(parent->d_inode, fresh);
  return call.result(fresh);
}

static const dentry* filename_create(const char* name, const path* parent) {
  KFUNC(filename_create, parent);
  std::string last;
  const auto failed = [&](int error) { return call.result(ERR_PTR<dentry>(error)); };
  if (const int lost = __filename_parentat(name, parent, last)) return failed(lost);
  mnt_want_write(parent->mnt);
  const dentry* named = last.empty() ? parent->dentry.get() : lookup_one_qstr_excl(parent->dentry, last.c_str());
  const bool taken = named && (named->d_inode || plainFileNamed(name));
  if (named && !taken) return call.result(dget(named));
  mnt_drop_write(parent->mnt);
  dput(parent->dentry);
  return failed(taken ? -EEXIST : -ENOMEM);
}
const dentry* kern_path_create(const char* name, const path* parent) {
  KFUNC(kern_path_create, parent);
  getname_kernel(parent);
  const dentry* made = filename_create(name, parent);
  putname(parent);
  return call.result(made);
}
void done_path_create(const path* parent, const dentry* dentry) {
  KFUNC(done_path_create, parent, dentry);
  dput(dentry);
  mnt_drop_write(parent->mnt);
  dput(parent->dentry);
}

static u32 mode_strip_sgid(const inode* dir, u32 mode) {
  KFUNC(mode_strip_sgid, dir, mode);
  return call.result(mode);
}
int vfs_mknod(const inode* dir, const dentry* dentry, u32 mode) {
  KFUNC(vfs_mknod, dir, dentry, mode);
  if (const int forbidden = inode_permission(dir)) return call.result(forbidden);
  const auto kind = static_cast<u16>(mode_strip_sgid(dir, mode));
  return call.result(dir->i_op->mknod(init_user_ns, dir, dentry, kind, 0u));
}

static int may_delete(const inode* dir, const dentry* victim) {
  KFUNC(may_delete, dir, victim);
  return call.result(inode_permission(dir));
}
int vfs_unlink(const inode* dir, const dentry* dentry) {
  KFUNC(vfs_unlink, dir, dentry);
  if (const int forbidden = may_delete(dir, dentry)) return call.result(forbidden);
  if (const int failed = dir->i_op->unlink(dir, dentry)) return call.result(failed);
  ihold(dentry->d_inode);
  d_delete(dentry);
  const inode* unnamed = dentry->d_inode;
  dput(dentry); // the directory's reference
  iput(unnamed);
  return call.result(0);
}

bool nameOfSocket(const char* name) {
  const dentry* at = rootOfNames()->dentry;
  NameWalk nd;
  nd.rest = name + std::strspn(name, "/");
  while (at && !nd.rest.empty()) at = childNamed(at, takeComponent(nd).c_str());
  return at && at->d_inode && S_ISSOCK(at->d_inode->i_mode);
}

static int removeName(const char* name, const path* parent, const std::string& last) {
  const dentry* named = last.empty() ? nullptr : lookup_one_qstr_excl(parent->dentry, last.c_str());
  if (forgetPlainFile(name)) {
    if (named && named->d_inode) d_delete(named), dput(named);
    return 0;
  }
  if (!named || !named->d_inode) return -ENOENT;
  if (isDirectory(named)) return -EISDIR;
  const inode* meant = named->d_inode;
  ihold(meant);
  int err = security_path_unlink(parent, named);
  if (!err) err = vfs_unlink(parent->dentry->d_inode, named);
  iput(meant);
  return err;
}
static int do_unlinkat(const char* name) {
  OnStack<path> found;
  const path* parent = found;
  KFUNC(do_unlinkat, parent);
  SIMPLIFIED("a plain file is only taken out of the list of files");
  std::string last;
  int err = __filename_parentat(name, parent, last);
  if (err) return call.result(err);
  mnt_want_write(parent->mnt);
  err = removeName(name, parent, last);
  mnt_drop_write(parent->mnt);
  dput(parent->dentry);
  putname(parent);
  return call.result(err);
}
u32 full_name_hash(const char* name) {
  KFUNC(full_name_hash);
  u32 mixed = 0;
  for (const char letter : std::string_view(name)) mixed = mixed * 31 + static_cast<u8>(letter);
  return call.result(mixed);
}
static int getname_flags(u64 filename, std::string& name) {
  KFUNC(getname_flags, filename);
  constexpr std::size_t PathMax = 4096;
  for (char c = 1; name.size() < PathMax; name += c) {
    if (copy_from_user(&c, filename + name.size(), 1)) return call.result(-EFAULT);
    if (!c) return call.result(name.empty() ? -ENOENT : 0);
  }
  return call.result(-ENAMETOOLONG);
}
s64 __x64_sys_unlink(u64 pathname) {
  KFUNC(__x64_sys_unlink, pathname);
  std::string name;
  const int bad = getname_flags(pathname, name);
  return call.result(static_cast<s64>(bad ? bad : do_unlinkat(name.c_str())));
}

} // namespace sockwalk::kernel
