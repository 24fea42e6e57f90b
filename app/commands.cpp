#include "app/commands.h"
#include "app/field_name.h"
#include "engine/tell/position.h"
#include "views/theme/icons.h"
#include "views/walk/text.h"
#include <QCompleter>
#include <QInputDialog>
#include <QLineEdit>
#include <QWidget>

namespace sockwalk {
namespace {

QIcon iconOf(Command command) {
  switch (command) {
  case Command::StepInto: return makeIcon(Icon::StepInto);
  case Command::StepOver: return makeIcon(Icon::StepOver);
  case Command::StepOut: return makeIcon(Icon::StepOut);
  case Command::Run: return makeIcon(Icon::Run);
  case Command::Pause: return makeIcon(Icon::Pause);
  case Command::ToEnd: return makeIcon(Icon::ToEnd);
  case Command::StepBackInto: return makeIcon(Icon::BackInto);
  case Command::StepBackOver: return makeIcon(Icon::BackOver);
  case Command::StepBackOut: return makeIcon(Icon::BackOut);
  case Command::RunBack: return makeIcon(Icon::RunBack);
  case Command::ToStart: return makeIcon(Icon::ToStart);
  case Command::NextCall: return makeIcon(Icon::NextCall);
  case Command::NextWrite: return makeIcon(Icon::NextWrite);
  default: return {};
  }
}

QStringList functionNames() {
  QStringList names;
  for (const FunctionInfo* f : Symbols::get().functions()) names << text(f->name);
  names.removeDuplicates();
  names.sort();
  return names;
}

// One line of text with completion; an empty string if the person thought better of it.
QString askLine(QWidget* window, const QString& title, const QString& label, const QString& before,
                const QStringList& completions) {
  QInputDialog dialog(window);
  dialog.setWindowTitle(title);
  dialog.setLabelText(label);
  dialog.setTextValue(before);
  dialog.resize(420, dialog.height());
  if (auto* line = dialog.findChild<QLineEdit*>()) {
    auto* completer = new QCompleter(completions, line);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    line->setCompleter(completer);
    line->selectAll();
  }
  return dialog.exec() == QDialog::Accepted ? dialog.textValue().trimmed() : QString();
}

} // namespace

Commands::Commands(Walk& walk, QWidget* window) : QObject(window), m_walk(walk), m_window(window) {
  for (int i = 0; i < commandCount; ++i) {
    const auto command = static_cast<Command>(i);
    auto* action = new QAction(iconOf(command), commandText(command), this);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, [this, command] { perform(command); });
    window->addAction(action);
    m_actions[std::size_t(i)] = action;
  }
  connect(&walk, &Walk::opened, this, &Commands::update);
  connect(&walk, &Walk::runningChanged, this, [this](int direction) {
    if (!direction && m_chosenSpeed > 0) m_walk.setSpeed(std::exchange(m_chosenSpeed, 0));
    update();
  });
  setKeyMap(KeyMap::Debugger);
  update();
}

void Commands::setKeyMap(KeyMap map) {
  m_keyMap = map;
  for (int i = 0; i < commandCount; ++i) {
    const auto command = static_cast<Command>(i);
    const auto keys = keysOf(command, map);
    QAction* action = (*this)[command];
    action->setShortcuts(keys);
    QString name = commandText(command);
    action->setToolTip(
        QString("%1 (%2)\n%3")
            .arg(name.remove(QChar(0x2026)), keys.first().toString(QKeySequence::NativeText), commandPurpose(command)));
    action->setStatusTip(commandPurpose(command));
  }
  emit keyMapChanged();
}

void Commands::update() {
  const bool open = m_walk.isOpen();
  for (QAction* action : m_actions) action->setEnabled(open);
  (*this)[Command::Pause]->setEnabled(m_walk.running());
  (*this)[Command::Run]->setIcon(makeIcon(m_walk.direction() > 0 ? Icon::Pause : Icon::Run));
  (*this)[Command::RunBack]->setIcon(makeIcon(m_walk.direction() < 0 ? Icon::Pause : Icon::RunBack));
}

void Commands::runAt(double speed) {
  if (m_chosenSpeed <= 0) m_chosenSpeed = m_walk.speed();
  m_walk.setSpeed(speed);
  m_walk.run(1);
}

void Commands::perform(Command command) {
  const bool moves = command != Command::Run && command != Command::RunBack && command != Command::RunFast &&
                     command != Command::RunExpress;
  const int direction = m_walk.direction();
  if (moves) m_walk.pause(); // a step by hand takes over from a run
  switch (command) {
  case Command::StepInto: return m_walk.stepInto();
  case Command::StepOver: return m_walk.stepOver();
  case Command::StepOut: return m_walk.stepOut();
  case Command::Run: return direction > 0 ? m_walk.pause() : m_walk.run(1);
  case Command::RunFast: return runAt(FastSpeed);
  case Command::RunExpress: return runAt(ExpressSpeed);
  case Command::Pause: return;
  case Command::ToEnd: return m_walk.toEnd();
  case Command::StepBackInto: return m_walk.stepBackInto();
  case Command::StepBackOver: return m_walk.stepBackOver();
  case Command::StepBackOut: return m_walk.stepBackOut();
  case Command::RunBack: return direction < 0 ? m_walk.pause() : m_walk.run(-1);
  case Command::ToStart: return toScenario();
  case Command::ToBoot: return m_walk.toStart();
  case Command::NextCall: return askForCall(true);
  case Command::PreviousCall: return askForCall(false);
  case Command::NextWrite: return askForWrite(true);
  case Command::PreviousWrite: return askForWrite(false);
  case Command::NextStimulus: return m_walk.nextStimulus();
  case Command::PreviousStimulus: return m_walk.previousStimulus();
  }
}

void Commands::toScenario() {
  const EventIndex first = tell::firstMoment(m_walk.session());
  if (first == NoEvent) emit m_walk.boundaryReached(tr("Nothing has happened since the boot."));
  else m_walk.seek(first);
}

void Commands::askForCall(bool forward) {
  const QString name = askLine(m_window, forward ? tr("To the next call") : tr("To the previous call"),
                               tr("Function of the kernel:"), m_lastFunction, functionNames());
  if (name.isEmpty()) return;
  m_lastFunction = name;
  m_walk.toNextCall(name, forward);
}

void Commands::askForWrite(bool forward) {
  const QString wish =
      askLine(m_window, forward ? tr("To the next write") : tr("To the previous write"),
              tr("Object and field, such as  sock #1 sk_state  or  inetsw :"), m_lastField, fieldNames(m_walk));
  if (wish.isEmpty()) return;
  m_lastField = wish;
  if (const auto range = findField(m_walk, wish)) m_walk.toNextWrite(range->offset, range->size, forward);
  else emit m_walk.boundaryReached(tr("There is no field “%1” at this moment.").arg(wish));
}

} // namespace sockwalk
