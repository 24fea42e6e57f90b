#include "app/gallery_scenes.h"
#include "app/autosave.h"
#include "app/banner.h"
#include "app/feed_dialogs.h"
#include "app/help_dialogs.h"
#include "app/host_dialog.h"
#include "app/main_window.h"
#include "app/offscreen.h"
#include "app/search_box.h"
#include "app/session_files.h"
#include "app/shot_pages.h"
#include "app/stage.h"
#include "app/transport_bar.h"
#include "app/view_factory.h"
#include "engine/base/data.h"
#include "engine/feed/capture_file.h"
#include "engine/tell/structures/structures.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/question_card.h"
#include "views/packets/comparison_pane.h"
#include "views/packets/happenings_pane.h"
#include "views/packets/packets_view.h"
#include "views/sequence/sequence_view.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_tree.h"
#include "views/tables/tables_view.h"
#include <QAction>
#include <QApplication>
#include <QFileInfo>
#include <QKeyEvent>
#include <QTabWidget>
#include <QTimer>

namespace sockwalk {
namespace {

struct Moment {
  const char* file; // of the program's data
  const char* at;   // "" where a capture or a lesson begins
};
constexpr Moment Socket{"lessons/03-socket/scenario.pkt", "inet_create"};
constexpr Moment Buffer{"lessons/10-sk-buff/scenario.pkt", "udp_rcv"};
constexpr Moment Tcp{"walks/tcp-on-loopback.pkt", "tcp_rcv_established"};
constexpr Moment TwoHosts{"walks/tcp-between-two-hosts.pkt", "tcp_v4_rcv"};
constexpr Moment Lost{"captures/lost-segment.pcapng", "tcp_retransmit_skb"};
constexpr Moment Page{"captures/page-load.pcapng", "tcp_v4_syn_recv_sock"};
constexpr Moment Recovery{"walks/tcp-lost-segment.pkt", "tcp_fastretrans_alert"};
constexpr Moment Waiting{"walks/tcp-out-of-order.pkt", "tcp_ofo_queue"};
constexpr Moment Accepted{"walks/tcp-on-loopback.pkt", "inet_csk_accept"};
constexpr Moment ZeroCopy{"walks/tcp-zerocopy.pkt", "skb_zerocopy_iter_stream"};
constexpr Moment Filtered{"lessons/41-a-filter-step-by-step/scenario.pkt", "skb_clone"};
constexpr Moment Then{"lessons/42-then-and-now/scenario.pkt", "inet_create"};
constexpr Moment SkBuffLesson{"lessons/10-sk-buff/lesson.md", ""};

QString pathOf(const char* file) { return QString::fromStdString(dataFile(file).string()); }

Result<void> goTo(Walk& walk, const Moment& moment) {
  goToFirstMoment(walk);
  return *moment.at ? goToMoment(walk, moment.at) : Result<void>();
}

using Window = std::unique_ptr<MainWindow>;

Window emptyWindow(QSize size) {
  auto window = std::make_unique<MainWindow>();
  showOffscreen(*window, size);
  window->resetLayout();
  return window;
}

Result<Window> windowAt(QSize size, const Moment& moment) {
  Window window = emptyWindow(size);
  const QString file = pathOf(moment.file);
  const bool lesson = file.endsWith(QLatin1String("lesson.md"));
  if (lesson ? !window->openLesson(file) : !window->openPath(file, QString()))
    return Error{std::string(moment.file) + ": " + window->banner().message().toStdString()};
  if (lesson) waitUntilRecorded(window->walk());
  else if (const Result<void> there = goTo(window->walk(), moment); !there) return there.error();
  settle();
  return window;
}

using Change = std::function<void(MainWindow&)>;
auto windowScene(const Moment& moment, Change change = {}) {
  return [moment, change](QSize size, const Take& take) -> Result<void> {
    auto window = windowAt(size, moment);
    if (!window) return window.error();
    if (change) change(**window), settle();
    take(**window, nullptr);
    return {};
  };
}
auto viewScene(const Moment& moment, const char* view) {
  return windowScene(moment, [view](MainWindow& window) { window.showView(view); });
}

void trigger(MainWindow& window, const QKeySequence& key) {
  for (QAction* action : window.findChildren<QAction*>())
    if (action->shortcut() == key) return action->trigger();
}

// A picture with the room that a book would give it.
auto wholeScene(const Moment& moment, Change change) {
  return windowScene(moment, [change](MainWindow& window) {
    change(window);
    trigger(window, QKeySequence("F12"));
  });
}
auto wholeScene(const Moment& moment, const char* view) {
  return wholeScene(moment, [view](MainWindow& window) { window.showView(view); });
}
// Two stages side by side: a long walk's own pictures are seen together.
auto besideScene(const Moment& moment, const char* stages) {
  return wholeScene(moment, [stages](MainWindow& window) { window.stage().restore(stages); });
}
// All calls, as a textbook draws them: what serves the socket is folded away.
auto textbookScene(const Moment& moment) {
  return wholeScene(moment, [](MainWindow& window) {
    window.showView("sequence");
    auto& sequence = *window.findChild<SequenceView*>();
    sequence.showWhole(true);
    for (const auto lane : {tell::SequenceLane::Vfs, tell::SequenceLane::Ip, tell::SequenceLane::Device})
      sequence.fold(lane);
  });
}

// That table at the top, open.
auto tableScene(const Moment& moment, const char* symbol) {
  return windowScene(moment, [symbol](MainWindow& window) {
    window.showView("tables");
    TablesTree& tree = window.findChild<TablesView*>()->tree();
    for (int row = 0; row < tree.model()->rowCount(); ++row) {
      const QModelIndex table = tree.model()->index(row, 0);
      if (table.data(TablesModel::SymbolRole).toString() != QLatin1String(symbol)) continue;
      tree.expand(table);
      tree.scrollTo(table, QAbstractItemView::PositionAtTop);
    }
  });
}

void showSide(MainWindow& window, const QWidget& side) {
  window.showView("packets");
  auto* const sides = window.view("packets")->findChild<QTabWidget*>();
  for (int i = 0; sides && i < sides->count(); ++i)
    if (sides->widget(i) == &side || sides->widget(i)->isAncestorOf(&side)) sides->setCurrentIndex(i);
}

void showQuestion(MainWindow& window) {
  auto* const lesson = window.findChild<LessonPanel*>();
  while (lesson->findChildren<QuestionCard*>().isEmpty() && lesson->stop() + 1 < lesson->stopCount())
    lesson->next(), settle();
}

void type(QWidget& into, const QString& text) {
  for (const QChar letter : text) {
    QKeyEvent key(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
    QApplication::sendEvent(&into, &key);
  }
}

// ---- dialogs
using MakeDialog = std::function<QDialog*(MainWindow&)>;
auto dialogScene(MakeDialog make) {
  return [make](QSize size, const Take& take) -> Result<void> {
    auto window = windowAt(size, Socket);
    if (!window) return window.error();
    const std::unique_ptr<QDialog> dialog(make(**window));
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show();
    settle();
    take(**window, dialog.get());
    return {};
  };
}

// Of a dialog that the window opens itself, and waits for.
auto modalScene(Change open) {
  return [open](QSize size, const Take& take) -> Result<void> {
    auto window = windowAt(size, Socket);
    if (!window) return window.error();
    bool taken = false;
    QTimer::singleShot(0, window->get(), [&] {
      auto* const dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
      if (!dialog) return;
      settle();
      take(**window, dialog);
      taken = true;
      dialog->reject();
    });
    open(**window);
    return taken ? Result<void>() : Error{"no dialog has opened"};
  };
}

QDialog* hostDialog(MainWindow& window) {
  const QString path = pathOf("captures/page-load.pcapng");
  auto file = CaptureFile::open(path.toStdString());
  if (!file) return new QDialog(&window);
  return new HostDialog(QFileInfo(path).fileName(), findHosts(*file), file->size(), {}, &window);
}

QDialog* shownBy(MainWindow& window, const std::function<void()>& show) {
  show();
  return window.findChild<QDialog*>();
}

// ---- views alone
Moment goodFor(const QString& view) {
  if (view == "ladder" || view == "plots" || view == "happened") return Recovery;
  if (view == "queues") return Waiting;
  if (view == "filter") return Filtered;
  if (view == "eras") return Then;
  if (view == "latency" || view == "states" || view == "map") return TwoHosts;
  if (view == "buffer") return Buffer;
  if (view == "packets" || view == "timeline") return Lost;
  return view == "tables" || view == "console" ? Tcp : Socket;
}

using Prepare = std::function<Result<void>(QWidget& view, Walk& walk)>;

Result<void> takeAlone(QSize size, const Take& take, const Moment& moment, const QString& name,
                       const Prepare& prepare = {}) {
  auto opened = openSession(pathOf(moment.file));
  if (!opened) return opened.error();
  Walk walk;
  const std::unique_ptr<QWidget> view(createView(name, walk));
  showOffscreen(*view, size);
  walk.open(std::move(opened->session));
  if (const Result<void> there = goTo(walk, moment); !there) return there.error();
  if (const Result<void> ready = prepare ? prepare(*view, walk) : Result<void>(); !ready) return ready.error();
  take(*view, nullptr);
  return {};
}

Scene viewAlone(const QString& name) {
  return {"view-" + name, "",
          [name](QSize size, const Take& take) { return takeAlone(size, take, goodFor(name), name); }, name};
}

Result<void> showWelcome(QSize size, const Take& take) {
  const Window window = emptyWindow(size);
  if (!window->openSocketWalk()) return Error{window->banner().message().toStdString()};
  waitUntilRecorded(window->walk());
  window->welcome();
  settle();
  take(*window, nullptr);
  return {};
}

// ---- pages of views
// The object of a type that was born last.
std::string newest(const Walk& walk, const std::string& type) {
  std::string name;
  for (const tell::LiveStructure& live : tell::liveStructures(walk.playhead()))
    if (live.type == type) name = live.id;
  return name;
}

auto pageScene(const Moment& moment, const char* name, const char* type, const char* page) {
  return [=](QSize size, const Take& take) {
    return takeAlone(size, take, moment, name, [=](QWidget& view, Walk& walk) -> Result<void> {
      if (*type)
        if (const Result<void> looked = lookAtObject(walk, newest(walk, type)); !looked) return looked.error();
      return showPage(view, walk, page);
    });
  };
}

std::vector<Scene> pageScenes() {
  return {
      {"groups-of-a-buffer", QT_TRANSLATE_NOOP("Gallery", "The members of a sk_buff, in groups"),
       pageScene(Buffer, "structure", "sk_buff", "groups")},
      {"groups-of-a-socket", QT_TRANSLATE_NOOP("Gallery", "The members of a tcp_sock, in groups"),
       pageScene(Tcp, "structure", "tcp_sock", "groups")},
      {"heat", QT_TRANSLATE_NOOP("Gallery", "How hot the cache lines of a tcp_sock are"),
       pageScene(Tcp, "structure", "tcp_sock", "heat")},
      {"compare", QT_TRANSLATE_NOOP("Gallery", "A tcp_sock before the call and now"),
       pageScene(Tcp, "structure", "tcp_sock", "compare")},
      {"find", QT_TRANSLATE_NOOP("Gallery", "Who holds a port's number"),
       pageScene(Tcp, "structure", "tcp_sock", "find 8080")},
      {"ops", QT_TRANSLATE_NOOP("Gallery", "Tables of functions side by side"), pageScene(Socket, "tables", "", "ops")},
      {"sock-then", QT_TRANSLATE_NOOP("Gallery", "struct sock in Linux 2.6 and 6.1"),
       pageScene(Then, "eras", "", "sock")},
  };
}

std::vector<Scene> windowScenes() {
  const auto packets = [](MainWindow& w) { w.showView("packets"); };
  return {
      {"welcome", QT_TRANSLATE_NOOP("Gallery", "The welcome page"), showWelcome},
      {"walk", QT_TRANSLATE_NOOP("Gallery", "socket(), half way"), windowScene(Socket)},
      {"objects", QT_TRANSLATE_NOOP("Gallery", "The objects of a socket"), viewScene(Socket, "objects")},
      {"buffer", QT_TRANSLATE_NOOP("Gallery", "A packet's buffer"), viewScene(Buffer, "buffer")},
      {"tables", QT_TRANSLATE_NOOP("Gallery", "The kernel's tables"), viewScene(Tcp, "tables")},
      {"tcp", QT_TRANSLATE_NOOP("Gallery", "A segment on lo"), windowScene(Tcp)},
      {"two-hosts", QT_TRANSLATE_NOOP("Gallery", "Two hosts"), windowScene(TwoHosts)},
      {"split", QT_TRANSLATE_NOOP("Gallery", "Two stages side by side"),
       windowScene(Buffer, [](MainWindow& w) { w.stage().setSplit(true); })},
      {"packets", QT_TRANSLATE_NOOP("Gallery", "A capture, relived"), windowScene(Lost, packets)},
      {"comparison", QT_TRANSLATE_NOOP("Gallery", "A frame compared"),
       windowScene(Lost, [](MainWindow& w) { showSide(w, *w.findChild<PacketsView*>()->comparison()); })},
      {"happenings", QT_TRANSLATE_NOOP("Gallery", "What happened in a capture"),
       windowScene(Lost, [](MainWindow& w) { showSide(w, *w.findChild<PacketsView*>()->happenings()); })},
      {"console", QT_TRANSLATE_NOOP("Gallery", "The console"), viewScene(Tcp, "console")},
      {"lesson", QT_TRANSLATE_NOOP("Gallery", "A lesson begins"), windowScene(SkBuffLesson)},
      {"question", QT_TRANSLATE_NOOP("Gallery", "A question"), windowScene(SkBuffLesson, showQuestion)},
      {"search", QT_TRANSLATE_NOOP("Gallery", "The search"),
       windowScene(Socket,
                   [](MainWindow& w) {
                     w.transport().search().begin();
                     type(w.transport().search(), "inet");
                   })},
      {"trouble", QT_TRANSLATE_NOOP("Gallery", "A file that cannot be opened"),
       windowScene(Socket, [](MainWindow& w) { w.openPath("nowhere.pkt"); })},
  };
}

// The pictures of a long walk; among them every diagram that a course on sockets draws, each made from a run.
std::vector<Scene> pictureScenes() {
  return {
      {"architecture", QT_TRANSLATE_NOOP("Gallery", "The network stack, lit by a walk"), wholeScene(TwoHosts, "map")},
      {"creation", QT_TRANSLATE_NOOP("Gallery", "socket() from layer to layer"), viewScene(Socket, "sequence")},
      {"listen-accept", QT_TRANSLATE_NOOP("Gallery", "bind, listen, connect, accept"), textbookScene(Accepted)},
      {"zero-copy", QT_TRANSLATE_NOOP("Gallery", "Sending without a copy"), wholeScene(ZeroCopy, "sequence")},
      {"protocols", QT_TRANSLATE_NOOP("Gallery", "What socket() can be asked for"), tableScene(Socket, "inetsw")},
      {"nesting", QT_TRANSLATE_NOOP("Gallery", "The structures of a socket"), wholeScene(Accepted, "classes")},
      {"ladder", QT_TRANSLATE_NOOP("Gallery", "A lost segment, as a ladder"), viewScene(Recovery, "ladder")},
      {"ladder-hosts", QT_TRANSLATE_NOOP("Gallery", "Two hosts, as a ladder"), viewScene(TwoHosts, "ladder")},
      {"ladder-states", QT_TRANSLATE_NOOP("Gallery", "A ladder and its socket's states"),
       besideScene(Recovery, "ladder|states")},
      {"states", QT_TRANSLATE_NOOP("Gallery", "The states of a connection"), viewScene(TwoHosts, "states")},
      {"plots", QT_TRANSLATE_NOOP("Gallery", "A window over time"), viewScene(Recovery, "plots")},
      {"queues", QT_TRANSLATE_NOOP("Gallery", "What waits out of order"), viewScene(Waiting, "queues")},
      {"latency", QT_TRANSLATE_NOOP("Gallery", "Where the time of packets went"), viewScene(Page, "latency")},
      {"filter", QT_TRANSLATE_NOOP("Gallery", "tcpdump's filter on one frame"), viewScene(Filtered, "filter")},
      {"eras", QT_TRANSLATE_NOOP("Gallery", "socket() in Linux 2.6 and 6.1"), viewScene(Then, "eras")},
      {"happened", QT_TRANSLATE_NOOP("Gallery", "What happened in a walk"), viewScene(Recovery, "happened")},
  };
}

std::vector<Scene> dialogScenes() {
  return {
      {"preferences", QT_TRANSLATE_NOOP("Gallery", "Preferences"),
       modalScene([](MainWindow& w) { trigger(w, QKeySequence("Ctrl+,")); })},
      {"hosts", QT_TRANSLATE_NOOP("Gallery", "Which host of a capture to be"), dialogScene(hostDialog)},
      {"tap", QT_TRANSLATE_NOOP("Gallery", "To a TAP"), dialogScene([](MainWindow& w) { return new TapDialog(&w); })},
      {"live-capture", QT_TRANSLATE_NOOP("Gallery", "A live capture"),
       dialogScene([](MainWindow& w) { return new LiveCaptureDialog(&w); })},
      {"keys", QT_TRANSLATE_NOOP("Gallery", "The keys"),
       dialogScene([](MainWindow& w) { return shownBy(w, [&w] { showKeys(KeyMap::Debugger, &w); }); })},
      {"about", QT_TRANSLATE_NOOP("Gallery", "About"),
       dialogScene([](MainWindow& w) { return shownBy(w, [&w] { showAbout(&w); }); })},
  };
}

} // namespace

const std::vector<Scene>& scenes() {
  static const std::vector<Scene> all = [] {
    std::vector<Scene> out = windowScenes();
    std::ranges::move(pictureScenes(), std::back_inserter(out));
    std::ranges::move(pageScenes(), std::back_inserter(out));
    std::ranges::move(dialogScenes(), std::back_inserter(out));
    for (const QString& name : viewNames()) out.push_back(viewAlone(name));
    return out;
  }();
  return all;
}

} // namespace sockwalk
