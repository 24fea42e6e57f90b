// A walk as a remote target of gdb: its one processor is a thread, memory and registers are those of the playhead, and it runs
// backward as it runs forward. Nothing can be written: what happened has happened. gdb fetches the symbols from here, too.
#pragma once
#include "engine/debug/debugged_walk.h"
#include "engine/debug/gdb_packets.h"
#include <string>

namespace sockwalk::debug {

class GdbServer {
public:
  explicit GdbServer(DebuggedWalk& walk);
  // What is said to a packet ("" to what is not understood); nothing once gdb has let go.
  std::optional<std::string> answer(std::string_view packet);
  void serve(GdbPackets& packets); // until gdb lets go or hangs up

private:
  struct Command;
  static const Command commands[];
  std::string moved(DebuggedWalk::Stop stop);
  std::string registers(std::string_view) const;
  std::string memory(std::string_view where) const;
  std::string changePoint(std::string_view point, bool set);
  std::string document(std::string_view wish, const std::string& text) const;
  std::string symbols(std::string_view wish) const;
  std::string threadWords(std::string_view) const;

  DebuggedWalk& m_walk;
  std::string m_symbols; // the file of symbol_file.h
  std::string m_stopped = "T05thread:1;";
};

} // namespace sockwalk::debug
