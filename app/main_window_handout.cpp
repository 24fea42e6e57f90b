// The lesson that is open, on paper.
#include "app/ask_name.h"
#include "app/handout/handout_files.h"
#include "app/main_window.h"
#include "app/progress.h"
#include "app/status_line.h"
#include "engine/tell/messages.h"
#include "views/lesson/lesson_panel.h"
#include <QFileInfo>
#include <QMenu>

namespace sockwalk {

void MainWindow::offerHandouts(QMenu* menu) {
  const auto* const panel = findChild<LessonPanel*>();
  for (const bool answers : {false, true}) {
    QAction* const handout = menu->addAction(answers ? tr("Handout with a&nswers…") : tr("&Handout…"), this,
                                             [this, answers] { askAndWriteHandout(answers); });
    handout->setObjectName(answers ? "handoutWithAnswers" : "handout");
    handout->setEnabled(panel && panel->inLesson());
    handout->setStatusTip(!handout->isEnabled() ? tr("Open a lesson first: a handout is of the lesson that is open.")
                          : answers
                              ? tr("The lesson on paper, for whoever teaches it.")
                              : tr("The lesson on paper; nothing in it gives an answer away, pictures included."));
  }
}

void MainWindow::askAndWriteHandout(bool answers) {
  const QString path =
      askName(this, answers ? tr("Handout with answers") : tr("Handout"), QStringLiteral("handout.pdf"),
              tr("PDF (*.pdf);;A page for any browser (*.html)"), QStringLiteral("pdf"));
  if (!path.isEmpty()) writeHandout(path, answers);
}

bool MainWindow::writeHandout(const QString& path, bool answers) {
  const auto* const panel = findChild<LessonPanel*>();
  if (!panel || !panel->inLesson())
    return complain(tr("Open a lesson first: a handout is of the lesson that is open.")), false;
  m_walk.pause();
  Progress progress(tr("Drawing the handout…"), tr("Stop"), this);
  const auto written =
      sockwalk::writeHandout(QString::fromStdString(panel->lesson().file), answers, path, std::ref(progress));
  if (!written) return complain(QString::fromStdString(tell::spokenMessage(written.error().message))), false;
  m_status->hint(tr("The handout is in %1").arg(QFileInfo(path).fileName()));
  return true;
}

} // namespace sockwalk
