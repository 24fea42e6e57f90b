// A session: one simulated machine and the list of everything it is told to do. Scripts, captures, console lines and
// a TAP are sources of stimuli; the session feeds them to the machine one at a time, so that a window stays alive
// while a long capture plays, and remembers them, so that it can be saved, reopened and replayed to the same record.
#pragma once
#include "engine/base/result.h"
#include "engine/kernel/machine/machine.h"
#include "engine/scenario/session_file.h"
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sockwalk::scenario {

// What did not go as the script said: "fr.pkt:12:5: expected 5, got -1 EAGAIN".
struct Failure {
  std::string message;
  u32 stimulus = 0; // index in journal().stimuli(); where to look
};

// The part of the record that a script's //@case names: stimuli first to end - 1 (the call, and what came of it).
struct Case {
  std::string name;
  u32 first = 0, end = 0;
};

enum class FileKind : u8 { Script, Capture, Saved };
FileKind fileKind(const std::string& path); // by its first bytes, then by its name

// What a file says of itself: the comment of a capture.
struct FileComment {
  std::string file, text; // "lost-segment.pcapng"; "": it says nothing
};

struct Relived;

// What a person says besides the name of a file.
struct OpenOptions {
  MachineSetup setup;                                           // stands above what the file says
  std::vector<std::pair<std::string, std::string>> definitions; // -D NAME=VALUE, of a script
  std::string host;                                             // of a capture: whom to be
  std::string filter{}; // of a capture: which frames to play, in libpcap's words
};

class Session {
public:
  // Boots the machine that the stimuli and `setup` ask for and queues the stimuli. Nothing else has run yet.
  // Errors: what cannot be read or parsed, naming file, line and column, or does not go together.
  static Result<std::unique_ptr<Session>> open(std::vector<SessionStimulus> stimuli, const MachineSetup& setup = {});
  // What is in a file (.pkt, .pcap(ng) or a saved session), ready to be opened.
  static Result<SessionFile> readFile(const std::string& path, const OpenOptions& options = {});
  static Result<std::unique_ptr<Session>> openFile(const std::string& path, const OpenOptions& options = {});
  virtual ~Session() = default;

  virtual const Journal& journal() const = 0;
  virtual kernel::Machine& machine() = 0;
  virtual const MachineSetup& setup() const = 0; // as it is saved
  virtual const std::vector<SessionStimulus>& stimuli() const = 0;

  virtual bool pending() const = 0;    // stimuli are waiting
  virtual void runNext() = 0;          // one of them
  virtual double progress() const = 0; // 0 to 1
  void runAll() {
    while (pending()) runNext();
  }
  virtual const std::vector<Failure>& failures() const = 0;
  virtual const std::vector<std::string>& notices() const = 0; // what a person should know though nothing is wrong
  virtual const std::vector<Case>& cases() const = 0;

  virtual FileComment comment() const { return {}; } // of the file that it plays

  virtual const Relived* relived() const { return nullptr; } // what was made of a capture; nullptr: it plays none

  // One line by hand: a call, "fd = socket(AF_INET, SOCK_DGRAM, 0)"; `limit nofile=3`; `wait 0.5`; or a command such as
  // `ip` or `task`. Runs at once; gives the index of its stimulus in the journal.
  virtual Result<u32> console(const std::string& line) = 0;
  // Time passes up to `until` (ns since the session began), and what is due fires: a live feed has a clock.
  virtual void passTime(s64 until) = 0;
  // A frame from a live feed at `time`, and what the machine sends back.
  virtual void frame(std::span<const u8> bytes, s64 time) = 0;
  std::function<void(std::span<const u8>)> onTransmit;
  // A capture: what recvfrom() gave the program that is bound to a UDP port.
  std::function<void(u16 port, std::span<const u8> payload)> onReceive;

  // Saved: the stimuli, where the playhead stood, and whatever the window wants to keep about itself.
  Result<void> save(const std::string& path, u32 position, const std::string& layout) const;
};

} // namespace sockwalk::scenario
