// How long a key waits while a filter is typed over many packets: the slowest key, and until all packets are looked at.
// Of made packets, or of a capture that is relived; there also how long the window was away while it was recorded.
//   bench_filter [PACKETS | CAPTURE HOST]
#include "tests/views/packets/made_packets.h"
#include "views/packets/filter_line.h"
#include "views/packets/packets_model.h"
#include "views/packets/packets_view.h"
#include "views/theme/theme.h"
#include <cstdio>
#include <cstdlib>
#include <QAbstractItemModel>
#include <QApplication>
#include <QElapsedTimer>
#include <QTableView>
#include <QTest>

using namespace sockwalk;

static std::unique_ptr<scenario::Session> made(int packets) {
  auto session = std::make_unique<RecordedSession>();
  for (int i = 0; i < packets; ++i) arrive(session->recorder(), udpFrame(u16(i)));
  return session;
}

static std::unique_ptr<scenario::Session> captured(const char* file, const char* host) {
  scenario::OpenOptions options;
  options.host = host;
  auto session = scenario::Session::openFile(file, options);
  if (!session) std::fprintf(stderr, "%s\n", session.error().message.c_str()), std::exit(1);
  return std::move(*session);
}

// Until all has been recorded: the longest that the window was away, in ms.
static double record(Walk& walk) {
  double longest = 0;
  QElapsedTimer clock;
  for (int quiet = 0; quiet < 20; quiet += !walk.recording()) { // the window is there before a key is pressed
    clock.start();
    QCoreApplication::processEvents();
    longest = std::max(longest, double(clock.nsecsElapsed()) / 1e6);
  }
  return longest;
}

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  applyTheme(app);
  Walk walk;
  PacketsView view(walk);
  view.resize(1264, 300);
  view.show();
  walk.open(argc > 2 ? captured(argv[1], argv[2]) : made(argc > 1 ? std::atoi(argv[1]) : 50'000));
  const double longest = record(walk);
  const int packets = view.model().rowCount();
  qint64 slowest = 0;
  QString at;
  QElapsedTimer clock;
  for (const QChar letter :
       QStringLiteral("udp.dstport in {7, 4000..4002} || tcp.analysis.retransmission || frame contains \"xyz\"")) {
    clock.start();
    QTest::keyClicks(view.filter(), QString(letter));
    QCoreApplication::processEvents(); // what else a key waits for
    if (clock.nsecsElapsed() > slowest) slowest = clock.nsecsElapsed(), at = view.filter()->text();
  }
  clock.start();
  while (view.looking()) QCoreApplication::processEvents();
  std::printf("%d packets: away for at most %.1f ms while recording; the slowest key waited %.1f ms, at the end of "
              "'%s'; all were looked at after %.1f ms, %d listed\n",
              packets, longest, double(slowest) / 1e6, qPrintable(at), double(clock.nsecsElapsed()) / 1e6,
              view.table()->model()->rowCount());
}
