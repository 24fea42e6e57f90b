#include "app/handout/handout_words.h"
#include "engine/tell/lessons/markdown_html.h"

namespace sockwalk {

namespace {

QString plain(const std::string& words) { return QString::fromStdString(words).toHtmlEscaped(); }
QString line(const char* look, const QString& html) {
  return QStringLiteral("<p class=\"%1\">%2</p>").arg(QLatin1String(look), html);
}
QString code(const std::string& words) { return QStringLiteral("<code>%1</code>").arg(plain(words)); }
QString listOf(const std::vector<std::string>& words) {
  QString out;
  for (const std::string& one : words) out += QStringLiteral("<li>%1</li>").arg(plain(one));
  return out.isEmpty() ? out : QStringLiteral("<ul>%1</ul>").arg(out);
}
// Where something is written: it is a line on paper as well.
QString blank(int letters) { return QString(letters, '_'); }

} // namespace

QString HandoutWords::kind() const {
  if (m_paper.answers) return tr("For whoever teaches: with the answers.");
  return tr("Name: %1 Date: %2").arg(blank(28), blank(12));
}

QString HandoutWords::goals() const { return listOf(m_paper.goals); }
QString HandoutWords::teacher() const { return listOf(m_paper.teacher); }

QString HandoutWords::text(const tell::HandoutStop& stop) const {
  const auto picture = [this](const std::string& name) { return tell::pictureInside(m_paper.folder, name); };
  QString own;
  if (!stop.picture.empty())
    if (const std::string address = picture(stop.picture.substr(stop.picture.rfind('/') + 1)); !address.empty())
      own = QStringLiteral("<p><img src=\"%1\" alt=\"\"></p>").arg(QString::fromStdString(address));
  return own + QString::fromStdString(tell::htmlOfMarkdown(stop.text, picture));
}

QString HandoutWords::summary() const { return m_paper.summary.empty() ? QString() : line("", plain(m_paper.summary)); }

QString HandoutWords::head(const QString& what, int points) const {
  return QStringLiteral("<b class=\"what\">%1</b> <span class=\"quiet\">%2</span>")
      .arg(what, tr("%n point(s)", nullptr, points));
}

QString HandoutWords::ask(const tell::HandoutQuestion& q) const {
  QString out = line("ask", head(tr("Predict"), q.points) + "<br>" + plain(q.ask));
  if (!q.how.empty()) out += line("quiet", plain(tell::spoken(q.how)));
  return out;
}

QString HandoutWords::items(const tell::HandoutQuestion& q) const {
  QString out;
  const bool choose = q.room == tell::HandoutQuestion::Boxes, pairs = q.room == tell::HandoutQuestion::Pairs;
  for (std::size_t i = 0; i < q.items.size(); ++i) {
    const QString box = choose && int(i) == q.right ? QStringLiteral("☑") : QStringLiteral("☐");
    if (pairs) out += line("item", code(q.items[i]) + (m_paper.answers ? QString() : " " + blank(20)));
    else out += line("item", box + "&nbsp; " + code(q.items[i]));
  }
  if (!q.values.empty()) {
    QStringList values;
    for (const std::string& value : q.values) values << code(value);
    out += line("quiet", tr("There are: %1").arg(values.join(QStringLiteral(" &nbsp;·&nbsp; "))));
  }
  return out;
}

QString HandoutWords::answer(const tell::HandoutQuestion& q) const {
  if (!m_paper.answers) return {};
  QString out = line("answer", QStringLiteral("✓ %1 %2").arg(code(q.answer), plain(q.because)));
  for (const auto& [given, said] : q.wrong)
    out += line("wrong", QStringLiteral("✗ %1 %2").arg(code(given), plain(said)));
  if (!q.hint.empty()) out += line("quiet", tr("Hint: %1").arg(plain(q.hint)));
  return out;
}

QString HandoutWords::task(const tell::HandoutLab& lab) const {
  QStringList goals;
  for (const std::string& goal : lab.goals) goals << code(goal);
  return line("ask", head(tr("Lab"), lab.points) + "<br>" + plain(lab.task)) +
         (lab.numbers.empty() ? QString() : line("quiet", plain(tell::spoken(lab.numbers)))) +
         line("quiet", tr("The record must show: %1").arg(goals.join(QStringLiteral(" &nbsp;·&nbsp; ")))) +
         line("quiet", m_paper.answers
                           ? tr("It is tried in the program, with the lesson open.")
                           : tr("It is tried in the program, with the lesson open; here is room for a draft."));
}

QString HandoutWords::solution(const tell::HandoutLab& lab) const {
  QString out;
  if (!lab.solution.empty())
    out = line("answer", tr("✓ One that does it:")) + QStringLiteral("<pre>%1</pre>").arg(plain(lab.solution));
  if (!lab.hint.empty()) out += line("quiet", tr("Hint: %1").arg(plain(lab.hint)));
  return m_paper.answers ? out : QString();
}

int HandoutWords::lines(const tell::HandoutQuestion& q) const {
  if (m_paper.answers) return 0;
  return q.room == tell::HandoutQuestion::Line ? 1 : q.room == tell::HandoutQuestion::Lines ? 3 : 0;
}
int HandoutWords::lines(const tell::HandoutLab&) const { return m_paper.answers ? 0 : 8; }

} // namespace sockwalk
