// Plays a list of calls and prints what came of each: the same code on the real kernel (guest_player.cpp) and on the
// engine (engine_player.cpp), so that two outputs differ where the kernels do.
//
//   section NAME             everything new: a program without descriptors, a network with lo alone, or with tun0 too
//   tun                      tun0 is there, 192.168.0.1/16
//   s3 = socket 2 1 0        a call; its descriptor is called s3 from here on
//   getsockopt s3 1 9 ?x+4 ?x04000000
//   inject HEX [ack]         a packet arrives at tun0; ack: its acknowledgement number counts from this host's first
//   wait MS
//
// An argument is a number, a descriptor (s3), or memory: `x` and hexadecimal digits ({s3}: that descriptor as four bytes),
// `+N` for N bytes of zeros more. With `?` before it, it is printed after the call. `m:NAME:DATA:CONTROL` is a msghdr of
// three such memories. Behind a call's line stand the packets that left by tun0 (`<`) and the buffers that were
// dropped (`!`), in the kernel's words.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace differential {

using Bytes = std::vector<uint8_t>;

class System {
public:
  virtual ~System() = default;
  virtual void tun() = 0;
  virtual long call(const std::string& name, const std::vector<uint64_t>& arguments) = 0; // the result, or -errno
  virtual uint64_t room(size_t size) = 0;  // memory of the program, zeroed
  virtual uint8_t* bytes(uint64_t at) = 0; // that memory, as the player reaches it
  virtual void fill(uint64_t at, const Bytes& bytes) = 0;
  virtual void inject(const Bytes& packet) = 0;
  virtual void wait(long ms) = 0;
  virtual std::vector<Bytes> sent() = 0;        // by tun0 since it was asked last
  virtual std::vector<std::string> drops() = 0; // reasons, since it was asked last
};
constexpr long Blocks = -100000; // the call did not return

inline std::string hex(const uint8_t* at, size_t size) {
  std::string text;
  char digits[3];
  for (size_t i = 0; i < size; ++i) std::snprintf(digits, sizeof digits, "%02x", at[i]), text += digits;
  return text;
}

class Player {
public:
  explicit Player(System& system, FILE* out) : m_system(system), m_out(out) {}

  void line(const std::string& text, unsigned number) {
    std::istringstream words(text);
    std::string first;
    if (!(words >> first) || first[0] == '#') return;
    m_shown.clear();
    std::string said;
    if (first == "tun") m_system.tun();
    else if (first == "wait") m_system.wait(std::stol(next(words)));
    else if (first == "inject") inject(words);
    else said = call(first, words);
    if (!said.empty()) std::fprintf(m_out, "%u: %s\n", number, said.c_str());
    for (const Bytes& b : m_system.sent())
      remember(b), std::fprintf(m_out, "%u< %s\n", number, hex(b.data(), b.size()).c_str());
    for (const std::string& r : m_system.drops()) std::fprintf(m_out, "%u! %s\n", number, r.c_str());
  }

private:
  struct Shown {
    uint64_t at;
    size_t size;
  };
  static std::string next(std::istringstream& words) {
    std::string word;
    words >> word;
    return word;
  }
  std::string call(std::string name, std::istringstream& words) {
    std::string slot;
    if (name[0] == 's' && std::isdigit(static_cast<unsigned char>(name[1])))
      slot = name, next(words), name = next(words);
    std::vector<uint64_t> arguments;
    for (std::string word; words >> word;) arguments.push_back(argument(word));
    const long result = m_system.call(name, arguments);
    std::string said = result == Blocks ? "blocks" : slot.empty() || result < 0 ? std::to_string(result) : "fd";
    if (!slot.empty()) m_slots[slot] = result;
    for (const Shown& s : m_shown) said += " " + hex(m_system.bytes(s.at), s.size);
    return said;
  }
  uint64_t argument(std::string word) {
    const bool shown = word[0] == '?';
    if (shown) word.erase(0, 1);
    if (word[0] == 'm') return message(word, shown);
    if (word[0] == 'x') return memory(word, shown).at;
    if (word[0] == 's') return static_cast<uint64_t>(slot(word));
    return static_cast<uint64_t>(std::strtoll(word.c_str(), nullptr, 0));
  }
  long slot(const std::string& name) const {
    const auto found = m_slots.find(name);
    return found == m_slots.end() || found->second < 0 ? -1 : found->second;
  }
  Shown memory(const std::string& word, bool shown) {
    Bytes bytes;
    size_t i = 1;
    while (i < word.size() && word[i] != '+') {
      if (word[i] == '{') {
        const size_t end = word.find('}', i);
        const int fd = static_cast<int>(slot(word.substr(i + 1, end - i - 1)));
        for (int k = 0; k < 4; ++k) bytes.push_back(static_cast<uint8_t>(fd >> 8 * k));
        i = end + 1;
        continue;
      }
      bytes.push_back(static_cast<uint8_t>(std::stoi(word.substr(i, 2), nullptr, 16)));
      i += 2;
    }
    if (i < word.size()) bytes.resize(bytes.size() + std::stoul(word.substr(i + 1)));
    const Shown m{m_system.room(bytes.size() + 1), bytes.size()};
    m_system.fill(m.at, bytes);
    if (shown) m_shown.push_back(m);
    return m;
  }
  uint64_t message(const std::string& word, bool shown) {
    std::istringstream parts(word.substr(2));
    std::string part[3];
    for (std::string& p : part) std::getline(parts, p, ':');
    const Shown name = memory(part[0], shown), data = memory(part[1], shown), control = memory(part[2], shown);
    const uint64_t vector[2] = {data.at, data.size};
    const uint64_t iov = stored(vector, 2, false);
    const uint64_t header[7] = {name.size ? name.at : 0,       name.size,    iov, 1,
                                control.size ? control.at : 0, control.size, 0};
    return stored(header, 7, shown);
  }
  // Of a msghdr what the kernel writes is shown: the lengths and the flags, not the addresses.
  uint64_t stored(const uint64_t* words, size_t count, bool shown) {
    Bytes bytes(count * 8);
    std::memcpy(bytes.data(), words, bytes.size());
    const uint64_t at = m_system.room(bytes.size());
    m_system.fill(at, bytes);
    if (shown) m_shown.push_back({at + 8, 4}), m_shown.push_back({at + 40, 12});
    return at;
  }

  static uint16_t port(const Bytes& b, size_t at) { return static_cast<uint16_t>(b[at] << 8 | b[at + 1]); }
  static uint32_t word(const Bytes& b, size_t at) { return uint32_t(port(b, at)) << 16 | port(b, at + 2); }
  static size_t tcpOf(const Bytes& b) { // where its TCP header begins; 0: it has none
    const size_t ip = b.empty() ? 0 : (b[0] & 15) * 4u;
    return b.size() >= ip + 20 && ip >= 20 && b[0] >> 4 == 4 && b[9] == 6 ? ip : 0;
  }
  void remember(const Bytes& b) { // the first number of each port's latest connection
    const size_t tcp = tcpOf(b);
    if (tcp && (b[tcp + 13] & 2)) m_first[port(b, tcp)] = word(b, tcp + 4);
  }
  void inject(std::istringstream& words) {
    const std::string text = next(words), how = next(words);
    Bytes b;
    for (size_t i = 0; i + 1 < text.size(); i += 2)
      b.push_back(static_cast<uint8_t>(std::stoi(text.substr(i, 2), nullptr, 16)));
    const size_t tcp = tcpOf(b);
    if (tcp && how == "ack") count(b, tcp);
    m_system.inject(b);
  }
  void count(Bytes& b, size_t tcp) {
    const uint32_t first = m_first[port(b, tcp + 2)], acked = word(b, tcp + 8) + first;
    uint32_t sum = static_cast<uint16_t>(~port(b, tcp + 16));
    for (const size_t at : {tcp + 8, tcp + 10}) sum += static_cast<uint16_t>(~port(b, at));
    for (size_t k = 0; k < 4; ++k) b[tcp + 8 + k] = static_cast<uint8_t>(acked >> (24 - 8 * k));
    for (const size_t at : {tcp + 8, tcp + 10}) sum += port(b, at);
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    b[tcp + 16] = static_cast<uint8_t>(~sum >> 8), b[tcp + 17] = static_cast<uint8_t>(~sum);
  }

  System& m_system;
  FILE* m_out;
  std::map<std::string, long> m_slots;
  std::map<uint16_t, uint32_t> m_first;
  std::vector<Shown> m_shown;
};

} // namespace differential
