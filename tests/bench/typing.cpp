#include "tests/bench/typing.h"
#include "app/main_window.h"
#include "tests/bench/timings.h"
#include "views/packets/packets_view.h"
#include "views/structure/structure_view.h"
#include <cstdio>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QTest>

namespace sockwalk::bench {
namespace {

constexpr double NoKeyWaits = 50; // ms

// What is typed, and taken back: letter by letter, each after the last has had its say.
void typeInto(const char* what, QLineEdit* line, const QString& words, const std::function<bool()>& quiet) {
  if (!line) return std::printf("%s: there is no such filter\n", what), void();
  line->setFocus();
  QCoreApplication::processEvents();
  Times keys;
  for (const QChar letter : words) keys.add(longestWait([&] { QTest::keyClicks(line, QString(letter)); }, quiet));
  for (qsizetype i = 0; i < words.size(); ++i)
    keys.add(longestWait([&] { QTest::keyClick(line, Qt::Key_Backspace); }, quiet));
  std::printf("%-58s %8.1f ms at the median\n", what, keys.at(0.5));
  report("    its slowest key", keys.longest(), "ms", NoKeyWaits);
}

// The filter of a view is its line that says so.
QLineEdit* filterOf(MainWindow& window, const char* view) {
  window.goToView(view);
  QCoreApplication::processEvents();
  for (QLineEdit* line : window.view(view)->findChildren<QLineEdit*>())
    if (line->isVisible() && line->accessibleName().contains("ilter")) return line;
  const auto lines = window.view(view)->findChildren<QLineEdit*>();
  return lines.isEmpty() ? nullptr : lines.first();
}

std::function<bool()> afterSome(int rounds) { // what a view puts off comes within a few rounds of events
  return [left = rounds]() mutable { return --left <= 0; };
}

} // namespace

void typeIntoEveryFilter(MainWindow& window) {
  auto* const packets = window.findChild<PacketsView*>();
  typeInto("typing in the filter of the packets", filterOf(window, "packets"),
           "udp.dstport in {7, 5000..5002} || tcp.flags.reset == 1 || frame contains \"xyz\"",
           [packets] { return !packets->looking(); });
  typeInto("typing in the filter of the structure", filterOf(window, "structure"), "sk_rcvbuf", afterSome(5));
  typeInto("typing in the filter of the tables", filterOf(window, "tables"), "listen 5000", afterSome(5));
  for (QAction* action : window.findChildren<QAction*>())
    if (action->shortcut() == QKeySequence("Ctrl+P")) action->trigger();
  QCoreApplication::processEvents();
  auto* const search = qobject_cast<QLineEdit*>(QApplication::focusWidget());
  typeInto("typing in the search: a function", search, "udp_queue_rcv", afterSome(5));
  typeInto("typing in the search: an object", search, "sk_buff #4", afterSome(5));
  typeInto("typing in the search: a frame", search, "frame of 60", afterSome(5));
}

} // namespace sockwalk::bench
