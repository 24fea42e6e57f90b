#include "views/source/source_view.h"
#include "views/source/code_pane.h"
#include "views/source/frame_strip.h"
#include "views/theme/elided_label.h"
#include "views/theme/find_bar.h"
#include "views/theme/theme.h"
#include "views/walk/selecting.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QCoreApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTextBlock>
#include <QVBoxLayout>

namespace sockwalk {

SourceView::SourceView(Walk& walk, QWidget* parent) : View(walk, parent) {
  buildHeading();
  m_strip = new FrameStrip(this);
  m_callout = new QFrame(this);
  m_callout->setProperty("callout", true);
  auto* inside = new QVBoxLayout(m_callout);
  inside->setContentsMargins(8, 2, 8, 2);
  m_simplified = new QLabel(m_callout);
  m_simplified->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_simplified->setWordWrap(true);
  inside->addWidget(m_simplified);
  m_code = new CodePane(this);
  connect(m_code, &CodePane::lineClicked, this, [this](int line) {
    m_walk.pointAtLine(QStringLiteral("%1:%2").arg(m_code->file().section('/', -1)).arg(line));
  });
  auto* page = new QWidget(this);
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(2);
  for (QWidget* w : {static_cast<QWidget*>(m_strip), static_cast<QWidget*>(m_callout)}) box->addWidget(w);
  box->addWidget(m_code, 1);
  m_empty = new QLabel(this);
  m_empty->setWordWrap(true);
  m_empty->setAlignment(Qt::AlignCenter);
  m_empty->setProperty("role", "muted");
  m_pages = new QStackedWidget(this);
  m_pages->addWidget(page);
  m_pages->addWidget(m_empty);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(2, 0, 0, 0);
  outer->setSpacing(2);
  outer->addWidget(m_heading);
  outer->addWidget(m_pages, 1);
  connect(m_code, &CodePane::lineChosen, this,
          [this](int line) { Selecting::of(m_walk).selectLine(m_code->file(), line); });
  connect(m_strip, &FrameStrip::chosenChanged, this, &SourceView::showFrame);
  m_find = new FindBar(this, tr("In this file"),
                       searchOf({[this] { return m_code->blockCount(); },
                                 [this](int line) { return m_code->document()->findBlockByNumber(line).text(); },
                                 [this] { return m_code->line() - 1; },
                                 [this](int line) { m_code->showFound(line, m_find->line()->text()); }}));
  connect(&Selecting::of(walk), &Selecting::changed, this, &SourceView::showSelection);
  Selecting::of(walk).letGoBy(*this);
  connect(&walk, &Walk::markChanged, this, &SourceView::showMark);
  restyle();
  refresh();
}

bool SourceView::find() {
  if (m_frames.empty()) return false;
  m_find->open();
  return true;
}

// "net/ipv4/af_inet.cpp   ≈ modules are not loaded on demand"
void SourceView::buildHeading() {
  m_heading = new QWidget(this);
  auto* row = new QHBoxLayout(m_heading);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(12);
  m_path = new ElidedLabel(m_heading, Qt::ElideLeft);
  m_path->setProperty("role", "mono");
  m_about = new ElidedLabel(m_heading);
  m_about->setProperty("role", "small");
  m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(m_path);
  row->addWidget(m_about, 1);
}

// What the function leaves out: in full where there is room, in a low window beside the file's name.
void SourceView::showSimplified() {
  const bool any = m_chosen >= 0 && m_chosen < int(m_frames.size());
  const QString words = any ? sockwalk::shown(m_frames[m_chosen].simplified) : QString();
  const bool low = height() < theme().scaled(320);
  m_callout->setVisible(!words.isEmpty() && !low);
  m_simplified->setText(tr("<b>simplified:</b> %1").arg(words.toHtmlEscaped()));
  m_about->setVisible(!words.isEmpty() && low);
  m_about->setWords(tr("≈ simplified: %1").arg(words));
}

void SourceView::resizeEvent(QResizeEvent*) { showSimplified(); }

void SourceView::restyle() {
  m_path->setFont(theme().mono(11.5, QFont::Bold));
  m_simplified->setFont(theme().sans(12));
  m_about->setFont(theme().small());
  m_code->setMinimumHeight(int(theme().scaled(60)));
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
    m_path->setWords(QCoreApplication::translate("Views", "Source"));
    m_path->updateGeometry();
    m_chosen = -1;
    showSimplified();
    m_pages->setCurrentIndex(1);
    return;
  }
  m_pages->setCurrentIndex(0);
  showFrame(int(m_frames.size()) - 1);
}

void SourceView::moved(EventIndex from, EventIndex position, bool) {
  refresh();
  if (m_marks) showMark();
  if (from != position) return;
  if (Selecting::of(m_walk).now()) showSelection(); // it comes to the front
  else showMark();
}

void SourceView::showMark() {
  const tell::PointPlace& mark = m_walk.marked();
  const bool marks = mark.kind == tell::Point::Line;
  if (marks) showLine(text(mark.name), int(mark.number));
  else if (m_marks) showSelection(); // what is selected, or runs
  m_marks = marks;
}

void SourceView::showLine(const QString& file, int line) {
  m_pages->setCurrentIndex(0);
  m_chosen = -1; // what is said of the running function is not said of this one
  showSimplified();
  showPath(file, line);
  m_code->showLinked(file, line);
}

void SourceView::showFrame(int frame) {
  if (frame < 0 || frame >= int(m_frames.size())) return;
  const tell::SourceFrame& f = m_frames[frame];
  const QString file = text(f.file);
  showPath(file, f.line);
  m_chosen = frame;
  showSimplified();
  m_code->show(file, f.line, frame + 1 == int(m_frames.size()));
}

void SourceView::showPath(const QString& file, int line) {
  const QString root = QStringLiteral("engine/kernel/"); // as the kernel's own tree has it
  m_path->setText(file.startsWith(root) ? file.mid(root.size()) : file);
  m_path->setToolTip(tr("%1, line %2").arg(file).arg(line));
  m_path->updateGeometry();
}

// The line that wrote what is selected is shown, whichever runs; the next step, or Esc, leads back to that.
void SourceView::showSelection() {
  const tell::Selection& s = Selecting::of(m_walk).now();
  if (s && s.line > 0) return showLine(text(s.file), s.line);
  m_code->clearLinked();
  refresh();
}

static const ViewRegistration registered{
    {"source", QT_TRANSLATE_NOOP("Views", "Source"), ViewPlace::Right, 2, {480, 400}, makeView<SourceView>}};

} // namespace sockwalk
