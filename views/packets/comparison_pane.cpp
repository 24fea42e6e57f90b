#include "views/packets/comparison_pane.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace sockwalk {

ComparisonPane::ComparisonPane(QWidget* parent)
    : QWidget(parent), m_table(new QTreeWidget(this)), m_words(new QLabel(this)),
      m_decision(new QPushButton(tr("walk to the decision →"), this)) {
  m_table->setHeaderLabels({QString(), tr("in the capture"), tr("our kernel")});
  m_table->setRootIsDecorated(false);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setUniformRowHeights(true);
  m_table->setSelectionMode(QAbstractItemView::NoSelection);
  m_table->setAccessibleName(tr("The frame of the capture beside ours"));
  m_table->header()->setStretchLastSection(true);
  m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_decision->setProperty("link", true);
  connect(m_decision, &QPushButton::clicked, this, [this] { emit goTo(m_decided); });
  m_words->setWordWrap(true);
  m_words->setProperty("role", "muted");
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(4);
  box->addWidget(m_table, 1);
  box->addWidget(m_words);
  box->addWidget(m_decision, 0, Qt::AlignRight);
}

void ComparisonPane::setComparison(const tell::PacketComparison& comparison) {
  m_table->clear();
  for (const auto& line : comparison.lines) {
    auto* item = new QTreeWidgetItem(m_table, {shown(line.what), shown(line.captured), shown(line.ours)});
    item->setForeground(0, theme().color(sockwalk::Role::Muted));
    for (int column = 1; column <= 2; ++column) {
      item->setFont(column, theme().mono(11, line.differs ? QFont::Bold : QFont::Normal));
      item->setToolTip(column, item->text(column));
      if (line.differs && column == 2) item->setForeground(column, theme().color(sockwalk::Role::Danger));
    }
  }
  m_table->setVisible(!comparison.lines.empty());
  m_table->resizeColumnToContents(0);
  m_table->setColumnWidth(1, int(theme().scaled(100)));
  m_decided = comparison.decision;
  m_decision->setVisible(m_decided != NoEvent);
  const bool nothing = comparison.lines.empty();
  m_words->setText(nothing ? tr("Choose a frame that the host sent: what our kernel sent in its place stands here.")
                           : shown(comparison.words));
  m_words->setVisible(!m_words->text().isEmpty());
}

} // namespace sockwalk
