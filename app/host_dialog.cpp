#include "app/host_dialog.h"
#include "views/theme/theme.h"
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

QString addressList(const CaptureHost& host) {
  QStringList texts;
  for (const HostAddress& a : host.addresses) {
    if (a.evidence == AddressEvidence::IpDestination && !texts.isEmpty()) continue;
    if (texts.size() == 3) return texts.join(", ") + HostDialog::tr(" and more");
    texts << QString::fromStdString(ipv4Text(a.address));
  }
  return texts.join(", ");
}

QString portList(const std::vector<HostPort>& ports) {
  QStringList texts;
  for (const HostPort& p : ports) {
    if (p.closed()) continue;
    if (texts.size() == 4) return texts.join(", ") + HostDialog::tr(" …");
    texts << QString::number(p.port);
  }
  return texts.join(", ");
}

} // namespace

HostDialog::HostDialog(const QString& file, const CaptureHosts& hosts, std::size_t frames, const QStringList& warnings,
                       QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Open capture"));
  auto* title = new QLabel(tr("Which host do you want to be?"));
  title->setProperty("role", "title");
  auto* text =
      new QLabel(tr("%1 holds %L2 frames. The simulated eth0 takes the addresses of the host you choose, receives "
                    "every frame that was sent to it, and has UDP sockets bound to the ports it received on.")
                     .arg(file)
                     .arg(frames));
  text->setWordWrap(true);
  m_list = new QTreeWidget;
  m_list->setRootIsDecorated(false);
  m_list->setAccessibleName(tr("Hosts of the capture"));
  m_list->setHeaderLabels({tr("Host"), tr("IPv4 addresses"), tr("received"), tr("sent"), tr("UDP ports")});
  fill(hosts);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel);
  buttons->button(QDialogButtonBox::Open)->setProperty("primary", true);
  buttons->button(QDialogButtonBox::Open)->setEnabled(m_list->topLevelItemCount() > 0);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_list, &QTreeWidget::itemDoubleClicked, this, &QDialog::accept);
  auto* box = new QVBoxLayout(this);
  box->setSpacing(10);
  box->setContentsMargins(16, 16, 16, 16);
  box->addWidget(title);
  box->addWidget(text);
  box->addWidget(m_list, 1);
  for (const QString& warning : warnings) {
    auto* label = new QLabel(warning);
    label->setProperty("role", "changed");
    label->setWordWrap(true);
    box->addWidget(label);
  }
  box->addWidget(buttons);
  resize(int(theme().scaled(680)), int(theme().scaled(380)));
}

void HostDialog::fill(const CaptureHosts& hosts) {
  for (std::size_t i = 0; i < hosts.hosts.size(); ++i) {
    const CaptureHost& host = hosts.hosts[i];
    auto* item = new QTreeWidgetItem(m_list);
    const QString mac = QString::fromStdString(macText(host.mac));
    const bool proposed = hosts.proposed == i;
    item->setData(0, Qt::UserRole, mac);
    item->setText(0, mac + (proposed ? tr("  (proposed)") : host.looksLikeRouter() ? tr("  (a router)") : QString()));
    item->setFont(0, theme().mono());
    item->setText(1, addressList(host));
    item->setFont(1, theme().mono());
    item->setText(2, QLocale().toString(qulonglong(host.framesReceived)));
    item->setText(3, QLocale().toString(qulonglong(host.framesSent)));
    item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
    item->setText(4, portList(host.udpPorts));
    if (proposed || (!m_list->currentItem() && i == 0)) m_list->setCurrentItem(item);
  }
  for (int column = 0; column < 4; ++column) m_list->resizeColumnToContents(column);
}

QString HostDialog::chosenMac() const {
  const QTreeWidgetItem* item = m_list->currentItem();
  return item ? item->data(0, Qt::UserRole).toString() : QString();
}

} // namespace sockwalk
