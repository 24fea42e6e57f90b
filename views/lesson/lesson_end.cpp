#include "views/lesson/lesson_end.h"
#include "views/lesson/lesson_panel.h"
#include <algorithm>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

QLabel* words(const char* role, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  if (*role) label->setProperty("role", role);
  return label;
}

// "" after the last one. A lesson may be named by a path through another folder.
QString lessonAfter(const QString& file) {
  const QString known = QFileInfo(file).canonicalFilePath();
  const QStringList all = lessonFiles();
  for (qsizetype i = 0; i + 1 < all.size(); ++i)
    if (QFileInfo(all[i]).canonicalFilePath() == known) return all[i + 1];
  return {};
}

// By its folder; "" if there is none.
QString lessonNamed(const QString& folder) {
  for (const QString& file : lessonFiles())
    if (QFileInfo(file).dir().dirName() == folder) return file;
  return {};
}

} // namespace

LessonEnd::LessonEnd(QWidget* parent) : QWidget(parent) {
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(16, 12, 12, 12);
  box->setSpacing(8);
  auto* done = words("accent", this);
  done->setText(tr("✓ You have been through all of it"));
  m_title = words("title", this);
  m_score = words("", this);
  m_looked = words("muted", this);
  auto* scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_seen = words("", nullptr);
  m_seen->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  scroll->setWidget(m_seen);
  m_summary = words("", this);
  for (QWidget* part : std::initializer_list<QWidget*>{m_title, done, m_score, m_summary, m_looked})
    box->addWidget(part);
  box->addWidget(scroll, 1);
  m_nextTitle = words("muted", this);
  box->addWidget(m_nextTitle);
  m_next = button(tr("Next lesson  ▶"));
  m_next->setProperty("primary", true);
  connect(m_next, &QPushButton::clicked, this, [this] { emit lessonWanted(m_nextFile); });
  m_again = button(tr("This lesson once more"));
  connect(m_again, &QPushButton::clicked, this, &LessonEnd::again);
  connect(button(tr("To the welcome page")), &QPushButton::clicked, this, &LessonEnd::welcomeWanted);
  connect(button(tr("◀  Back to its last stop")), &QPushButton::clicked, this, &LessonEnd::back);
  connect(button(tr("Close it and stay in the walk")), &QPushButton::clicked, this, &LessonEnd::closed);
}

QPushButton* LessonEnd::button(const QString& text) {
  auto* made = new QPushButton(text, this);
  made->setMinimumWidth(1); // a long title gives way; the tooltip has all of it
  layout()->addWidget(made);
  return made;
}

QString LessonEnd::scoreWords(const LessonScore& score) {
  if (!score.asked) return tr("It asked no questions.");
  QString words =
      score.right == score.asked
          ? tr("You answered every question right at once.")
          : tr("Of its %n question(s) you answered %1 right at once.", nullptr, score.asked).arg(score.right);
  if (score.points != score.asked || score.earned != score.right)
    words += ' ' + tr("That is %1 of %2 points.").arg(score.earned).arg(score.points);
  return words;
}

void LessonEnd::show(const tell::Lesson& lesson, const LessonScore& score, const QString& summary) {
  m_summary->setText(summary);
  m_summary->setVisible(!summary.isEmpty());
  m_title->setText(QString::fromStdString(lesson.title));
  m_score->setText(scoreWords(score));
  QStringList seen;
  const auto add = [&](const std::string& line) { seen << QStringLiteral("•  ") + QString::fromStdString(line); };
  std::ranges::for_each(lesson.goals, add);
  if (seen.isEmpty())
    for (const tell::LessonStop& stop : lesson.stops) add(stop.heading);
  m_looked->setText(lesson.goals.empty() ? tr("What you looked at:") : tr("What you can do now:"));
  m_seen->setText(seen.join('\n'));
  m_nextFile = lesson.next.empty() ? QString() : lessonNamed(QString::fromStdString(lesson.next));
  if (m_nextFile.isEmpty()) m_nextFile = lessonAfter(QString::fromStdString(lesson.file));
  m_next->setVisible(!m_nextFile.isEmpty());
  m_nextTitle->setVisible(!m_nextFile.isEmpty());
  if (m_nextFile.isEmpty()) return;
  const auto next = tell::readLesson(m_nextFile.toStdString());
  const QString title = next ? QString::fromStdString(next->title) : m_nextFile;
  m_nextTitle->setText(tr("Next: %1").arg(title));
  m_next->setAccessibleDescription(title);
}

void LessonEnd::focusFirst() { (m_next->isHidden() ? m_again : m_next)->setFocus(Qt::OtherFocusReason); }
QString LessonEnd::score() const { return m_score->text(); }

} // namespace sockwalk
