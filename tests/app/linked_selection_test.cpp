// One thing is selected, on the wire, in the buffer, in Structure or in Source, and all four mark it.
#include "tests/app/window_fixture.h"
#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/packets/frame_bytes.h"
#include "views/packets/frame_details.h"
#include "views/packets/packets_view.h"
#include "views/source/code_pane.h"
#include "views/source/source_view.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_tree.h"
#include "views/structure/structure_view.h"
#include "views/walk/selecting.h"
#include <QTest>
#include <QTextBlock>
#include <QTreeWidget>

namespace sockwalk {
namespace {

using tests::WindowTest;

class LinkedSelection : public WindowTest, public testing::WithParamInterface<const char*> {
protected:
  void begin() {
    m_window.resize(1920, 1080);
    m_window.show();
    m_window.resetLayout();
    open(m_window, QString(SOCKWALK_SOURCE_DIR) + GetParam());
    m_window.showView("buffer");
    m_window.showView("packets");
    // Where the first frame with an IP header is in its buffer.
    const tell::PacketRows& rows = view<PacketsView>().rows();
    for (int row = 0; row < rows.size(); ++row) {
      if (rows.comesIn(row) || rows.bytes(row).size() < 42 || rows.bytes(row)[12] != 8 || rows.bytes(row)[13] != 0)
        continue;
      m_window.walk().seek(rows.eventOf(row) + 1);
      rest();
      return;
    }
    FAIL() << "no frame that leaves";
  }
  static void rest() {
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
  }
  template <class V> V& view() { return *m_window.findChild<V*>(); }
  const tell::Selection& selection() { return Selecting::of(m_window.walk()).now(); }
  QTreeWidgetItem* fieldIn(QTreeWidget& tree, const QString& header, const QString& name) {
    for (QTreeWidgetItemIterator it(&tree); *it; ++it)
      if ((*it)->text(0) == name && (*it)->parent() && (*it)->parent()->text(0) == header) return *it;
    return nullptr;
  }
  void press(QTreeWidget& tree, QTreeWidgetItem* item) {
    ASSERT_TRUE(item);
    item->parent()->setExpanded(true);
    tree.scrollToItem(item);
    QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualItemRect(item).center());
    rest();
  }
  void selectOnTheWire() {
    press(*view<FrameDetails>().tree(), fieldIn(*view<FrameDetails>().tree(), "IPv4", "Source"));
  }
  CodePane& code() { return *m_window.findChild<CodePane*>(); }
  // All four say the same.
  void expectMarked(const char* from) {
    const tell::Selection& s = selection();
    ASSERT_TRUE(s) << from;
    ASSERT_GE(s.packet, 0) << from;
    EXPECT_EQ(s.member, "iphdr.saddr") << from;
    const FrameBytes& wire = *view<FrameDetails>().bytes();
    EXPECT_EQ(wire.linkedFrom(), 26) << from;
    EXPECT_EQ(wire.linkedTo(), 30) << from;
    const BytesPane& bytes = *view<BufferView>().bytesPane();
    EXPECT_EQ(u32(bytes.linkedFrom()), s.inBuffer) << from;
    EXPECT_EQ(bytes.linkedTo() - bytes.linkedFrom(), 4) << from;
    EXPECT_TRUE(view<BufferView>().findChild<QTreeWidget*>()->currentItem()) << from;
    auto& tree = static_cast<StructureTree&>(*view<StructureView>().tree());
    EXPECT_TRUE(tree.isLinked(tree.currentIndex())) << from;
    EXPECT_EQ(tree.currentIndex().siblingAtColumn(StructureModel::MemberColumn).data().toString(), "saddr") << from;
    EXPECT_EQ(view<StructureView>().subject().layout->name, "iphdr") << from;
    EXPECT_EQ(code().file().toStdString(), s.file) << from;
    EXPECT_EQ(code().linkedLine(), s.line) << from;
  }
  MainWindow m_window;
};

TEST_P(LinkedSelection, FromTheWire) {
  begin();
  selectOnTheWire();
  expectMarked("wire");
}

TEST_P(LinkedSelection, FromAByteOfTheBuffer) {
  begin();
  auto& buffer = view<BufferView>();
  QTreeWidget& fields = *buffer.findChild<QTreeWidget*>();
  press(fields, fieldIn(fields, "IPv4", "Source"));
  expectMarked("buffer");
}

TEST_P(LinkedSelection, FromAMemberOfTheHeader) {
  begin();
  selectOnTheWire(); // brings the header to Structure
  auto& tree = static_cast<StructureTree&>(*view<StructureView>().tree());
  const QModelIndex source = tree.currentIndex();
  ASSERT_TRUE(source.isValid());
  Selecting::of(m_window.walk()).clear();
  EXPECT_FALSE(tree.isLinked(source));
  QTest::mouseClick(tree.viewport(), Qt::LeftButton, {},
                    tree.visualRect(source.siblingAtColumn(StructureModel::MemberColumn)).center());
  rest();
  expectMarked("structure");
}

TEST_P(LinkedSelection, FromTheLineThatWrites) {
  begin();
  selectOnTheWire();
  const QTextBlock block = code().document()->findBlockByNumber(selection().line - 1);
  ASSERT_TRUE(block.isValid());
  QTextCursor cursor(block);
  code().setTextCursor(cursor);
  const tell::Selection wire = selection();
  m_window.walk().seek(wire.written + 1);
  Selecting::of(m_window.walk()).clear();
  code().showLinked(QString::fromStdString(wire.file), wire.line);
  code().clearLinked();
  rest();
  cursor = QTextCursor(code().document()->findBlockByNumber(wire.line - 1));
  code().setTextCursor(cursor);
  QTest::keyClick(&code(), Qt::Key_Return);
  rest();
  ASSERT_TRUE(selection());
  EXPECT_EQ(selection().written, wire.written);
  EXPECT_EQ(selection().line, wire.line);
  EXPECT_LT(selection().offset, wire.offset + wire.size);
  EXPECT_LT(wire.offset, selection().offset + selection().size);
  EXPECT_GT(view<BufferView>().bytesPane()->linkedTo(), 0);
  EXPECT_GT(view<FrameDetails>().bytes()->linkedTo(), 0);
}

TEST_P(LinkedSelection, EscapeClearsAllFour) {
  begin();
  selectOnTheWire();
  ASSERT_TRUE(selection());
  QTest::keyClick(view<FrameDetails>().tree(), Qt::Key_Escape);
  rest();
  EXPECT_FALSE(selection());
  EXPECT_EQ(view<FrameDetails>().bytes()->linkedTo(), 0);
  EXPECT_EQ(view<BufferView>().bytesPane()->linkedTo(), 0);
  EXPECT_EQ(code().linkedLine(), 0);
}

TEST_P(LinkedSelection, NothingIsMarkedBeforeItIsWritten) {
  begin();
  selectOnTheWire();
  ASSERT_TRUE(selection());
  ASSERT_NE(selection().written, NoEvent);
  m_window.walk().seek(selection().written);
  rest();
  EXPECT_EQ(view<BufferView>().bytesPane()->linkedTo(), 0);
}

// What a program sends with TCP hangs in pages on the buffer: the byte is pressed there and marked on the wire, and back.
class LinkedPage : public LinkedSelection {};
TEST_P(LinkedPage, AByteOfAPageIsMarkedOnTheWireAndBack) {
  begin();
  const tell::PacketRows& rows = view<PacketsView>().rows();
  auto& bytes = *view<BufferView>().bytesPane();
  int page = -1;
  for (int row = 0; row < rows.size() && page < 0; ++row) {
    if (rows.comesIn(row)) continue;
    m_window.walk().seek(rows.eventOf(row) + 1);
    rest();
    for (int i = 0; i < int(bytes.description().items.size()) && page < 0; ++i)
      if (bytes.description().items[size_t(i)].name.startsWith("fragment 0")) page = i;
  }
  ASSERT_GE(page, 0) << "a segment whose bytes lie in a page";
  bytes.description().items[size_t(page)].press();
  rest();
  ASSERT_TRUE(selection());
  EXPECT_TRUE(selection().inPage);
  EXPECT_EQ(bytes.linkedPart(), 0);
  EXPECT_EQ(bytes.linkedFrom(), 0);
  EXPECT_TRUE(bytes.description().items[size_t(page)].lit);
  ASSERT_GE(selection().packet, 0);
  const FrameBytes& wire = *view<FrameDetails>().bytes();
  EXPECT_EQ(u32(wire.linkedFrom()), selection().inFrame);
  EXPECT_EQ(code().file().toStdString(), selection().file) << "who has copied it there";

  const int packet = selection().packet;
  const u32 inFrame = selection().inFrame;
  Selecting::of(m_window.walk()).clear();
  rest();
  EXPECT_EQ(bytes.linkedTo(), 0);
  Selecting::of(m_window.walk()).selectFrame(packet, inFrame, 1);
  rest();
  EXPECT_EQ(bytes.linkedPart(), 0);
  EXPECT_EQ(bytes.linkedTo() - bytes.linkedFrom(), 1);
}
INSTANTIATE_TEST_SUITE_P(Walks, LinkedPage, testing::Values("/assets/walks/tcp-between-two-hosts.pkt"));

INSTANTIATE_TEST_SUITE_P(Walks, LinkedSelection,
                         testing::Values("/lessons/10-sk-buff/scenario.pkt",
                                         "/assets/walks/tcp-between-two-hosts.pkt"));

} // namespace
} // namespace sockwalk
