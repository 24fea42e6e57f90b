// The real window, at a size that a test says, and what of its parts is seen: rows, lines, columns.
#pragma once
#include "app/card_dock.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include "views/source/code_pane.h"
#include "views/structure/history_pane.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include "views/theme/theme.h"
#include <QListView>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTreeView>

namespace sockwalk::tests {

inline const QString Lesson = SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md";
inline const QString Script = SOCKWALK_SOURCE_DIR "/tests/scenarios/tcp_loopback.pkt";
inline const QString Capture = SOCKWALK_SOURCE_DIR "/assets/captures/hello-udp.pcap";

class RoomTest : public WindowTest {
protected:
  void begin(QSize size, const QString& file, double type = 1) {
    ThemeHub::instance().setTypeScale(type);
    m_window = std::make_unique<MainWindow>();
    m_window->resize(size);
    m_window->show();
    m_window->resetLayout();
    if (file.contains(".pcap")) ASSERT_TRUE(m_window->openPath(file, QString())); // without asking for the host
    else open(*m_window, file);
    while (m_window->walk().recording()) QApplication::processEvents();
    rest();
    ASSERT_EQ(m_window->size(), size) << "no part asks for more than the window has";
  }
  void TearDown() override {
    m_window.reset();
    ThemeHub::instance().setTypeScale(1);
  }
  static void rest() {
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
  }
  MainWindow& window() { return *m_window; }
  CardDock& dock(const char* name) { return *m_window->findChild<CardDock*>(name); }
  template <class V> V& view() { return *m_window->findChild<V*>(); }
  void toCall(const char* function) {
    window().walk().toNextCall(function);
    ASSERT_EQ(window().walk().playhead().source().function, function);
    rest();
  }
  void chooseMember() { // as a click does
    QTreeView& tree = *view<StructureView>().tree();
    for (QModelIndex i = tree.indexAt({10, 1}); i.isValid(); i = tree.indexBelow(i)) {
      const bool member = i.data(StructureModel::KindRole).toInt() == int(StructureModel::Kind::Member);
      if (!member || tree.model()->hasChildren(i)) continue;
      const QRect name = tree.visualRect(i.siblingAtColumn(StructureModel::MemberColumn));
      QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, name.center());
      return rest();
    }
    FAIL() << "no member";
  }
  // Rows that are seen whole.
  static int rowsSeen(const QAbstractItemView& list, int rowHeight) { return list.viewport()->height() / rowHeight; }
  int memberRows() {
    QTreeView& tree = *view<StructureView>().tree();
    int rows = 0;
    for (QModelIndex i = tree.indexAt({10, 1}); i.isValid() && tree.visualRect(i).bottom() < tree.viewport()->height();
         i = tree.indexBelow(i))
      ++rows;
    return rows;
  }
  // "" or the first name that is cut.
  QString cutName() {
    QTreeView& tree = *view<StructureView>().tree();
    for (QModelIndex i = tree.indexAt({10, 1}); i.isValid(); i = tree.indexBelow(i)) {
      if (i.data(StructureModel::KindRole).toInt() != int(StructureModel::Kind::Member)) continue;
      const QModelIndex name = i.siblingAtColumn(StructureModel::MemberColumn);
      const double wide = QFontMetricsF(theme().mono(11.5)).horizontalAdvance(name.data().toString());
      if (wide > tree.visualRect(name).width() - 7) return name.data().toString();
    }
    return {};
  }
  int writesRows() {
    auto* const writes = view<HistoryPane>().findChild<QListView*>();
    return writes->isVisible() ? rowsSeen(*writes, writes->itemDelegate()->sizeHint({}, {}).height()) : 0;
  }
  int codeLines() {
    auto& code = view<CodePane>();
    return code.viewport()->height() / code.fontMetrics().lineSpacing();
  }
  int codeColumns() {
    auto& code = view<CodePane>();
    const double wide = QFontMetricsF(code.font()).horizontalAdvance(QString(70, 'x')) / 70;
    return int((code.viewport()->width() - 4) / wide);
  }
  double lessonLines() {
    const auto& text = *view<LessonPanel>().findChild<QTextBrowser*>();
    const QTextBlock first = text.document()->begin();
    const double line = first.layout()->boundingRect().height() / first.layout()->lineCount();
    return text.viewport()->height() / line;
  }
  std::unique_ptr<MainWindow> m_window;
};

} // namespace sockwalk::tests
