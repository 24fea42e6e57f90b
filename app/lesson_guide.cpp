#include "app/lesson_guide.h"
#include "engine/tell/lessons/lesson_bundle.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_guide.h"
#include "engine/tell/lessons/lesson_template.h"
#include "engine/tell/messages.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace sockwalk {

static QString code(const std::string& written) {
  return QStringLiteral("<code>%1</code>").arg(text(written).toHtmlEscaped());
}

// As it is read in a window: what is written on one line, what it is for below it.
QString lessonGuideHtml() {
  const QString muted = theme().color(Role::Muted).name();
  QString html;
  for (const tell::GuidePart& part : tell::lessonGuide()) {
    html += QStringLiteral("<h3>%1</h3>").arg(shown(part.title).toHtmlEscaped());
    if (!part.words.empty()) html += QStringLiteral("<p>%1</p>").arg(shown(part.words).toHtmlEscaped());
    if (!part.opens.empty()) html += QStringLiteral("<p>%1</p>").arg(code(part.opens));
    for (const tell::GuideRow& row : part.rows)
      html += QStringLiteral("<p style='margin:0 0 6px 14px'>%1<br><span style='color:%2'>%3</span></p>")
                  .arg(code(row.written), muted, shown(row.about).toHtmlEscaped());
    if (!part.closes.empty()) html += QStringLiteral("<p>%1</p>").arg(code(part.closes));
  }
  return html;
}

LessonGuide::LessonGuide(const QString& folder, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Write a lesson"));
  auto* row = new QHBoxLayout(this);
  row->setSpacing(16);
  row->addWidget(buildPage(), 3);
  row->addWidget(buildSide(), 2);
  const QString own = QString::fromStdString((tell::ownLessons() / "my-lesson").string());
  setFolder(folder.isEmpty() ? own : folder);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &LessonGuide::restyle);
  restyle();
  resize(QSize(int(theme().scaled(920)), int(theme().scaled(620))).boundedTo(QSize(1240, 740)));
}

QWidget* LessonGuide::buildPage() {
  m_page = new QTextBrowser(this);
  m_page->setAccessibleName(windowTitle());
  return m_page;
}

QWidget* LessonGuide::buildSide() {
  auto* side = new QWidget(this);
  auto* box = new QVBoxLayout(side);
  box->setContentsMargins(0, 0, 0, 0);
  auto* label = new QLabel(tr("The lesson's &folder:"));
  m_folder = new QLineEdit;
  label->setBuddy(m_folder);
  auto* other = new QPushButton(tr("Choose…"));
  m_make = new QPushButton(tr("Make it from the template"));
  m_check = new QPushButton(tr("Check it"));
  m_open = new QPushButton(tr("Open it in the window"));
  m_said = new QLabel;
  m_said->setWordWrap(true);
  m_problems = new QPlainTextEdit;
  m_problems->setReadOnly(true);
  m_problems->setAccessibleName(tr("What is wrong with the lesson"));
  auto* close = new QPushButton(tr("Close"));
  for (QPushButton* button : {other, m_make, m_check, m_open, close}) button->setAutoDefault(false);
  for (QWidget* widget : std::initializer_list<QWidget*>{label, m_folder, other, m_make, m_open, m_check, m_said})
    box->addWidget(widget);
  box->addWidget(m_problems, 1);
  box->addStretch();
  box->addWidget(close);
  connect(m_folder, &QLineEdit::textChanged, this, &LessonGuide::enable);
  connect(other, &QPushButton::clicked, this, &LessonGuide::choose);
  connect(m_make, &QPushButton::clicked, this, &LessonGuide::make);
  connect(m_check, &QPushButton::clicked, this, &LessonGuide::check);
  connect(m_open, &QPushButton::clicked, this, &LessonGuide::open);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  return side;
}

QString LessonGuide::folder() const { return QDir::cleanPath(m_folder->text().trimmed()); }
QString LessonGuide::verdict() const { return m_said->text(); }

void LessonGuide::setFolder(const QString& folder) {
  m_folder->setText(QDir::toNativeSeparators(folder));
  enable();
}

// Only what can be done there: a lesson is made where there is none, and checked where there is one.
void LessonGuide::enable() {
  const bool named = !m_folder->text().trimmed().isEmpty();
  const bool there = named && tell::isLesson(folder().toStdString());
  m_make->setEnabled(named && !there);
  m_check->setEnabled(there);
  m_open->setEnabled(there);
  m_make->setProperty("primary", named && !there);
  m_check->setProperty("primary", there);
  for (QWidget* button : {m_make, m_check}) button->style()->unpolish(button), button->style()->polish(button);
  m_problems->hide();
  m_said->setText(there   ? tr("There is a lesson in this folder.")
                  : named ? tr("There is no lesson in this folder yet.")
                          : tr("Say where the lesson is to lie."));
}

void LessonGuide::choose() {
  const QString chosen = QFileDialog::getExistingDirectory(this, tr("The folder of a lesson"), folder());
  if (!chosen.isEmpty()) setFolder(chosen);
}

void LessonGuide::make() {
  const auto written = tell::writeNewLesson(folder().toStdString());
  if (!written) return say(false, QString::fromStdString(tell::spokenMessage(written.error().message)));
  enable();
  say(true,
      tr("It is made. Change lesson.md in an editor of your own; the window shows it anew whenever you save it."));
  emit lessonWanted(folder());
}

void LessonGuide::check() {
  QApplication::setOverrideCursor(Qt::WaitCursor); // its scenario is played
  const auto problems = tell::checkLesson(folder().toStdString());
  QApplication::restoreOverrideCursor();
  QStringList lines;
  for (const std::string& line : tell::lines(problems)) lines << text(line).remove(folder() + '/');
  say(problems.empty(), problems.empty()
                            ? tr("Nothing is wrong with this lesson.")
                            : tr("%n thing(s) are wrong with this lesson:", nullptr, int(problems.size())));
  m_problems->setPlainText(lines.join(QStringLiteral("\n\n")));
  m_problems->setVisible(!lines.isEmpty());
}

void LessonGuide::open() { emit lessonWanted(folder()); }

void LessonGuide::say(bool good, const QString& words) {
  m_said->setProperty("role", good ? QVariant() : QStringLiteral("danger"));
  m_said->style()->unpolish(m_said);
  m_said->style()->polish(m_said);
  m_said->setText((good ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + words);
}

void LessonGuide::restyle() {
  m_page->setHtml(lessonGuideHtml());
  m_problems->setFont(theme().mono(11.5));
}

// In another language it is another page.
void LessonGuide::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) restyle();
}

} // namespace sockwalk
