// What a relived host does besides TCP: a program is bound to each of its UDP ports, asleep in recvfrom(), and a thread of
// it sends what the capture shows; echo requests come from a raw socket.
#pragma once
#include "engine/scenario/relive_program.h"
#include "engine/scenario/relived.h"
#include "engine/scenario/udp_readers.h"
#include <optional>

namespace sockwalk::scenario {

class ReliveDatagrams {
public:
  ReliveDatagrams(const Relived& relived, Stage& stage, UdpReaders::Received received);
  void begin();              // the programs on ports where the host received
  void send(const Act& act); // Datagram or Echo; throws PlayError, without a place
  void collect() { m_readers.collect(); }
  void arrived(const HostFrame& frame); // collects, and reads what has come for those that do not sleep

private:
  struct Sender {
    Program program;
    s64 fd;
    Act last{Act::Datagram}; // whose header fields its socket has
    bool set = false;
    u8 ttl = 0, groupTtl = 0; // as they were set; 0: not yet
    bool broadcasts = false;
    bool reads = false; // what comes, too: nobody sleeps in recvfrom() for it
  };
  void drain(Sender& sender, std::optional<u16> port);
  Sender& senderFor(const Endpoint& end);
  std::vector<Endpoint> ends() const;
  Sender& echo();
  void header(Sender& sender, const Act& act);

  const Relived& m_relived;
  Stage& m_stage;
  UdpReaders m_readers;
  std::map<std::pair<u32, u16>, Sender> m_senders; // by the end that they are bound to
  std::optional<Sender> m_echo;
  std::optional<Program> m_shared;
};

} // namespace sockwalk::scenario
