#include "app/presenter/presented_walk.h"
#include "engine/tell/in_words.h"
#include "engine/tell/moment.h"
#include "views/walk/text.h"

namespace sockwalk {

PresentedWalk::PresentedWalk(Walk& walk, QString title, QObject* parent)
    : Presented(parent), m_walk(walk), m_title(std::move(title)), m_stop(stop()) {
  connect(&walk, &Walk::moved, this, [this] {
    if (const int now = stop(); now != std::exchange(m_stop, now)) emit changed();
  });
  connect(&walk, &Walk::opened, this, &Presented::changed);
  connect(&walk, &Walk::recorded, this, &Presented::changed);
}

QStringList PresentedWalk::stops() const {
  QStringList out;
  if (!m_walk.isOpen()) return out;
  for (const Stimulus& s : m_walk.journal().stimuli()) {
    const QString words = shown(tell::stimulusText(s.text));
    out << (s.name.empty() ? words : QStringLiteral("%1 · %2").arg(QString::fromStdString(s.name), words));
  }
  return out;
}

int PresentedWalk::stop() const {
  return m_walk.isOpen() && m_walk.position() ? m_walk.journal().stimulusAt(m_walk.position() - 1) : -1;
}

void PresentedWalk::goTo(int stop) {
  if (!m_walk.isOpen() || stop < 0 || stop >= int(m_walk.journal().stimuli().size())) return;
  m_walk.pause();
  m_walk.toStimulus(stop);
}

// Who is called, outermost first: what a teacher would have to read off the path.
QString PresentedWalk::notes() const {
  if (!m_walk.isOpen()) return {};
  QString out;
  for (const tell::RunningCall& call : tell::momentAt(m_walk.playhead()).stack)
    out += QStringLiteral("<p><code>%1</code></p>").arg(QString::fromStdString(call.call).toHtmlEscaped());
  return out;
}

} // namespace sockwalk
