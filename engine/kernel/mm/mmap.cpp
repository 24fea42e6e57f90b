// mmap(2) of a file: what a mapping of it would mean, only the file itself knows. No program here has mappings that it could
// read through: a file that agrees is one whose mapping is not simulated. Source: mm/mmap.c, mm/util.c.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/kernel/include/linux/mm.h"
#include "engine/kernel/include/linux/security.h"
#include "engine/kernel/include/linux/slab.h"
#include "engine/kernel/syscalls.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

static int mmap_file(const file* file, const vm_area_struct* vma) {
  KFUNC(mmap_file, file, vma);
  return call.result(file->f_op->mmap(file, vma));
}

static s64 mmap_region(const file* file, u64 addr, u64 len, u64 vm_flags, u64 pgoff) {
  KFUNC(mmap_region, file, addr, len, vm_flags, pgoff);
  OnStack<vm_area_struct> vma; // in the kernel an object of its own; without a mapping it does not outlive the call
  set(vma->vm_start, addr);
  set(vma->vm_end, addr + len);
  set(vma->vm_flags, vm_flags);
  set(vma->vm_pgoff, pgoff);
  get_file(file);
  set(vma->vm_file, file); // the mapping holds the file, also when the descriptor is closed
  const int refused = mmap_file(file, vma);
  fput(file);
  return call.result(s64(refused));
}

// A shared mapping needs a file that is open for what is to be done with it.
static s64 do_mmap(const file* file, u64 addr, u64 len, u64 prot, u64 flags, u64 pgoff) {
  KFUNC(do_mmap, file, addr, len, prot, flags, pgoff);
  SIMPLIFIED("no place in the program's memory is looked for, and none of it is mapped");
  constexpr u64 PageMask = PAGE_SIZE - 1;
  if (!len) return call.result(s64(-EINVAL));
  len = (len + PageMask) & ~PageMask;
  const bool shared = flags & MAP_SHARED;
  if (!shared && !(flags & MAP_PRIVATE)) return call.result(s64(-EINVAL));
  if (shared && prot & PROT_WRITE && !(file->f_mode & FMODE_WRITE)) return call.result(s64(-EACCES));
  if (!(file->f_mode & FMODE_READ)) return call.result(s64(-EACCES));
  if (!file->f_op->mmap) return call.result(s64(-ENODEV));
  const u64 allowed = prot & (PROT_READ | PROT_WRITE | PROT_EXEC); // VM_READ and its kin have the same bits
  constexpr u64 VM_SHARED = 8;
  return call.result(mmap_region(file, addr, len, allowed | (shared ? VM_SHARED : 0), pgoff));
}

static s64 vm_mmap_pgoff(const file* file, u64 addr, u64 len, u64 prot, u64 flags, u64 pgoff) {
  KFUNC(vm_mmap_pgoff, file, addr, len, prot, flags, pgoff);
  if (const int refused = security_mmap_file(file, prot, flags)) return call.result(s64(refused));
  return call.result(do_mmap(file, addr, len, prot, flags, pgoff));
}

static s64 ksys_mmap_pgoff(u64 addr, u64 len, u64 prot, u64 flags, u64 fd, u64 pgoff) {
  KFUNC(ksys_mmap_pgoff, addr, len, prot, flags, fd, pgoff);
  const file* opened = fget(static_cast<u32>(fd));
  if (!opened) return call.result(s64(-EBADF));
  const s64 where = vm_mmap_pgoff(opened, addr, len, prot, flags, pgoff);
  fput(opened);
  return call.result(where);
}
s64 __x64_sys_mmap(u64 addr, u64 len, u64 prot, u64 flags, u64 fd, u64 off) {
  KFUNC(__x64_sys_mmap, addr, len, prot, flags, fd, off);
  constexpr u64 PageShift = 12;
  if (off & (PAGE_SIZE - 1)) return call.result(s64(-EINVAL));
  return call.result(ksys_mmap_pgoff(addr, len, prot, flags, fd, off >> PageShift));
}

} // namespace sockwalk::kernel
