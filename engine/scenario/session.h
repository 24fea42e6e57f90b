// A session: one simulated machine and the list of everything it is told to do. Scripts, captures, console lines and
// a TAP are sources of stimuli; the session feeds them to the machine one at a time, so that a window stays alive
// while a long capture plays, and remembers them, so that it can be saved, reopened and replayed to the same record.
#pragma once
#include "engine/base/result.h"
#include "engine/kernel/machine/machine.h"
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sockwalk::scenario {

struct Source {
  enum class Kind : u8 { Script, Capture, Console, Tap };
  Kind kind = Kind::Script;
  std::string name; // file name as given, or "" for text made here
  std::string text; // the script, or the console line; a capture's frames are read from the file `name`
  std::string host; // a capture: the MAC of the host to be ("" : the proposed one); a TAP: address/prefix of eth0
  s64 time = 0;     // console lines and a TAP's frames (text: hex): when they came, simulated ns
};

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

class Session {
public:
  // Boots the machine that the sources ask for (//@link, //@hz, the capture's host) and queues their stimuli.
  // Nothing else has run yet. Errors: a source that cannot be read or parsed, naming file, line and column.
  static Result<std::unique_ptr<Session>> open(std::vector<Source> sources);
  static Result<std::unique_ptr<Session>> openFile(const std::string& path); // .pkt, .pcap(ng) or a saved session
  virtual ~Session() = default;

  virtual const Journal& journal() const = 0;
  virtual kernel::Machine& machine() = 0;
  virtual const std::vector<Source>& sources() const = 0;

  virtual bool pending() const = 0;    // stimuli are waiting
  virtual void runNext() = 0;          // one of them
  virtual double progress() const = 0; // 0 to 1
  void runAll() {
    while (pending()) runNext();
  }
  virtual const std::vector<Failure>& failures() const = 0;
  virtual const std::vector<std::string>& notices() const = 0; // what a person should know though nothing is wrong
  virtual const std::vector<Case>& cases() const = 0;

  // One call by hand: "fd = socket(AF_INET, SOCK_DGRAM, 0)". Runs at once; gives the index of its stimulus.
  virtual Result<u32> console(const std::string& line) = 0;
  // A frame from a live feed at `time` (ns since the session began), and what the machine sends back.
  virtual void frame(std::span<const u8> bytes, s64 time) = 0;
  std::function<void(std::span<const u8>)> onTransmit;
  // A capture: what recvfrom() gave the program that is bound to a UDP port.
  std::function<void(u16 port, std::span<const u8> payload)> onReceive;

  // Saved: the sources, where the playhead stood, and whatever the window wants to keep about itself.
  struct Saved {
    std::vector<Source> sources;
    u32 position = 0;
    std::string layout;
  };
  static Result<Saved> readSaved(const std::string& path);
  Result<void> save(const std::string& path, u32 position, const std::string& layout) const;
};

} // namespace sockwalk::scenario
