// sendfile(2): pages of a file go to a socket. In Linux they pass through a pipe inside of the kernel, 16 at a time.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/net.h"
#include "engine/kernel/include/linux/pagemap.h"
#include "engine/kernel/include/linux/pipe_fs_i.h"
#include "engine/kernel/include/linux/uaccess.h"
#include "engine/kernel/init/image.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

namespace {
struct Piece {
  const struct page* at;
  u32 offset, len;
};
} // namespace

static s64 kernel_sendpage(const socket* sock, const page* page, int offset, u64 size, int flags) {
  KFUNC(kernel_sendpage, sock, page, offset, size, flags);
  return call.result(sock->ops->sendpage(sock, page, offset, size, flags));
}
static s64 sock_sendpage(const file* f, const page* page, s32 offset, u64 size, s64*, s32 more) {
  KFUNC(sock_sendpage, f, page, offset, size, more);
  const auto* sock = static_cast<const socket*>(f->private_data.get());
  const u32 flags = static_cast<u32>(more) | (f->f_flags & O_NONBLOCK ? u32(MSG_DONTWAIT) : 0);
  return call.result(kernel_sendpage(sock, page, offset, size, static_cast<int>(flags)));
}

// ---- the file's pages
static const page* __filemap_get_folio(const inode* i, u64 index) {
  KFUNC(__filemap_get_folio, i, index);
  return call.result(find_get_page(i, index, true));
}
static const page* shmem_get_folio_gfp(const inode* i, u64 index) {
  KFUNC(shmem_get_folio_gfp, i, index);
  return call.result(__filemap_get_folio(i, index));
}
static bool PageHeadHuge(const page* p) {
  KFUNC(PageHeadHuge, p);
  return call.result(false);
}
static std::vector<Piece> shmem_file_read_iter(const file* in, s64 pos, u64 len) {
  KFUNC(shmem_file_read_iter, in, pos, len);
  std::vector<Piece> pieces;
  const inode* i = in->f_inode;
  while (len && pos < i->i_size && pieces.size() < PIPE_DEF_BUFFERS) {
    const u32 offset = static_cast<u32>(pos % PAGE_SIZE);
    const u32 n = static_cast<u32>(std::min<u64>({len, PAGE_SIZE - offset, static_cast<u64>(i->i_size - pos)}));
    const page* p = shmem_get_folio_gfp(i, static_cast<u64>(pos) / PAGE_SIZE);
    if (!p) break;
    PageHeadHuge(p);
    pieces.push_back({p, offset, n});
    pos += n;
    len -= n;
  }
  touch_atime(&in->f_path);
  return pieces;
}

// The pages under the next `len` bytes of the file, a pipe full at most.
static std::vector<Piece> generic_file_splice_read(const file* in, s64 pos, u64 len) {
  KFUNC(generic_file_splice_read, in, pos, len);
  SIMPLIFIED("the pipe between file and socket is a list");
  std::vector<Piece> pieces = shmem_file_read_iter(in, pos, len);
  if (!pieces.empty()) touch_atime(&in->f_path);
  return pieces;
}

static s64 pipe_to_sendpage(const file* out, const Piece& piece, u32 flags) {
  KFUNC(pipe_to_sendpage, out, flags);
  s64 done = 0;
  return call.result(
      out->f_op->sendpage(out, piece.at, static_cast<s32>(piece.offset), piece.len, &done, static_cast<s32>(flags)));
}
static void splice_from_pipe_next(const file* out) { KFUNC(splice_from_pipe_next, out); }
static s64 __splice_from_pipe(const file* out, const std::vector<Piece>& pieces, bool more) {
  KFUNC(__splice_from_pipe, out, more);
  splice_from_pipe_next(out);
  s64 sent = 0;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const u32 last = k + 1 == pieces.size() ? 0 : MSG_SENDPAGE_NOTLAST; // the last page of a pipe full pushes
    const s64 n = pipe_to_sendpage(out, pieces[k], (more ? u32(MSG_MORE) : 0) | last);
    if (n <= 0) return call.result(sent ? sent : n);
    sent += n;
    if (n < pieces[k].len) break;
  }
  return call.result(sent);
}
static void pipe_lock(const pipe_inode_info* pipe) { KFUNC(pipe_lock, pipe); }
static void pipe_unlock(const pipe_inode_info* pipe) { KFUNC(pipe_unlock, pipe); }
static s64 generic_splice_sendpage(const file* out, const std::vector<Piece>& pieces, bool more) {
  KFUNC(generic_splice_sendpage, out, more);
  pipe_lock(currentTask().task->splice_pipe);
  const s64 sent = __splice_from_pipe(out, pieces, more);
  pipe_unlock(currentTask().task->splice_pipe);
  return call.result(sent);
}
static s64 direct_splice_actor(const file* out, const std::vector<Piece>& pieces, bool more) {
  KFUNC(direct_splice_actor, out, more);
  return call.result(generic_splice_sendpage(out, pieces, more));
}
static std::vector<Piece> do_splice_to(const file* in, s64 pos, u64 len) {
  KFUNC(do_splice_to, in, pos, len);
  return generic_file_splice_read(in, pos, len);
}

// A task's own pipe, made when it is wanted for the first time and kept.
static const pipe_inode_info* alloc_pipe_info() {
  KFUNC(alloc_pipe_info);
  return call.result(reinterpret_cast<const pipe_inode_info*>(kmallocBuffer(64, GFP_KERNEL | __GFP_ZERO)));
}
void free_pipe_info(const pipe_inode_info* pipe) {
  KFUNC(free_pipe_info, pipe);
  kfree(reinterpret_cast<const u8*>(pipe));
}

static s64 splice_direct_to_actor(const file* in, const file* out, s64* pos, u64 len) {
  KFUNC(splice_direct_to_actor, in, out, len);
  if (!(in->f_mode & FMODE_LSEEK)) return call.result(s64(-EINVAL)); // from a socket: nothing may be lost on the way
  const task_struct* task = currentTask().task;
  if (!task->splice_pipe) {
    set(task->splice_pipe, alloc_pipe_info());
    if (!task->splice_pipe) return call.result(s64(-ENOMEM));
  }
  s64 bytes = 0, error = 0;
  while (len) {
    const std::vector<Piece> pieces = do_splice_to(in, *pos, len);
    u64 read = 0;
    for (const Piece& p : pieces) read += p.len;
    if (!read) break;
    const s64 n = direct_splice_actor(out, pieces, read < len);
    if (n <= 0) {
      error = n;
      break;
    }
    bytes += n;
    *pos += n;
    len -= static_cast<u64>(n);
    if (static_cast<u64>(n) < read) break;
  }
  touch_atime(&in->f_path, bytes ? machine().options().recorded.sendfileTakes : 0);
  return call.result(bytes ? bytes : error);
}
static s64 do_splice_direct(const file* in, const file* out, s64* pos, u64 len) {
  KFUNC(do_splice_direct, in, out, len);
  return call.result(splice_direct_to_actor(in, out, pos, len));
}
static const void* get_pipe_info(const file* f) {
  KFUNC(get_pipe_info, f);
  return call.result<const void*>(nullptr); // no pipes here
}

static s64 sendFile(const file* in, const file* out, s64* ppos, u64 count) {
  if (!(out->f_mode & FMODE_WRITE)) return -EBADF;
  if (get_pipe_info(out) || !out->f_op->sendpage) return -EINVAL;
  s64 pos = ppos ? *ppos : s64(in->f_pos);
  const s64 ret = do_splice_direct(in, out, &pos, std::min<u64>(count, 0x7ffff000));
  if (ret > 0) {
    if (ppos) *ppos = pos;
    else set(in->f_pos, pos);
  }
  return ret;
}
static s64 do_sendfile(int out_fd, int in_fd, s64* ppos, u64 count) {
  KFUNC(do_sendfile, out_fd, in_fd, count);
  int inNeeded, outNeeded;
  const file* source = __fdget(static_cast<u32>(in_fd), &inNeeded);
  if (!source) return call.result(s64(-EBADF));
  s64 ret = -EBADF;
  if (source->f_mode & FMODE_READ) ret = ppos && !(source->f_mode & FMODE_PREAD) ? -ESPIPE : 0;
  if (const file* out = ret ? nullptr : __fdget(static_cast<u32>(out_fd), &outNeeded)) {
    ret = sendFile(source, out, ppos, count);
    fput_light(out, outNeeded);
  } else if (!ret) {
    ret = -EBADF;
  }
  fput_light(source, inNeeded);
  return call.result(ret);
}
s64 __x64_sys_sendfile64(int out_fd, int in_fd, u64 offset, u64 count) {
  KFUNC(__x64_sys_sendfile64, out_fd, in_fd, offset, count);
  if (!offset) return call.result(do_sendfile(out_fd, in_fd, nullptr, count));
  s64 pos;
  if (copy_from_user(&pos, offset, 8)) return call.result(s64(-EFAULT));
  const s64 ret = do_sendfile(out_fd, in_fd, &pos, count);
  if (copy_to_user(offset, &pos, 8)) return call.result(s64(-EFAULT));
  return call.result(ret);
}

void image_splice() { set(socket_file_ops->sendpage, fn<sock_sendpage>); }

} // namespace sockwalk::kernel
