// "Which host of this capture do you want to be?": the hosts found in it, the busiest proposed.
#pragma once
#include "engine/feed/hosts.h"
#include <QDialog>

class QTreeWidget;

namespace sockwalk {

class HostDialog final : public QDialog {
  Q_OBJECT
public:
  HostDialog(const QString& file, const CaptureHosts& hosts, std::size_t frames, const QStringList& warnings,
             QWidget* parent = nullptr);
  QString chosenMac() const; // "02:00:00:00:00:01"; "" if the capture has no host

private:
  void fill(const CaptureHosts& hosts);
  QTreeWidget* m_list;
};

} // namespace sockwalk
