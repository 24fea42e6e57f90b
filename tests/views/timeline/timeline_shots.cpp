// Pictures of the timeline for the eye: timeline_shots DIR
#include "tests/support/recordings.h"
#include "tests/views/sample/recorded_session.h"
#include "views/theme/theme.h"
#include "views/timeline/timeline_canvas.h"
#include "views/timeline/timeline_view.h"
#include "views/walk/walk.h"
#include <QApplication>

using namespace sockwalk;

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QString directory = argc > 1 ? argv[1] : ".";
  const std::vector<std::string> names{"socket_raw_raw", "close_tcp", "eth_udp_blocked_recvfrom_5",
                                       "eth_rx_icmp_echo_56"};
  std::vector<std::string> trees;
  for (const std::string& name : names) knowFunctions(trees.emplace_back(recording("calls", name)));
  applyTheme(app);
  auto session = std::make_unique<RecordedSession>();
  const u8 frame[60] = {};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == 3) session->recorder().packet(true, 2, 0, frame, sizeof frame);
    session->play(names[i] + "(...)", trees[i], i == 3 ? Context::Softirq : Context::Task);
    if (i == 3) session->recorder().drop(0x1000000, 2);
    if (i == 2) session->recorder().packet(false, 2, 0, frame, sizeof frame);
  }
  Walk walk;
  TimelineView view(walk);
  view.resize(1264, 150);
  view.show();
  view.grab().save(directory + "/empty.png");
  walk.open(std::move(session));
  const Journal& j = walk.journal();
  for (ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
    ThemeHub::instance().setChoice(choice);
    const QString tone = choice == ThemeChoice::Dark ? "dark" : "light";
    for (std::size_t s = 0; s < j.stimuli().size(); ++s) {
      const EventIndex begin = j.stimuli()[s].event;
      const EventIndex end = s + 1 < j.stimuli().size() ? j.stimuli()[s + 1].event : j.size();
      walk.seek(begin + (end - begin) * 40 / 100);
      view.canvas().setScope(TimelineCanvas::Scope::Call);
      app.processEvents();
      view.grab().save(directory + QString("/call%1-%2.png").arg(s).arg(tone));
    }
    view.fit();
    app.processEvents();
    view.grab().save(directory + QString("/whole-%1.png").arg(tone));
  }
}
