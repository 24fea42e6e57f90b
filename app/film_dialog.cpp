#include "app/film_dialog.h"
#include "app/film_sink.h"
#include "app/view_factory.h"
#include "engine/tell/position.h"
#include "views/theme/elided_combo.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressDialog>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr QSize Sizes[] = {{1280, 720}, {1920, 1080}, {960, 540}, {0, 0}};

// As a person may write it, and positionNamed() reads it.
QString named(EventIndex position) { return QStringLiteral("event %1").arg(position); }

} // namespace

std::vector<FilmStretch> filmStretches(Walk& walk, const std::vector<EventIndex>& bookmarks) {
  std::vector<FilmStretch> out;
  const Journal& j = walk.journal();
  const EventIndex here = walk.position();
  if (const int stimulus = here ? j.stimulusAt(here - 1) : -1; stimulus >= 0) {
    const auto& all = j.stimuli();
    const EventIndex end = std::size_t(stimulus) + 1 < all.size() ? all[std::size_t(stimulus) + 1].event : j.size();
    out.push_back({FilmDialog::tr("This system call or frame: %1").arg(text(all[std::size_t(stimulus)].text)),
                   all[std::size_t(stimulus)].event + 1, end});
  }
  if (const auto stack = walk.playhead().callStack(); !stack.empty())
    out.push_back({FilmDialog::tr("The function that runs: %1()").arg(text(j.function(j[stack.back()]).name)),
                   stack.back() + 1, endOf(j, stack.back())});
  for (std::size_t i = 0; i + 1 < bookmarks.size(); ++i)
    out.push_back(
        {FilmDialog::tr("From bookmark %1 to bookmark %2").arg(i + 1).arg(i + 2), bookmarks[i], bookmarks[i + 1]});
  const EventIndex first = tell::firstMoment(walk.session());
  out.push_back({FilmDialog::tr("The whole walk"), first == NoEvent ? 0 : first, j.size()});
  return out;
}

FilmDialog::FilmDialog(Walk& walk, const QString& view, const std::vector<EventIndex>& bookmarks, QWidget* parent)
    : QDialog(parent), m_walk(walk), m_stretches(filmStretches(walk, bookmarks)), m_view(new QComboBox),
      m_stretch(new ElidedCombo), m_unit(new QComboBox), m_size(new QComboBox), m_from(new QLineEdit),
      m_to(new QLineEdit), m_pictures(new QSpinBox), m_steps(new QDoubleSpinBox), m_length(new QLabel) {
  setWindowTitle(tr("Export film"));
  for (const QString& name : viewNames())
    if (name != "lesson" && name != "console") m_view->addItem(viewTitle(name), name);
  m_view->setCurrentIndex(std::max(0, m_view->findData(view)));
  for (const FilmStretch& stretch : m_stretches) m_stretch->addItem(stretch.title);
  m_stretch->addItem(tr("As written below"));
  m_stretch->setMinimumContentsLength(40);
  auto* form = new QFormLayout;
  form->addRow(tr("&View"), m_view);
  form->addRow(tr("&Stretch"), m_stretch);
  form->addRow(tr("&From"), m_from);
  form->addRow(tr("&To"), m_to);
  m_from->setToolTip(tr("A step (57), a function where it is next called (tcp_v4_rcv), \"event 1200\", start or end"));
  m_to->setToolTip(m_from->toolTip());
  buildPace(*form);
  auto* note =
      new QLabel(ffmpeg().isEmpty() ? ffmpegIsMissing() : tr("It becomes an MP4, a GIF or a folder of PNG pictures."));
  for (QLabel* label : {m_length, note}) label->setWordWrap(true);
  note->setProperty("role", "muted");
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  m_ok = buttons->button(QDialogButtonBox::Ok);
  m_ok->setText(tr("&Name the file…"));
  auto* box = new QVBoxLayout(this);
  box->addLayout(form);
  box->addWidget(m_length);
  box->addWidget(note);
  box->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_stretch, &QComboBox::currentIndexChanged, this, &FilmDialog::chooseStretch);
  for (QLineEdit* line : {m_from, m_to}) {
    connect(line, &QLineEdit::textEdited, this, [this] { m_stretch->setCurrentIndex(m_stretch->count() - 1); });
    connect(line, &QLineEdit::textChanged, this, &FilmDialog::look);
  }
  chooseStretch(0);
  look();
}

void FilmDialog::buildPace(QFormLayout& form) {
  for (const QString& unit :
       {tr("Event: every write"), tr("Call: functions entered and left"), tr("System call or frame")})
    m_unit->addItem(unit);
  m_unit->setCurrentIndex(int(m_walk.unit()));
  m_steps->setRange(0.1, 50);
  m_steps->setDecimals(1);
  m_steps->setValue(2);
  m_steps->setSuffix(tr(" steps a second"));
  m_pictures->setRange(1, 60);
  m_pictures->setValue(25);
  m_pictures->setSuffix(tr(" pictures a second"));
  for (const QSize& size : Sizes)
    m_size->addItem(size.isEmpty() ? tr("What suits the view") : tr("%1 × %2").arg(size.width()).arg(size.height()),
                    size);
  form.addRow(tr("Ste&p"), m_unit);
  form.addRow(tr("Pa&ce"), m_steps);
  form.addRow(tr("&Motion"), m_pictures);
  form.addRow(tr("S&ize"), m_size);
  connect(m_unit, &QComboBox::currentIndexChanged, this, &FilmDialog::look);
  connect(m_steps, &QDoubleSpinBox::valueChanged, this, &FilmDialog::look);
  connect(m_pictures, &QSpinBox::valueChanged, this, &FilmDialog::look);
}

void FilmDialog::chooseStretch(int index) {
  if (index < 0 || std::size_t(index) >= m_stretches.size()) return;
  m_from->setText(named(m_stretches[std::size_t(index)].from));
  m_to->setText(named(m_stretches[std::size_t(index)].to));
}

FilmWish FilmDialog::wish() const {
  FilmWish wish;
  wish.view = m_view->currentData().toString();
  wish.from = m_begin;
  wish.to = m_end;
  wish.unit = Unit(m_unit->currentIndex());
  wish.picturesASecond = m_pictures->value();
  wish.stepsASecond = m_steps->value();
  wish.size = m_size->currentData().toSize();
  return wish;
}

void FilmDialog::look() {
  bool possible = false;
  QString words;
  const auto from = tell::positionNamed(m_walk.journal(), m_walk.position(), m_from->text().trimmed().toStdString());
  if (!from) words = QString::fromStdString(from.error().message);
  else {
    const auto to = tell::positionNamed(m_walk.journal(), *from, m_to->text().trimmed().toStdString());
    if (!to) words = QString::fromStdString(to.error().message);
    else {
      m_begin = *from;
      m_end = *to;
      words = filmLength(m_walk.journal(), wish(), possible);
    }
  }
  m_length->setText(words);
  m_length->setProperty("role", possible ? "" : "danger");
  m_length->style()->unpolish(m_length);
  m_length->style()->polish(m_length);
  m_ok->setEnabled(possible);
}

Result<bool> drawFilm(Walk& walk, const FilmWish& wish, FilmSink& sink, QWidget* parent) {
  Film film(walk, wish);
  QProgressDialog progress(FilmDialog::tr("The film is being drawn."), FilmDialog::tr("&Stop"), 0, film.pictures(),
                           parent);
  progress.setWindowModality(Qt::WindowModal);
  progress.setMinimumDuration(0);
  Result<void> drawn;
  QEventLoop loop;
  QTimer timer;
  QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
    QElapsedTimer slice;
    for (slice.start(); slice.elapsed() < 30 && !film.done() && drawn.ok();) {
      if (sink.busy()) return;
      drawn = sink.add(film.next());
    }
    progress.setValue(std::min(film.drawn(), film.pictures() - 1));
    if (film.done() || !drawn.ok() || progress.wasCanceled()) loop.quit();
  });
  timer.start(0);
  loop.exec();
  timer.stop();
  if (!drawn.ok()) return drawn.error();
  if (progress.wasCanceled()) return false;
  const Result<void> finished = sink.finish();
  progress.reset();
  if (!finished.ok()) return finished.error();
  return true;
}

} // namespace sockwalk
