#include "views/theme/style_sheet.h"

#include "views/theme/theme.h"

#include <QRegularExpression>

namespace sockwalk {
namespace {

// Names in @braces@ are replaced by the theme's colours; @N px@ grows with the type.
const char* const base = R"(
* { outline: 0; }
QMainWindow, QDialog { background: @page@; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow::separator { background: @page@; width: 8px; height: 8px; }
QWidget { color: @text@; }
QToolTip { background: @card@; color: @text@; border: 1px solid @hairline@; padding: 5px 7px; }

QFrame[card="true"] { background: @card@; border: 1px solid @hairline@; border-radius: 6px; }
QFrame[callout="true"] { background: @accentTint@; border: 1px solid @accentLine@; border-radius: 6px; }
QFrame[warning="true"] { background: @changedFill@; border: 1px solid @changedLine@; border-radius: 6px; }
QFrame[danger="true"] { background: @dangerFill@; border: 1px solid @danger@; border-radius: 6px; }

QLabel { background: transparent; }
QLabel[role="title"] { color: @title@; font-size: @13px@; font-weight: 700; }
QLabel[role="muted"] { color: @muted@; }
QLabel[role="small"] { color: @muted@; font-size: @11px@; }
QLabel[role="words"], QLabel[said] { font-size: @12px@; }
QLabel[said="now"] { color: @muted@; }
QLabel[said="right"] { color: @good@; }
QLabel[said="wrong"] { color: @changed@; }
QLabel[role="mono"], *[mono="true"] { font-family: @mono@; font-size: @12px@; }
QLabel[role="accent"] { color: @accent@; font-weight: 700; }
QLabel[role="changed"] { color: @changed@; font-weight: 700; }
QLabel[role="danger"] { color: @danger@; font-weight: 700; }
QLabel[role="good"] { color: @good@; font-weight: 700; }

QToolBar { background: @card@; border: 0; border-bottom: 1px solid @hairline@; spacing: 4px; padding: 7px 14px; }
QToolBar::separator { background: transparent; width: 10px; }
QStatusBar { background: @card@; color: @muted@; border-top: 1px solid @hairline@; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @muted@; font-size: @11px@; padding: 0 6px; }
QStatusBar QLabel[role="good"] { color: @good@; }
QStatusBar QLabel[role="danger"] { color: @danger@; }

QMenuBar { background: @card@; color: @text@; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: @accentTint@; color: @accent@; }
QMenu { background: @card@; border: 1px solid @hairline@; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @accentTint@; color: @title@; }
QMenu::item:disabled { color: @faint@; }
QMenu::separator { height: 1px; background: @hairline@; margin: 5px 6px; }
)";

const char* const controls = R"(
QPushButton, QToolButton { background: @card@; color: @text@; border: 1px solid @hairline@; border-radius: 6px;
  padding: 5px 12px; }
QToolButton { background: @raised@; padding: 5px 10px; }
QPushButton[slim="true"] { padding: 5px 4px; }
QPushButton:hover, QToolButton:hover { border-color: @accent@; }
QPushButton:focus, QToolButton:focus { border-color: @accent@; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked { background: @accentTint@;
  color: @accent@; border-color: @accentLine@; }
QPushButton:disabled, QToolButton:disabled { color: @faint@; }
QPushButton[primary="true"], QToolButton[primary="true"] { background: @accent@; color: @onAccent@;
  border-color: @accent@; font-weight: 700; }
QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover { background: @accentHover@; }
QPushButton[primary="true"]:disabled { background: @raised@; color: @faint@; border-color: @hairline@; }
QPushButton[link="true"], QToolButton[link="true"] { background: transparent; border: 0; color: @accent@;
  padding: 2px 4px; font-size: @11px@; }
QPushButton[link="true"]:hover, QToolButton[link="true"]:hover { text-decoration: underline; }
QToolButton[popupMode="1"] { padding-right: 20px; }
QToolButton::menu-button { border: 0; width: 16px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox { background: @card@; color: @text@; border: 1px solid @hairline@;
  border-radius: 6px; padding: 4px 10px; selection-background-color: @accent@; selection-color: @onAccent@; }
QLineEdit[low="true"] { padding: 1px 8px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus { border-color: @accent@; }
QLineEdit[state="good"] { border-color: @good@; }
QLineEdit[state="wrong"] { border-color: @danger@; background: @dangerFill@; }
QLineEdit:disabled, QComboBox:disabled { color: @faint@; }
QComboBox::drop-down { border: 0; width: @22px@; }
QComboBox::down-arrow { image: url(:/theme/arrow.png); width: @10px@; height: @6px@; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: @22px@; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(:/theme/arrow-up.png); width: @8px@; height: @5px@; }
QAbstractSpinBox::down-arrow { image: url(:/theme/arrow.png); width: @8px@; height: @5px@; }
QComboBox QAbstractItemView { background: @card@; border: 1px solid @hairline@; padding: 4px;
  selection-background-color: @accentTint@; selection-color: @title@; }

QSlider:horizontal { min-height: @16px@; }
QSlider::groove:horizontal { height: 4px; background: @hairline@; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accentLine@; border-radius: 2px; }
QSlider::handle:horizontal { background: @accent@; width: @14px@; height: @14px@; margin: -@5px@ 0;
  border-radius: @7px@; }
QSlider::handle:horizontal:focus { background: @accentHover@; }

QRadioButton, QCheckBox { background: transparent; spacing: 6px; }
QRadioButton::indicator { width: @12px@; height: @12px@; border: 1px solid @accent@; border-radius: @7px@;
  background: @card@; }
QRadioButton::indicator:checked { background: @accent@; }
QCheckBox::indicator { width: @12px@; height: @12px@; border: 1px solid @accent@; border-radius: 3px; background: @card@; }
QCheckBox::indicator:checked { background: @accent@; }
QGroupBox { border: 1px solid @hairline@; border-radius: 6px; margin-top: 10px; padding: 8px; font-weight: 700; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: @muted@; }
QProgressBar { background: @raised@; border: 0; border-radius: 3px; height: 6px; color: transparent; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }
)";

const char* const views = R"(
QTabWidget::pane { border: 0; }
QTabWidget::tab-bar { left: 6px; }
QTabBar { background: transparent; qproperty-drawBase: 0; qproperty-usesScrollButtons: 0; }
QTabBar::tab { background: @card@; color: @muted@; border: 1px solid @hairline@; border-radius: 6px;
  padding: 4px 12px; margin: 3px 4px 3px 0; min-width: 24px; }
QTabBar::tab:hover { color: @text@; border-color: @accentLine@; }
QTabBar::tab:selected { background: @accentTint@; color: @accent@; border-color: @accentLine@; font-weight: 700; }
QTabBar::tab:disabled { color: @faint@; }
QTabBar[plain="true"]::tab { background: transparent; border: 0; padding: 4px 10px; }
QTabBar[plain="true"]::tab:selected { color: @accent@; }

QDockWidget { color: @title@; font-weight: 700; border: 0; }
QDockWidget::title { background: @page@; text-align: left; padding: 5px 8px; }
QDockWidget::close-button, QDockWidget::float-button { background: transparent; border: 0; padding: 0; }
QSplitter::handle { background: @page@; }

QAbstractItemView, QTextEdit, QPlainTextEdit, QTextBrowser { background: @card@; color: @text@;
  border: 0; border-radius: 6px; selection-background-color: @accentTint@; selection-color: @title@;
  alternate-background-color: @page@; }
QTableView { gridline-color: transparent; }
QTableView::item, QTreeView::item, QListView::item { padding: 3px 6px; border: 0; }
QTableView::item:hover, QTreeView::item:hover, QListView::item:hover { background: @raised@; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected { background: @accentTint@;
  color: @title@; }
QTableView::indicator { width: 12px; height: 12px; border: 1px solid @accent@; border-radius: 3px; background: @card@; }
QTableView::indicator:checked { background: @accent@; }
QListView[role="choices"] { background: @card@; border: 1px solid @hairline@; padding: 2px; }
QHeaderView { background: @card@; border: 0; }
QHeaderView::section { background: @card@; color: @muted@; border: 0; border-bottom: 1px solid @hairline@;
  padding: 4px 6px; font-size: @11px@; font-weight: 400; }
QHeaderView[low="true"]::section { padding: 1px 4px; }
QTableCornerButton::section { background: @card@; border: 0; }
QGraphicsView { background: @card@; border: 0; }
QScrollArea { background: transparent; border: 0; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @scroll@; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: @faint@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString familyList(const QStringList& families) { return "\"" + families.join("\", \"") + "\""; }

QString colorFor(const QString& name, const Theme& theme) {
  static const QHash<QString, Role> roles{
      {"page", Role::Page},
      {"card", Role::Card},
      {"raised", Role::Raised},
      {"hairline", Role::Hairline},
      {"text", Role::Text},
      {"title", Role::Title},
      {"muted", Role::Muted},
      {"faint", Role::Faint},
      {"accent", Role::Accent},
      {"onAccent", Role::OnAccent},
      {"accentTint", Role::AccentTint},
      {"accentLine", Role::AccentLine},
      {"changed", Role::Changed},
      {"changedFill", Role::ChangedFill},
      {"changedLine", Role::ChangedLine},
      {"danger", Role::Danger},
      {"dangerFill", Role::DangerFill},
      {"good", Role::Good},
      {"scroll", Role::FutureEdge},
  };
  if (name == "accentHover") return mix(theme.color(Role::Accent), theme.color(Role::OnAccent), 0.9).name();
  const auto role = roles.constFind(name);
  return role == roles.constEnd() ? QString() : theme.color(*role).name();
}

QString value(const QString& name, const Theme& theme) {
  if (name == "mono") return familyList(monoFamilies());
  if (name == "sans") return familyList(sansFamilies());
  if (name.endsWith("px")) return QString::number(qRound(theme.scaled(name.chopped(2).toDouble()))) + "px";
  return colorFor(name, theme);
}

} // namespace

QString styleSheet(const Theme& theme) {
  return inLooksOf(theme, QString::fromLatin1(base) + QString::fromLatin1(controls) + QString::fromLatin1(views));
}

QString inLooksOf(const Theme& theme, const QString& text) {
  static const QRegularExpression slot("@([A-Za-z0-9]+)@");
  QString result;
  qsizetype from = 0;
  for (auto it = slot.globalMatch(text); it.hasNext();) {
    const auto match = it.next();
    result += text.mid(from, match.capturedStart() - from) + value(match.captured(1), theme);
    from = match.capturedEnd();
  }
  return result + text.mid(from);
}

QPalette widgetPalette(const Theme& theme) {
  QPalette p;
  const auto set = [&](QPalette::ColorRole role, Role color) { p.setColor(role, theme.color(color)); };
  set(QPalette::Window, Role::Page);
  set(QPalette::WindowText, Role::Text);
  set(QPalette::Base, Role::Card);
  set(QPalette::AlternateBase, Role::Page);
  set(QPalette::Text, Role::Text);
  set(QPalette::PlaceholderText, Role::Muted);
  set(QPalette::Button, Role::Raised);
  set(QPalette::ButtonText, Role::Text);
  set(QPalette::BrightText, Role::Danger);
  set(QPalette::Highlight, Role::Accent);
  set(QPalette::HighlightedText, Role::OnAccent);
  set(QPalette::Link, Role::Accent);
  set(QPalette::LinkVisited, Role::Accent);
  set(QPalette::ToolTipBase, Role::Card);
  set(QPalette::ToolTipText, Role::Text);
  set(QPalette::Light, Role::Card);
  set(QPalette::Midlight, Role::Raised);
  set(QPalette::Mid, Role::Hairline);
  set(QPalette::Dark, Role::Faint);
  set(QPalette::Shadow, Role::Hairline);
  for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, theme.color(Role::Faint));
  return p;
}

} // namespace sockwalk
