#include "app/transport_bar.h"
#include "app/search_box.h"
#include "engine/journal/layers.h"
#include "engine/tell/running.h"
#include "views/theme/icons.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <cmath>
#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSlider>
#include <QToolButton>

namespace sockwalk {
namespace {

constexpr QMargins Margins(0, 2, 6, 6);
constexpr double SlowestRun = 0.5, FastestRun = 500; // steps a second at the ends of the slider
constexpr double NormalRun = 4;                      // here things move at their normal pace

QString kernelFile(std::string_view file) {
  QString text = QString::fromUtf8(file.data(), qsizetype(file.size()));
  const QString root = "engine/kernel/";
  return text.startsWith(root) ? text.mid(root.size()) : text;
}

} // namespace

// A label that gives way when the bar is short of room, and says the whole in its tooltip.
class TransportBar::ElidedLabel final : public QLabel {
public:
  ElidedLabel(Qt::TextElideMode mode, int keep) : m_mode(mode), m_keep(keep) {
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  }
  void setColor(const QColor& color) {
    m_color = color;
    update();
  }
  QSize sizeHint() const override { return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height()}; }
  QSize minimumSizeHint() const override { return {std::min(sizeHint().width(), m_keep), fontMetrics().height()}; }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setPen(m_color);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(text(), m_mode, width()));
  }

private:
  Qt::TextElideMode m_mode;
  int m_keep; // px that it does not give away
  QColor m_color;
};

TransportBar::TransportBar(Walk& walk, Commands& commands, QWidget* parent)
    : QToolBar(tr("Transport"), parent), m_walk(walk), m_commands(commands), m_steps(walk) {
  setObjectName("transport");
  setMovable(false);
  setContextMenuPolicy(Qt::PreventContextMenu);
  setIconSize({16, 16});
  for (Command c : {Command::ToStart, Command::RunBack, Command::StepBackInto}) addButton(c);
  addButton(Command::Run, true);
  for (Command c : {Command::StepInto, Command::StepOver, Command::StepOut, Command::ToEnd}) addButton(c);
  addSeparator();
  addUnits();
  addSpeed();
  addWhere();
  m_search = new SearchBox(walk, m_steps, this);
  addWidget(m_search);

  connect(&walk, &Walk::moved, this, &TransportBar::showWhere);
  connect(&walk, &Walk::recorded, this, [this] { m_steps.forget(), showWhere(); });
  connect(&walk, &Walk::opened, this, [this] { m_steps.forget(), showWhere(); });
  connect(&walk, &Walk::optionsChanged, this, &TransportBar::showOptions);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &TransportBar::recolor);
  showOptions();
  recolor();
}

void TransportBar::resizeEvent(QResizeEvent* event) {
  QToolBar::resizeEvent(event);
  fit();
}

// In a narrow window the slider says by its tooltip what it is for: where the walk is matters more.
void TransportBar::fit() {
  const bool narrow = width() < theme().scaled(1150);
  m_speedWord->setVisible(!narrow);
  m_speed->setFixedWidth(narrow ? 56 : 100);
}

// A tool bar takes its margins from the style again whenever that changes, for a theme or a size of type; ours stay.
bool TransportBar::event(QEvent* event) {
  const bool done = QToolBar::event(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::Polish) layout()->setContentsMargins(Margins);
  return done;
}

void TransportBar::addButton(Command command, bool primary) {
  auto* button = new QToolButton;
  button->setDefaultAction(m_commands[command]);
  button->setAccessibleName(commandText(command));
  button->setFocusPolicy(Qt::TabFocus);
  if (primary) {
    button->setProperty("primary", true);
    // The action's own icon is for menus, where it stands on the card and not on the accent.
    const auto tone = [this, button] {
      button->setIcon(makeIcon(m_walk.direction() > 0 ? Icon::Pause : Icon::Run, IconTone::OnAccent));
    };
    connect(&m_walk, &Walk::runningChanged, button, tone);
    connect(m_commands[command], &QAction::changed, button, tone);
    tone();
  }
  addWidget(button);
}

namespace {

QString unitText(Unit unit) {
  switch (unit) {
  case Unit::Event: return TransportBar::tr("event");
  case Unit::Call: return TransportBar::tr("function");
  case Unit::Stimulus: return TransportBar::tr("system call");
  }
  return {};
}

} // namespace

void TransportBar::addUnits() {
  m_unit = new QToolButton;
  m_unit->setPopupMode(QToolButton::InstantPopup);
  m_unit->setAccessibleName(tr("How far a step goes"));
  m_unit->setToolTip(tr("How far a step goes: every write and note, each call and return, or a whole system call."));
  m_unit->setFocusPolicy(Qt::TabFocus);
  auto* menu = new QMenu(m_unit);
  m_units = new QActionGroup(this);
  for (Unit unit : {Unit::Event, Unit::Call, Unit::Stimulus}) {
    QAction* action = menu->addAction(unitText(unit), this, [this, unit] { m_walk.setUnit(unit); });
    action->setCheckable(true);
    action->setData(int(unit));
    m_units->addAction(action);
  }
  m_unit->setMenu(menu);
  addWidget(m_unit);
  addSeparator();
}

double TransportBar::speedAt(int place) { return SlowestRun * std::pow(FastestRun / SlowestRun, place / 100.0); }
int TransportBar::placeOf(double speed) {
  return qBound(0, qRound(100 * std::log(speed / SlowestRun) / std::log(FastestRun / SlowestRun)), 100);
}

void TransportBar::addSpeed() {
  m_speed = new QSlider(Qt::Horizontal);
  m_speed->setRange(0, 100);
  m_speed->setFixedWidth(100);
  m_speed->setAccessibleName(tr("Speed of a run"));
  m_speed->setToolTip(tr("Speed of a run"));
  m_speed->setFocusPolicy(Qt::TabFocus);
  connect(m_speed, &QSlider::valueChanged, this, [this](int place) {
    if (placeOf(m_walk.speed()) != place) m_walk.setSpeed(speedAt(place));
  });
  addWidget(m_speed);
  auto* word = new QLabel(tr("speed"));
  word->setProperty("role", "small");
  word->setContentsMargins(6, 0, 6, 0);
  m_speedWord = addWidget(word);
  addSeparator();
}

void TransportBar::addWhere() {
  m_step = new QLabel; // always whole
  m_step->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
  m_function = new ElidedLabel(Qt::ElideRight, 40);
  m_file = new ElidedLabel(Qt::ElideLeft, 0);
  auto* where = new QWidget;
  auto* row = new QHBoxLayout(where);
  row->setContentsMargins(0, 0, 12, 0);
  row->setSpacing(12);
  row->addWidget(m_step);
  row->addWidget(m_function);
  row->addWidget(m_file);
  row->addStretch(1);
  // It takes the room that is left, whatever it says: nothing beside it moves.
  where->setMinimumWidth(int(theme().scaled(128))); // the count of steps is always whole
  where->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  addWidget(where);
}

void TransportBar::showOptions() {
  m_unit->setText(tr("Step: %1  ▾").arg(unitText(m_walk.unit())));
  for (QAction* action : m_units->actions()) action->setChecked(action->data().toInt() == int(m_walk.unit()));
  const QSignalBlocker quiet(m_speed);
  m_speed->setValue(placeOf(m_walk.speed()));
  m_speed->setToolTip(tr("%n step(s) a second", nullptr, std::max(1, qRound(m_walk.speed()))));
  // What glides between two steps may not take longer than the steps themselves.
  Motion::setSpeed(std::clamp(m_walk.speed() / NormalRun, 0.5, 20.0));
  showWhere();
}

void TransportBar::showWhere() {
  const auto where = m_steps.at(m_walk.position());
  m_step->setText(m_walk.isOpen() ? tr("step %1 of %2").arg(where.step).arg(where.steps) : QString());
  if (m_walk.isOpen())
    m_step->setToolTip(tr("%1\nevent %L2 of %L3 in the whole record")
                           .arg(where.of)
                           .arg(m_walk.position())
                           .arg(m_walk.journal().size()));
  QString function, file;
  QColor color = theme().color(Role::Muted);
  if (m_walk.isOpen()) {
    if (const EventIndex call = tell::runningCall(m_walk.playhead()); call != NoEvent) {
      const FunctionInfo& f = m_walk.journal().function(m_walk.journal()[call]);
      function = QString::fromUtf8(f.name.data(), qsizetype(f.name.size())) + "()";
      file = kernelFile(f.file);
      color = theme().layer(layerOf(f)).text;
    } else {
      function = where.of;
    }
  }
  m_function->setText(function);
  m_function->setToolTip(function);
  m_file->setText(file);
  m_file->setToolTip(file);
  m_function->setColor(color);
  m_function->updateGeometry();
  m_file->updateGeometry();
}

QString TransportBar::whereText() const {
  QStringList parts{m_step->text(), m_function->text(), m_file->text()};
  parts.removeAll(QString());
  return parts.join(QString::fromUtf8(" · "));
}

void TransportBar::recolor() {
  m_step->setFont(theme().mono(12, QFont::Bold));
  m_function->setFont(theme().mono(12, QFont::Bold));
  m_file->setFont(theme().small());
  m_file->setColor(theme().color(Role::Muted));
  fit();
  showWhere();
}

} // namespace sockwalk
