#pragma once
// One end of a TAP device: the host's kernel holds the other end as a network interface, and each frame it
// sends there is read here, each frame written here is received there. So the host's ping reaches the
// simulated eth0.
//
// The program needs no root: the interface is made once, by the commands in setupCommands(), and belongs to
// the user. open() does not make interfaces; it says what to type.
#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include <string>
#include <vector>

namespace sockwalk {

struct TapOptions {
  std::string interface = "sockwalk0";
  std::string hostAddress = "10.77.0.1/24"; ///< the host's end, for the commands in messages
  std::string devicePath = "/dev/net/tun";
};

class Tap {
public:
  /// An error's later lines are the commands that mend it.
  static Result<Tap> open(const TapOptions& options);

  Tap(Tap&& other) noexcept;
  Tap& operator=(Tap&& other) noexcept;
  ~Tap();

  /// True: `frame` holds one frame (destination MAC first, no checksum at its end). False: none is waiting.
  Result<bool> read(std::vector<std::uint8_t>& frame);
  /// True: the host has it. False: its queue is full, try again when fd() is writable.
  Result<bool> write(ByteView frame);

  int fd() const { return m_fd; } ///< non-blocking; readable when a frame waits
  const std::string& interface() const { return m_options.interface; }
  /// Frames that the host wanted to send since open() and threw away, because nobody read the ones before them.
  std::uint32_t missed() const;
  /// Whether frames can pass; a sentence if the interface is down or gone.
  Result<void> check() const;

  /// What still keeps the host from reaching us (the interface is down, or has no IPv4 address), each with
  /// the command that mends it; empty when all is well.
  std::vector<std::string> warnings() const;

  /// The commands to type once, one a line.
  static std::string setupCommands(const TapOptions& options);

private:
  Tap(int fd, TapOptions options) : m_fd(fd), m_options(std::move(options)) {}
  std::string downSentence() const;
  Error gone() const;

  int m_fd = -1;
  TapOptions m_options;
  std::uint32_t m_missedBefore = 0; // by the interface's own count when it was opened
};

} // namespace sockwalk
