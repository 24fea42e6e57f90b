// The words of the commands that set networks up, and what all of them need: numbers, addresses, namespaces, devices.
// Whatever is wrong is thrown as a PlayError.
#pragma once
#include "engine/scenario/player.h"
#include <functional>

namespace sockwalk::scenario {

using Words = std::vector<std::string>;
[[noreturn]] void wrong(const std::string& what);

// The words of one command, taken one after the other.
class WordReader {
public:
  WordReader(const Words& words, size_t from) : m_words(words), m_at(from) {}
  bool more() const { return m_at < m_words.size(); }
  const std::string& peek() const { return m_words[m_at]; }
  std::string next(const char* what) {
    if (!more()) wrong(m_words[0] + ": expected " + std::string(what) + " at the end");
    return m_words[m_at++];
  }
  bool accept(std::string_view word) {
    if (!more() || m_words[m_at] != word) return false;
    ++m_at;
    return true;
  }
  void expect(const char* word) {
    if (!accept(word))
      wrong(m_words[0] + ": expected '" + word + "'" + (more() ? ", found '" + peek() + "'" : " at the end"));
  }
  void end() const {
    if (more()) wrong(m_words[0] + ": '" + peek() + "' is one word too many");
  }
  Words rest() const { return Words(m_words.begin() + static_cast<long>(m_at), m_words.end()); }
  std::string text() const {
    std::string all;
    for (const std::string& w : m_words) all += (all.empty() ? "" : " ") + w;
    return all;
  }

private:
  const Words& m_words;
  size_t m_at;
};

s64 numberOf(const std::string& text, s64 from, s64 to);
std::pair<u32, u8> prefixOf(const std::string& text, u8 otherwise); // "10.0.0.1/24"; host byte order
const kernel::net* netNamed(const std::string& ns);                 // "": the first one
const kernel::net_device* deviceNamed(const kernel::net* net, const std::string& name);
// Runs `body` as a stimulus; what it answers below zero is an error of the command.
void change(Stage& stage, const std::string& text, const std::function<int()>& body);

void iptablesCommand(const Words& words, Stage& stage, const std::string& ns); // iptables_command.cpp

} // namespace sockwalk::scenario
