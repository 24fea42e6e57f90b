#include "app/presenter/presenter_notes.h"
#include "views/theme/theme.h"
#include <QLabel>
#include <QListWidget>
#include <QTextBrowser>
#include <QTime>
#include <QVBoxLayout>

namespace sockwalk {

QString clockText(qint64 milliseconds) {
  const qint64 seconds = milliseconds / 1000;
  const auto two = [](qint64 n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
  const QString minutes = QStringLiteral("%1:%2").arg(two(seconds / 60 % 60), two(seconds % 60));
  return seconds < 3600 ? minutes : QStringLiteral("%1:%2").arg(seconds / 3600).arg(minutes);
}

PresenterNotes::PresenterNotes(Presented& presented, const QElapsedTimer& since)
    : m_presented(presented), m_since(since) {
  setWindowTitle(tr("Teacher's notes"));
  m_time = new QLabel;
  m_where = new QLabel;
  m_where->setWordWrap(true);
  m_words = new QTextBrowser;
  m_words->setFocusPolicy(Qt::NoFocus); // keys walk
  m_next = new QLabel;
  m_next->setWordWrap(true);
  m_stops = new QListWidget;
  m_stops->setAccessibleName(tr("Stops"));
  m_stops->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* box = new QVBoxLayout(this);
  box->addWidget(m_time);
  box->addWidget(m_where);
  box->addWidget(m_words, 3);
  box->addWidget(m_next);
  box->addWidget(m_stops, 2);
  connect(m_stops, &QListWidget::itemActivated, this,
          [this](QListWidgetItem* item) { m_presented.goTo(m_stops->row(item)); });
  connect(&m_presented, &Presented::changed, this, &PresenterNotes::tell);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &PresenterNotes::restyle);
  connect(&m_tick, &QTimer::timeout, this, &PresenterNotes::tellTime);
  m_tick.start(1000);
  resize(520, 640);
  restyle();
  tell();
}

void PresenterNotes::restyle() {
  m_time->setFont(theme().sans(15, QFont::Bold));
  m_where->setFont(theme().title());
  tellTime();
}

void PresenterNotes::tellTime() {
  m_time->setText(tr("%1 since the start · it is %2")
                      .arg(clockText(m_since.elapsed()), QTime::currentTime().toString(QStringLiteral("HH:mm"))));
}

void PresenterNotes::tell() {
  const QStringList stops = m_presented.stops();
  const int stop = m_presented.stop();
  m_where->setText(stop < 0 ? m_presented.title()
                            : tr("Stop %1 of %2: %3").arg(stop + 1).arg(stops.size()).arg(stops.value(stop)));
  m_words->setHtml(m_presented.notes());
  const QString next = stops.value(stop + 1);
  m_next->setText(next.isEmpty() ? tr("This is the last stop.") : tr("Next: %1").arg(next));
  if (m_stops->count() != stops.size()) {
    m_stops->clear();
    m_stops->addItems(stops);
  }
  m_stops->setCurrentRow(stop);
}

} // namespace sockwalk
