#include "views/walk/empty_page.h"
#include "views/walk/walk.h"
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockwalk {

EmptyPage::EmptyPage(Walk& walk, QWidget* parent)
    : QWidget(parent), m_walk(walk), m_title(new QLabel(this)), m_words(new QLabel(this)),
      m_button(new QPushButton(this)) {
  m_title->setProperty("role", "title");
  m_words->setProperty("role", "muted");
  m_words->setAlignment(Qt::AlignCenter);
  m_words->setWordWrap(true);
  m_button->setProperty("primary", true);
  auto* column = new QVBoxLayout(this);
  column->addStretch();
  column->addWidget(m_title, 0, Qt::AlignHCenter);
  column->addWidget(m_words);
  column->addSpacing(8);
  column->addWidget(m_button, 0, Qt::AlignHCenter);
  column->addStretch();
  connect(m_button, &QPushButton::clicked, this, [this] {
    if (m_walk.isOpen()) m_walk.nextStimulus();
    else emit openRequested();
  });
}

void EmptyPage::say(const QString& title, const QString& words) {
  m_title->setText(title);
  m_words->setText(words);
  m_button->setText(m_walk.isOpen() ? tr("Go to the next call") : tr("Open…"));
}

} // namespace sockwalk
