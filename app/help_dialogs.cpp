#include "app/help_dialogs.h"
#include "engine/memory/symbols.h"
#include "engine/tell/source/source_frames.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <map>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

struct Help {
  Q_DECLARE_TR_FUNCTIONS(Help)
};

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
          .arg(keyMapName(map).toHtmlEscaped(), Help::tr("View > Keys chooses between the two sets.").toHtmlEscaped());
  for (int i = 0; i < commandCount; ++i) {
    const auto command = static_cast<Command>(i);
    QStringList keys;
    for (const QKeySequence& key : keysOf(command, map)) keys << key.toString(QKeySequence::NativeText);
    html += row(keys.join(Help::tr(" or ")), commandText(command).remove(QChar(0x2026)), commandPurpose(command));
  }
  html += row("Ctrl+P", Help::tr("Search"),
              Help::tr("Commands, settings, lessons, functions, objects, members by value, packets, steps; Enter goes "
                       "there or does it."));
  html += row("Ctrl+F", Help::tr("Find"), Help::tr("Something in the view that has the keys."));
  html += row("Ctrl+R", Help::tr("Run until"),
              Help::tr("On to where a condition holds, or back to where it held: call == tcp_v4_rcv, "
                       "sk_state == TCP_ESTABLISHED, tcp.port == 80, drop, sleeps."));
  html += row("W", Help::tr("Watch"),
              Help::tr("In Structure: keeps the chosen member in sight; a run may stop where it changes."));
  html += row("M, G, H, C, F", Help::tr("Pages"),
              Help::tr("In Structure: members, in groups, heat of the cache lines, compare, find a value."));
  html += row("Ctrl+Shift+F", Help::tr("Find a value"), Help::tr("Who holds it, in all memory of the moment."));
  html += row("Ctrl+1 … Ctrl+0", Help::tr("Views"), Help::tr("Brings a view to the front."));
  html += row("Ctrl+T", Help::tr("Show as table"),
              Help::tr("What a picture shows, as rows that follow the walk and can be sorted and copied."));
  html +=
      row("↑ ↓ ← →, Enter", Help::tr("In pictures"),
          Help::tr("From one part of a picture to the next; Enter does what a click does, the Menu key what a right "
                   "click does."));
  html += row("Ctrl+B", Help::tr("Bookmark"), Help::tr("Marks this moment with a note; it is saved with the session."));
  html += row("Ctrl+Shift+B", Help::tr("All bookmarks"), Help::tr("Their notes are edited and removed there."));
  html += row("Ctrl+Shift+C, Ctrl+Shift+O", Help::tr("Links"),
              Help::tr("Copies a link to this moment, sockwalk:FILE#step=57; opens one."));
  html += row("Alt+Left, Alt+Right", Help::tr("Where you were"),
              Help::tr("Back over the places you jumped from, and on again."));
  html += row("Ctrl+O, Ctrl+S", Help::tr("Open, save"), Help::tr("A scenario, a capture or a session; the session."));
  return html + "</table>";
}
void showKeys(KeyMap map, QWidget* parent) { showText(Help::tr("Keys"), keysTable(map), parent); }

QString aboutText() {
  const QString version = QCoreApplication::applicationVersion();
  QString html =
      QString("<h3>Sockwalk %1</h3><p>%2</p><p>%3</p>")
          .arg(
              version,
              Help::tr(
                  "Walk through the Linux 6.1 network stack: a simulated kernel with the functions, structures and "
                  "bytes of the real one, recorded call by call and write by write.")
                  .toHtmlEscaped(),
              Help::tr(
                  "MIT licence. The code is our own; the kernel's behaviour, names and layouts are facts and are kept. "
                  "Built with Qt (LGPL 3), Graphviz (EPL 1.0) and libpcap (BSD).")
                  .toHtmlEscaped());
  html += QString("<h4>%1</h4><p>%2</p><table>")
              .arg(Help::tr("What is simplified").toHtmlEscaped(),
                   Help::tr("What these functions leave out, compared with the kernel's own:").toHtmlEscaped());
  std::map<std::string, tell::Text> simplified; // by name
  for (const FunctionInfo* f : Symbols::get().functions())
    if (tell::Text leftOut = tell::simplification(*f); !leftOut.empty())
      simplified[std::string(f->name) + (f->era() == Era::Linux61 ? "" : " (2.6)")] = std::move(leftOut);
  for (const auto& [name, leftOut] : simplified)
    html += QString("<tr><td style='padding:2px 18px 2px 0'><code>%1</code></td><td style='padding:2px 0'>%2</td></tr>")
                .arg(text(name).toHtmlEscaped(), shown(leftOut).toHtmlEscaped());
  return html + "</table>";
}
void showAbout(QWidget* parent) { showText(Help::tr("About Sockwalk"), aboutText(), parent); }

} // namespace sockwalk
