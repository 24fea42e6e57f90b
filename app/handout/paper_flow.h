// Words, pictures and room to write, one under the other on as many pages as it takes. A page ends where a reader would end
// it: between two lines of a paragraph that leave company on both sides, never through a picture or a table, and never below
// a heading, or a question, that what belongs to it does not follow on the same page.
//
//   PaperFlow flow(QSizeF(682, 990));
//   flow.addWords("<h2>Heading</h2>", PaperFlow::WithNext);
//   flow.addPicture(paint, size);
//   for (int page = 0; page < flow.pages(); ++page) flow.paint(painter, page);
#pragma once
#include <functional>
#include <memory>
#include <QColor>
#include <QSizeF>
#include <QTextDocument>
#include <vector>

class QPainter;

namespace sockwalk {

class PaperFlow {
public:
  enum Company { Alone, WithNext }; // WithNext: not the last on its page
  // Px. What is laid out is as wide as a page.
  PaperFlow(QSizeF page, const QString& styleSheet);

  void addSpace(double height);
  void addWords(const QString& html, Company company = Alone);
  // As wide as the page at most; `paint` draws it at the painter's origin, in its own px, when its page is painted.
  using Paint = std::function<void(QPainter&)>;
  void addPicture(Paint paint, QSizeF size, Company company = Alone);
  void addLines(int count, Company company = Alone); // to be written on
  // What is added from here on has a stroke beside it; an invalid colour ends it.
  void setStroke(const QColor& color) { m_stroke = color; }

  int pages(); // lays it out
  void paint(QPainter& painter, int page);

  // Where each part came to lie, for who wants to know: a text may lie in several.
  struct Slice {
    int part, page;
    double y, from, height; // on the page, and of the part
  };
  const std::vector<Slice>& slices() const { return m_slices; }
  bool keepsCompany(int part) const { return m_parts[size_t(part)].company == WithNext; }
  bool mayBeCut(int part) const { return !m_parts[size_t(part)].cuts.empty(); }
  int parts() const { return int(m_parts.size()); }
  double heightOf(int part) const { return m_parts[size_t(part)].height; }

private:
  struct Part {
    std::unique_ptr<QTextDocument> words;
    Paint paint;
    QSizeF size, drawn{}; // of the picture, px: on the page, and as it was drawn
    int lines = 0;
    Company company = Alone;
    QColor stroke;
    double before = 0, height = 0;
    std::vector<double> cuts{}; // where a text may go on on the next page
  };
  void add(Part part);
  double widthOf(const Part& part) const;
  double leastOf(size_t part) const;   // that has to have room below one another
  double companyOf(size_t part) const; // of what must follow on the same page
  void place(size_t part);
  void turn();
  void paintPart(QPainter& painter, const Part& part, const Slice& slice) const;

  QSizeF m_page;
  QString m_style;
  QColor m_stroke;
  std::vector<Part> m_parts;
  double m_space = 0; // that was asked for before the next part
  std::vector<Slice> m_slices;
  int m_number = 0; // of the page that is filled
  double m_y = 0;
};

} // namespace sockwalk
