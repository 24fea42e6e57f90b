// What a relived host does besides TCP: a program is bound to each of its UDP ports, asleep in recvfrom(), and a thread of
// it sends what the capture shows; echo requests come from a raw socket.
#pragma once
#include "engine/scenario/relive_program.h"
#include "engine/scenario/relived.h"
#include <deque>
#include <functional>
#include <optional>

namespace sockwalk::scenario {

class ReliveDatagrams {
public:
  using Received = std::function<void(u16 port, ByteView payload)>;
  ReliveDatagrams(const Relived& relived, Stage& stage, Received received);
  void begin();                         // the programs on ports where the host received
  void send(const Act& act);            // Datagram or Echo; throws PlayError, without a place
  void collect();                       // programs whose recvfrom() has returned take what came and ask for more
  void arrived(const HostFrame& frame); // collects, and reads what has come for those that do not sleep

private:
  struct Reader { // socket, bind, and recvfrom again and again
    kernel::TaskId task;
    u16 port;
    s64 fd;
    const u8 *buffer, *address, *length; // in its user memory
    u32 stimulus;                        // of the recvfrom that it is in
  };
  struct Sender {
    Program program;
    s64 fd;
    Act last{Act::Datagram}; // whose header fields its socket has
    bool set = false;
    bool reads = false; // what comes, too: nobody sleeps in recvfrom() for it
  };
  void start(u16 port);
  void drain(Sender& sender, std::optional<u16> port);
  void receive(Reader& reader);
  Sender& senderFor(u16 port);
  Sender& echo();
  void header(Sender& sender, const Act& act);

  const Relived& m_relived;
  Stage& m_stage;
  Received m_received;
  std::deque<Reader> m_readers; // their places do not change: calls refer to them
  std::map<u16, Sender> m_senders;
  std::optional<Sender> m_echo;
  std::optional<Program> m_shared;
};

} // namespace sockwalk::scenario
