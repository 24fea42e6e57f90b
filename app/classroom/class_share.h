// The teacher's side of a class: the open walk is handed out, and everybody is told where the playhead is.
#pragma once
#include "engine/share/class_server.h"
#include "engine/tell/page/walk_page.h"
#include "views/walk/walk.h"
#include <QObject>
#include <QTimer>

namespace sockwalk {

class ClassShare final : public QObject {
  Q_OBJECT
public:
  explicit ClassShare(Walk& walk, QObject* parent = nullptr);
  ~ClassShare() override;

  // Waits for the walk to be written; `goOn` is told how far that is, and false stops it.
  Result<void> start(const QString& title, const share::ClassPlace& place, const tell::PageProgress& goOn = {});
  void stop();
  bool active() const { return m_server != nullptr; }
  const share::ClassServer& server() const { return *m_server; }
  QString address() const; // the first that a student may type; "" of no class
  int followers() const { return m_followers; }
  bool forBrowsers() const { return m_forBrowsers; }

  void setView(const QString& view);
  void ask(const std::optional<share::AskedQuestion>& question);

signals:
  void changed();                                             // it began or ended, or somebody came or went
  void counted(const std::vector<int>& taken, int followers); // of the question

private:
  void tell();
  void count();

  Walk& m_walk;
  std::unique_ptr<share::ClassServer> m_server;
  share::RoomState m_state;
  QTimer m_counting;
  int m_followers = 0;
  std::vector<int> m_taken;
  bool m_forBrowsers = false;
};

} // namespace sockwalk
