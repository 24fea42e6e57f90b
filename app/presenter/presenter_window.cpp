#include "app/presenter/presenter_window.h"
#include "app/presenter/ink.h"
#include "app/presenter/presenter_notes.h"
#include "app/presenter/room_question.h"
#include "app/view_factory.h"
#include "engine/tell/moments.h"
#include "views/buffer/buffer_view.h"
#include "views/theme/elided_label.h"
#include "views/walk/text.h"
#include <QGuiApplication>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace sockwalk {

// Hides everything: the class looks at the teacher.
class Blank final : public QWidget {
public:
  explicit Blank(QWidget* window) : QWidget(window) { hide(); }
  bool black = true;

protected:
  void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), blankColor(black)); }
};

// A picture that would like more height than there is keeps its upper part: the window never grows beyond the screen.
class Frame final : public QWidget {
public:
  explicit Frame(QWidget* picture) : m_picture(picture) { picture->setParent(this); }

protected:
  void resizeEvent(QResizeEvent*) override { m_picture->resize(size().expandedTo(m_picture->minimumSizeHint())); }

private:
  QWidget* m_picture;
};

namespace {

constexpr double BackRow = 1.7; // the type's scale on a screen of 1280 px, to be read from the last row
constexpr double LeastScale = 0.75, MostScale = 2.5;

double scaleFor(QSize screen) {
  return std::clamp(BackRow * std::min(screen.width() / 1280.0, screen.height() / 720.0), 1.0, MostScale);
}

QLabel* label(QLabel* out, Qt::Alignment alignment = Qt::AlignLeft) {
  out->setAlignment(alignment | Qt::AlignVCenter);
  out->setTextFormat(Qt::PlainText);
  return out;
}

} // namespace

PresenterWindow::PresenterWindow(Walk& walk, Presented& presented, const QString& view)
    : m_walk(walk), m_presented(presented), m_views(viewNames(ViewPlace::Stage)), m_scaleBefore(theme().typeScale()),
      m_themeBefore(ThemeHub::instance().choice()) {
  setWindowTitle(tr("Sockwalk before a class"));
  setFocusPolicy(Qt::StrongFocus);
  m_since.start();
  build();
  ThemeHub::instance().setTypeScale(scaleFor(screen()->size()));
  setView(view);
  connect(&walk, &Walk::moved, this, [this] { tellMoment(); });
  connect(&presented, &Presented::changed, this, &PresenterWindow::tellStop);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &PresenterWindow::restyle);
  auto* tick = new QTimer(this);
  connect(tick, &QTimer::timeout, this, &PresenterWindow::tellTime);
  tick->start(1000);
  restyle();
  tellStop();
}

PresenterWindow::~PresenterWindow() { delete m_notes; }

void PresenterWindow::build() {
  m_title = label(new ElidedLabel);
  m_clock = label(new QLabel, Qt::AlignRight);
  m_pages = new QStackedWidget;
  m_sentence = label(new QLabel);
  m_sentence->setWordWrap(true);
  m_question = new RoomQuestion;
  m_hint = label(new ElidedLabel, Qt::AlignRight);
  auto* head = new QHBoxLayout;
  head->addWidget(m_title, 1);
  head->addWidget(m_clock);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(28, 18, 28, 14);
  box->addLayout(head);
  box->addWidget(m_pages, 1);
  box->addWidget(m_sentence);
  box->addWidget(m_question);
  box->addWidget(m_hint);
  m_ink = new Ink(this);
  m_blank = new Blank(this);
}

void PresenterWindow::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), theme().color(Role::Page)); }

bool PresenterWindow::blank() const { return m_blank->isVisible(); }
QString PresenterWindow::sentence() const { return m_sentence->text(); }

void PresenterWindow::setView(const QString& name) {
  if (!m_views.contains(name) || name == m_view) return;
  View*& picture = m_pictures[name];
  if (!picture) {
    picture = createView(name, m_walk);
    if (auto* buffer = qobject_cast<BufferView*>(picture)) buffer->setPictureOnly(); // lists are for one reader
    m_pages->addWidget(new Frame(picture));
    hearKeysOf(*picture);
  }
  m_view = name;
  m_pages->setCurrentWidget(picture->parentWidget());
  m_ink->erase();
  setFocus();
  emit pictureChanged(name);
}

// ---- what is told

void PresenterWindow::restyle() {
  m_title->setFont(theme().sans(13, QFont::Bold));
  m_clock->setFont(theme().sans(12));
  m_sentence->setFont(theme().sans(15, QFont::DemiBold));
  m_hint->setFont(theme().sans(9));
  QPalette muted = palette();
  muted.setColor(QPalette::WindowText, theme().color(Role::Muted));
  for (QLabel* quiet : {m_title, m_clock, m_hint}) quiet->setPalette(muted);
  m_sentence->setMinimumHeight(2 * QFontMetrics(m_sentence->font()).height()); // so that the picture does not move
  tellTime();
  update();
}

void PresenterWindow::setRoom(const QString& address, int followers) {
  m_room = address.isEmpty() ? QString() : tr("%1 · %n follow · ", nullptr, followers).arg(address);
  tellTime();
}

void PresenterWindow::tellTime() { m_clock->setText(m_room + clockText(m_since.elapsed())); }

void PresenterWindow::tellMoment() {
  const EventIndex now = m_walk.position();
  m_sentence->setText(now ? m_walk.covered(shown(tell::event(m_walk.playhead(), now - 1))) : QString());
  m_ink->erase(); // what was drawn was drawn on another picture
}

void PresenterWindow::tellStop() {
  const int stop = m_presented.stop();
  const QString here = m_presented.stops().value(stop);
  m_title->setText(here.isEmpty() ? m_presented.title() : QStringLiteral("%1 · %2").arg(m_presented.title(), here));
  if (const QString wanted = m_presented.view(); !wanted.isEmpty()) setView(wanted);
  m_question->ask(m_presented.question());
  m_hint->setText(m_question->open() ? tr("Space reveals · B black · P pen · G stops · Esc ends")
                                     : tr("← → steps · PgUp PgDn stops · 1–9 pictures · B black · P pen · Esc ends"));
  tellMoment();
}

// ---- keys

void PresenterWindow::hearKeysOf(QWidget& widget) {
  widget.installEventFilter(this);
  for (QWidget* inside : widget.findChildren<QWidget*>()) inside->installEventFilter(this);
}

bool PresenterWindow::eventFilter(QObject*, QEvent* event) { // the pictures' own keys are not for a class
  return event->type() == QEvent::KeyPress && press(static_cast<QKeyEvent*>(event)->key());
}

void PresenterWindow::keyPressEvent(QKeyEvent* event) {
  if (!press(event->key())) QWidget::keyPressEvent(event);
}

bool PresenterWindow::press(int key) {
  if (blank() && key != Qt::Key_Escape) return m_blank->hide(), true; // any key brings the picture back
  return walkKey(key) || lookKey(key);
}

bool PresenterWindow::walkKey(int key) {
  if (!m_walk.isOpen()) return false;
  switch (key) {
  case Qt::Key_Right: m_walk.stepInto(); return true;
  case Qt::Key_Left: m_walk.stepBackInto(); return true;
  case Qt::Key_PageDown: toStop(m_presented.stop() + 1); return true;
  case Qt::Key_PageUp: toStop(m_presented.stop() - 1); return true;
  case Qt::Key_Home: toStop(0); return true;
  case Qt::Key_End: toStop(int(m_presented.stops().size()) - 1); return true;
  case Qt::Key_Space:
    if (!m_presented.reveal()) m_walk.stepInto();
    return true;
  case Qt::Key_G: askStop(); return true;
  default: return false;
  }
}

bool PresenterWindow::lookKey(int key) {
  if (key >= Qt::Key_1 && key <= Qt::Key_9) return setView(m_views.value(key - Qt::Key_1)), true;
  switch (key) {
  case Qt::Key_B:
  case Qt::Key_Period: cover(true); return true;
  case Qt::Key_W: cover(false); return true;
  case Qt::Key_P: m_ink->setPen(!m_ink->pen()); return true;
  case Qt::Key_E: m_ink->erase(); return true;
  case Qt::Key_O: m_ink->setPointer(!m_ink->pointer()); return true;
  case Qt::Key_Plus:
  case Qt::Key_Equal: grow(1.1); return true;
  case Qt::Key_Minus: grow(1 / 1.1); return true;
  case Qt::Key_T: nextTheme(); return true;
  case Qt::Key_N: toggleNotes(); return true;
  case Qt::Key_Escape: close(); return true;
  default: return false;
  }
}

void PresenterWindow::toStop(int stop) {
  if (stop >= 0 && stop < m_presented.stops().size()) m_presented.goTo(stop);
}

void PresenterWindow::askStop() {
  const QStringList stops = m_presented.stops();
  if (stops.isEmpty()) return;
  QStringList numbered;
  for (int i = 0; i < stops.size(); ++i) numbered << QStringLiteral("%1 · %2").arg(i + 1).arg(stops[i]);
  bool chosen = false;
  const QString stop = QInputDialog::getItem(this, tr("Jump to a stop"), tr("Stop:"), numbered,
                                             std::max(0, m_presented.stop()), false, &chosen);
  if (chosen) toStop(int(numbered.indexOf(stop)));
}

void PresenterWindow::cover(bool black) {
  m_blank->black = black;
  m_blank->setGeometry(rect());
  m_blank->raise();
  m_blank->show();
}

void PresenterWindow::grow(double factor) {
  ThemeHub::instance().setTypeScale(std::clamp(theme().typeScale() * factor, LeastScale, MostScale));
}

void PresenterWindow::nextTheme() {
  constexpr ThemeChoice order[]{ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::Contrast};
  ThemeHub::instance().setChoice(order[(int(theme().shade()) + 1) % 3]);
}

void PresenterWindow::toggleNotes() {
  if (m_notes) {
    m_notes->deleteLater();
    m_notes = nullptr;
    return;
  }
  openNotes();
}

void PresenterWindow::openNotes() {
  if (m_notes) return;
  m_notes = new PresenterNotes(m_presented, m_since);
  hearKeysOf(*m_notes);
  connect(m_notes, &QObject::destroyed, this, [this, was = m_notes] {
    if (m_notes == was) m_notes = nullptr;
  });
  m_notes->setAttribute(Qt::WA_DeleteOnClose);
  const QPoint here = geometry().center();
  for (QScreen* other : QGuiApplication::screens()) {
    if (other->geometry().contains(here)) continue; // the class looks there
    const QRect room = other->availableGeometry();
    m_notes->resize(m_notes->size().expandedTo(room.size() * 0.6).boundedTo(room.size() - QSize(80, 80)));
    m_notes->move(room.topLeft() + QPoint(40, 40));
  }
  m_notes->show();
}

void PresenterWindow::closeEvent(QCloseEvent* event) {
  ThemeHub::instance().setTypeScale(m_scaleBefore);
  ThemeHub::instance().setChoice(m_themeBefore);
  emit ended();
  QWidget::closeEvent(event);
}

} // namespace sockwalk
