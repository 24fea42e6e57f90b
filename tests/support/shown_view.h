// A view that is shown, of an example walk that is played to its end.
#pragma once
#include "tests/support/walks.h"
#include "views/walk/record_reader.h"
#include "views/walk/walk.h"
#include <QTest>

namespace sockwalk::tests {

template <class V> struct ShownView : ::testing::Test {
  Walk walk;
  V view{walk};

  void open(const std::string& file, QSize size = {900, 560}) {
    view.resize(size);
    view.show();
    walk.open(walkOf(SOCKWALK_SOURCE_ROOT "/" + file));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !walk.recording() && RecordReader::of(walk).atEnd(); }));
    walk.seek(walk.journal().size());
  }
};

} // namespace sockwalk::tests
