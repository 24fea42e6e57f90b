#include "app/handout/paper_flow.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <cmath>
#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>
#include <QTextTable>

namespace sockwalk {

namespace {

constexpr double Indent = 16, LineHeight = 30, PicturePart = 0.8; // px, px, of a page's height at most
constexpr double Shrinkable = 0.72; // a picture that is nearly small enough for the rest of a page is made so

// Px from the top at which a text may be cut: above a line that is not the first of its paragraph nor the last, or between
// two paragraphs unless the upper one is a heading; never in a table.
std::vector<double> cutsOf(const QTextDocument& words) {
  std::vector<double> cuts;
  const QAbstractTextDocumentLayout& layout = *words.documentLayout();
  std::vector<QRectF> tables;
  for (const QTextFrame* frame : words.rootFrame()->childFrames())
    if (qobject_cast<const QTextTable*>(frame))
      tables.push_back(layout.frameBoundingRect(const_cast<QTextFrame*>(frame)));
  const auto cut = [&](double y) {
    const bool within =
        std::ranges::any_of(tables, [y](const QRectF& t) { return y > t.top() + 1 && y < t.bottom() - 1; });
    if (!within && y > 1) cuts.push_back(y);
  };
  bool heading = false;
  for (QTextBlock b = words.begin(); b.isValid(); b = b.next()) {
    const double top = layout.blockBoundingRect(b).top();
    const QTextLayout& lines = *b.layout();
    if (b.position() > 0 && !heading) cut(top);
    for (int i = 2; i + 1 < lines.lineCount(); ++i) cut(top + lines.lineAt(i).y());
    heading = b.blockFormat().headingLevel() > 0;
  }
  return cuts;
}

} // namespace

PaperFlow::PaperFlow(QSizeF page, const QString& styleSheet) : m_page(page), m_style(styleSheet) {}

double PaperFlow::widthOf(const Part& part) const { return m_page.width() - (part.stroke.isValid() ? Indent : 0); }

void PaperFlow::addSpace(double height) { m_space += height; }

void PaperFlow::add(Part part) {
  part.before = std::exchange(m_space, 0);
  part.stroke = m_stroke;
  if (part.words) {
    part.words->setTextWidth(widthOf(part));
    part.height = part.words->size().height();
    part.cuts = cutsOf(*part.words);
  } else if (part.lines) part.height = part.lines * LineHeight;
  else {
    part.drawn = part.size;
    const double scale =
        std::min(widthOf(part) / part.size.width(), PicturePart * m_page.height() / part.size.height());
    part.size *= std::min(scale, 1.0);
    part.height = part.size.height();
  }
  m_parts.push_back(std::move(part));
}

void PaperFlow::addWords(const QString& html, Company company) {
  if (html.isEmpty()) return;
  auto words = std::make_unique<QTextDocument>();
  QFont font = theme().sans(13);
  font.setHintingPreference(QFont::PreferNoHinting);
  words->setDefaultFont(font);
  words->setDocumentMargin(0);
  words->setDefaultStyleSheet(m_style);
  words->setHtml(html);
  add({.words = std::move(words), .paint = {}, .size = {}, .company = company, .stroke = {}});
}

void PaperFlow::addPicture(Paint paint, QSizeF size, Company company) {
  add({.words = {}, .paint = std::move(paint), .size = size, .company = company, .stroke = {}});
}

void PaperFlow::addLines(int count, Company company) {
  if (count > 0) add({.words = {}, .paint = {}, .size = {}, .lines = count, .company = company, .stroke = {}});
}

// ---- laid out

double PaperFlow::companyOf(size_t index) const {
  return m_parts[index].company == WithNext && index + 1 < m_parts.size() ? leastOf(index + 1) : 0;
}

double PaperFlow::leastOf(size_t index) const {
  const Part& part = m_parts[index];
  const double whole = part.height * (part.paint ? Shrinkable : 1);
  const double least = part.cuts.empty() || part.company == WithNext ? whole : part.cuts.front();
  return part.before + least + companyOf(index);
}

void PaperFlow::turn() {
  ++m_number;
  m_y = 0;
}

void PaperFlow::place(size_t index) {
  Part& part = m_parts[index];
  if (m_y > 0 && m_y + leastOf(index) > m_page.height()) turn();
  if (m_y > 0) m_y += part.before;
  const double room = m_page.height() - m_y - companyOf(index);
  if (part.paint && part.height > room && room > 0) { // not by much, or it would stand on the next page
    part.size *= room / part.height;
    part.height = room;
  }
  double from = 0;
  while (from < part.height) {
    double to = part.height;
    if (m_y + to - from > m_page.height()) // as far as there is room
      for (const double cut : part.cuts)
        if (cut > from && m_y + cut - from <= m_page.height()) to = cut;
    m_slices.push_back({int(index), m_number, m_y, from, to - from});
    m_y += to - from;
    from = to;
    if (from < part.height) turn();
  }
}

int PaperFlow::pages() {
  if (m_slices.empty())
    for (size_t i = 0; i < m_parts.size(); ++i) place(i);
  return m_number + 1;
}

// ---- drawn

void PaperFlow::paint(QPainter& painter, int page) {
  for (const Slice& slice : m_slices)
    if (slice.page == page) paintPart(painter, m_parts[size_t(slice.part)], slice);
}

void PaperFlow::paintPart(QPainter& painter, const Part& part, const Slice& slice) const {
  painter.save();
  painter.translate(0, slice.y);
  if (part.stroke.isValid()) {
    painter.fillRect(QRectF(0, 0, 3, slice.height), part.stroke);
    painter.translate(Indent, 0);
  }
  if (part.words) {
    painter.translate(0, -slice.from);
    const QRectF seen(0, slice.from, widthOf(part), slice.height);
    painter.setClipRect(seen);
    part.words->drawContents(&painter, seen);
  } else if (part.lines) {
    painter.setPen(QPen(theme().color(Role::Muted), 0.6));
    for (int i = 1; i <= part.lines; ++i)
      painter.drawLine(QPointF(0, i * LineHeight - 4), QPointF(widthOf(part), i * LineHeight - 4));
  } else {
    painter.scale(part.size.width() / part.drawn.width(), part.size.height() / part.drawn.height());
    part.paint(painter);
  }
  painter.restore();
}

} // namespace sockwalk
