#include "app/tour.h"
#include "app/main_window.h"
#include "app/tour_bubble.h"
#include "app/window_language.h"
#include "views/theme/theme.h"
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSettings>

namespace sockwalk {
namespace {

constexpr const char* Offered = "tourOffered";

// A datagram from one socket of a program to another: short, and every view has something to show of it.
const char* const script = R"(// A datagram to oneself: two sockets of one program.
//@link lo
//@case receiver
0 socket(AF_INET, SOCK_DGRAM, 0) = 3
//@case bind
+0 bind(3, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("127.0.0.1")}, 16) = 0
//@case sender
+0 socket(AF_INET, SOCK_DGRAM, 0) = 4
//@case send
+.1 sendto(4, "hello", 5, 0, {sa_family = AF_INET, sin_port = htons(7000), sin_addr = inet_addr("127.0.0.1")}, 16) = 5
//@case receive
+.1 recv(3, "hello", 100, 0) = 5
//@case close
+0 close(4) = 0
+0 close(3) = 0
)";

} // namespace

bool Tour::wasOffered() { return QSettings().value(Offered).toBool(); }
void Tour::setOffered() { QSettings().setValue(Offered, true); }

Result<OpenedSession> Tour::walk(const scenario::MachineSetup& setup) {
  auto session = scenario::Session::open({scenario::ScriptStimulus{"tour.pkt", script}}, setup);
  if (!session) return session.error();
  OpenedSession opened;
  opened.session = std::move(*session);
  opened.session->runAll(); // a few thousand events: at once
  opened.title = tr("Two-minute tour");
  return opened;
}

Tour::Tour(MainWindow& window) : QObject(&window), m_window(window) {
  m_frame = new TourFrame(&window);
  m_bubble = new TourBubble(&window);
  connect(m_bubble, &TourBubble::next, this, &Tour::next);
  connect(m_bubble, &TourBubble::back, this, &Tour::back);
  connect(m_bubble, &TourBubble::leave, this, &Tour::leave);
  m_place.setSingleShot(true);
  m_place.setInterval(0);
  connect(&m_place, &QTimer::timeout, this, &Tour::place);
  const auto again = [this] {
    if (m_running) sayAgain();
  };
  connect(&WindowLanguage::instance(), &WindowLanguage::changed, this, again, Qt::QueuedConnection);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, again, Qt::QueuedConnection);
  connect(&m_window.commands(), &Commands::keyMapChanged, this, again, Qt::QueuedConnection);
}

void Tour::start() {
  m_running = true;
  m_stops = tourStops(m_window);
  qApp->installEventFilter(this);
  show(0);
}

void Tour::leave() {
  if (!m_running) return;
  m_running = false;
  for (const auto& wait : std::exchange(m_waits, {})) disconnect(wait);
  m_place.stop();
  qApp->removeEventFilter(this);
  m_bubble->hide();
  m_frame->hide();
  emit ended();
}

void Tour::next() {
  if (m_stop + 1 < stopCount()) show(m_stop + 1);
  else leave();
}
void Tour::back() {
  if (m_stop > 0) show(m_stop - 1);
}

void Tour::show(int stop) {
  m_stop = stop;
  m_after.clear();
  const TourStop& s = m_stops[std::size_t(stop)];
  if (!s.view.isEmpty()) m_window.showView(s.view);
  waitForDeed();
  sayAgain();
}

void Tour::waitForDeed() {
  for (const auto& wait : std::exchange(m_waits, {})) disconnect(wait);
  if (const auto& wait = m_stops[std::size_t(m_stop)].wait) m_waits << wait(this, [this] { done(); });
}

// It has been pressed; what came of it may be pressed for again, and is then said anew.
void Tour::done() {
  if (!m_running) return;
  m_after = m_stops[std::size_t(m_stop)].after();
  sayAgain();
}

void Tour::sayAgain() {
  m_stops = tourStops(m_window);
  const TourStop& s = m_stops[std::size_t(m_stop)];
  if (!m_after.isEmpty()) m_after = s.after();
  m_bubble->say({tr("%1 of %2").arg(m_stop + 1).arg(stopCount()), s.title, s.text, s.task, m_after, m_stop == 0,
                 m_stop + 1 == stopCount()});
  m_place.start();
}

QRect Tour::target() const {
  const auto& target = m_stops[std::size_t(m_stop)].target;
  return target ? target() & m_window.rect() : QRect();
}

void Tour::place() {
  if (!m_running) return;
  const QRect part = target();
  const auto& room = m_stops[std::size_t(m_stop)].room;
  m_bubble->standBeside(room ? part | room() : part);
  m_bubble->show();
  m_frame->setVisible(!part.isEmpty());
  m_frame->setGeometry(part.adjusted(-3, -3, 3, 3));
  m_frame->raise();
  m_bubble->raise();
}

// Esc in a list, a dialog or a field with something in it is theirs.
bool Tour::leavesWith(QEvent* event) const {
  if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape) return false;
  if (QApplication::activePopupWidget() || QApplication::activeModalWidget()) return false;
  const auto* const field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
  return !field || field->text().isEmpty();
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
  if (leavesWith(event)) {
    leave();
    return true;
  }
  // Whatever in the window moves, grows or comes and goes may be the part that is spoken of.
  const auto type = event->type();
  const bool moves = type == QEvent::Resize || type == QEvent::Move || type == QEvent::Show || type == QEvent::Hide ||
                     type == QEvent::ZOrderChange;
  if (moves && watched != m_bubble && watched != m_frame && !m_place.isActive()) {
    const auto* const widget = qobject_cast<QWidget*>(watched);
    if (widget && m_window.isAncestorOf(widget) && !m_bubble->isAncestorOf(widget)) m_place.start();
    if (watched == &m_window) m_place.start();
  }
  return QObject::eventFilter(watched, event);
}

} // namespace sockwalk
