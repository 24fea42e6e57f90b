// Where pages end: what a reader would not do, the flow does not.
#include "app/handout/paper_flow.h"
#include <gtest/gtest.h>
#include <QPainter>
#include <random>

namespace sockwalk {
namespace {

PaperFlow::Paint shapes() {
  return [](QPainter& painter) { painter.drawRect(10, 10, 50, 50); };
}

QString words(int sentences) {
  return "<p>" + QStringLiteral("Nobody tells a sender that a frame was lost on its way. ").repeated(sentences) +
         "</p>";
}

constexpr QSizeF Page(600, 400);

// What must hold of any flow.
void expectGood(PaperFlow& flow) {
  const int pages = flow.pages();
  std::vector<int> first(size_t(flow.parts()), -1), last = first;
  std::vector<double> seen(first.size(), 0);
  for (const PaperFlow::Slice& s : flow.slices()) {
    const auto part = size_t(s.part);
    EXPECT_LT(s.page, pages);
    EXPECT_GE(s.y, 0);
    EXPECT_LE(s.y + s.height, Page.height() + 0.5) << "part " << s.part << " does not fit its page";
    EXPECT_NEAR(s.from, seen[part], 0.01) << "part " << s.part << " lacks something, or says it twice";
    seen[part] = s.from + s.height;
    if (first[part] < 0) first[part] = s.page;
    EXPECT_TRUE(last[part] < 0 || flow.mayBeCut(s.part)) << "part " << s.part << " is cut";
    last[part] = s.page;
  }
  for (int i = 0; i < flow.parts(); ++i) {
    EXPECT_NEAR(seen[size_t(i)], flow.heightOf(i), 0.01);
    const bool together = !flow.keepsCompany(i) || i + 1 == flow.parts() || last[size_t(i)] == first[size_t(i) + 1];
    EXPECT_TRUE(together) << "part " << i << " is alone at the end of a page";
  }
}

TEST(PaperFlow, AHeadingGoesWithWhatItIsOver) {
  for (int above = 1; above < 40; ++above) {
    PaperFlow flow(Page, {});
    flow.addWords(words(above));
    flow.addWords("<h2>Heading</h2>", PaperFlow::WithNext);
    flow.addWords(words(6));
    expectGood(flow);
  }
}

TEST(PaperFlow, APictureIsWhole) {
  for (int above = 1; above < 30; ++above) {
    PaperFlow flow(Page, {});
    flow.addWords(words(above));
    flow.addPicture(shapes(), {1000, 500}, PaperFlow::WithNext);
    flow.addWords(words(1));
    expectGood(flow);
  }
}

TEST(PaperFlow, AQuestionIsWhereItIsAnswered) {
  for (int above = 1; above < 30; ++above) {
    PaperFlow flow(Page, {});
    flow.addWords(words(above));
    flow.addSpace(6);
    flow.setStroke(Qt::blue);
    flow.addWords(words(2), PaperFlow::WithNext);
    flow.addLines(3);
    flow.setStroke({});
    flow.addWords(words(1));
    expectGood(flow);
  }
}

TEST(PaperFlow, WhateverStandsInIt) {
  std::mt19937 dice(7);
  const auto upTo = [&](int most) { return int(dice() % unsigned(most)); };
  for (int round = 0; round < 60; ++round) {
    PaperFlow flow(Page, {});
    for (int part = 0; part < 30; ++part) {
      const auto company = part < 29 && !upTo(3) ? PaperFlow::WithNext : PaperFlow::Alone;
      if (upTo(4) == 0) flow.addSpace(upTo(20));
      const int kind = upTo(4);
      if (kind == 0) flow.addPicture(shapes(), QSizeF(300 + upTo(900), 100 + upTo(900)), PaperFlow::Alone);
      else if (kind == 1) flow.addLines(1 + upTo(4), PaperFlow::Alone);
      else if (company == PaperFlow::WithNext) flow.addWords("<h2>Heading</h2>", company);
      else flow.addWords(words(1 + upTo(30)));
    }
    flow.addWords(words(1));
    // A row of headings is as long as chance wants, and a picture as high.
    SCOPED_TRACE(round);
    expectGood(flow);
  }
}

TEST(PaperFlow, ATableIsNotCut) {
  QString rows;
  for (int i = 0; i < 6; ++i) rows += "<tr><td>one</td><td>two</td></tr>";
  for (int above = 1; above < 20; ++above) {
    PaperFlow flow(Page, {});
    flow.addWords(words(above) + "<table>" + rows + "</table>" + words(1));
    flow.addWords(words(1));
    expectGood(flow);
  }
}

} // namespace
} // namespace sockwalk
