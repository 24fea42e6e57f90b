#include "app/feed_dialogs.h"
#include "views/theme/theme.h"
#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStandardPaths>
#include <QStyle>
#include <QtEndian>

namespace sockwalk {
namespace {

QLabel* words(const QString& text, const char* role = "") {
  auto* label = new QLabel(text);
  label->setWordWrap(true);
  if (*role) label->setProperty("role", role);
  return label;
}

// The classic capture format: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html, nanosecond times.
QByteArray captureHeader() {
  QByteArray bytes(24, '\0');
  qToLittleEndian<quint32>(0xa1b23c4d, bytes.data());
  qToLittleEndian<quint16>(2, bytes.data() + 4);
  qToLittleEndian<quint16>(4, bytes.data() + 6);
  qToLittleEndian<quint32>(262144, bytes.data() + 16); // the longest frame
  qToLittleEndian<quint32>(1, bytes.data() + 20);      // Ethernet
  return bytes;
}
QByteArray captureRecord(const LiveFrame& frame) {
  QByteArray bytes(16, '\0');
  qToLittleEndian<quint32>(quint32(frame.epochNs / 1000000000), bytes.data());
  qToLittleEndian<quint32>(quint32(frame.epochNs % 1000000000), bytes.data() + 4);
  qToLittleEndian<quint32>(quint32(frame.bytes.size()), bytes.data() + 8);
  qToLittleEndian<quint32>(frame.originalLength, bytes.data() + 12);
  return bytes.append(reinterpret_cast<const char*>(frame.bytes.data()), qsizetype(frame.bytes.size()));
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
      words(tr("A new walk begins, whose eth0 is the other end of a TAP device: ping and UDP of this machine reach "
               "the simulated kernel, and you see each frame climb. Sockwalk itself needs no root.")));
  form->addRow(tr("TAP device"), m_name);
  form->addRow(tr("Address of the simulated eth0"), m_address);
  form->addRow(card);
  form->addRow(buttons);
  resize(int(theme().scaled(560)), sizeHint().height());
}
TapOptions TapDialog::options() const {
  TapOptions options;
  options.interface = m_name->text().trimmed().toStdString();
  return options;
}
QString TapDialog::address() const { return m_address->text().trimmed(); }

LiveCaptureDialog::LiveCaptureDialog(QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Live capture"));
  m_interface = new QComboBox;
  m_interface->setEditable(true);
  for (const std::string& name : LiveCapture::interfaces()) m_interface->addItem(QString::fromStdString(name));
  m_state = words(tr("Nothing is recorded yet."), "muted");
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_start = buttons->addButton(tr("Start"), QDialogButtonBox::ActionRole);
  m_open = buttons->addButton(tr("Stop and walk"), QDialogButtonBox::AcceptRole);
  m_open->setProperty("primary", true);
  m_open->setEnabled(false);
  connect(m_start, &QPushButton::clicked, this, &LiveCaptureDialog::start);
  connect(buttons, &QDialogButtonBox::accepted, this, [this] {
    m_notifier.reset();
    m_file.close();
    accept();
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(10);
  form->addRow(words(tr("Record the frames that pass an interface, then walk through them"), "title"));
  form->addRow(tr("Interface"), m_interface);
  form->addRow(m_state);
  form->addRow(buttons);
  resize(int(theme().scaled(520)), sizeHint().height());
}

void LiveCaptureDialog::say(const QString& text, bool error) {
  m_state->setText(text);
  m_state->setProperty("role", error ? "danger" : "muted");
  m_state->style()->unpolish(m_state);
  m_state->style()->polish(m_state);
  adjustSize();
}

void LiveCaptureDialog::start() {
  auto capture = LiveCapture::open(m_interface->currentText().trimmed().toStdString());
  if (!capture) {
    const std::string program = QCoreApplication::applicationFilePath().toStdString();
    return say(QString::fromStdString(capture.error().message + "\n" + captureRightsHelp(program)), true);
  }
  const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/captures";
  QDir().mkpath(folder);
  m_file.setFileName(QString("%1/%2-%3.pcap")
                         .arg(folder, QDateTime::currentDateTime().toString("yyyyMMdd-HHmmss"),
                              QString::fromStdString(capture->interface())));
  if (!m_file.open(QIODevice::WriteOnly)) return say(m_file.fileName() + ": " + m_file.errorString(), true);
  m_file.write(captureHeader());
  m_capture = std::make_unique<LiveCapture>(std::move(*capture));
  m_notifier = std::make_unique<QSocketNotifier>(m_capture->fd(), QSocketNotifier::Read);
  connect(m_notifier.get(), &QSocketNotifier::activated, this, &LiveCaptureDialog::read);
  m_start->setEnabled(false);
  m_interface->setEnabled(false);
  say(tr("Recording into %1 …").arg(m_file.fileName()), false);
}

void LiveCaptureDialog::read() {
  const auto frames = m_capture->poll();
  if (!frames) {
    m_notifier.reset();
    return say(QString::fromStdString(frames.error().message), true);
  }
  for (const LiveFrame& frame : *frames) m_file.write(captureRecord(frame));
  m_frames += frames->size();
  m_open->setEnabled(m_frames > 0);
  m_state->setText(tr("%L1 frames in %2").arg(m_frames).arg(m_file.fileName()));
}

} // namespace sockwalk
