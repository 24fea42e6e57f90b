#include "views/buffer/buffer_view.h"
#include "engine/journal/era_of.h"
#include "engine/journal/reflection.h"
#include "views/buffer/buffer_parts.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/bytes_pane.h"
#include "views/buffer/journey_model.h"
#include "views/buffer/side_by_side.h"
#include "views/theme/elided_combo.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/selecting.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTimer>
#include <QTreeWidget>

namespace sockwalk {

namespace {

constexpr int NarrowestChooser = 70; // px

QLabel* label(const char* role, QWidget* parent) {
  auto* l = new QLabel(parent);
  l->setProperty("role", role);
  l->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return l;
}

// Words that wrap would take their height from the picture.
ElidedLabel* oneLine(const char* role, QWidget* parent) {
  auto* l = new ElidedLabel(parent);
  l->setProperty("role", role);
  l->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  return l;
}
} // namespace

BufferView::BufferView(Walk& walk, QWidget* parent) : View(walk, parent) {
  setAccessibleName(tr("Buffer"));
  m_pages = new QStackedLayout(this);
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(16, 10, 16, 12);
  column->setSpacing(8);
  m_pages->addWidget(buildEmpty());
  m_pages->addWidget(page);
  buildHeader(page);
  buildMiddle(page);
  buildFoot(page);
  buildFind();
  buildBeside(page);
  connect(&Selecting::of(walk), &Selecting::changed, this, &BufferView::showSelection);
  Selecting::of(walk).letGoBy(*this);
  restyle();
  if (walk.isOpen()) {
    reset();
    showPicture(false, walk.position());
  }
}

// ---- what it is made of
void BufferView::buildHeader(QWidget* page) {
  auto* row = new QHBoxLayout;
  m_title = label("title", page);
  m_subtitle = new ElidedLabel(page);
  m_subtitle->setProperty("role", "muted");
  m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_chooser = new ElidedCombo(page);
  m_chooser->setAccessibleName(tr("Which buffer to show"));
  m_chooser->setToolTip(tr("Stay with one sk_buff, or follow the path that runs"));
  m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_chooser->setMinimumWidth(NarrowestChooser);
  row->addWidget(m_title);
  row->addWidget(m_subtitle, 1);
  row->addWidget(m_chooser);
  auto* column = static_cast<QVBoxLayout*>(page->layout());
  column->addLayout(row);
  m_family = oneLine("small", page);
  m_fate = oneLine("danger", page);
  m_breach = oneLine("danger", page);
  column->addWidget(m_fate);
  column->addWidget(m_breach);
  column->addWidget(m_family);
  m_strip = new BufferStrip(page);
  m_strip->setCover([this](const QString& words) { return m_walk.covered(words); });
  column->addWidget(m_strip);
  m_parts = new BufferParts(page);
  m_parts->setCover([this](const QString& words) { return m_walk.covered(words); });
  column->addWidget(m_parts);
  connect(m_parts, &BufferParts::chosen, this, &BufferView::choose);
  connect(m_chooser, &QComboBox::activated, this,
          [this](int i) { choose(i > 0 && i <= int(m_choices.size()) ? m_choices[static_cast<size_t>(i - 1)] : 0); });
  connect(m_strip, &BufferStrip::hovered, this, [this](int from, int to) {
    if (from >= 0) light(from, to, false);
    else lightItem(m_fields->currentItem());
  });
  connect(m_strip, &BufferStrip::clicked, this, &BufferView::selectField);
}

void BufferView::buildMiddle(QWidget* page) {
  auto* row = new QHBoxLayout;
  row->setSpacing(16);
  auto* left = new QVBoxLayout;
  auto* right = new QVBoxLayout;
  m_bytesTitle = label("title", page);
  m_fieldsTitle = label("title", page);
  m_fieldNote = label("small", page);
  m_bytes = new BytesPane(page);
  m_fields = new QTreeWidget(page);
  m_fields->setAccessibleName(tr("Fields of the packet's headers"));
  m_fields->setProperty("mono", true);
  m_fields->setColumnCount(2);
  m_fields->setHeaderHidden(true);
  m_fields->setFrameShape(QFrame::NoFrame);
  m_fields->setMouseTracking(true);
  m_fields->setUniformRowHeights(true);
  m_fields->header()->setStretchLastSection(true);
  for (QWidget* w : {static_cast<QWidget*>(m_fields), static_cast<QWidget*>(m_bytes)})
    w->setMinimumHeight(int(theme().scaled(38)));
  for (QLabel* l : {m_bytesTitle, m_fieldsTitle}) l->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  m_fieldNote->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  left->addWidget(m_bytesTitle);
  left->addWidget(m_bytes, 1);
  right->addWidget(m_fieldsTitle);
  right->addWidget(m_fields, 1);
  right->addWidget(m_fieldNote);
  row->addLayout(left, 4);
  row->addLayout(right, 3);
  static_cast<QVBoxLayout*>(page->layout())->addLayout(row, 1);
  connect(m_fields, &QTreeWidget::itemEntered, this, &BufferView::lightItem);
  connect(m_fields, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    lightItem(item);
    if (m_fields->hasFocus()) selectEverywhere(item);
  });
  connect(m_fields, &QTreeWidget::itemClicked, this, &BufferView::selectEverywhere);
  connect(m_bytes, &BytesPane::clicked, this, [this](int offset) {
    selectField(offset);
    if (offset >= 0) selectByte(offset);
  });
  connect(m_bytes, &BytesPane::fragmentClicked, this, &BufferView::selectInPage);
  connect(m_bytes, &BytesPane::hovered, this, [this](int offset) {
    if (offset < 0) lightItem(m_fields->currentItem());
    else if (QTreeWidgetItem* item = itemAt(offset)) lightItem(item);
  });
}

void BufferView::buildFoot(QWidget* page) {
  auto* column = static_cast<QVBoxLayout*>(page->layout());
  auto* row = new QHBoxLayout;
  m_journeyTitle = label("title", page);
  m_times = label("small", page);
  m_times->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_times->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_times->setToolTip(tr("Simulated time between one stop and the next counts for the first one's layer"));
  row->addWidget(m_journeyTitle);
  row->addWidget(m_times, 1);
  column->addLayout(row);
  m_stops = new JourneyModel(this);
  m_stops->setCover([this](const QString& words) { return m_walk.covered(words); });
  m_journey = new QListView(page);
  m_journey->setAccessibleName(tr("Journey of this buffer"));
  m_journey->setModel(m_stops);
  m_journey->setItemDelegate(new JourneyDelegate(m_journey));
  m_journey->setFlow(QListView::LeftToRight);
  m_journey->setWrapping(false);
  m_journey->setUniformItemSizes(true);
  m_journey->setFrameShape(QFrame::NoFrame);
  m_journey->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_journey->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_journey->setEditTriggers(QAbstractItemView::NoEditTriggers);
  column->addWidget(m_journey);
  const auto go = [this](const QModelIndex& i) { m_walk.seek(i.data(JourneyModel::EventRole).toUInt() + 1); };
  connect(m_journey, &QListView::clicked, this, go);
  connect(m_journey, &QListView::activated, this, [this, go](const QModelIndex& i) {
    if (!i.data(JourneyModel::CurrentRole).toBool()) go(i);
  });
  m_callout = new QFrame(page);
  m_callout->setProperty("callout", true);
  auto* words = new QVBoxLayout(m_callout);
  words->setContentsMargins(14, 8, 14, 8);
  words->setSpacing(4);
  m_sentence = new QLabel(m_callout);
  m_lesson = label("muted", m_callout);
  for (QLabel* l : {m_sentence, m_lesson}) {
    l->setWordWrap(true);
    l->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(l);
  }
  column->addWidget(m_callout);
}

QWidget* BufferView::buildEmpty() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(10, 24, 10, 24);
  m_emptyText = label("muted", page);
  m_emptyText->setWordWrap(true);
  m_emptyText->setAlignment(Qt::AlignCenter);
  m_next = new QPushButton(tr("Next call that is handed a buffer"), page);
  m_next->setProperty("primary", true);
  column->addStretch(2);
  column->addWidget(m_emptyText);
  column->addSpacing(12);
  column->addWidget(m_next, 0, Qt::AlignHCenter);
  column->addStretch(3);
  connect(m_next, &QPushButton::clicked, this, [this] {
    if (!m_walk.isOpen()) return;
    EventIndex call = m_lives.nextBufferCall(m_walk.journal(), m_walk.position());
    if (call == NoEvent) call = m_lives.nextBufferCall(m_walk.journal(), 0);
    if (call != NoEvent) m_walk.seek(call + 1);
  });
  return page;
}

void BufferView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitHeight();
  QTimer::singleShot(0, this, [this] { // once the strip has its new width
    if (m_picture.stop >= 0) m_journey->scrollTo(m_stops->index(m_picture.stop), QAbstractItemView::PositionAtCenter);
  });
}

// In a low stage the picture comes first: the words about the last step stand on the left as well, and then go the headings
// of what is known by its looks. How long words are, and how many rows the strip needs, no height foretells.
void BufferView::fitHeight() {
  const bool low = height() < theme().scaled(560) + m_parts->heightFor(BufferParts::AllRows);
  const bool lowest = isVisible() ? height() < theme().scaled(440) + m_parts->heightFor(2) : m_lowest;
  m_strip->setTight(lowest && height() < theme().scaled(370));
  arrange(low, lowest);
  const QLayout& column = *m_pages->widget(1)->layout();
  const auto tooHigh = [&] {
    return std::max(column.totalMinimumHeightForWidth(width()), column.totalMinimumSize().height()) > height();
  };
  if (m_pictureOnly || !isVisible()) return;
  if (tooHigh()) m_lesson->hide();
  if (tooHigh()) arrange(true, lowest);
  if (tooHigh()) arrange(true, true);
  if (tooHigh()) m_strip->setTight(true);
}

void BufferView::arrange(bool low, bool lowest) {
  const int least = height() < theme().scaled(400) ? 0 : 1;
  m_parts->setMostRows(lowest ? least : low ? 2 : BufferParts::AllRows);
  m_lowest = lowest; // while it is behind another stage, its height says nothing
  m_callout->setVisible(!low);
  m_fieldNote->setVisible(!low);
  m_lesson->setVisible(!m_picture.lesson.empty() && !low);
  m_family->setVisible(!m_family->text().isEmpty() && !lowest);
  for (QLabel* heading : {m_bytesTitle, m_fieldsTitle, m_journeyTitle, m_times}) heading->setVisible(!lowest);
  QLayout* const column = m_pages->widget(1)->layout();
  column->setContentsMargins(16, lowest ? 2 : 10, 16, lowest ? 4 : 12);
  column->setSpacing(lowest ? 4 : 8);
  if (m_pictureOnly) hideLists();
}

void BufferView::restyle() {
  const Theme& t = theme();
  m_title->setFont(t.mono(13, QFont::Bold));
  m_fields->setFont(t.mono(11.5));
  m_journey->setFixedHeight(m_journey->itemDelegate()->sizeHint({}, {}).height() + 14);
  m_journey->doItemsLayout();
  m_sentence->setFont(t.sans(12.5));
  m_strip->updateGeometry();
  m_besides->restyle();
  if (m_picture.present) showFields();
  update();
}

// ---- what it shows
void BufferView::recorded() {
  m_lives.update(m_walk.journal());
  if (m_life < 0 ||
      m_journeys.of(m_walk.journal(), m_lives, m_life).stops().size() != static_cast<size_t>(m_picture.stops))
    showPicture(false, m_walk.position());
}

void BufferView::reset() {
  m_lives.clear();
  m_journeys.clear();
  m_stops->clear();
  m_elsewhere.reset();
  m_life = m_linked = -1;
  m_chosen = 0;
  m_isBeside = false;
  m_besides->forget();
  if (m_walk.isOpen()) m_lives.update(m_walk.journal());
}

void BufferView::focused(u64 address) {
  if (!m_walk.isOpen()) return;
  const int life = m_lives.at(address, m_walk.position());
  const u64 chosen = life >= 0 ? address : 0;
  if (chosen == m_chosen) return;
  m_chosen = chosen;
  showPicture(false, m_walk.position());
}

void BufferView::showEvent(QShowEvent* event) {
  View::showEvent(event);
  fitHeight();
}

void BufferView::moved(EventIndex from, EventIndex position, bool jump) {
  if (from != position) m_linked = -1; // else it comes to the front again
  showPicture(!jump, jump ? position : from);
}

int BufferView::subject() const {
  const EventIndex at = m_walk.position();
  if (m_linked >= 0 && m_linked < int(m_lives.all().size()) && m_lives.life(m_linked).knownAt(at)) return m_linked;
  if (m_chosen)
    if (const int life = m_lives.at(m_chosen, at); life >= 0) return life;
  if (const int life = m_lives.at(m_walk.currentBuffer(), at); life >= 0) return life;
  if (m_life >= 0 && m_lives.all()[static_cast<size_t>(m_life)].knownAt(at)) return m_life;
  const auto alive = m_lives.aliveAt(at, 1);
  return alive.empty() ? -1 : alive[0];
}

void BufferView::choose(u64 address) {
  m_walk.setFocus(address);
  m_chosen = address;
  showPicture(false, m_walk.position());
}

void BufferView::showPicture(bool glide, EventIndex from) {
  if (!m_walk.isOpen()) return;
  m_lives.update(m_walk.journal());
  m_life = subject();
  m_picture = {};
  if (m_life >= 0)
    m_picture =
        tell::pictureOf(m_walk.playhead(), m_lives, m_journeys.of(m_walk.journal(), m_lives, m_life), m_life, from);
  if (!m_picture.present) {
    const bool any = m_lives.nextBufferCall(m_walk.journal(), 0) != NoEvent;
    const bool later = any && m_lives.nextBufferCall(m_walk.journal(), m_walk.position()) != NoEvent;
    const bool none = !any && eraOf(m_walk.journal()) == Era::Linux26;
    m_emptyText->setText(none    ? tr("The Linux of 2.6 is here without devices and packets, so it has no sk_buff.")
                         : !any  ? tr("No packet has been recorded yet. A frame that arrives, or a call that "
                                       "sends, brings the first sk_buff.")
                         : later ? tr("No buffer is alive at this moment. The next sk_buff comes further on.")
                                 : tr("No buffer is alive at this moment, and none comes after it."));
    m_next->setText(later ? tr("Next call that is handed a buffer") : tr("First call that is handed a buffer"));
    m_next->setVisible(any);
    m_stops->clear();
    m_pages->setCurrentIndex(0);
    return;
  }
  if (m_isBeside) return showBeside();
  m_pages->setCurrentIndex(1);
  m_strip->show(m_picture, glide);
  m_parts->show(m_picture);
  m_bytes->show(m_picture);
  showTexts();
  showChooser();
  showFields();
  showJourney();
  markSelection();
}

void BufferView::showTexts() {
  const tell::BufferPicture& p = m_picture;
  m_title->setText(text(p.title));
  m_title->setToolTip(QString::fromStdString(addressText(p.address)));
  m_subtitle->setWords(m_walk.covered(shown(p.subtitle)));
  m_family->setWords(m_walk.covered(shown(p.family)));
  m_fate->setProperty("role", p.lost ? "danger" : "muted");
  m_fate->style()->unpolish(m_fate);
  m_fate->style()->polish(m_fate);
  m_fate->setWords(m_walk.covered(shown(p.fate)));
  m_fate->setVisible(!p.fate.empty());
  const QString breach = m_walk.covered(shown(p.breach.what)), kernel = text(p.breach.kernelSays);
  m_breach->setWords(kernel.isEmpty() ? breach : m_walk.covered(kernel), kernel.isEmpty() ? QString() : breach);
  m_breach->setVisible(!breach.isEmpty());
  m_bytesTitle->setText(tr("Bytes"));
  m_sentence->setText(p.sentence.empty() ? tr("Nothing has happened to this buffer yet.")
                                         : m_walk.covered(shown(p.sentence)));
  m_lesson->setText(m_walk.covered(shown(p.lesson)));
  fitHeight();
}

void BufferView::showChooser() {
  const auto alive = m_lives.aliveAt(m_walk.position());
  std::vector<u64> choices;
  choices.reserve(alive.size());
  for (const int l : alive) choices.push_back(Arena::addressOf(m_lives.all()[static_cast<size_t>(l)].offset));
  if (choices != m_choices || m_chooser->count() == 0) {
    m_choices = choices;
    m_chooser->clear();
    m_chooser->addItem(tr("Follow the path"));
    for (const int l : alive) m_chooser->addItem(text(tell::bufferName(m_lives.life(l))));
  }
  const auto at = std::find(m_choices.begin(), m_choices.end(), m_chosen);
  m_chooser->setCurrentIndex(m_chosen && at != m_choices.end() ? int(at - m_choices.begin()) + 1 : 0);
  m_chooser->setVisible(!m_pictureOnly && (m_choices.size() > 1 || m_chosen));
}

void BufferView::showJourney() {
  const tell::BufferJourney& journey = m_journeys.of(m_walk.journal(), m_lives, m_life);
  m_stops->show(m_walk.journal(), journey, m_picture, [this](EventIndex at) { return pictureAt(at); });
  m_journeyTitle->setText(tr("Journey of this buffer: %1 stops").arg(m_picture.stops));
  m_times->setText(shown(m_picture.times));
  if (m_picture.stop < 0) return;
  const QModelIndex now = m_stops->index(m_picture.stop);
  m_journey->setCurrentIndex(now);
  const QRect r = m_journey->visualRect(now);
  if (!m_journey->viewport()->rect().contains(r)) m_journey->scrollTo(now, QAbstractItemView::PositionAtCenter);
}

// What the large picture would show there.
tell::BufferPicture BufferView::pictureAt(EventIndex position) {
  if (!m_elsewhere) m_elsewhere = std::make_unique<Playhead>(m_walk.journal());
  m_elsewhere->seek(position);
  return tell::pictureOf(*m_elsewhere, m_lives, m_journeys.of(m_walk.journal(), m_lives, m_life), m_life, position);
}

static const ViewRegistration registered{
    {"buffer", QT_TRANSLATE_NOOP("Views", "Buffer"), ViewPlace::Stage, 3, {940, 640}, makeView<BufferView>}};

} // namespace sockwalk
