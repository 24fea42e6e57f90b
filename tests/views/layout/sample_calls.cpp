#include "tests/views/layout/sample_calls.h"

#include <QStringList>

namespace sockwalk {
namespace {

// Two spaces a level; the letter before the name is its layer.
const char* const tree = R"(u socket(AF_INET, SOCK_STREAM, 0)
  s __x64_sys_socket
    s __sys_socket
      s __sock_create
        s security_socket_create
        s sock_alloc
          v new_inode_pseudo
            v alloc_inode
              v sock_alloc_inode
          v get_next_ino
        i inet_create
          s sk_alloc
            s sk_prot_alloc
              s security_sk_alloc
          s sock_init_data
            s sock_init_data_uid
          t tcp_v4_init_sock
            t tcp_init_sock
              t tcp_init_xmit_timers
                t inet_csk_init_xmit_timers
              t tcp_assign_congestion_control
        s security_socket_post_create
      v get_unused_fd_flags
        v alloc_fd
          v expand_files
      s sock_alloc_file
        v alloc_file_pseudo
          v d_alloc_pseudo
          v d_instantiate
          v alloc_file
            v alloc_empty_file
              v __alloc_file
        v stream_open
      v fd_install)";

Layer layerOf(QChar letter) {
  switch (letter.toLatin1()) {
  case 'u': return Layer::User;
  case 'v': return Layer::Vfs;
  case 'i': return Layer::Inet;
  case 't': return Layer::Transport;
  default: return Layer::Socket;
  }
}

} // namespace

std::vector<SampleCall> sampleCalls() {
  std::vector<SampleCall> calls;
  std::vector<int> stack;
  for (const QString& line : QString::fromLatin1(tree).split('\n')) {
    const QString text = line.trimmed();
    const int depth = static_cast<int>(line.size() - text.size()) / 2;
    stack.resize(depth);
    calls.push_back({text.mid(2), layerOf(text[0]), stack.empty() ? -1 : stack.back()});
    stack.push_back(static_cast<int>(calls.size()) - 1);
  }
  return calls;
}

} // namespace sockwalk
