#include "app/feed_dialogs.h"
#include "engine/tell/messages.h"
#include "views/theme/theme.h"
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSocketNotifier>
#include <QStyle>
#include <QTreeWidget>

namespace sockwalk {
namespace {

QLabel* words(const QString& text, const char* role = "") {
  auto* label = new QLabel(text);
  label->setWordWrap(true);
  if (*role) label->setProperty("role", role);
  return label;
}

// As high as its words need at this width.
void fitHeight(QDialog& dialog) {
  const int width = int(theme().scaled(560));
  dialog.resize(width, dialog.layout()->totalHeightForWidth(width));
}

} // namespace

TapDialog::TapDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("TAP"));
  const TapOptions defaults;
  m_name = new QLineEdit(QString::fromStdString(defaults.interface));
  m_address = new QLineEdit("10.77.0.2/24");
  auto* commands = words(QString::fromStdString(Tap::setupCommands(defaults)), "mono");
  commands->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* card = new QFrame;
  card->setProperty("callout", true);
  auto* cardBox = new QVBoxLayout(card);
  cardBox->addWidget(words(tr("If the device does not exist yet, type this once, in a terminal:")));
  cardBox->addWidget(commands);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  auto* connectButton = buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
  connectButton->setProperty("primary", true);
  connectButton->setDefault(true);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(10);
  form->addRow(words(tr("This machine's kernel and the simulated one on one wire"), "title"));
  form->addRow(
      words(tr("A new walk begins, whose eth0 is the other end of a TAP device: ping, nc or curl of this machine "
               "reach the simulated kernel, and you see each frame climb. Time passes there as it does here. "
               "Sockwalk itself needs no root.")));
  form->addRow(tr("TAP device"), m_name);
  form->addRow(tr("Address of the simulated eth0"), m_address);
  form->addRow(card);
  form->addRow(buttons);
  fitHeight(*this);
}
TapOptions TapDialog::options() const {
  TapOptions options;
  options.interface = m_name->text().trimmed().toStdString();
  return options;
}
QString TapDialog::address() const { return m_address->text().trimmed(); }

LiveCaptureDialog::LiveCaptureDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Live capture"));
  buildInterfaces();
  m_filter = new QLineEdit;
  m_filter->setObjectName("filter");
  m_filter->setPlaceholderText("tcp port 80 and host 10.0.0.1");
  m_filter->setToolTip(tr("Which frames to take, in the language of tcpdump; empty: all of them"));
  m_kept = new QComboBox;
  m_kept->addItem(tr("whole frames"), LiveCapture::WholeFrames);
  for (const std::uint32_t bytes : {96u, 256u, 1024u}) m_kept->addItem(tr("%L1 bytes of each").arg(bytes), bytes);
  m_promiscuous = new QCheckBox(tr("Also frames for other hosts"));
  m_state = words({}, "muted");
  m_state->setObjectName("state");
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  connect(m_filter, &QLineEdit::textChanged, this, &LiveCaptureDialog::showFilter);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(10);
  form->addRow(words(tr("Record the frames that pass an interface, and walk through them"), "title"));
  form->addRow(m_interfaces);
  form->addRow(tr("Filter"), m_filter);
  form->addRow(tr("Keep"), m_kept);
  form->addRow(QString(), m_promiscuous);
  form->addRow(m_state);
  form->addRow(makeButtons());
  sayReady();
  fitHeight(*this);
}
LiveCaptureDialog::~LiveCaptureDialog() = default;

void LiveCaptureDialog::buildInterfaces() {
  m_interfaces = new QTreeWidget;
  m_interfaces->setObjectName("interfaces");
  m_interfaces->setAccessibleName(tr("Interfaces of this machine"));
  m_interfaces->setHeaderLabels({tr("interface"), tr("addresses"), tr("state")});
  m_interfaces->setRootIsDecorated(false);
  m_interfaces->setUniformRowHeights(true);
  m_interfaces->setAllColumnsShowFocus(true);
  m_interfaces->setFixedHeight(int(theme().scaled(168)));
  listInterfaces();
  if (m_watch.fd() < 0) return;
  connect(new QSocketNotifier(m_watch.fd(), QSocketNotifier::Read, this), &QSocketNotifier::activated, this, [this] {
    m_watch.drain();
    listInterfaces();
  });
}

static QString stateOf(const LiveCapture::Interface& i) {
  if (i.name == "any") return LiveCaptureDialog::tr("all of them at once");
  if (!i.up) return LiveCaptureDialog::tr("down");
  if (i.loopback) return LiveCaptureDialog::tr("up, this machine only");
  if (!i.running) return LiveCaptureDialog::tr("up, nothing plugged in");
  return i.wireless ? LiveCaptureDialog::tr("up, wireless") : LiveCaptureDialog::tr("up");
}

void LiveCaptureDialog::listInterfaces() {
  const QString chosen = interface();
  m_interfaces->clear();
  for (const LiveCapture::Interface& i : LiveCapture::devices()) {
    QStringList addresses;
    for (const std::string& address : i.addresses) addresses << QString::fromStdString(address);
    auto* row = new QTreeWidgetItem(m_interfaces, {QString::fromStdString(i.name), addresses.join(", "), stateOf(i)});
    row->setFont(0, theme().mono(12, QFont::Bold));
    row->setFont(1, theme().mono(11.5));
    row->setToolTip(1, addresses.join('\n'));
    if (!i.up && i.name != "any")
      for (int column = 0; column < 3; ++column) row->setForeground(column, theme().color(Role::Muted));
    if (row->text(0) == chosen) m_interfaces->setCurrentItem(row);
  }
  if (!m_interfaces->currentItem()) m_interfaces->setCurrentItem(m_interfaces->topLevelItem(0));
  m_interfaces->resizeColumnToContents(0);
  m_interfaces->setColumnWidth(1, int(theme().scaled(250)));
}

QString LiveCaptureDialog::interface() const {
  const QTreeWidgetItem* const row = m_interfaces->currentItem();
  return row ? row->text(0) : QString();
}

void LiveCaptureDialog::sayReady() {
  if (LiveCapture::permitted()) return say(tr("Nothing is recorded yet."), false);
  const QString program = QCoreApplication::applicationFilePath();
  say(tr("This program may not record frames yet. To allow it once, type in a terminal:\n%1")
          .arg(QString::fromStdString(tell::spokenMessage(captureRightsHelp(program.toStdString())))),
      true);
}

QWidget* LiveCaptureDialog::makeButtons() {
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_start = buttons->addButton(tr("Start"), QDialogButtonBox::ActionRole);
  m_start->setObjectName("start");
  m_start->setDefault(true);
  m_open = buttons->addButton(tr("Stop and walk"), QDialogButtonBox::ActionRole);
  m_follow = buttons->addButton(tr("Walk while it goes on"), QDialogButtonBox::ActionRole);
  m_follow->setObjectName("follow");
  m_follow->setProperty("primary", true);
  m_open->setEnabled(false);
  m_follow->setEnabled(false);
  connect(m_start, &QPushButton::clicked, this, &LiveCaptureDialog::start);
  connect(m_open, &QPushButton::clicked, this, [this] { finish(false); });
  connect(m_follow, &QPushButton::clicked, this, [this] { finish(true); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  return buttons;
}

void LiveCaptureDialog::say(const QString& text, bool error) {
  m_state->setText(text);
  m_state->setProperty("role", error ? "danger" : "muted");
  m_state->style()->unpolish(m_state);
  m_state->style()->polish(m_state);
  adjustSize();
}

void LiveCaptureDialog::showFilter() {
  const std::string wrong = LiveCapture::filterProblem(m_filter->text().trimmed().toStdString());
  m_start->setEnabled(wrong.empty());
  if (wrong.empty()) sayReady();
  else say(tr("The filter is not understood: %1").arg(QString::fromStdString(wrong)), true);
}

void LiveCaptureDialog::start() {
  LiveCapture::Options options;
  options.promiscuous = m_promiscuous->isChecked();
  options.filter = m_filter->text().trimmed().toStdString();
  options.snapLength = m_kept->currentData().toUInt();
  auto recording = LiveRecording::start(interface(), std::move(options));
  if (!recording) return say(QString::fromStdString(tell::spokenMessage(recording.error().message)), true);
  m_recording = std::move(*recording);
  m_file = m_recording->file();
  connect(m_recording.get(), &LiveRecording::grew, this, &LiveCaptureDialog::showCount);
  connect(m_recording.get(), &LiveRecording::ended, this, [this](const QString& why) {
    m_follow->setEnabled(false);
    say(why, true);
  });
  for (QWidget* w : std::initializer_list<QWidget*>{m_start, m_interfaces, m_filter, m_kept, m_promiscuous})
    w->setEnabled(false);
  say(tr("Recording into %1 …").arg(m_file), false);
}

void LiveCaptureDialog::showCount() {
  m_open->setEnabled(true);
  m_follow->setEnabled(true);
  m_state->setText(tr("%1, into %2").arg(m_recording->state(), m_file));
}

void LiveCaptureDialog::finish(bool goOn) {
  if (!goOn) m_recording.reset();
  accept();
}

QString LiveCaptureDialog::file() const { return m_file; }
std::unique_ptr<LiveRecording> LiveCaptureDialog::takeRecording() {
  if (m_recording) m_recording->disconnect(this);
  return std::move(m_recording);
}

} // namespace sockwalk
