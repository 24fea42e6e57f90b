#include "views/source/source_view.h"
#include "views/source/code_pane.h"
#include "views/source/frame_strip.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QFrame>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

SourceView::SourceView(Walk& walk, QWidget* parent) : View(walk, parent) {
  m_path = new QLabel(this);
  m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_path->setProperty("role", "mono");
  m_path->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  m_strip = new FrameStrip(this);
  m_callout = new QFrame(this);
  m_callout->setProperty("callout", true);
  auto* inside = new QVBoxLayout(m_callout);
  inside->setContentsMargins(8, 2, 8, 2);
  m_simplified = new QLabel(m_callout);
  m_simplified->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  inside->addWidget(m_simplified);
  m_code = new CodePane(this);
  auto* page = new QWidget(this);
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(4);
  for (QWidget* w : {static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_strip), static_cast<QWidget*>(m_callout)})
    box->addWidget(w);
  box->addWidget(m_code, 1);
  m_empty = new QLabel(this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setProperty("role", "muted");
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(page);
  m_pages->addWidget(m_empty);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(12, 4, 4, 4);
  outer->addWidget(m_pages);
  connect(m_strip, &FrameStrip::chosenChanged, this, &SourceView::showFrame);
  restyle();
  refresh();
}

// Words in full where there is room; in a low window one line of them, the rest in the tooltip.
void SourceView::showSimplified() {
  const bool any = m_chosen >= 0 && m_chosen < int(m_frames.size());
  const QString words = any ? sockwalk::shown(m_frames[m_chosen].simplified) : QString();
  m_callout->setVisible(!words.isEmpty());
  const bool low = height() < theme().scaled(280);
  const int room = width() - int(theme().scaled(36)) -
                   QFontMetrics(theme().sans(12, QFont::Bold)).horizontalAdvance(tr("simplified:") + "  ");
  m_simplified->setWordWrap(!low);
  const QString shown =
      low ? QFontMetrics(theme().sans(12)).elidedText(words, Qt::ElideRight, std::max(40, room)) : words;
  m_simplified->setText(tr("<b>simplified:</b> %1").arg(shown.toHtmlEscaped()));
  m_callout->setToolTip(words);
}

void SourceView::resizeEvent(QResizeEvent*) { showSimplified(); }

void SourceView::restyle() {
  m_path->setFont(theme().mono(11.5, QFont::Bold));
  m_simplified->setFont(theme().sans(12));
  m_code->setMinimumHeight(int(theme().scaled(96)));
  m_strip->updateGeometry();
  showSimplified();
}

void SourceView::refresh() {
  m_frames = m_walk.isOpen() ? tell::sourceFrames(m_walk.playhead()) : std::vector<tell::SourceFrame>{};
  m_strip->setFrames(m_frames);
  if (m_frames.empty()) {
    m_empty->setText(m_walk.isOpen()
                         ? tr("No kernel function runs at this moment. Step into the next call to see its source.")
                         : tr("Open a scenario or a capture, and step into a call: the engine's own source of the "
                              "running function appears here."));
    m_pages->setCurrentIndex(1);
    return;
  }
  m_pages->setCurrentIndex(0);
  showFrame(int(m_frames.size()) - 1);
}

void SourceView::showFrame(int frame) {
  if (frame < 0 || frame >= int(m_frames.size())) return;
  const tell::SourceFrame& f = m_frames[frame];
  const QString file = text(f.file);
  m_path->setText(file);
  m_path->setToolTip(tr("%1, line %2").arg(file).arg(f.line));
  m_chosen = frame;
  showSimplified();
  m_code->show(file, f.line, frame + 1 == int(m_frames.size()));
}

static const ViewRegistration registered{
    {"source", QT_TRANSLATE_NOOP("Views", "Source"), ViewPlace::Right, 2, {480, 400}, makeView<SourceView>}};

} // namespace sockwalk
