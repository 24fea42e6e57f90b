// From what a person types to bytes of the kernel's memory: "tcp_sock #1 sk_state", "inet_stream_ops", an address.
#pragma once
#include "views/walk/walk.h"
#include <QStringList>

namespace sockwalk {

struct FieldRange {
  u32 offset, size; // in the arena, bytes
};
// An object alive now or a global, and perhaps a member of it; parted by a space, a dot or "->".
// Nothing where there is no such thing at the playhead.
std::optional<FieldRange> findField(const Walk& walk, const QString& text);
// The members of the object looked at, and the names of the others, for completion.
QStringList fieldNames(const Walk& walk);

} // namespace sockwalk
