// The TCP connections of a relived host while they are played: which descriptor is whose, what is still to be written, and
// who reads.
#pragma once
#include "engine/scenario/relive_program.h"
#include "engine/scenario/relived.h"
#include <deque>
#include <functional>

namespace sockwalk::scenario {

class ReliveConnections {
public:
  ReliveConnections(const Relived& relived, Stage& stage);
  void perform(const Act& act); // throws PlayError, without a place
  // A frame is to arrive. If it acknowledges what the captured host had sent and ours holds back still, that leaves now.
  void arriving(const HostFrame& frame);
  // A frame has arrived, or on lo was sent: whoever can go on now does.
  void arrived(u32 frame);
  void wake(u32 flow);

private:
  struct Live {
    Program* program = nullptr;
    s64 fd = -1;
    std::deque<Act> waiting; // for room in the socket, in order
    bool paused = false, atEnd = false;
  };
  struct Listener {
    Program* program = nullptr;
    s64 fd = -1;
    u8 tos = 0; // that its children have
  };
  const RelivedConnection& connection(u32 flow) const { return m_relived.plan.connections[flow]; }
  Program& program(const std::string& name);
  void listen(u16 port, u32 flow);
  void unlisten(u16 port);
  void connect(u32 flow);
  void stampAsThere(const RelivedConnection& connection);
  void adopt(u32 flow);
  using TcpOption = std::function<void(int name, const std::string& words, std::vector<s32> value)>;
  void agree(const RelivedConnection& c, const TcpOption& tcp);
  void wish(u32 flow);
  void acceptOn(Listener& listener);
  void options(const RelivedConnection& c, Program& p, s64 fd);
  void proceed(Live& live);
  bool step(Live& live, Act& act);
  bool write(Live& live, Act& act);
  bool isWriteable(const kernel::sock* sk);
  void growSendBuffer(const kernel::sock* sk, u32 bytes);
  void read(Live& live);
  void release(const kernel::sock* sk, u32 acknowledged);
  void end(Live& live);

  const Relived& m_relived;
  Stage& m_stage;
  std::map<std::string, Program> m_programs;
  std::map<u16, Listener> m_listeners;
  std::vector<Live> m_live;  // by connection
  std::vector<bool> m_begun; // by connection: its first frame is past
};

} // namespace sockwalk::scenario
