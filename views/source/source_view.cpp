#include "views/source/source_view.h"
#include "views/source/code_pane.h"
#include "views/source/frame_strip.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QFrame>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sockwalk {

SourceView::SourceView(Walk& walk, QWidget* parent) : QWidget(parent), m_walk(walk) {
  m_path = new QLabel(this);
  m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_strip = new FrameStrip(this);
  m_callout = new QFrame(this);
  m_callout->setProperty("callout", true);
  auto* inside = new QVBoxLayout(m_callout);
  inside->setContentsMargins(8, 4, 8, 4);
  m_simplified = new QLabel(m_callout);
  m_simplified->setWordWrap(true);
  inside->addWidget(m_simplified);
  m_code = new CodePane(this);
  auto* page = new QWidget(this);
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(4);
  for (QWidget* w : {static_cast<QWidget*>(m_path), static_cast<QWidget*>(m_strip), static_cast<QWidget*>(m_callout)}) box->addWidget(w);
  box->addWidget(m_code, 1);
  m_empty = new QLabel(this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setProperty("role", "muted");
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(page);
  m_pages->addWidget(m_empty);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(12, 8, 4, 4);
  outer->addWidget(m_pages);
  connect(m_strip, &FrameStrip::chosenChanged, this, &SourceView::showFrame);
  connect(&walk, &Walk::moved, this, &SourceView::refresh);
  connect(&walk, &Walk::opened, this, &SourceView::refresh);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, &SourceView::restyle);
  restyle();
  refresh();
}

void SourceView::restyle() {
  m_path->setFont(theme().mono(11.5, QFont::Bold));
  m_simplified->setFont(theme().sans(12));
  m_strip->updateGeometry();
}

void SourceView::refresh() {
  m_frames = m_walk.isOpen() ? sourceFrames(m_walk.playhead()) : std::vector<SourceFrame>{};
  m_strip->setFrames(m_frames);
  if (m_frames.empty()) {
    m_empty->setText(m_walk.isOpen() ? tr("No kernel function runs at this moment. Step into the next call to see its source.")
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
  const SourceFrame& f = m_frames[frame];
  m_path->setText(f.file);
  m_path->setToolTip(tr("%1, line %2").arg(f.file).arg(f.line));
  m_callout->setVisible(!f.simplified.isEmpty());
  m_simplified->setText(tr("<b>simplified:</b> %1").arg(f.simplified.toHtmlEscaped()));
  m_code->show(f.file, f.line, frame + 1 == int(m_frames.size()));
}

} // namespace sockwalk
