// What every painted picture does in the same way, asked of each: it is told item by item, walked through by keys, searched,
// zoomed and fitted.
#pragma once
#include "views/theme/picture_canvas.h"
#include <gtest/gtest.h>
#include <QTest>
#include <QWheelEvent>

namespace sockwalk::tests {

inline void turnWheel(PictureCanvas& canvas, int notches) {
  const QPointF at = QRectF(canvas.viewport()->rect()).center();
  QWheelEvent wheel(at, canvas.viewport()->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, Qt::ControlModifier,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(canvas.viewport(), &wheel);
}

inline void expectTold(const PictureCanvas& canvas) {
  const Description& told = canvas.description();
  ASSERT_FALSE(told.items.empty());
  for (const DescribedItem& item : told.items) {
    EXPECT_FALSE(told.nameOf(item).isEmpty());
    EXPECT_EQ(item.cells.size(), told.headings.size()) << qPrintable(told.nameOf(item));
    EXPECT_FALSE(item.rect.isEmpty()) << qPrintable(told.nameOf(item));
  }
}

inline void expectKeysAndSearch(PictureCanvas& canvas) {
  canvas.setFocus();
  QTest::keyClick(&canvas, Qt::Key_Home);
  EXPECT_EQ(canvas.stoodOn(), 0);
  QTest::keyClick(&canvas, Qt::Key_End);
  EXPECT_EQ(canvas.stoodOn(), canvas.itemCount() - 1);
  const int wanted = canvas.itemCount() / 2;
  const FindBar::Search search = canvas.search();
  EXPECT_GT(search(canvas.itemText(wanted), 0).count, 0);
  EXPECT_TRUE(canvas.itemText(canvas.stoodOn()).contains(canvas.itemText(wanted), Qt::CaseInsensitive));
  EXPECT_EQ(search("no such words anywhere", 0).count, 0);
}

inline void expectZoom(PictureCanvas& canvas) {
  const auto seen = [&] { return canvas.room().width() * canvas.room().height(); };
  const double usual = seen();
  turnWheel(canvas, 3);
  EXPECT_LT(seen(), usual);
  turnWheel(canvas, -3);
  EXPECT_NEAR(seen(), usual, usual * 0.01);
  QTest::keyClick(&canvas, Qt::Key_Plus);
  EXPECT_LT(seen(), usual);
  canvas.fit(); // whole or, from there, as large as usual
  EXPECT_GE(seen(), usual * 0.99);
}

} // namespace sockwalk::tests
