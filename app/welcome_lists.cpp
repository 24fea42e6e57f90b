// The welcome page's lists: what was open last, samples, and what else one may begin with.
#include "app/document.h"
#include "app/picture_card.h"
#include "app/recent_files.h"
#include "app/samples.h"
#include "app/welcome_page.h"
#include "views/theme/theme.h"
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr int MostRecent = 4, FewSamples = 6, Gap = 12;

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setFont(theme().sans(13, QFont::Bold));
  return label;
}

QString shortFolder(const QString& path) {
  const QString folder = QFileInfo(path).absolutePath(), home = QDir::homePath();
  return (folder + "/").startsWith(home + "/") ? "~" + folder.mid(home.size()) : folder;
}

} // namespace

QWidget* WelcomePage::recentColumn() {
  auto* widget = new QWidget;
  auto* column = new QVBoxLayout(widget);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(heading(tr("Recent")));
  const QStringList files = recentFiles();
  for (const QString& path : files.mid(0, MostRecent)) {
    const QString where = recentWords(recentPlace(path));
    auto* card = new PictureCard(PictureCard::Shape::Lying, SamplePicture::None, fileTitle(path),
                                 where.isEmpty() ? shortFolder(path) : where);
    card->setToolTip(tr("%1, in %2").arg(fileTitle(path), shortFolder(path)));
    connect(card, &PictureCard::clicked, this, [this, path] { emit recentWanted(path); });
    column->addWidget(card);
  }
  if (files.isEmpty()) {
    auto* nothing = new QLabel(tr("What you open or save will stand here, with where you were in it."));
    nothing->setProperty("role", "muted");
    nothing->setWordWrap(true);
    column->addWidget(nothing);
  }
  column->addStretch(1);
  column->addWidget(links());
  return widget;
}

QWidget* WelcomePage::samplesGrid() {
  auto* widget = new QWidget;
  auto* grid = new QGridLayout(widget);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(Gap);
  grid->setVerticalSpacing(6);
  auto* head = new QHBoxLayout;
  head->addWidget(heading(tr("Samples, and what to watch in them")), 1);
  grid->addLayout(head, 0, 0, 1, 2);
  const std::vector<Sample> all = samples();
  const int shown = m_allSamples ? int(all.size()) : std::min(FewSamples, int(all.size()));
  for (int i = 0; i < shown; ++i) {
    const Sample& sample = all[std::size_t(i)];
    auto* card = new PictureCard(PictureCard::Shape::Lying, sample.picture, sample.title, sample.watch);
    card->setToolTip(sample.path);
    connect(card, &PictureCard::clicked, this, [this, path = sample.path] { emit sampleWanted(path); });
    grid->addWidget(card, 1 + i / 2, i % 2);
  }
  if (int(all.size()) > FewSamples) {
    QPushButton* more = link(m_allSamples ? tr("Fewer") : tr("All %1 samples").arg(all.size()),
                             tr("Walks and captures that come with the program, and yours beside them"));
    more->setObjectName("moreSamples");
    connect(more, &QPushButton::clicked, this, [this] {
      m_allSamples = !m_allSamples;
      QTimer::singleShot(0, this, &WelcomePage::build); // the button is on what is built anew
    });
    head->addWidget(more);
  }
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  grid->setRowStretch(2 + shown / 2, 1);
  return widget;
}

QWidget* WelcomePage::links() {
  auto* widget = new QWidget;
  auto* column = new QVBoxLayout(widget);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(2);
  QPushButton* tour =
      link(tr("Two-minute tour of the window"), tr("What is where, by doing it; what is open comes back"));
  tour->setObjectName("tourLink");
  connect(tour, &QPushButton::clicked, this, &WelcomePage::tourWanted);
  QPushButton* tap =
      link(tr("On the wire with this machine, by a TAP"), tr("Ping the simulated kernel, and see each frame climb"));
  tap->setObjectName("tapLink");
  connect(tap, &QPushButton::clicked, this, &WelcomePage::tapWanted);
  for (QPushButton* button : {tour, tap}) column->addWidget(button, 0, Qt::AlignLeft);
  return widget;
}

} // namespace sockwalk
