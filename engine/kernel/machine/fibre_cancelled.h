// Thrown inside a fibre that is given up while it sleeps: its stack unwinds, so that nothing on it leaks.
#pragma once

namespace sockwalk::kernel {

struct FibreCancelled {};

} // namespace sockwalk::kernel
