// Feed > TAP and Feed > Live capture: which device, and what becomes of it.
#pragma once
#include "app/live_recording.h"
#include "engine/feed/host_link.h"
#include "engine/feed/tap.h"
#include <memory>
#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace sockwalk {

class TapDialog final : public QDialog {
  Q_OBJECT
public:
  explicit TapDialog(QWidget* parent = nullptr);
  TapOptions options() const;
  QString address() const; // of the simulated eth0, "10.77.0.2/24"

private:
  QLineEdit *m_name, *m_address;
};

// Records the frames that pass an interface into a capture file; the window then opens it like any other. So a
// person chooses which of its hosts to be, and the session can be replayed. It may go on recording while it is walked.
class LiveCaptureDialog final : public QDialog {
  Q_OBJECT
public:
  explicit LiveCaptureDialog(QWidget* parent = nullptr);
  ~LiveCaptureDialog() override;
  QString interface() const; // that is chosen
  QString file() const;
  std::unique_ptr<LiveRecording> takeRecording(); // which goes on; nullptr: the person has stopped it

private:
  QWidget* makeButtons();
  void start();
  void buildInterfaces();
  void listInterfaces(); // as they are now; what was chosen stays chosen
  void showFilter();     // whether it is understood
  void sayReady();
  void showCount();
  void finish(bool goOn);
  void say(const QString& text, bool error);

  QTreeWidget* m_interfaces;
  QComboBox* m_kept;
  QLineEdit* m_filter;
  QCheckBox* m_promiscuous;
  QPushButton *m_start, *m_open, *m_follow;
  QLabel* m_state;
  std::unique_ptr<LiveRecording> m_recording;
  LinkWatch m_watch; // an interface comes, goes or is brought up
  QString m_file;
};

} // namespace sockwalk
