// Feed > TAP and Feed > Live capture: which device, and what becomes of it.
#pragma once
#include "engine/feed/live_capture.h"
#include "engine/feed/tap.h"
#include <memory>
#include <QDialog>
#include <QFile>
#include <QSocketNotifier>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

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
// person chooses which of its hosts to be, and the session can be replayed.
class LiveCaptureDialog final : public QDialog {
  Q_OBJECT
public:
  explicit LiveCaptureDialog(QWidget* parent = nullptr);
  QString file() const { return m_file.fileName(); }

private:
  void start();
  void read();
  void say(const QString& text, bool error);

  QComboBox* m_interface;
  QPushButton *m_start, *m_open;
  QLabel* m_state;
  std::unique_ptr<LiveCapture> m_capture;
  std::unique_ptr<QSocketNotifier> m_notifier;
  QFile m_file;
  quint64 m_frames = 0;
};

} // namespace sockwalk
