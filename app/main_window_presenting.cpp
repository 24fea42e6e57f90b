// Before a class: the walk on the big screen, and this window put away meanwhile.
#include "app/document.h"
#include "app/main_window.h"
#include "app/presenter/presented_walk.h"
#include "app/presenter/presenter_window.h"
#include "app/stage.h"
#include <QGuiApplication>
#include <QMenu>
#include <QScreen>

namespace sockwalk {

void MainWindow::addPresenting(QMenu* menu) {
  QAction* present = menu->addAction(tr("&Before a class"), this, &MainWindow::present);
  present->setObjectName("present");
  present->setShortcut(QKeySequence("Ctrl+F12"));
}

// On the screen that this window is not on, if there is another: that is where the projector is.
static QScreen* bigScreen(const QScreen* own) {
  for (QScreen* screen : QGuiApplication::screens())
    if (screen != own) return screen;
  return QGuiApplication::primaryScreen();
}

void MainWindow::present() {
  if (!m_walk.isOpen()) return complain(tr("There is nothing to show yet: open a walk or start a lesson."));
  if (m_presenter) return m_presenter->activateWindow();
  m_walk.pause();
  auto* presented = new PresentedWalk(m_walk, m_document->title(), this);
  m_presenter = new PresenterWindow(m_walk, *presented, m_stage->current());
  m_presenter->setAttribute(Qt::WA_DeleteOnClose);
  presented->setParent(m_presenter);
  connect(m_presenter, &PresenterWindow::ended, this, [this] {
    m_presenter = nullptr;
    show();
  });
  m_presenter->setGeometry(bigScreen(screen())->geometry());
  m_presenter->showFullScreen();
  hide();
}

} // namespace sockwalk
