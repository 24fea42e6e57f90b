#include "app/handout/handout_files.h"
#include "app/handout/handout_words.h"
#include "app/language.h"
#include "engine/base/whole_file.h"
#include "views/theme/style_sheet.h"
#include "views/theme/theme.h"
#include <QFileInfo>

namespace sockwalk {

namespace {

constexpr const char* Style = R"(
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1.2rem; background: @card@; color: @text@; line-height: 1.5;
  font: 11pt/1.5 @sans@, sans-serif; }
h1 { font-size: @22px@; margin: 0; color: @title@; }
h2 { font-size: @17px@; margin: 1.6rem 0 .4rem; color: @title@; border-top: 1px solid @hairline@; padding-top: .8rem; }
h2, h3, h4, h5, h6, .ask { break-after: avoid; page-break-after: avoid; }
h2 span { color: @accent@; }
p, li { orphans: 2; widows: 2; margin: .35rem 0; }
code, pre { font-family: @mono@, monospace; font-size: .92em; overflow-wrap: anywhere; }
.text code { color: @accent@; }
pre { background: @page@; border: 1px solid @hairline@; border-radius: 6px; padding: .6rem; white-space: pre-wrap; }
table { border-collapse: collapse; } td, th { border: 1px solid @hairline@; padding: .15rem .5rem; }
figure { margin: .8rem 0; break-inside: avoid; page-break-inside: avoid; }
figure img { width: 100%; height: auto; border: 1px solid @hairline@; border-radius: 6px; display: block; }
figcaption, .quiet, .about { color: @muted@; font-size: .92em; }
.text img { max-width: 100%; }
.question { border-left: 4px solid @accent@; padding: .2rem 0 .2rem .9rem; margin: .9rem 0; break-inside: avoid;
  page-break-inside: avoid; }
.lab { border-color: @good@; }
.what { color: @accent@; } .lab .what { color: @good@; }
.answer { color: @good@; } .wrong { color: @muted@; }
.line { border-bottom: 1px solid @faint@; height: 2rem; }
)";

// A browser has perhaps not the type that was drawn with.
QByteArray withTypeOfAnyMachine(QByteArray svg) {
  const auto also = [&svg](const QStringList& families, const char* any) {
    for (const QString& family : families)
      svg.replace("font-family=\"" + family.toUtf8() + "\"",
                  "font-family=\"" + family.toUtf8() + ", " + QByteArray(any) + "\"");
  };
  also(sansFamilies(), "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', Arial, sans-serif");
  also(monoFamilies(), "Menlo, Consolas, monospace");
  return svg;
}

QString head(const QString& title) {
  return QStringLiteral(
             "<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
             "content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-"
             "Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
             "<title>%2</title>\n<style>%3</style>\n</head>\n<body>\n<h1>%2</h1>\n")
      .arg(spokenLanguage() == Language::Chinese ? "zh-CN" : "en", title.toHtmlEscaped(),
           inLooksOf(theme(), QString::fromLatin1(Style)));
}
constexpr const char* Foot = "</body>\n</html>\n";

class HtmlWriter {
public:
  explicit HtmlWriter(HandoutPictures& pictures) : m_pictures(pictures), m_words(pictures.paper()) {}

  QByteArray write(const HandoutProgress& goOn) {
    const tell::Handout& paper = m_pictures.paper();
    m_out = head(QString::fromStdString(paper.title));
    if (!paper.about.empty()) block("p", "about", QString::fromStdString(tell::spoken(paper.about)));
    block("p", "", m_words.kind());
    if (const QString goals = m_words.goals(); !goals.isEmpty()) section(HandoutWords::goalsTitle(), goals);
    if (const QString notes = m_words.teacher(); !notes.isEmpty()) section(HandoutWords::teacherTitle(), notes);
    for (std::size_t i = 0; i < paper.stops.size(); ++i) {
      if (goOn && !goOn(i, paper.stops.size())) return {};
      stop(i);
    }
    if (const QString summary = m_words.summary(); !summary.isEmpty()) section(HandoutWords::summaryTitle(), summary);
    return (m_out + Foot).toUtf8();
  }

private:
  void block(const char* tag, const char* look, const QString& html) {
    m_out += QStringLiteral("<%1 class=\"%2\">%3</%1>\n").arg(QLatin1String(tag), QLatin1String(look), html);
  }
  void section(const QString& heading, const QString& html) { m_out += "<h2>" + heading + "</h2>\n" + html + '\n'; }

  void stop(std::size_t index) {
    const tell::HandoutStop& stop = m_pictures.paper().stops[index];
    const QString heading = QString::fromStdString(stop.heading).toHtmlEscaped();
    m_out += QStringLiteral("<h2 id=\"stop-%1\"><span>%1</span> %2</h2>\n").arg(index + 1).arg(heading);
    block("div", "text", m_words.text(stop));
    for (std::size_t i = 0; i < stop.views.size(); ++i) figure(index, i, heading);
    for (const tell::HandoutQuestion& q : stop.questions)
      block("div", "question", m_words.ask(q) + m_words.items(q) + lines(m_words.lines(q)) + m_words.answer(q));
    for (const tell::HandoutLab& lab : stop.labs)
      block("div", "question lab", m_words.task(lab) + lines(m_words.lines(lab)) + m_words.solution(lab));
  }
  void figure(std::size_t stop, std::size_t index, const QString& heading) {
    const QString title = m_pictures.title(stop, index).toHtmlEscaped();
    const QByteArray svg = withTypeOfAnyMachine(m_pictures.svg(stop, index)).toBase64();
    m_out += QStringLiteral("<figure><img alt=\"%1\" src=\"data:image/svg+xml;base64,")
                 .arg(HandoutWords::picture(title, heading)) +
             QString::fromLatin1(svg) + QStringLiteral("\"><figcaption>%1</figcaption></figure>\n").arg(title);
  }
  static QString lines(int count) { return QStringLiteral("<div class=\"line\"></div>").repeated(count); }

  HandoutPictures& m_pictures;
  HandoutWords m_words;
  QString m_out;
};

Error cannot(const QString& path, const QString& why) {
  return Error{QStringLiteral("%1: %2").arg(path, why).toStdString()};
}

} // namespace

QByteArray pageOf(const QString& title, const QString& html) { return (head(title) + html + Foot).toUtf8(); }

QByteArray handoutHtml(HandoutPictures& pictures, const HandoutProgress& goOn) {
  return HtmlWriter(pictures).write(goOn);
}

Result<std::size_t> writeHandout(const QString& lesson, bool answers, const QString& path,
                                 const HandoutProgress& goOn) {
  const bool html = path.endsWith(QLatin1String(".html"));
  if (!html && !path.endsWith(QLatin1String(".pdf")))
    return cannot(path, HandoutWords::tr("a handout is written as .pdf or .html"));
  if (!QFileInfo(QFileInfo(path).absolutePath()).isWritable()) // said before all is drawn
    return cannot(path, HandoutWords::tr("its folder cannot be written to"));
  auto pictures = HandoutPictures::open(lesson, answers);
  if (!pictures) return pictures.error();
  bool stopped = false;
  const auto watched = [&](std::size_t done, std::size_t all) {
    stopped = goOn && !goOn(done, all);
    return !stopped;
  };
  const QByteArray bytes = html ? handoutHtml(**pictures, watched) : handoutPdf(**pictures, watched);
  if (stopped) return Error{tell::spoken(tell::say("stopped: no handout is written"))};
  const std::string_view all(bytes.constData(), std::size_t(bytes.size()));
  if (const auto written = writeWholeFile(path.toStdString(), all); !written) return written.error();
  return (*pictures)->paper().stops.size();
}

} // namespace sockwalk
