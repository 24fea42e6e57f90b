// The buffer stage's other forms: several buffers, or several moments of one, side by side; before a class the picture alone.
#include "views/buffer/buffer_parts.h"
#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/buffer/side_by_side.h"
#include "views/theme/link_button.h"
#include <QBoxLayout>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QListView>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeWidget>

namespace sockwalk {

void BufferView::buildBeside(QWidget* page) {
  m_besides = new SideBySide(m_walk, this);
  m_pages->addWidget(m_besides);
  auto* open = m_openBeside = new QToolButton(page);
  makeLink(open, tr("side by side"), tr("Lay other buffers, or other moments of this one, beside it"));
  static_cast<QBoxLayout*>(page->layout()->itemAt(0)->layout())->addWidget(open);
  connect(open, &QToolButton::clicked, this, [this] { setBeside(true); });
  connect(m_besides, &SideBySide::back, this, [this] { setBeside(false); });
  connect(m_besides, &SideBySide::goTo, &m_walk, &Walk::seek);
  connect(m_besides, &SideBySide::lookedAt, this, [this](quint64 address) {
    m_walk.setFocus(address);
    emit focusWanted(address);
  });
}

void BufferView::setBeside(bool on) {
  if (on && !m_picture.present) return;
  m_isBeside = on;
  if (on) m_besides->begin(m_lives, m_journeys, m_life);
  showPicture(false, m_walk.position());
  if (on) m_besides->setFocus();
}

void BufferView::showBeside() {
  m_pages->setCurrentWidget(m_besides);
  m_besides->show(m_lives, m_journeys, m_life);
}

// ---- before a class

// What is left stands at the top, the room below it is free.
void BufferView::setPictureOnly() {
  m_pictureOnly = true;
  static_cast<QVBoxLayout*>(m_pages->widget(1)->layout())->addStretch(1);
  fitHeight();
}

std::vector<QWidget*> BufferView::lists() const { return {m_bytes, m_fields, m_journey, m_chooser, m_openBeside}; }

void BufferView::hideLists() {
  m_parts->setMostRows(BufferParts::AllRows); // there is room for all
  const QWidgetList of{m_bytesTitle, m_fieldsTitle, m_fieldNote, m_journeyTitle, m_times, m_callout};
  for (QWidget* words : of) words->hide();
  for (QWidget* list : lists()) list->hide();
}

} // namespace sockwalk
