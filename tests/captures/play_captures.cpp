// play_captures FILE...: plays each capture and prints a line of JSON for it.
// play_captures --tcp FILE...: how the TCP connections of each fare, as each host of it, and in total.
// play_captures --mutants N FILE...: N seeded mutants of each, by turns; prints what broke, and totals.
#include "tests/captures/capture_survey.h"
#include "tests/captures/tcp_survey.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/resource.h>

using namespace sockwalk::testing;

namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e ? ' ' : c;
  }
  return out + '"';
}

std::string list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& t : texts) out += (out.size() > 1 ? ", " : "") + quoted(t);
  return out + "]";
}

void play(const char* path) {
  const CaptureOutcome o = playCapture(path, contentsOf(path));
  std::printf("{\"file\": %s, \"error\": %s, \"frames\": %zu, \"stimuli\": %zu, \"notices\": %s, \"failures\": %s, "
              "\"panic\": %s}\n",
              quoted(path).c_str(), quoted(o.error).c_str(), o.frames, o.stimuli, list(o.notices).c_str(),
              list(o.failures).c_str(), quoted(o.panic).c_str());
}

void tell(const TcpSurvey& s) {
  const double share = s.segments ? 100.0 * s.reached / s.segments : 100;
  std::printf("%u connections, %u complete; %u segments to the host in these, %u reached a socket (%.1f %%); refused: "
              "%u without a socket, %u by RST; %u calls not made; %u frames different",
              s.connections, s.complete, s.segments, s.reached, share, s.noSocket, s.resets, s.missed, s.different);
  for (const auto& [fate, count] : s.fates) std::printf("; %s %u", fate.c_str(), count);
  std::printf("\n");
}

// Of each file as each of its hosts: a line, and a line for each frame that went wrong.
int surveyFiles(char** paths, int files) {
  TcpSurvey total;
  for (int i = 0; i < files; ++i)
    for (const TcpSurvey& s : surveyTcp(paths[i], contentsOf(paths[i]))) {
      std::printf("%s as %s: ", paths[i], s.host.c_str());
      if (s.error.empty()) tell(s);
      else std::printf("%s\n", s.error.c_str());
      for (const std::string& w : s.wrong) std::printf("    %s\n", w.c_str());
      total += s;
    }
  std::printf("all: ");
  tell(total);
  return total.noSocket || total.resets ? 1 : 0;
}

constexpr double MostSeconds = 20;
constexpr long MostMegabytes = 3000; // of a whole run; AddressSanitizer keeps much of it

long peakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// What is wrong with one; "": nothing.
std::string harmOf(const CaptureOutcome& o, double seconds) {
  if (!o.panic.empty()) return o.panic;
  if (o.silent()) return "silent";
  return seconds < MostSeconds ? "" : "slow";
}

int playMutants(unsigned each, char** paths, int files) {
  unsigned opened = 0, broken = 0, played = 0;
  double slowest = 0;
  for (unsigned seed = 0; seed < each * static_cast<unsigned>(files); ++seed) {
    const char* path = paths[seed % static_cast<unsigned>(files)];
    std::fprintf(stderr, "\r%u %s\033[K", seed, path); // so that a crash is known by what came last
    const auto begin = std::chrono::steady_clock::now();
    const CaptureOutcome o = playCapture(path, mutated(contentsOf(path), seed), "", seed % 8 == 0);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    slowest = std::max(slowest, took.count());
    ++played;
    opened += o.error.empty();
    const std::string harm = harmOf(o, took.count());
    if (harm.empty()) continue;
    ++broken;
    std::printf("seed %u of %s: %s, %.1f s\n", seed, path, harm.c_str(), took.count());
  }
  const long peak = peakMegabytes();
  std::printf("%u mutants, %u opened, %u broken, the slowest took %.1f s; %ld MB at the most\n", played, opened, broken,
              slowest, peak);
  return broken || peak > MostMegabytes ? 1 : 0;
}

} // namespace

int main(int argc, char** argv) {
  if (argc > 2 && !std::strcmp(argv[1], "--tcp")) return surveyFiles(argv + 2, argc - 2);
  if (argc > 3 && !std::strcmp(argv[1], "--mutants"))
    return playMutants(static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)), argv + 3, argc - 3);
  for (int i = 1; i < argc; ++i) play(argv[i]);
  return 0;
}
