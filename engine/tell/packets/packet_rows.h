// The rows of a list of packets. Of a capture that is relived they are the frames of its file, under the file's own
// numbers and at its times, in both directions, and with them what only our kernel sent; of any other record, the packets
// that came and went. What a row says is worked out only when it is asked for.
//
//   PacketRows rows;
//   rows.open(session);
//   while (more was recorded) rows.update();
#pragma once
#include "engine/scenario/relived.h"
#include "engine/scenario/session.h"
#include "engine/tell/packets/packet_list.h"
#include "engine/tell/packets/tcp_analysis.h"
#include "engine/tell/relive/outcome.h"
#include "engine/tell/relive/verdict.h"
#include <array>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace sockwalk::tell {

// What a row says.
struct PacketRow {
  int number = 0; // from 1; of a relived capture that of the file, 0: only our kernel sent it
  s64 time = 0;   // ns since boot; of a relived capture since its first frame
  Text way;       // "↓ in", "↑ out", "↓↑" on lo, "others"
  std::string device, protocol, source, destination;
  u32 length = 0;
  std::string info;
  Verdict verdict = Verdict::None;
  Text fate;
};

// With sequence numbers counted as given.
FrameSummary summaryOf(ByteView frame, const TcpBases::Relative& tcp);

class PacketRows {
public:
  void clear() { *this = {}; }
  void open(const scenario::Session& session);
  void open(const Journal& journal); // whatever it was made of
  // Takes in what was recorded since, up to `until`. True: rows that were there have become others, for the capture has
  // run out and is judged; otherwise there may only be more of them.
  bool update(EventIndex until = NoEvent);
  bool willJudge() const { return m_relived && !m_judged && !m_session->pending(); } // with the next update()

  bool isOpen() const { return m_journal; }
  int size() const { return static_cast<int>(m_rows.size()); }
  bool relived() const { return m_relived; } // they are frames of a file
  const Journal& journal() const { return *m_journal; }
  const PacketList& packets() const { return m_list; }

  int packetOf(int row) const { return at(row).packet; } // of packets(); -1: nothing came or went for it
  int rowOf(int packet) const;                           // -1: it has none
  int before(EventIndex position) const;                 // the row of the last packet before it; -1
  u32 number(int row) const;
  s64 time(int row) const { return at(row).time; }
  bool comesIn(int row) const;
  bool goesOut(int row) const;
  ByteView bytes(int row) const;
  TcpBases::Relative tcpNumbers(int row) const { return at(row).tcp; }
  // What who listens where it passes would say of it; of what only our kernel sent, no more than stream and window.
  const TcpAnalysed& analysed(int row) const { return at(row).analysed; }
  const std::string& device(int row) const;
  // Where it came or went; of a frame for which nothing did, the end of what had been recorded by its time.
  EventIndex eventOf(int row) const;
  PacketFate fate(int row) const; // Unknown, if nothing came or went
  const Judged* judged(int row) const;
  Verdict verdict(int row) const;
  int count(Verdict verdict) const { return m_verdicts[size_t(verdict)]; } // of the frames that are judged

  FrameSummary summary(int row) const;
  PacketRow row(int row) const { return this->row(row, summary(row)); }
  PacketRow row(int row, const FrameSummary& summary) const; // of a summary that is known already
  Text fateText(int row, const FrameSummary& summary) const;

private:
  struct Row {
    int frame = -1;  // of the plan
    int packet = -1; // of the list
    int judged = -1;
    s64 time = 0;
    TcpBases::Relative tcp{}; // sequence numbers counted from the connection's first, known only in order
    TcpAnalysed analysed{};   // likewise
  };
  const Row& at(int row) const { return m_rows[size_t(row)]; }
  const scenario::HostFrame& frameOf(const Row& row) const { return m_relived->plan.frames[size_t(row.frame)]; }
  bool passesLoopback(const scenario::HostFrame& frame) const;
  void addFrames();
  void addPackets(int from);
  void addPacket(int packet, int judged = -1);
  void analyse(Row& row);
  void playedFrames();
  void judgeAll();
  void number();
  Text packetText(int packet) const; // "packet 12"
  Text packetFate(int packet, const FrameSummary& summary) const;
  Text sentText(int packet, const PacketFate& fate) const;
  Text wentIntoText(const PacketFate& fate) const;
  Text arrivalText(int row, const FrameSummary& summary) const;
  FrameSummary packetSummary(int packet) const;

  const Journal* m_journal = nullptr;
  const scenario::Session* m_session = nullptr;
  const scenario::Relived* m_relived = nullptr;
  PacketList m_list;
  std::vector<Row> m_rows;
  std::vector<int> m_rowOf; // by packet; of a record that is no relived capture they are the same
  std::vector<Judged> m_judgements;
  bool m_judged = false;
  size_t m_unplayed = 0; // the frame of the file behind the last that is known to have arrived
  std::array<int, 4> m_verdicts{};
  TcpBases m_bases;
  TcpAnalysis m_streams;                      // of the file; of packets, it only numbers the streams
  std::map<u32, TcpAnalysis> m_byDevice;      // of packets: a segment that passes two devices is not sent twice
  std::shared_ptr<const Outcomes> m_outcomes; // once it is judged
};

// ---- what is known of them at a moment
struct Packets {
  struct One {
    PacketRow row;
    PacketFate fate;
    EventIndex event;
    bool in;
    int into = 0; // the number of the packet that fate speaks of; 0: of none
  };
  std::vector<One> all;
};
Packets readPackets(const Playhead& at);
Packets readPackets(const PacketRows& rows, const std::vector<int>& chosen);

// One line a packet.
std::vector<std::string> lines(const Packets& packets);
nlohmann::json json(const Packets& packets);

} // namespace sockwalk::tell
