#include "app/help_dialogs.h"
#include "engine/memory/symbols.h"
#include "views/theme/theme.h"
#include <map>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Help", text); }

void showText(const QString& title, const QString& html, QWidget* parent) {
  auto* dialog = new QDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  auto* text = new QTextBrowser;
  text->setOpenExternalLinks(true);
  text->setHtml(html);
  text->setAccessibleName(title);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  auto* box = new QVBoxLayout(dialog);
  box->addWidget(text, 1);
  box->addWidget(buttons);
  dialog->resize(int(theme().scaled(640)), int(theme().scaled(560)));
  dialog->show();
}

QString row(const QString& keys, const QString& what, const QString& why) {
  return QString("<tr><td style='padding:4px 18px 4px 0; white-space:nowrap'><code>%1</code></td>"
                 "<td style='padding:4px 18px 4px 0; white-space:nowrap'><b>%2</b></td><td style='padding:4px "
                 "0'>%3</td></tr>")
      .arg(keys.toHtmlEscaped(), what.toHtmlEscaped(), why.toHtmlEscaped());
}

} // namespace

QString keysTable(KeyMap map) {
  QString html =
      QString("<h3>%1</h3><p>%2</p><table>")
          .arg(keyMapName(map).toHtmlEscaped(), tr("View > Keys chooses between the two sets.").toHtmlEscaped());
  for (int i = 0; i < commandCount; ++i) {
    const auto command = static_cast<Command>(i);
    QStringList keys;
    for (const QKeySequence& key : keysOf(command, map)) keys << key.toString(QKeySequence::NativeText);
    html += row(keys.join(tr(" or ")), commandText(command).remove(QChar(0x2026)), commandPurpose(command));
  }
  html += row("Ctrl+P", tr("Search"), tr("Functions, objects, kernel data, steps; Enter goes there."));
  html += row("Ctrl+1 … Ctrl+0", tr("Views"), tr("Brings a view to the front."));
  html += row("Ctrl+O, Ctrl+S", tr("Open, save"), tr("A scenario, a capture or a session; the session."));
  return html + "</table>";
}
void showKeys(KeyMap map, QWidget* parent) { showText(tr("Keys"), keysTable(map), parent); }

QString aboutText() {
  const QString version = QCoreApplication::applicationVersion();
  QString html =
      QString("<h3>Sockwalk %1</h3><p>%2</p><p>%3</p>")
          .arg(version,
               tr("Walk through the Linux 6.1 network stack: a simulated kernel with the functions, structures and "
                  "bytes of the real one, recorded call by call and write by write.")
                   .toHtmlEscaped(),
               tr("MIT licence. The code is our own; the kernel's behaviour, names and layouts are facts and are kept. "
                  "Built with Qt (LGPL 3), Graphviz (EPL 1.0) and libpcap (BSD).")
                   .toHtmlEscaped());
  html += QString("<h4>%1</h4><p>%2</p><table>")
              .arg(tr("What is simplified").toHtmlEscaped(),
                   tr("What these functions leave out, compared with the kernel's own:").toHtmlEscaped());
  std::map<std::string_view, std::string_view> simplified; // by name
  for (const FunctionInfo* f : Symbols::get().functions())
    if (const auto text = Symbols::get().simplified(f->name); !text.empty()) simplified[f->name] = text;
  for (const auto& [name, text] : simplified)
    html += QString("<tr><td style='padding:2px 18px 2px 0'><code>%1</code></td><td style='padding:2px 0'>%2</td></tr>")
                .arg(QString::fromUtf8(name.data(), qsizetype(name.size())).toHtmlEscaped(),
                     QString::fromUtf8(text.data(), qsizetype(text.size())).toHtmlEscaped());
  return html + "</table>";
}
void showAbout(QWidget* parent) { showText(tr("About Sockwalk"), aboutText(), parent); }

} // namespace sockwalk
