// The window: four places around a central stage, as LOOK.md says. It puts the views together and owns the walk; what
// the views show, they read from the walk themselves.
//
//   main_window.cpp         what there is
//   main_window_layout.cpp  what stands where
//   main_window_menus.cpp   menus
//   main_window_files.cpp   open, save, drag and drop
//   main_window_export.cpp  pictures, films, pages, packets as files
//   main_window_places.cpp  bookmarks, and where one has been
//   main_window_ways.cpp    ways in: the welcome page, lessons, samples
//   main_window_recent.cpp  recent files, and where one was in each
//   main_window_tour.cpp    the tour, and what was open before it
//   main_window_finding.cpp search, run until, links
//   main_window_class.cpp   before a class, and a class on one playhead
//   main_window_keeping.cpp what is kept while one works, asked for at the end, offered again
#pragma once
#include "app/commands.h"
#include "app/preferences_dialog.h"
#include "app/search_hit.h"
#include "app/session_files.h"
#include "engine/feed/tap.h"
#include "views/walk/walk.h"
#include <QHash>
#include <QJsonObject>
#include <QMainWindow>

class QActionGroup;
class QStackedWidget;
class QTabBar;

namespace sockwalk {

namespace share {
struct ClassPlace;
}

class Autosave;
class Banner;
class Bookmarks;
class CaptureFollower;
class CardDock;
class ClassLine;
class ClassSeat;
class ClassShare;
class RoomLine;
class Document;
class Edits;
class DockRoom;
class Feeds;
class LayoutEdits;
class LessonPanel;
struct LessonProgress;
class Perspectives;
class PresenterWindow;
class Rescue;
struct Perspective;
class Stage;
class View;
struct KeptFile;
struct Sample;
class StatusLine;
class Tour;
class TablePanel;
class Trail;
class TransportBar;
class UntilBar;
class WelcomePage;

class MainWindow final : public QMainWindow {
  Q_OBJECT
public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override;

  Walk& walk() { return m_walk; }
  Commands& commands() { return *m_commands; }
  Stage& stage() { return *m_stage; }
  Banner& banner() { return *m_banner; }
  Bookmarks& bookmarks() { return *m_bookmarks; }
  Document& document() { return *m_document; }
  Edits& edits() { return *m_edits; }
  Autosave& autosave() { return *m_autosave; }
  StatusLine& statusLine() { return *m_status; }
  TransportBar& transport() { return *m_transport; }
  PresenterWindow* presenter() { return m_presenter; }
  Tour& tour() { return *m_tour; }
  UntilBar& until() { return *m_until; }

  // ---- files. Each says what went wrong in the banner and leaves the open session as it is.
  // What the command line says of the machine and of scripts; holds for what is opened from now on.
  void setOpenOptions(const scenario::OpenOptions& options) { m_open = options; }
  bool openPath(const QString& path); // asks which host to be, if it is a capture; a lesson begins
  bool openPath(const QString& path, const QString& host);
  bool openLesson(const QString& path);
  void beginLesson(const QString& path);
  bool openLink(const QString& link); // sockwalk:FILE#step=57: opens the file, if it is not open, and goes there
  QString linkHere() const;           // to this moment; "" if what is open is in no file
  bool openSocketWalk();
  bool adopt(Result<OpenedSession> opened);
  // A machine of its own, whose eth0 ("10.77.0.2/24") is the other end of a TAP device.
  bool connectTap(const TapOptions& options, const QString& address);
  bool saveSession(const QString& path);
  bool exportPicture(const QString& path);                                  // of the stage's view
  bool exportPicture(const QString& path, const QString& view, bool whole); // "": of the window
  bool writeHandout(const QString& path, bool answers);                     // of the lesson that is open: .pdf, .html
  bool exportPage(const QString& path);    // the walk, for a browser (.html) or a learning system (.zip)
  bool exportPackets(const QString& path); // those that the list shows, as .pcapng or .json
  bool exportCore(const QString& path);    // the moment, for a debugger: memory, and beside it the types

  // From now on what is open is kept as one works, and what a dead program left is offered: true if there is some.
  bool keepSafe();
  // True if what is open may go: nothing in it is unsaved, or the person has said what becomes of it.
  bool mayLeave();

  // ---- a class
  bool shareWalk(const share::ClassPlace& place);
  bool joinClass(const QString& address); // as it stands on the teacher's screen
  ClassShare& classShare() { return *m_classShare; }
  ClassSeat& classSeat() { return *m_classSeat; }

  // ---- looks
  void resetLayout();
  QString layoutState() const; // docks, stage and unit, as a saved session keeps them
  void restoreLayout(const QString& state);
  Perspectives& perspectives() { return *m_perspectives; }
  TablePanel& tablePanel() { return *m_table; }
  QWidget* view(const QString& name) const { return m_views.value(name); }

public slots:
  void welcome();
  void startTour();                         // asks what becomes of what is open; it comes back when the tour ends
  void continueLesson(const QString& path); // where one was; asks what becomes of what is open
  void askAndOpen();
  void showView(const QString& asked); // brings it to the front, wherever it stands; "tables:ehash": that page of it
  void goToView(const QString& name);  // ... and gives it the keys
  void complain(const QString& why);   // in the banner
  void setWholeStage(bool whole);      // it has the whole window, or the docks are back as they were
  void present();                      // before a class
  void findValue(const QString& value = {}); // in all memory of the moment
  void find();                               // in the view that has the keys, else in the stage

protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  void bringForward(const QString& view);
  void showBesideForLesson(const QString& asked); // on the stage; "": the one that is shown stands alone
  void giveBottomRoom();                          // for a list that needs it
  void addGap(Qt::ToolBarArea area);
  void buildPlaces();
  void buildBottom(const QStringList& names);
  View* makeView(const QString& name);
  CardDock* addDock(const QString& name, const QString& title, QWidget* content, QWidget* heading,
                    Qt::DockWidgetArea area);
  void buildLayout();
  void buildStage();
  void makeLayout(const Perspective& perspective);
  void rememberLayout(); // as the default
  QJsonObject arrangement() const;
  void restoreArrangement(const QJsonObject& arrangement);
  void foldFocused();
  void growFocused(Qt::Orientation along, int way); // what has the keys; way: 1 or -1
  void buildKeeping();
  void buildMenus();
  void buildFileMenu();
  void buildEditMenu();
  void buildWalkMenu();
  void buildSocketsMenu();
  void buildFeedMenu();
  void buildViewMenu();
  void buildEdgesMenu(QMenu* view);
  void buildBesideMenu(QMenu* view);
  void buildThemeMenu(QMenu* view);
  void buildLanguageMenu(QMenu* view);
  void sayAgain();
  void buildHelpMenu();
  void buildLessonsMenu();
  void keepLessonDuringLabs(LessonPanel& panel);
  void askPerson(LessonPanel& panel);
  void buildClass();
  void buildClassMenu();
  void buildRoomLine();
  void shareWithClass();
  void sayShared();
  void askClass();
  void takeSeat(const QByteArray& session);
  void buildWelcome();
  void buildTour();
  void putAside(OpenedSession tour);
  void bringBack();
  void offerTour();
  QAction* makeWelcomeSwitch();
  void goToSocketWalk();
  int socketSteps(); // 0: not known yet
  void askTap();
  void fillLessons(QMenu* menu);
  void offerLesson(QMenu* menu, const LessonProgress& lesson);
  void fillSamples(QMenu* menu);
  void fillFailures(QMenu* menu);
  void fillLessonWalks(QMenu* menu);
  void offerSample(QMenu* menu, const QString& text, const Sample& sample);
  void showLessonGuide();
  void seekWhenRecorded(std::function<EventIndex()> wanted);
  void tryWantedPosition();
  bool save(); // to where it is from; asks if there is no such place
  bool askAndSave();
  void showDocument();
  // ---- main_window_recent.cpp
  void fillRecent(QMenu* menu);
  void noteRecent(); // where one is, of the file that is open
  void beginRecent(const QString& path, const QString& host = {}, bool restored = false);
  bool openRecent(const QString& path); // and goes to where one was
  QString sessionState() const;         // the layout, the bookmarks and what is watched, as a session keeps them
  void buildPlacesMenu();
  void fillBookmarks(QMenu* menu, QAction* after);
  void askBookmark();
  void goAlongTrail(int direction);
  QString placeWords(EventIndex position) const;
  void showPreferences();
  void buildFinding();
  void addSearchSources();
  void searchBookmarks(const QString& wish, RankedHits& hits);
  void copyLink();
  void askLink();
  void showBookmarks();
  QString keptState() const; // the layout, and what the document is called
  bool openKept(KeptFile& file);
  void askAndExport(const QString& view = {}); // "": that of the stage
  void askAndFilm();
  void offerExport();
  void tellSelection();
  void askAndExportPackets();
  void askAndExportPage();
  void askAndExportCore();
  void offerHandouts(QMenu* menu);
  void askAndWriteHandout(bool answers);
  void issue(const QString& call);
  void askCall(const QString& title, const QString& pattern);
  int lastSocket() const; // the descriptor made last that is not closed; -1
  void showFailures();
  void readSettings();
  void writeSettings();

  Walk m_walk;
  PresenterWindow* m_presenter = nullptr; // while there is a class
  ClassShare* m_classShare;
  RoomLine* m_roomLine = nullptr;
  ClassSeat* m_classSeat;
  ClassLine* m_classLine;
  Commands* m_commands;
  TransportBar* m_transport;
  StatusLine* m_status;
  Stage* m_stage;
  TablePanel* m_table;
  Banner *m_banner, *m_offer;
  Document* m_document;
  Edits* m_edits;
  Autosave* m_autosave;
  Rescue* m_rescue;
  Bookmarks* m_bookmarks;
  Trail* m_trail;
  UntilBar* m_until;
  QString m_opened; // the file that was opened last, as it is to be found again; "" if it is none
  Preferences m_preferences;
  WelcomePage* m_welcome;
  Tour* m_tour;
  struct Aside;
  std::shared_ptr<Aside> m_aside; // what was open before the tour
  QString m_recent, m_recentHost; // the file that is open, as the list of recent files knows it; "": none
  bool m_recentRestored = false;
  int m_socketSteps = 0;
  bool m_onSocketWalk = false; // it is open, and nothing else has been since
  Feeds* m_feeds;
  CaptureFollower* m_follower;
  QTabBar* m_bottomTabs;
  QStackedWidget* m_bottomPages;
  QHash<QString, QWidget*> m_views;
  QHash<QString, CardDock*> m_docks;
  QHash<QString, CardDock*> m_dockOfView;
  scenario::OpenOptions m_open; // what the command line said
  QByteArray m_defaultState;
  DockRoom* m_room;
  Perspectives* m_perspectives;
  LayoutEdits* m_layoutEdits;
  bool m_splitByLesson = false; // the stage, for as long as a stop asks for two views of it
  bool m_wholeStage = false;
  QJsonObject m_arrangement;            // what comes back then
  std::function<EventIndex()> m_wanted; // where to go once it is recorded
  bool m_seekingWanted = false;
  std::size_t m_failuresSaid = 0;
};

} // namespace sockwalk
