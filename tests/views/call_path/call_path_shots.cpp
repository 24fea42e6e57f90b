// Pictures of the call path for the eye: call_path_shots DIR
#include "tests/views/sample/recorded_session.h"
#include "views/call_path/call_path_view.h"
#include "views/theme/theme.h"

#include <QApplication>

using namespace sockwalk;

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QString directory = argc > 1 ? argv[1] : ".";
  const std::string truth = SOCKWALK_SOURCE_DIR "/tests/kernel_truth/calls/";
  const std::vector<std::string> names{"socket_raw_raw", "close_tcp", "eth_udp_blocked_recvfrom_5", "eth_rx_icmp_echo_56"};
  std::vector<std::string> trees;
  for (const std::string& name : names) {
    std::string text = readText(truth + name + ".txt");

    knowFunctions(text);
    trees.push_back(text);
  }
  applyTheme(app);
  auto session = std::make_unique<RecordedSession>();
  for (std::size_t i = 0; i < names.size(); ++i) session->play(names[i] + "(AF_INET, SOCK_STREAM, 0)", trees[i]);
  Walk walk;
  CallPathView view(walk);
  view.resize(620, 560);
  view.show();
  walk.open(std::move(session));
  const Journal& j = walk.journal();
  for (ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
    ThemeHub::instance().setChoice(choice);
    for (std::size_t s = 0; s < j.stimuli().size(); ++s) {
      const EventIndex begin = j.stimuli()[s].event;
      const EventIndex end = s + 1 < j.stimuli().size() ? j.stimuli()[s + 1].event : j.size();
      for (int part : {2, 30, 60, 80}) {
        walk.seek(begin + (end - begin) * part / 100);
        app.processEvents();
        view.grab().save(directory + QString("/%1-%2-%3.png").arg(s).arg(part).arg(choice == ThemeChoice::Dark ? "dark" : "light"));
      }
    }
  }
}
