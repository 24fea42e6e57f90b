#include "views/walk/words.h"
#include "views/walk/walk.h"
#include <QCoreApplication>

namespace sockwalk {

QString shown(const tell::Text& told) { return text(tell::spoken(told)); }

QString stoppedSentence(Walk& walk) {
  if (!walk.isOpen()) return {};
  const kernel::Machine& machine = walk.session().machine();
  if (!machine.panicked() || walk.position() < machine.stoppedAt()) return {};
  return QCoreApplication::translate("Words", "The kernel has stopped: %1.").arg(text(machine.panicText()));
}

} // namespace sockwalk
