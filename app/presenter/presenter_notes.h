// The teacher's own window while a class looks at the walk: notes to the stop, what comes next, the clock.
#pragma once
#include "app/presenter/presented.h"
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListWidget;
class QTextBrowser;

namespace sockwalk {

class PresenterNotes final : public QWidget {
  Q_OBJECT
public:
  PresenterNotes(Presented& presented, const QElapsedTimer& since);

private:
  void tell();
  void tellTime();
  void restyle();

  Presented& m_presented;
  const QElapsedTimer& m_since; // of the presenter
  QLabel *m_time, *m_where, *m_next;
  QTextBrowser* m_words;
  QListWidget* m_stops;
  QTimer m_tick;
};

// "12:40" of minutes and seconds; "1:02:03" from an hour on.
QString clockText(qint64 milliseconds);

} // namespace sockwalk
