// A window over the window while something long is written: how far it is, and a way to stop.
#pragma once
#include <QProgressDialog>

namespace sockwalk {

class Progress {
public:
  Progress(const QString& what, const QString& stop, QWidget* parent) : m_dialog(what, stop, 0, 0, parent) {
    m_dialog.setWindowModality(Qt::WindowModal);
    m_dialog.setMinimumDuration(500); // ms: what is quick shows none
  }
  // False once the person has stopped it. Between two of these the window lives.
  bool operator()(std::size_t done, std::size_t all) {
    m_dialog.setMaximum(int(all));
    m_dialog.setValue(int(done));
    return !m_dialog.wasCanceled();
  }

private:
  QProgressDialog m_dialog;
};

} // namespace sockwalk
