// How long a key waits while a filter is typed over many packets: the slowest key, and until all packets are looked at.
//   bench_filter [PACKETS]
#include "tests/views/packets/made_packets.h"
#include "views/packets/filter_line.h"
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

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  applyTheme(app);
  const int packets = argc > 1 ? std::atoi(argv[1]) : 50'000;
  auto session = std::make_unique<RecordedSession>();
  for (int i = 0; i < packets; ++i) arrive(session->recorder(), udpFrame(u16(i)));
  Walk walk;
  PacketsView view(walk);
  view.resize(1264, 300);
  view.show();
  walk.open(std::move(session));
  for (int i = 0; i < 20; ++i) QCoreApplication::processEvents(); // the window is there before a key is pressed
  qint64 slowest = 0;
  QString at;
  QElapsedTimer clock;
  for (const QChar letter : QStringLiteral("udp.dstport in {7, 4000..4002} || frame contains \"xyz\"")) {
    clock.start();
    QTest::keyClicks(view.filter(), QString(letter));
    QCoreApplication::processEvents(); // what else a key waits for
    if (clock.nsecsElapsed() > slowest) slowest = clock.nsecsElapsed(), at = view.filter()->text();
  }
  clock.start();
  while (view.looking()) QCoreApplication::processEvents();
  std::printf(
      "%d packets: the slowest key waited %.1f ms, at the end of '%s'; all were looked at after %.1f ms, %d listed\n",
      packets, double(slowest) / 1e6, qPrintable(at), double(clock.nsecsElapsed()) / 1e6,
      view.table()->model()->rowCount());
}
