#include "app/host_dialog.h"
#include "engine/feed/summary.h"
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

constexpr int MostFlows = 500;              // rows
constexpr int HostIndex = Qt::UserRole + 1; // of an item, among the hosts

QString addressList(const CaptureHost& host) {
  QStringList texts;
  for (const HostAddress& a : host.addresses) {
    if (a.evidence == AddressEvidence::IpDestination && !texts.isEmpty()) continue;
    if (texts.size() == 3) return texts.join(", ") + HostDialog::tr(" and more");
    texts << QString::fromStdString(ipv4Text(a.address));
  }
  const QString name = QString::fromStdString(host.name);
  return texts.join(", ") + (name.isEmpty() ? QString() : " (" + name + ")");
}

void addPorts(QStringList& texts, const char* protocol, const std::vector<HostPort>& ports) {
  QStringList numbers;
  for (const HostPort& p : ports) {
    if (p.closed()) continue;
    if (numbers.size() == 4) {
      numbers << "…";
      break;
    }
    numbers << QString::number(p.port);
  }
  if (!numbers.isEmpty()) texts << QString("%1 %2").arg(protocol, numbers.join(", "));
}

QString portList(const CaptureHost& host) {
  QStringList texts;
  addPorts(texts, "TCP", host.tcpPorts);
  addPorts(texts, "UDP", host.udpPorts);
  return texts.join("; ");
}

QString role(const CaptureHost& host) {
  if (host.bystander) return HostDialog::tr("a bystander");
  if (host.loopback) return HostDialog::tr("both ends of lo");
  if (host.looksLikeRouter()) return HostDialog::tr("a router");
  if (host.flowsBegun && host.flowsServed) return HostDialog::tr("client and server");
  return host.flowsBegun ? HostDialog::tr("client") : host.flowsServed ? HostDialog::tr("server") : QString();
}

QString endText(const CaptureFlow::End& end) {
  const QString address = QString::fromStdString(ipv4Text(end.address));
  return end.port ? QString("%1:%2").arg(address).arg(end.port) : address;
}

QString state(const CaptureFlow& flow) {
  if (flow.protocol != IpTcp) return flow.server.frames ? QString() : HostDialog::tr("no answer");
  if (!flow.opened) return HostDialog::tr("begun before the capture");
  if (!flow.answered) return flow.reset ? HostDialog::tr("refused") : HostDialog::tr("no answer");
  if (flow.complete()) return flow.reset ? HostDialog::tr("whole, ended by RST") : HostDialog::tr("whole");
  return HostDialog::tr("not ended");
}

void setCount(QTreeWidgetItem* item, int column, std::uint64_t count) {
  item->setText(column, QLocale().toString(qulonglong(count)));
  item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

} // namespace

HostDialog::HostDialog(const QString& file, const CaptureHosts& hosts, std::size_t frames, const QStringList& warnings,
                       QWidget* parent)
    : QDialog(parent), m_hosts(hosts) {
  setWindowTitle(tr("Open capture"));
  auto* title = new QLabel(tr("Which host do you want to be?"));
  title->setProperty("role", "title");
  auto* text =
      new QLabel(tr("%1 holds %L2 frames. The simulated eth0 takes the addresses of the host you choose, and receives "
                    "every frame that was sent to it.")
                     .arg(file)
                     .arg(frames));
  text->setWordWrap(true);
  m_list = table(tr("Hosts of the capture"),
                 {tr("Host"), tr("IPv4 addresses"), tr("role"), tr("received"), tr("sent"), tr("ports")});
  m_flows = table(tr("Flows of the chosen host"),
                  {tr("Flow"), tr("began"), tr("answered"), tr("frames"), tr("bytes"), tr("state")});
  fillHosts();
  connect(m_list, &QTreeWidget::currentItemChanged, this, &HostDialog::showFlows);
  showFlows();
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
  box->addWidget(m_list, 3);
  box->addWidget(m_flows, 2);
  for (const QString& warning : warnings) {
    auto* label = new QLabel(warning);
    label->setProperty("role", "changed");
    label->setWordWrap(true);
    box->addWidget(label);
  }
  box->addWidget(buttons);
  resize(int(theme().scaled(760)), int(theme().scaled(480)));
}

QTreeWidget* HostDialog::table(const QString& name, const QStringList& columns) {
  auto* tree = new QTreeWidget(this);
  tree->setRootIsDecorated(false);
  tree->setAccessibleName(name);
  tree->setHeaderLabels(columns);
  return tree;
}

void HostDialog::fillHosts() {
  for (std::size_t i = 0; i < m_hosts.hosts.size(); ++i) {
    const CaptureHost& host = m_hosts.hosts[i];
    auto* item = new QTreeWidgetItem(m_list);
    const QString mac = QString::fromStdString(macText(host.mac));
    const bool proposed = m_hosts.proposed == i;
    item->setData(0, Qt::UserRole, mac);
    item->setData(0, HostIndex, qulonglong(i));
    item->setText(0, mac + (proposed ? tr("  (proposed)") : QString()));
    item->setFont(0, theme().mono());
    item->setText(1, addressList(host));
    item->setFont(1, theme().mono());
    item->setText(2, role(host));
    setCount(item, 3, host.framesReceived);
    setCount(item, 4, host.framesSent);
    item->setText(5, portList(host));
    if (proposed || (!m_list->currentItem() && i == 0)) m_list->setCurrentItem(item);
  }
  for (int column = 0; column < 5; ++column) m_list->resizeColumnToContents(column);
}

void HostDialog::showFlows() {
  m_flows->clear();
  const QTreeWidgetItem* chosen = m_list->currentItem();
  if (!chosen) return;
  const MacAddress mac = m_hosts.hosts[chosen->data(0, HostIndex).toULongLong()].mac;
  for (const CaptureFlow& flow : m_hosts.flows) {
    if (m_flows->topLevelItemCount() == MostFlows) break;
    if (flow.client.mac != mac && flow.server.mac != mac) continue;
    auto* item = new QTreeWidgetItem(m_flows);
    item->setText(0, QString::fromStdString(ipProtocolName(flow.protocol)));
    item->setText(1, endText(flow.client));
    item->setText(2, endText(flow.server));
    setCount(item, 3, flow.client.frames + flow.server.frames);
    setCount(item, 4, flow.client.bytes + flow.server.bytes);
    item->setText(5, state(flow));
    for (const int column : {1, 2}) item->setFont(column, theme().mono());
  }
  for (int column = 0; column < 5; ++column) m_flows->resizeColumnToContents(column);
}

QString HostDialog::chosenMac() const {
  const QTreeWidgetItem* item = m_list->currentItem();
  return item ? item->data(0, Qt::UserRole).toString() : QString();
}

} // namespace sockwalk
