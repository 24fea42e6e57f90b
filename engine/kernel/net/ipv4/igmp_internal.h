// What igmp.cpp and igmp_report.cpp share.
#pragma once
#include "engine/kernel/include/linux/kernel.h"

namespace sockwalk::kernel {

const ip_mc_list* groupOf(const in_device* in_dev, u32 addr); // nullptr: the interface is not in that group
// Sources of a group that a socket counts or stops counting; here always "all of them".
int ip_mc_add_src(const in_device* in_dev, u32 addr, u32 sfmode);
int ip_mc_del_src(const in_device* in_dev, u32 addr, u32 sfmode);
u8 robustnessOf(const in_device* in_dev);     // how often a change is told, since reports may be lost
void igmp_ifc_event(const in_device* in_dev); // something changed: it will be reported, as often

} // namespace sockwalk::kernel
