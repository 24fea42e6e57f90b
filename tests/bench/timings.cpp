#include "tests/bench/timings.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QWidget>

namespace sockwalk::bench {
namespace {

constexpr int LongestPicture = 2000; // ms; an act that paints nothing is not waited for any longer

} // namespace

double Clock::now() {
  timespec time{};
  clock_gettime(s_processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double Times::at(double share) const {
  if (m_all.empty()) return 0;
  std::vector<double> sorted = m_all;
  std::ranges::sort(sorted);
  const auto place = std::size_t(std::ceil(share * double(sorted.size())));
  return sorted[std::clamp<std::size_t>(place, 1, sorted.size()) - 1];
}

Painting::Painting(QWidget& window) : m_window(window) {
  window.installEventFilter(this);
  m_wake.start(100);
}

bool Painting::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::UpdateRequest && watched == &m_window) ++m_count; // it paints all that is to be painted
  return QObject::eventFilter(watched, event);
}

double Painting::toPicture(const std::function<void()>& act) {
  const int before = m_count;
  QElapsedTimer patience;
  patience.start();
  const Clock clock;
  act();
  while (m_count == before && !patience.hasExpired(LongestPicture))
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  return clock.ms();
}

void Painting::rest() {
  QElapsedTimer quiet;
  quiet.start();
  for (int seen = m_count; quiet.elapsed() < 40;) {
    QCoreApplication::processEvents();
    if (seen != m_count) seen = m_count, quiet.start();
  }
}

double longestWait(const std::function<void()>& act, const std::function<bool()>& quiet) {
  Clock clock;
  act();
  double longest = clock.ms();
  do {
    clock.restart();
    QCoreApplication::processEvents();
    longest = std::max(longest, clock.ms());
  } while (!quiet());
  return longest;
}

void report(const char* what, double figure, const char* unit, double aim, bool atMost) {
  const bool met = atMost ? figure <= aim : figure >= aim;
  std::printf("%-58s %8.1f %-4s aim %s %g  %s\n", what, figure, unit, atMost ? "<" : ">", aim, met ? "met" : "MISSED");
  std::fflush(stdout);
}

} // namespace sockwalk::bench
