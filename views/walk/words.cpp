#include "views/walk/words.h"
#include "views/walk/walk.h"
#include <QCoreApplication>

namespace sockwalk {

static ShownCover theCover = nullptr;
void coverShown(ShownCover cover) { theCover = cover; }

QString shown(const tell::Text& told) {
  const QString words = text(tell::spoken(told));
  return theCover ? theCover(words) : words;
}

QString stoppedSentence(Walk& walk) {
  if (!walk.isOpen()) return {};
  const kernel::Machine& machine = walk.session().machine();
  if (!machine.panicked() || walk.position() < machine.stoppedAt()) return {};
  return QCoreApplication::translate("Words", "The kernel has stopped: %1.").arg(text(machine.panicText()));
}

} // namespace sockwalk
