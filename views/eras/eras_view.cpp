#include "views/eras/eras_view.h"
#include "engine/tell/messages.h"
#include "views/eras/eras_canvas.h"
#include "views/theme/elided_combo.h"
#include "views/walk/text.h"
#include <QHBoxLayout>
#include <QToolButton>

namespace sockwalk {

static const QString Calls = QStringLiteral("calls");

ErasView::ErasView(Walk& walk, QWidget* parent)
    : PictureView(walk, new ErasCanvas, tr("A function, a member"), parent), m_other(walk), m_page(Calls),
      m_calls(link(tr("calls"), tr("The calls of the walk, on both kernels"), true)),
      m_structures(new ElidedCombo(this)), m_canvas(findChild<ErasCanvas*>()) {
  setTitle({}); // of the page; it stands before the buttons
  m_structures->addItem(tr("structures"));
  for (const std::string& page : tell::structurePages()) m_structures->addItem(text(page));
  m_structures->setAccessibleName(tr("A structure of both kernels, side by side"));
  m_structures->setToolTip(m_structures->accessibleName());
  head().addWidget(m_calls);
  head().addWidget(m_structures);
  connect(m_calls, &QToolButton::clicked, this, [this] { showPage(Calls); });
  connect(m_structures, &QComboBox::activated, this,
          [this](int index) { showPage(index ? m_structures->itemText(index) : Calls); });
  connect(&m_other, &OtherWalk::played, this, &ErasView::refreshIfSeen);
  showPage(Calls);
}

QStringList ErasView::pages() const {
  QStringList out{Calls};
  for (int i = 1; i < m_structures->count(); ++i) out << m_structures->itemText(i);
  return out;
}

bool ErasView::showPage(const QString& page) {
  const QString wanted = page.isEmpty() ? Calls : page;
  if (!pages().contains(wanted)) return false;
  m_page = wanted;
  setTitle(m_page == Calls ? tr("One script, two kernels; a click on a call goes to where this walk makes it")
                           : tr("Where the members of a structure lie in two kernels"));
  m_calls->setChecked(m_page == Calls);
  m_structures->setCurrentIndex(m_page == Calls ? 0 : m_structures->findText(m_page));
  refresh();
  return true;
}

void ErasView::opened() {
  m_other.forget();
  m_drawn.clear();
  refreshIfSeen();
}
void ErasView::recorded() { refreshIfSeen(); }
void ErasView::moved(EventIndex from, EventIndex to, bool jump) {
  if (from == to) m_drawn.clear(); // the same moment, told in another language
  PictureView::moved(from, to, jump);
}

void ErasView::refresh() {
  if (m_page == Calls) showCalls();
  else showStructure();
}

void ErasView::showStructure() {
  showPicture(true);
  if (m_drawn == m_page) return;
  m_drawn = m_page;
  const auto compared = tell::structureOfPage(m_page.toStdString());
  m_canvas->show(compared ? pictureOf(*compared) : ErasPicture());
}

void ErasView::showCalls() {
  showPicture(m_walk.isOpen());
  if (!m_walk.isOpen())
    return sayEmpty(tr("No walk is open"),
                    tr("Open a script that makes sockets: its calls on Linux 2.6 and 6.1 are drawn here."));
  m_other.keepUp();
  if (m_drawn != Calls || m_version != m_other.version()) drawCalls();
  m_canvas->setPosition(m_walk.position(), m_walk.hidesAhead());
}

void ErasView::drawCalls() {
  m_drawn = Calls;
  m_version = m_other.version();
  if (const tell::ErasOfWalk* both = m_other.both()) return m_canvas->show(pictureOf(*both));
  const auto sentence = [this](const QString& words) {
    ErasPicture picture;
    picture.rows.push_back({ErasRow::Sentence, tell::EraMark::Kept, words, {}, {}});
    m_canvas->show(std::move(picture));
  };
  if (m_other.refusal().empty()) return sentence(tr("The other kernel plays this walk …"));
  sentence(tr("This walk has no other kernel beside it: %1").arg(text(tell::spokenMessage(m_other.refusal()))) +
           QStringLiteral("\n\n") + tr("Structures of both kernels can be chosen above."));
}

static const ViewRegistration registered{
    {"eras", QT_TRANSLATE_NOOP("Views", "Then and now"), ViewPlace::Stage, 16, {1000, 640}, makeView<ErasView>}};

} // namespace sockwalk
