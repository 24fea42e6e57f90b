#include "views/lesson/lesson_trouble.h"
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sockwalk {

LessonTrouble::LessonTrouble(QWidget* parent) : QWidget(parent) {
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(12, 4, 8, 8);
  box->setSpacing(8);
  m_title = new QLabel(this);
  m_title->setProperty("role", "danger");
  m_title->setWordWrap(true);
  auto* about = new QLabel(tr("It begins once this is mended. The file is read again when it is saved."), this);
  about->setProperty("role", "muted");
  about->setWordWrap(true);
  m_list = new QLabel(this);
  m_list->setProperty("role", "words");
  m_list->setTextFormat(Qt::PlainText);
  m_list->setWordWrap(true);
  m_list->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_list->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* scroll = new QScrollArea(this);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(m_list);
  box->addWidget(m_title);
  box->addWidget(about);
  box->addWidget(scroll, 1);
  auto* check = new QPushButton(tr("Check it again"), this);
  check->setProperty("primary", true);
  connect(check, &QPushButton::clicked, this, &LessonTrouble::again);
  auto* close = new QPushButton(tr("Leave it"), this);
  connect(close, &QPushButton::clicked, this, &LessonTrouble::closed);
  box->addWidget(check);
  box->addWidget(close);
}

void LessonTrouble::show(const QString& file, const QStringList& problems) {
  m_problems = problems;
  m_title->setText(tr("%1: %n thing(s) are wrong with this lesson", nullptr, int(problems.size()))
                       .arg(QFileInfo(file).absoluteDir().dirName()));
  const QString folder = QFileInfo(file).path() + '/';
  QStringList lines;
  for (QString line : problems) lines << line.replace(folder, QString()); // which the title names
  m_list->setText(lines.join(QStringLiteral("\n\n")));
}

} // namespace sockwalk
