#include "app/preferences_dialog.h"
#include "views/theme/theme.h"
#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

namespace sockwalk {
namespace {

// Without its key: "&Light", and "浅色(&L)" in Chinese.
QString plain(QString text) {
  static const QRegularExpression key(QStringLiteral("\\(&.\\)"));
  return text.remove(key).remove('&');
}

QComboBox* comboOf(const QActionGroup& group, const QString& name) {
  auto* combo = new QComboBox;
  combo->setAccessibleName(name);
  const QList<QAction*> actions = group.actions();
  for (const QAction* action : actions) {
    const int index = combo->count();
    combo->addItem(plain(action->text()));
    QObject::connect(action, &QAction::changed, combo, // another language
                     [combo, action, index] { combo->setItemText(index, plain(action->text())); });
  }
  combo->setCurrentIndex(int(actions.indexOf(group.checkedAction())));
  QObject::connect(combo, &QComboBox::activated, &group, [actions](int chosen) { actions[chosen]->trigger(); });
  return combo;
}

QCheckBox* boxOf(QAction& action) {
  auto* box = new QCheckBox(plain(action.text()));
  box->setChecked(action.isChecked());
  QObject::connect(box, &QCheckBox::toggled, &action, &QAction::setChecked);
  QObject::connect(&action, &QAction::changed, box, [box, &action] { box->setText(plain(action.text())); });
  return box;
}

QLineEdit* lineOf(const Preferences::Line& line) {
  auto* edit = new QLineEdit(line.now());
  edit->setAccessibleName(line.name());
  edit->setPlaceholderText(line.about());
  edit->setToolTip(line.about());
  edit->setMaxLength(80);
  if (line.most) edit->setValidator(new QIntValidator(1, line.most, edit));
  QObject::connect(edit, &QLineEdit::editingFinished, edit, [edit, set = line.set] { set(edit->text().trimmed()); });
  return edit;
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences& preferences, const QString& keptIn, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(tr("Preferences"));
  auto* form = new QFormLayout(this);
  form->setContentsMargins(16, 16, 16, 16);
  form->setSpacing(10);
  for (const Preferences::Choice& choice : preferences.choices)
    form->addRow(choice.name(), comboOf(*choice.of, choice.name()));
  for (QAction* action : preferences.switches) form->addRow(QString(), boxOf(*action));
  for (const Preferences::Line& line : preferences.lines) form->addRow(line.name(), lineOf(line));
  auto* kept = new QLabel(tr("What you do is kept as you work, in %1").arg(keptIn));
  kept->setProperty("role", "muted");
  kept->setWordWrap(true);
  kept->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  form->addRow(kept);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  form->addRow(buttons);
  const int width = int(theme().scaled(480));
  resize(width, layout()->totalHeightForWidth(width));
}

} // namespace sockwalk
