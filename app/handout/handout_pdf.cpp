#include "app/handout/handout_files.h"
#include "app/handout/handout_words.h"
#include "app/handout/paper_flow.h"
#include "views/theme/style_sheet.h"
#include "views/theme/theme.h"
#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

namespace sockwalk {

namespace {

constexpr int Dpi = 96;                              // a px of the pictures on paper
constexpr double Margin = 60, Foot = 26;             // px, on each side; of the line below
constexpr double PageWidth = 794, PageHeight = 1123; // px, of A4

constexpr const char* Style = R"(
h1 { font-size: @22px@; color: @title@; margin: 0 0 4px 0; }
h2 { font-size: @16px@; color: @title@; margin: 0 0 4px 0; }
h3, h4, h5, h6 { font-size: @14px@; margin: 6px 0 2px 0; }
p { margin: 0 0 7px 0; } p.item { margin: 0 0 5px 0; } li { margin: 0 0 3px 0; }
code, pre { font-family: @mono@; font-size: @12px@; }
pre { background-color: @page@; margin: 2px 0 7px 0; }
td, th { padding: 2px 8px; }
h2 span { color: @accent@; }
.quiet, .about { color: @muted@; font-size: @12px@; } .what { color: @accent@; }
.lab { color: @good@; } .answer { color: @good@; } .wrong { color: @muted@; }
)";

// Sheet after sheet of a document.
class Sheets {
public:
  Sheets(QIODevice& out, const QString& title) : m_writer(&out) {
    m_writer.setResolution(Dpi);
    m_writer.setPageSize(QPageSize(QPageSize::A4));
    m_writer.setPageMargins({});
    m_writer.setTitle(title);
    m_writer.setCreator(QStringLiteral("Sockwalk"));
    m_works = m_painter.begin(&m_writer);
  }
  bool works() const { return m_works; }
  QPainter& next() {
    if (m_any) m_writer.newPage();
    m_any = true;
    return m_painter;
  }
  bool end() { return m_works && m_painter.end(); }

private:
  QPdfWriter m_writer;
  QPainter m_painter;
  bool m_works = false, m_any = false;
};

PaperFlow emptyFlow() {
  return PaperFlow({PageWidth - 2 * Margin, PageHeight - 2 * Margin - Foot},
                   inLooksOf(theme(), QString::fromLatin1(Style)));
}

void foot(QPainter& painter, const QString& title, int page, int pages) {
  QFont font = theme().sans(11);
  font.setHintingPreference(QFont::PreferNoHinting);
  painter.setFont(font);
  painter.setPen(theme().color(Role::Muted));
  const QRectF line(Margin, PageHeight - Margin, PageWidth - 2 * Margin, Foot);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
  painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, HandoutWords::page(page, pages));
}

// false: it was stopped.
bool put(Sheets& sheets, PaperFlow& flow, const QString& title, const HandoutProgress& goOn = {}) {
  const int pages = flow.pages();
  for (int page = 0; page < pages; ++page) {
    if (goOn && !goOn(std::size_t(page), std::size_t(pages))) return false;
    QPainter& painter = sheets.next();
    foot(painter, title, page + 1, pages);
    painter.save();
    painter.translate(Margin, Margin);
    flow.paint(painter, page);
    painter.restore();
  }
  return true;
}

class PdfLesson {
public:
  explicit PdfLesson(HandoutPictures& pictures)
      : m_pictures(pictures), m_words(pictures.paper()), m_flow(emptyFlow()) {}

  bool write(Sheets& sheets, const HandoutProgress& goOn = {}) {
    fill();
    return put(sheets, m_flow, QString::fromStdString(m_pictures.paper().title), goOn);
  }

private:
  void fill() {
    const tell::Handout& paper = m_pictures.paper();
    QString begin = "<h1>" + QString::fromStdString(paper.title).toHtmlEscaped() + "</h1>";
    if (!paper.about.empty())
      begin += "<p class=\"about\">" + QString::fromStdString(tell::spoken(paper.about)).toHtmlEscaped() + "</p>";
    m_flow.addWords(begin + "<p>" + m_words.kind() + "</p>");
    section(HandoutWords::goalsTitle(), m_words.goals());
    section(HandoutWords::teacherTitle(), m_words.teacher());
    for (std::size_t i = 0; i < paper.stops.size(); ++i) stop(i);
    section(HandoutWords::summaryTitle(), m_words.summary());
  }

  void heading(const QString& words) {
    m_flow.addSpace(18);
    m_flow.addWords("<h2>" + words + "</h2>", PaperFlow::WithNext);
  }
  void section(const QString& title, const QString& html) {
    if (html.isEmpty()) return;
    heading(title);
    m_flow.addWords(html);
  }

  void stop(std::size_t index) {
    const tell::HandoutStop& stop = m_pictures.paper().stops[index];
    heading(QStringLiteral("<span>%1</span>&nbsp; ").arg(index + 1) +
            QString::fromStdString(stop.heading).toHtmlEscaped());
    m_flow.addWords(m_words.text(stop));
    for (std::size_t i = 0; i < stop.views.size(); ++i) {
      m_flow.addSpace(6);
      const QSize size = m_pictures.size(index, i);
      m_flow.addPicture([this, index, i, size](QPainter& painter) { m_pictures.paint(painter, index, i, size); }, size,
                        PaperFlow::WithNext);
      m_flow.addSpace(2);
      m_flow.addWords("<p class=\"quiet\">" + m_pictures.title(index, i).toHtmlEscaped() + "</p>");
    }
    for (const tell::HandoutQuestion& q : stop.questions)
      box(theme().color(Role::Accent), m_words.ask(q), m_words.items(q), m_words.lines(q), m_words.answer(q));
    for (const tell::HandoutLab& lab : stop.labs)
      box(theme().color(Role::Good), m_words.task(lab), {}, m_words.lines(lab), m_words.solution(lab));
  }

  // What is asked stays together with where it is answered.
  void box(const QColor& stroke, const QString& ask, const QString& items, int lines, const QString& answer) {
    const auto unless = [](bool last) { return last ? PaperFlow::Alone : PaperFlow::WithNext; };
    m_flow.addSpace(6);
    m_flow.setStroke(stroke);
    m_flow.addWords(ask, unless(items.isEmpty() && !lines && answer.isEmpty()));
    m_flow.addWords(items, unless(!lines && answer.isEmpty()));
    m_flow.addLines(lines, unless(answer.isEmpty()));
    m_flow.addWords(answer);
    m_flow.setStroke({});
    m_flow.addSpace(4);
  }

  HandoutPictures& m_pictures;
  HandoutWords m_words;
  PaperFlow m_flow;
};

} // namespace

QByteArray handoutPdf(HandoutPictures& pictures, const HandoutProgress& goOn) {
  QBuffer out;
  out.open(QIODevice::WriteOnly);
  Sheets sheets(out, QString::fromStdString(pictures.paper().title));
  const bool whole = sheets.works() && PdfLesson(pictures).write(sheets, goOn);
  return sheets.end() && whole ? out.data() : QByteArray();
}

Result<QByteArray> coursePdf(const QStringList& lessons, bool answers, const QString& title, const QString& contents) {
  QBuffer out;
  out.open(QIODevice::WriteOnly);
  Sheets sheets(out, title);
  if (!sheets.works()) return Error{tell::spoken(tell::say("the PDF cannot be drawn"))};
  PaperFlow first = emptyFlow();
  first.addWords("<h1>" + title.toHtmlEscaped() + "</h1>" + contents);
  put(sheets, first, title);
  for (const QString& lesson : lessons) {
    const auto pictures = HandoutPictures::open(lesson, answers);
    if (!pictures) return pictures.error();
    PdfLesson(**pictures).write(sheets);
  }
  sheets.end();
  return out.data();
}

} // namespace sockwalk
