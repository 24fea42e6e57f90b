// The two sets of keys a person can choose from: as debuggers and IDEs have them, or as OMNeT++'s Qtenv has them.
#pragma once
#include <QCoreApplication>
#include <QKeySequence>
#include <QList>
#include <QString>

namespace sockwalk {

enum class Command {
  StepInto,
  StepOver,
  StepOut,
  Run,
  RunFast,
  RunExpress,
  Pause,
  ToEnd,
  StepBackInto,
  StepBackOver,
  StepBackOut,
  RunBack,
  ToStart,
  ToBoot,
  NextCall,
  PreviousCall,
  NextWrite,
  PreviousWrite,
  NextStimulus,
  PreviousStimulus,
};
inline constexpr int commandCount = static_cast<int>(Command::PreviousStimulus) + 1;

enum class KeyMap { Debugger, Qtenv };

// The first sequence is the one shown in menus and tooltips; the others work as well.
QList<QKeySequence> keysOf(Command command, KeyMap map);
QString commandText(Command command);    // "Step into"
QString commandPurpose(Command command); // one sentence for tooltips and Help
QString keyMapName(KeyMap map);
QString keyMapId(KeyMap map); // stable, for settings
KeyMap keyMapFromId(const QString& id);

} // namespace sockwalk
