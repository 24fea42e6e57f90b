#include "app/key_maps.h"

namespace sockwalk {
namespace {

struct Entry {
  Command command;
  const char* text;
  const char* purpose;
  const char* debugger; // sequences, parted by ';'
  const char* qtenv;
};

// Backward is the forward key with Ctrl (debugger) or Shift (Qtenv), so that one hand learns both.
constexpr Entry entries[] = {
    {Command::StepInto, QT_TRANSLATE_NOOP("KeyMaps", "Step into"),
     QT_TRANSLATE_NOOP("KeyMaps", "One step on, into the function that is called."), "F11", "F4"},
    {Command::StepOver, QT_TRANSLATE_NOOP("KeyMaps", "Step over"),
     QT_TRANSLATE_NOOP("KeyMaps", "On to where the function just entered has returned."), "F10;Alt+Down",
     "F9;Alt+Down"},
    {Command::StepOut, QT_TRANSLATE_NOOP("KeyMaps", "Step out"),
     QT_TRANSLATE_NOOP("KeyMaps", "On to where the running function has returned."), "Shift+F11;Alt+Up",
     "Ctrl+F9;Alt+Up"},
    {Command::Run, QT_TRANSLATE_NOOP("KeyMaps", "Run"),
     QT_TRANSLATE_NOOP("KeyMaps", "Step after step at the chosen speed; again to pause."), "F5", "F5"},
    {Command::RunFast, QT_TRANSLATE_NOOP("KeyMaps", "Run fast"), QT_TRANSLATE_NOOP("KeyMaps", "Sixty steps a second."),
     "F7", "F6"},
    {Command::RunExpress, QT_TRANSLATE_NOOP("KeyMaps", "Run express"),
     QT_TRANSLATE_NOOP("KeyMaps", "A thousand steps a second; the picture follows as well as it can."), "F8", "F7"},
    {Command::Pause, QT_TRANSLATE_NOOP("KeyMaps", "Pause"), QT_TRANSLATE_NOOP("KeyMaps", "Stop running, here."), "F6",
     "F8"},
    {Command::ToEnd, QT_TRANSLATE_NOOP("KeyMaps", "To the end"),
     QT_TRANSLATE_NOOP("KeyMaps", "To the end of the record."), "Ctrl+End", "Ctrl+End"},
    {Command::StepBackInto, QT_TRANSLATE_NOOP("KeyMaps", "Step back"),
     QT_TRANSLATE_NOOP("KeyMaps", "One step back in time."), "Ctrl+F11", "Shift+F4"},
    {Command::StepBackOver, QT_TRANSLATE_NOOP("KeyMaps", "Step back over"),
     QT_TRANSLATE_NOOP("KeyMaps", "Back to where the function that just returned was entered."), "Ctrl+F10",
     "Shift+F9"},
    {Command::StepBackOut, QT_TRANSLATE_NOOP("KeyMaps", "Step back out"),
     QT_TRANSLATE_NOOP("KeyMaps", "Back to just before the running function was called."), "Ctrl+Shift+F11",
     "Ctrl+Shift+F9"},
    {Command::RunBack, QT_TRANSLATE_NOOP("KeyMaps", "Run backward"),
     QT_TRANSLATE_NOOP("KeyMaps", "Backward at the chosen speed; again to pause."), "Ctrl+F5", "Shift+F5"},
    {Command::ToStart, QT_TRANSLATE_NOOP("KeyMaps", "To the start"),
     QT_TRANSLATE_NOOP("KeyMaps", "To the start of the scenario: its first call or frame, after the boot."),
     "Ctrl+Home", "Ctrl+Home"},
    {Command::ToBoot, QT_TRANSLATE_NOOP("KeyMaps", "Go to the boot"),
     QT_TRANSLATE_NOOP("KeyMaps", "To the start of the record, before the machine boots."), "Ctrl+Shift+Home",
     "Ctrl+Shift+Home"},
    {Command::NextCall, QT_TRANSLATE_NOOP("KeyMaps", "To the next call of a function…"),
     QT_TRANSLATE_NOOP("KeyMaps", "Asks for a function and goes to where it is called next."), "Ctrl+G", "Ctrl+G"},
    {Command::PreviousCall, QT_TRANSLATE_NOOP("KeyMaps", "To the previous call of a function…"),
     QT_TRANSLATE_NOOP("KeyMaps", "Asks for a function and goes to where it was called last."), "Ctrl+Shift+G",
     "Ctrl+Shift+G"},
    {Command::NextWrite, QT_TRANSLATE_NOOP("KeyMaps", "To the next write of a field…"),
     QT_TRANSLATE_NOOP("KeyMaps", "Asks for an object's field and goes to where it is written next."), "Ctrl+E",
     "Ctrl+E"},
    {Command::PreviousWrite, QT_TRANSLATE_NOOP("KeyMaps", "To the previous write of a field…"),
     QT_TRANSLATE_NOOP("KeyMaps", "Asks for an object's field and goes to who wrote it last."), "Ctrl+Shift+E",
     "Ctrl+Shift+E"},
    {Command::NextStimulus, QT_TRANSLATE_NOOP("KeyMaps", "To the next system call or frame"),
     QT_TRANSLATE_NOOP("KeyMaps", "To the next thing the machine is told to do."), "Ctrl+PgDown", "Ctrl+PgDown"},
    {Command::PreviousStimulus, QT_TRANSLATE_NOOP("KeyMaps", "To the previous system call or frame"),
     QT_TRANSLATE_NOOP("KeyMaps", "To the thing that the machine was told to do before."), "Ctrl+PgUp", "Ctrl+PgUp"},
};
static_assert(std::size(entries) == commandCount);

const Entry& entryOf(Command command) {
  const Entry& entry = entries[static_cast<int>(command)];
  Q_ASSERT(entry.command == command);
  return entry;
}

} // namespace

QList<QKeySequence> keysOf(Command command, KeyMap map) {
  const Entry& entry = entryOf(command);
  QList<QKeySequence> keys;
  for (const QString& text : QString(map == KeyMap::Qtenv ? entry.qtenv : entry.debugger).split(';'))
    keys << QKeySequence(text, QKeySequence::PortableText);
  return keys;
}

QString commandText(Command command) { return QCoreApplication::translate("KeyMaps", entryOf(command).text); }
QString commandPurpose(Command command) { return QCoreApplication::translate("KeyMaps", entryOf(command).purpose); }

QString keyMapName(KeyMap map) {
  return map == KeyMap::Qtenv ? QCoreApplication::translate("KeyMaps", "Qtenv keys (F4 step, F5 run … F8 stop)")
                              : QCoreApplication::translate("KeyMaps", "Debugger keys (F5 run, F10 over, F11 into)");
}
QString keyMapId(KeyMap map) { return map == KeyMap::Qtenv ? "qtenv" : "debugger"; }
KeyMap keyMapFromId(const QString& id) { return id == "qtenv" ? KeyMap::Qtenv : KeyMap::Debugger; }

} // namespace sockwalk
