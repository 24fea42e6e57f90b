// The kernel's log. Source: include/linux/printk.h.
#pragma once

namespace sockwalk::kernel {

void _printk(const char* what);

} // namespace sockwalk::kernel
