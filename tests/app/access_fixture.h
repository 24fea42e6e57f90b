// A window on the socket() walk, and the tree that assistive technologies read of it.
#pragma once
#include "tests/app/window_fixture.h"
#include "views/call_path/call_path_stage.h"
#include <QAccessible>
#include <QMetaEnum>
#include <set>

namespace sockwalk::tests {

inline const QString Sources = SOCKWALK_SOURCE_DIR;

inline QString roleName(QAccessible::Role role) {
  return QString::fromLatin1(QMetaEnum::fromType<QAccessible::Role>().valueToKey(role));
}

// What a person can be led to or act on, and what is a picture: it must have a name.
inline bool needsName(QAccessible::Role role) {
  static const std::set<QAccessible::Role> roles{
      QAccessible::Button,       QAccessible::CheckBox,    QAccessible::RadioButton,  QAccessible::ComboBox,
      QAccessible::EditableText, QAccessible::Slider,      QAccessible::SpinBox,      QAccessible::List,
      QAccessible::Table,        QAccessible::Tree,        QAccessible::Canvas,       QAccessible::Graphic,
      QAccessible::PageTab,      QAccessible::PageTabList, QAccessible::MenuItem,     QAccessible::Link,
      QAccessible::Indicator,    QAccessible::ListItem,    QAccessible::ButtonMenu,   QAccessible::ButtonDropDown,
      QAccessible::ProgressBar,  QAccessible::Dial,        QAccessible::ColumnHeader, QAccessible::Terminal,
  };
  return roles.contains(role);
}

// The tree as an assistive technology reads it, and what is wrong with it.
struct Tree {
  int nodes = 0;
  std::map<QAccessible::Role, int> roles;
  QStringList wrong;

  void read(QAccessibleInterface* at, const QString& way) {
    if (!at || !at->isValid()) return void(wrong << way + ": no interface");
    ++nodes;
    const QAccessible::Role role = at->role();
    const QAccessible::State state = at->state();
    const QString name = at->text(QAccessible::Name), here = way + " > " + roleName(role) + " \"" + name + '"';
    if (state.invisible) return;
    ++roles[role];
    if (needsName(role) && name.isEmpty()) wrong << here + ": has no name" + classOf(at);
    // Of a hidden column there is still a head.
    // Tabs without room are in the menu beside them.
    const bool listed = role == QAccessible::PageTab || role == QAccessible::ColumnHeader;
    if (!state.offscreen && !listed && at->rect().isEmpty() && needsName(role))
      wrong << here + ": has no place" + classOf(at);
    // Rows without end are alike: the first hundred tell.
    for (int i = 0; i < std::min(at->childCount(), 100); ++i) {
      if (QAccessibleInterface* const child = at->child(i)) read(child, here);
      else wrong << here + ": child " + QString::number(i) + " is missing";
    }
  }
  static QString classOf(QAccessibleInterface* at) {
    return at->object() ? " (" + QString::fromLatin1(at->object()->metaObject()->className()) + " " +
                              at->object()->objectName() + ")"
                        : QString();
  }
};

class AccessTest : public tests::WindowTest {
protected:
  void SetUp() override {
    tests::WindowTest::SetUp();
    QAccessible::setActive(true);
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    m_window->resetLayout();
    ASSERT_TRUE(m_window->openSocketWalk());
    settle();
  }
  void TearDown() override {
    m_window.reset();
    QAccessible::setActive(false);
  }
  void settle() {
    while (m_window->walk().recording()) QApplication::processEvents();
    for (int i = 0; i < 3; ++i) QApplication::processEvents();
  }
  void go(const char* function) {
    m_window->walk().toNextCall(function);
    settle();
  }
  void expectNothingIsSilent(const char* where) {
    Tree tree;
    tree.read(QAccessible::queryAccessibleInterface(m_window.get()), "");
    EXPECT_TRUE(tree.wrong.isEmpty()) << where << ":\n" << tree.wrong.join('\n').toStdString();
    EXPECT_GT(tree.nodes, 60) << where;
  }
  template <class Canvas> Canvas& canvas() { return *m_window->findChild<Canvas*>(); }
  template <class Canvas> QAccessibleInterface* told() {
    return QAccessible::queryAccessibleInterface(m_window->findChild<Canvas*>());
  }
  static QList<QAccessibleInterface*> children(QAccessibleInterface* of) {
    QList<QAccessibleInterface*> out;
    for (int i = 0; i < of->childCount(); ++i) out << of->child(i);
    return out;
  }
  static QAccessibleInterface* named(QAccessibleInterface* among, const QString& name) {
    for (QAccessibleInterface* child : children(among))
      if (child->text(QAccessible::Name) == name) return child;
    return nullptr;
  }
  std::unique_ptr<MainWindow> m_window;
};

} // namespace sockwalk::tests
