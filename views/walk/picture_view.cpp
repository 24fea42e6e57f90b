#include "views/walk/picture_view.h"
#include "views/theme/elided_label.h"
#include "views/theme/find_bar.h"
#include "views/theme/link_button.h"
#include "views/theme/picture_canvas.h"
#include "views/walk/empty_page.h"
#include <QHBoxLayout>
#include <QStackedWidget>

namespace sockwalk {

PictureView::PictureView(Walk& walk, PictureCanvas* canvas, const QString& what, QWidget* parent)
    : View(walk, parent), m_picture(canvas), m_pages(new QStackedWidget(this)), m_empty(new EmptyPage(walk, this)),
      m_head(new QHBoxLayout), m_column(new QVBoxLayout) {
  auto* fit = link(tr("fit"), tr("Show as much as can be read, or as large as usual (0)"), true);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(12, 6, 8, 4);
  row->addLayout(m_head, 1);
  row->addWidget(fit);
  auto* full = new QWidget(this);
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(0);
  m_column->addLayout(row);
  m_column->addWidget(m_picture, 1);
  full->setLayout(m_column);
  m_pages->addWidget(m_empty);
  m_pages->addWidget(full);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_pages);
  setFocusProxy(m_picture);
  m_find = new FindBar(this, what, m_picture->search());
  connect(m_empty, &EmptyPage::openRequested, this, &View::openRequested);
  connect(fit, &QToolButton::clicked, m_picture, &PictureCanvas::fit);
  connect(m_picture, &PictureCanvas::zoomChanged, fit, [this, fit] { fit->setChecked(m_picture->fitted()); });
  connect(m_picture, &PictureCanvas::goTo, &m_walk, &Walk::seek);
  connect(m_picture, &PictureCanvas::focusWanted, this, &View::focusWanted);
}

QToolButton* PictureView::link(const QString& text, const QString& tip, bool checkable) {
  auto* button = new QToolButton;
  makeLink(button, text, tip, checkable);
  return button;
}

bool PictureView::find() {
  if (!m_pages->currentIndex() || !m_picture->itemCount()) return false;
  m_find->open();
  return true;
}

void PictureView::setTitle(const QString& words) {
  if (!m_title) {
    m_title = new ElidedLabel(this);
    m_title->setProperty("role", "muted");
    m_head->addWidget(m_title, 1);
  }
  m_title->setWords(words);
}

QString PictureView::title() const { return m_title ? m_title->text() : QString(); }

void PictureView::showPicture(bool any) { m_pages->setCurrentIndex(any ? 1 : 0); }
void PictureView::sayEmpty(const QString& title, const QString& words) { m_empty->say(title, words); }

void PictureView::refreshIfSeen() {
  if (isVisible()) refresh();
}
void PictureView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  m_picture->setMarked(m_walk.focus());
  refresh();
}
void PictureView::focused(u64 address) {
  m_picture->setMarked(address);
  refreshIfSeen();
}
void PictureView::restyled() {
  m_picture->restyle();
  refreshIfSeen();
}

} // namespace sockwalk
