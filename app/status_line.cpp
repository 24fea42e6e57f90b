#include "app/status_line.h"
#include "engine/base/data.h"
#include "engine/journal/era_of.h"
#include "engine/tell/in_words.h"
#include "views/theme/elided_label.h"
#include "views/walk/text.h"
#include "views/walk/words.h"
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace sockwalk {

QString simulatedTime(qint64 ns) {
  const QString sign = ns < 0 ? "-" : "";
  const quint64 n = quint64(ns < 0 ? -ns : ns);
  const QString fraction = QString::number(n % 1000000000).rightJustified(9, '0');
  return QString("%1%2.%3 %4 %5 s")
      .arg(sign)
      .arg(n / 1000000000)
      .arg(fraction.mid(0, 3), fraction.mid(3, 3), fraction.mid(6, 3));
}

StatusLine::StatusLine(Walk& walk, QWidget* parent) : QStatusBar(parent), m_walk(walk) {
  setSizeGripEnabled(false);
  m_verified = Verified::read(QString::fromStdString(dataFile("verified.tsv").string()));
  m_what = new ElidedLabel;
  m_what->setMinimumWidth(1);
  m_machine = new QLabel;
  m_stopped = new QLabel;
  m_stopped->setProperty("role", "danger");
  m_feed = new QLabel;
  m_hint = new ElidedLabel;
  m_hint->setMinimumWidth(1);
  m_hint->setProperty("role", "accent");
  m_count = new QLabel;
  m_progress = new QProgressBar;
  m_progress->setFixedWidth(120);
  m_progress->setRange(0, 1000);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("How much has been recorded"));
  m_stop = new QPushButton(tr("Stop recording"));
  m_stop->setProperty("link", true);
  m_verifiedLabel = new QLabel;
  m_verifiedLabel->setProperty("role", "good");
  m_verifiedLabel->setToolTip(
      tr("Calls and buffers of this path, on the machine as recorded, compared with a recording of Linux 6.1: 1.00 is "
         "the same."));
  addWidget(m_what);
  addWidget(m_machine);
  addWidget(m_stopped);
  addWidget(m_feed);
  addWidget(m_hint, 1);
  for (QWidget* w : std::initializer_list<QWidget*>{m_count, m_progress, m_stop, m_verifiedLabel})
    addPermanentWidget(w);
  connect(m_stop, &QPushButton::clicked, &walk, &Walk::stopRecording);
  connect(&walk, &Walk::moved, this, [this] { m_hint->setWords({}), showMoment(); });
  connect(&walk, &Walk::opened, this, &StatusLine::showMoment);
  connect(&walk, &Walk::recorded, this, &StatusLine::showMoment);
  connect(&walk, &Walk::recordingChanged, this, &StatusLine::showProgress);
  connect(&walk, &Walk::boundaryReached, this, &StatusLine::hint);
  showProgress(false, 1);
  showMoment();
}

void StatusLine::setSession(const QString& title) {
  m_session = title;
  showMoment();
}
void StatusLine::setFeed(const QString& text) { m_feed->setText(text); }

void StatusLine::hint(const QString& text) {
  m_hint->setWords(text);
  QTimer::singleShot(6000, m_hint, [label = m_hint, text] {
    if (label->text() == text) label->setWords({});
  });
}

void StatusLine::showMoment() {
  const Era era = m_walk.isOpen() ? eraOf(m_walk.journal()) : Era::Linux61;
  QStringList parts{sockwalk::text("Linux " + std::string(nameOf(era)))};
  m_verifiedLabel->clear();
  if (m_walk.isOpen()) {
    const Journal& j = m_walk.journal();
    const EventIndex at = m_walk.position() ? m_walk.position() - 1 : 0;
    parts << m_session;
    if (j.size()) {
      const Context& context = j.contextAt(at);
      const QString who = shown(tell::contextText(context, m_walk.hosts().of(at)));
      const bool named = context.kind == Context::Task && !who.contains(QString::number(context.task));
      if (!who.isEmpty()) parts << (named ? tr("%1 (pid %2)").arg(who).arg(context.task) : who);
      parts << tr("t = %1").arg(simulatedTime(j.timeAt(at)));
      const auto score = m_verified.score(caseAt(m_walk.position() ? j.stimulusAt(at) : -1));
      if (score && era == Era::Linux61) // which is what was recorded
        m_verifiedLabel->setText(tr("verified against the kernel: this path %1").arg(*score, 0, 'f', 2));
    }
  }
  parts.removeAll(QString());
  m_stopped->setText(stoppedSentence(m_walk));
  m_what->setWords(parts.join(QString::fromUtf8(" · ")));
  showMachine();
}

void StatusLine::showMachine() {
  const bool plain = !m_walk.isOpen() || m_walk.session().machine().options().recorded.plain();
  m_machine->setText(!m_walk.isOpen() ? QString() : plain ? tr("plain machine") : tr("as recorded"));
  m_machine->setToolTip(plain ? tr("Linux as it is: nothing in this machine takes time that was not asked for.")
                              : tr("With the oddities of the slow, emulated machine whose Linux was recorded, so that "
                                   "the walk can be held against the recording."));
}

// The //@case that a stimulus belongs to: the call itself and what came of it.
QString StatusLine::caseAt(int stimulus) const {
  if (stimulus < 0) return {};
  for (const scenario::Case& c : m_walk.session().cases())
    if (u32(stimulus) >= c.first && u32(stimulus) < c.end) return QString::fromStdString(c.name);
  return QString::fromStdString(m_walk.journal().stimuli()[std::size_t(stimulus)].name);
}

void StatusLine::showProgress(bool recording, double progress) {
  m_progress->setVisible(recording);
  m_stop->setVisible(recording);
  m_count->setVisible(recording);
  m_progress->setValue(int(progress * 1000));
  if (recording && m_walk.isOpen())
    m_count->setText(tr("recording: %L1 events, %2 %").arg(m_walk.journal().size()).arg(int(progress * 100)));
}

QString StatusLine::text() const {
  QStringList parts{m_what->text(), m_machine->text(), m_stopped->text(),
                    m_feed->text(), m_hint->text(),    m_verifiedLabel->text()};
  parts.removeAll(QString());
  return parts.join(QString::fromUtf8(" · "));
}

} // namespace sockwalk
