// "Which host of this capture do you want to be?": the hosts found in it, the most talkative proposed, and under them what
// the chosen one said with others.
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
  QTreeWidget* table(const QString& name, const QStringList& columns);
  void fillHosts();
  void showFlows();

  CaptureHosts m_hosts;
  QTreeWidget* m_list;
  QTreeWidget* m_flows;
};

} // namespace sockwalk
