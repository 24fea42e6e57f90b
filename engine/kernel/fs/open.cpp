// Closing an open file, and marking one that has no position to seek to.
#include "engine/kernel/include/linux/file.h"
#include "engine/kernel/include/linux/fs.h"
#include "engine/memory/constants/files.h"

namespace sockwalk::kernel {

int filp_close(const file* filp, const files_struct* id) {
  KFUNC(filp_close, filp, id);
  const bool keepsBack = static_cast<bool>(filp->f_op->flush); // what was written and not yet passed on
  const int error = keepsBack ? filp->f_op->flush(filp, Arena::address(id)) : 0;
  fput(filp);
  return call.result(error); // the number is gone either way
}

int stream_open(const inode* inode, const file* filp) {
  KFUNC(stream_open, inode, filp);
  set(filp->f_mode, (filp->f_mode & ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_ATOMIC_POS)) | FMODE_STREAM);
  return call.result(0);
}

} // namespace sockwalk::kernel
