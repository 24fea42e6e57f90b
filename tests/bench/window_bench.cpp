// How quick the window is: stepping through socket() and through a capture of 50,000 frames (or as many as are asked for),
// its motion, its start, and typing into its filters. Nothing is asserted: the figures stand beside what is aimed at.
// With --processor only the processor's time of the window's thread counts, for a machine that has other work to do.
// With --view only that stage is measured, over the walks that it is for and the capture.
//   sockwalk-bench [--processor] [--view NAME] [FRAMES]
#include "app/main_window.h"
#include "app/stage.h"
#include "engine/base/data.h"
#include "engine/tell/position.h"
#include "tests/bench/timings.h"
#include "tests/bench/typing.h"
#include "tests/engine/scenario/bench_traffic.h"
#include "views/theme/theme.h"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <random>

namespace sockwalk::bench {
namespace {

constexpr double Median = 16, Worst = 50, Start = 1000, Motion = 60; // LOOK.md and the road map
constexpr std::uint64_t Seed = 20261129;

// ---- start: this program once more, which ends with its first picture

int startOnce() {
  MainWindow window;
  Painting painting(window);
  window.show();
  window.openSocketWalk();
  while (!painting.count() || window.walk().recording()) QCoreApplication::processEvents();
  std::puts("there");
  return 0;
}

void measureStart(const QString& program) {
  Times starts;
  for (int i = 0; i < 7; ++i) {
    QElapsedTimer clock;
    clock.start();
    QProcess child;
    child.start(program, {"--start"});
    child.waitForReadyRead(60000);
    starts.add(double(clock.nsecsElapsed()) / 1e6);
    child.waitForFinished();
  }
  report("from the start to the picture", starts.at(0.5), "ms", Start);
}

// ---- steps and seeks

void report(const char* what, const Times& times) {
  std::printf("%s: %d times\n", what, times.count());
  bench::report("    key to picture, median", times.at(0.5), "ms", Median);
  bench::report("    key to picture, 99 of 100", times.at(0.99), "ms", Worst);
  std::printf("    the longest %.1f ms\n", times.longest());
}

void step(Painting& painting, Walk& walk, Times& times, int steps, bool forward) {
  for (int i = 0; i < steps; ++i)
    times.add(painting.toPicture([&] { forward ? walk.stepInto() : walk.stepBackInto(); }));
  painting.rest();
}

void seek(Painting& painting, Walk& walk, Times& times, int seeks) {
  std::mt19937_64 random(Seed);
  std::uniform_int_distribution<EventIndex> anywhere(0, walk.journal().size());
  for (int i = 0; i < seeks; ++i) times.add(painting.toPicture([&] { walk.seek(anywhere(random)); }));
  painting.rest();
}

// These stages in turn, from the same place.
void stepThrough(MainWindow& window, Painting& painting, const QStringList& stages, int steps, int seeks) {
  const EventIndex begin = window.walk().position();
  for (const QString& stage : stages) {
    window.walk().seek(begin);
    painting.rest();
    QElapsedTimer patience; // a stage that is shown already need not be painted
    patience.start();
    const double away =
        longestWait([&] { window.stage().show(stage); },
                    [&, before = painting.count()] { return painting.count() > before || patience.hasExpired(500); });
    bench::report(qPrintable("  stage " + stage + ", the longest away when it is shown"), away, "ms", Worst);
    painting.rest();
    Times stepped, sought;
    step(painting, window.walk(), stepped, steps, true);
    step(painting, window.walk(), stepped, steps / 2, false);
    report(qPrintable("  stage " + stage + ", steps"), stepped);
    seek(painting, window.walk(), sought, seeks);
    report(qPrintable("  stage " + stage + ", seeks"), sought);
  }
  window.stage().show("call-path");
  window.walk().seek(begin);
  painting.rest();
}
void stepEverywhere(MainWindow& window, Painting& painting, int steps, int seeks) {
  stepThrough(window, painting, window.stage().names(), steps, seeks);
}

// Pictures a second while it runs at sixty steps a second.
void measureMotion(MainWindow& window, Painting& painting) {
  window.walk().setSpeed(60);
  const int before = painting.count();
  QElapsedTimer clock;
  clock.start();
  window.walk().run(1);
  while (clock.elapsed() < 3000 && window.walk().running())
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
  const double seconds = double(clock.nsecsElapsed()) / 1e9;
  window.walk().pause();
  bench::report("pictures a second while it runs", (painting.count() - before) / seconds, "", Motion * 0.95, false);
  window.walk().setSpeed(4);
}

// ---- the two walks

void measureSocket(MainWindow& window, Painting& painting) {
  std::puts("\nsocket()");
  window.openSocketWalk();
  while (window.walk().recording()) QCoreApplication::processEvents();
  painting.rest();
  stepEverywhere(window, painting, 72, 100);
  measureMotion(window, painting);
}

bool openCapture(MainWindow& window, Painting& painting, int frames) {
  std::printf("\na capture of %d frames\n", frames);
  QTemporaryDir folder;
  const QString file = folder.filePath("bench.pcap");
  writeBenchTraffic(file.toStdString(), frames, Seed);
  QElapsedTimer clock;
  clock.start();
  if (!window.openPath(file, BenchHost)) return std::puts("it cannot be opened"), false;
  const double away = longestWait([] {}, [&] { return !window.walk().recording(); });
  std::printf("recorded in %.1f s: %u events\n", double(clock.elapsed()) / 1000,
              unsigned(window.walk().journal().size()));
  bench::report("the longest that the window was away meanwhile", away, "ms", Worst);
  painting.rest();
  window.walk().seek(window.walk().journal().size() / 2);
  painting.rest();
  return true;
}

void measureCapture(MainWindow& window, Painting& painting, int frames) {
  if (!openCapture(window, painting, frames)) return;
  typeIntoEveryFilter(window);
  window.walk().seek(window.walk().journal().size() / 2);
  stepEverywhere(window, painting, 200, 100);
  measureMotion(window, painting);
}

// One stage, over the walks that it is for.
void measureView(MainWindow& window, Painting& painting, const QString& view, int frames) {
  for (const char* file : {"walks/tcp-between-two-hosts.pkt", "lessons/23-tcp-handshake/scenario.pkt",
                           "lessons/26-where-data-waits/scenario.pkt", "captures/two-hosts.pcap"}) {
    std::printf("\n%s\n", file);
    if (!window.openPath(QString::fromStdString(dataFile(file).string()), QString())) continue;
    while (window.walk().recording()) QCoreApplication::processEvents();
    window.walk().seek(window.walk().journal().size() / 2);
    painting.rest();
    stepThrough(window, painting, {view}, 100, 60);
  }
  if (openCapture(window, painting, frames)) stepThrough(window, painting, {view}, 200, 100);
}

int run(int frames, const QString& view) {
  if (view.isEmpty()) measureStart(QCoreApplication::applicationFilePath());
  MainWindow window;
  window.resize(1280, 800);
  window.show();
  Painting painting(window);
  painting.rest();
  if (!view.isEmpty() && !window.stage().names().contains(view))
    return std::fprintf(stderr, "no stage is called %s\n", qPrintable(view)), 2;
  if (!view.isEmpty()) return measureView(window, painting, view, frames), 0;
  measureSocket(window, painting);
  measureCapture(window, painting, frames);
  return 0;
}

} // namespace
} // namespace sockwalk::bench

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QTemporaryDir settings; // the person's own are left alone
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
  qputenv("XDG_DATA_HOME", settings.path().toLocal8Bit());
  QApplication app(argc, argv);
  QApplication::setApplicationName("sockwalk-bench");
  QApplication::setOrganizationName("sockwalk-bench");
  sockwalk::applyTheme(app);
  QStringList words = QApplication::arguments().mid(1);
  if (words.value(0) == "--start") return sockwalk::bench::startOnce();
  if (words.removeAll("--processor")) sockwalk::bench::Clock::countProcessorOnly();
  QString view;
  if (const auto at = words.indexOf("--view"); at >= 0 && at + 1 < words.size()) {
    view = words.takeAt(at + 1);
    words.removeAt(at);
  }
  const int frames = words.value(0, "50000").toInt();
  if (frames < 1 || words.size() > 1)
    return std::fprintf(stderr, "usage: sockwalk-bench [--processor] [--view NAME] [FRAMES]\n"), 2;
  return sockwalk::bench::run(frames, view);
}
