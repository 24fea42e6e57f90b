#include "views/states/states_view.h"
#include "views/states/states_canvas.h"
#include "views/theme/theme.h"
#include "views/walk/record_reader.h"
#include "views/walk/socket_choice.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHBoxLayout>
#include <QListWidget>

namespace sockwalk {

StatesView::StatesView(Walk& walk, QWidget* parent)
    : PictureView(walk, new StatesCanvas, tr("A state, what leads to it"), parent), m_reader(RecordReader::of(walk)),
      m_choice(new SocketChoice(walk, m_reader, this)), m_canvas(findChild<StatesCanvas*>()),
      m_moves(new QListWidget(this)) {
  m_moves->setAccessibleName(tr("The moves of the socket"));
  m_moves->setFrameShape(QFrame::NoFrame);
  m_moves->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // what is too long ends in dots
  head().addWidget(m_choice, 1);
  column().addWidget(m_moves);
  connect(m_choice, &SocketChoice::chosen, this, &StatesView::showMoves);
  const auto go = [this](const QListWidgetItem* item) { m_walk.seek(item->data(Qt::UserRole).toUInt()); };
  connect(m_moves, &QListWidget::itemClicked, this, go);
  connect(m_moves, &QListWidget::itemActivated, this, go);
  connect(&m_reader, &RecordReader::read, this, [this] {
    if (m_reader.atEnd()) refreshIfSeen();
  });
  refresh();
}

void StatesView::opened() {
  m_choice->forget();
  refresh();
}
void StatesView::refresh() {
  m_choice->refresh();
  const bool any = m_choice->socket() >= 0;
  if (!m_walk.isOpen())
    sayEmpty(tr("No walk is open"), tr("Open a scenario or a packet file: the states of its TCP sockets appear here."));
  else sayEmpty(tr("No TCP socket yet"), tr("When one is made, its way through the states is drawn here."));
  showPicture(any);
  showMoves();
}

void StatesView::showMoves() {
  m_moves->setFont(theme().sans(12));
  const int socket = m_choice->socket();
  if (socket < 0) {
    m_canvas->setWay(std::nullopt);
    return m_moves->clear();
  }
  const tell::StateWay& way = m_choice->ways().sockets[size_t(socket)];
  if (isAsked(way)) {
    m_canvas->setWay(std::nullopt); // where it stands, and how it came there, is what is asked
    m_moves->clear();
    m_moves->addItem(tr("A question of the lesson asks for a state: the way of %1 is drawn when you have answered.")
                         .arg(text(way.socket)));
    return fitMoves();
  }
  m_canvas->setWay(way);
  while (m_moves->count() > static_cast<int>(way.moves.size())) delete m_moves->takeItem(m_moves->count() - 1);
  for (int i = 0; i < static_cast<int>(way.moves.size()); ++i) {
    const tell::StateMove& m = way.moves[size_t(i)];
    if (i == m_moves->count()) m_moves->addItem(QString());
    QListWidgetItem* item = m_moves->item(i);
    const QString mark = i < way.done ? QStringLiteral("●") : QStringLiteral("○");
    item->setText(
        tr("%1  %2 → %3   %4()   %5")
            .arg(mark, text(tell::stateName(m.from)), text(tell::stateName(m.to)), text(m.function), shown(m.cause)));
    item->setToolTip(item->text());
    item->setData(Qt::UserRole, m.event + 1);
    item->setForeground(theme().color(i < way.done ? Role::Text : Role::Muted));
  }
  m_moves->setCurrentRow(way.done - 1);
  fitMoves();
}

// A state that is an answer would be lit in the picture, or stand in the list.
bool StatesView::isAsked(const tell::StateWay& way) const {
  const tell::Covers& covers = m_walk.covers();
  const auto hidden = [&](u8 state) { return covers.hides(tell::stateName(state)); };
  return !covers.empty() && ((way.now && hidden(way.now)) ||
                             std::ranges::any_of(way.moves, [&](const tell::StateMove& m) { return hidden(m.to); }));
}

void StatesView::fitMoves() {
  // The picture needs the room; of a long way the list scrolls.
  const int rows = std::clamp(m_moves->count(), 2, 6);
  m_moves->setFixedHeight(rows * std::max(m_moves->sizeHintForRow(0), 1) + 6);
}

static const ViewRegistration registered{
    {"states", QT_TRANSLATE_NOOP("Views", "States"), ViewPlace::Stage, 7, {720, 620}, makeView<StatesView>}};

} // namespace sockwalk
