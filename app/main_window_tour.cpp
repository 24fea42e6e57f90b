#include "app/autosave.h"
#include "app/banner.h"
#include "app/bookmarks.h"
#include "app/capture_follower.h"
#include "app/document.h"
#include "app/feeds.h"
#include "app/main_window.h"
#include "app/tour.h"
#include "app/welcome_page.h"
#include "engine/tell/position.h"
#include "views/lesson/lesson_panel.h"

namespace sockwalk {

// Everything that a person would miss.
struct MainWindow::Aside {
  std::unique_ptr<scenario::Session> session;
  EventIndex position;
  u64 focus;
  QString title, path, layout, recent, recentHost;
  bool modified, onSocketWalk, wasWelcome, recentRestored;
  QJsonArray bookmarks;
  LessonPanel::Kept lesson;
  std::function<EventIndex()> wanted; // where it was going
};

void MainWindow::buildTour() {
  m_tour = new Tour(*this);
  connect(m_tour, &Tour::ended, this, &MainWindow::bringBack);
  connect(m_welcome, &WelcomePage::tourWanted, this, &MainWindow::startTour);
  connect(m_welcome, &WelcomePage::gone, this, &MainWindow::offerTour);
  // Something else is opened in the middle of it: then that is what the person wants.
  connect(&m_walk, &Walk::opened, this, [this] {
    if (!m_tour->running()) return;
    m_aside = nullptr;
    m_tour->leave();
  });
}

void MainWindow::startTour() {
  if (m_tour->running()) return;
  if (m_feeds->active() || m_follower->active())
    return m_banner->say(Banner::Kind::Hint, tr("The tour opens a walk of its own. Disconnect what is connected first "
                                                "(Feed > Disconnect)."));
  if (!mayLeave()) return;
  Result<OpenedSession> tour = Tour::walk(m_open.setup);
  if (!tour) return complain(QString::fromStdString(tour.error().message));
  Tour::setOffered();
  m_offer->hide();
  putAside(std::move(*tour));
  m_tour->start();
}

void MainWindow::putAside(OpenedSession tour) {
  auto* const panel = findChild<LessonPanel*>();
  if (panel) panel->leaveLab(); // the lesson's walk is what one comes back to
  auto aside = std::make_shared<Aside>();
  aside->position = m_walk.position();
  aside->focus = m_walk.focus();
  aside->title = m_document->title();
  aside->path = m_document->path();
  aside->layout = layoutState();
  aside->modified = m_document->isModified();
  aside->onSocketWalk = std::exchange(m_onSocketWalk, false);
  aside->wasWelcome = m_welcome->isVisible();
  aside->bookmarks = m_bookmarks->json();
  aside->wanted = std::exchange(m_wanted, nullptr);
  aside->recent = std::exchange(m_recent, {});
  aside->recentHost = m_recentHost;
  aside->recentRestored = m_recentRestored;
  if (panel) aside->lesson = panel->putAside();
  m_banner->hide();
  m_walk.setUnit(Unit::Call);
  aside->session = m_walk.exchange(std::move(tour.session), 0);
  m_walk.seek(tell::firstMoment(m_walk.session()));
  m_document->begin(tour.title);
  m_bookmarks->read({});
  m_welcome->hide();
  m_aside = std::move(aside);
}

void MainWindow::bringBack() {
  const std::shared_ptr<Aside> aside = std::exchange(m_aside, nullptr);
  if (!aside || !aside->session) return;
  m_walk.exchange(std::move(aside->session), aside->position);
  m_walk.setFocus(aside->focus);
  if (auto* const panel = findChild<LessonPanel*>()) panel->takeUp(std::move(aside->lesson));
  m_document->putBack(aside->title, aside->path, aside->modified);
  m_bookmarks->read(aside->bookmarks);
  m_onSocketWalk = aside->onSocketWalk;
  m_recent = aside->recent;
  m_recentHost = aside->recentHost;
  m_recentRestored = aside->recentRestored;
  restoreLayout(aside->layout);
  if (aside->wanted) seekWhenRecorded(aside->wanted);
  if (aside->wasWelcome) welcome();
}

// Once, when a person has left the first welcome page; never over what a crash has left.
void MainWindow::offerTour() {
  if (Tour::wasOffered() || m_tour->running() || !m_offer->isHidden() || !m_autosave->active()) return;
  Tour::setOffered();
  m_offer->ask(tr("New here? In two minutes a tour shows what is where."),
               {{tr("&Take the tour"), [this] { startTour(); }}, {tr("&No, thanks"), [this] { m_offer->hide(); }}});
}

} // namespace sockwalk
