// The window in Chinese: all of it at once, nothing of it left in English, and nothing that does not fit its place.
#include "app/feed_dialogs.h"
#include "app/main_window.h"
#include "app/view_factory.h"
#include "app/window_language.h"
#include <gtest/gtest.h>
#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QRegularExpression>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>

namespace sockwalk {
namespace {

constexpr const char* Walk = SOCKWALK_SOURCE_DIR "/assets/walks/tcp-lost-segment.pkt";

void settle() {
  for (int i = 0; i < 4; ++i) QApplication::processEvents();
}

// What a person reads of the widgets and actions of a window, or has read to him.
QStringList textsOf(const QWidget& window) {
  QStringList out;
  const auto add = [&out](const QObject& object, const char* property) {
    const QString text = object.property(property).toString();
    const bool counts = text.startsWith('+'); // the tabs for which there is no room, which are others in each language
    if (!text.isEmpty() && !counts) out << QString("%1.%2: %3").arg(object.metaObject()->className(), property, text);
  };
  for (const QObject* object : window.findChildren<QObject*>()) {
    if (!object->isWidgetType() && !qobject_cast<const QAction*>(object)) continue;
    // What is hidden says what it last said, and is told anew when it is shown.
    if (const auto* label = qobject_cast<const QLabel*>(object); label && !label->isVisible()) continue;
    for (const char* property : {"text", "title", "windowTitle", "toolTip", "placeholderText", "accessibleName"})
      add(*object, property);
    if (const auto* tabs = qobject_cast<const QTabBar*>(object))
      for (int i = 0; i < tabs->count(); ++i) out << "tab: " + tabs->tabText(i);
  }
  out.sort();
  return out;
}

QString difference(const QStringList& here, const QStringList& there) {
  QStringList out;
  for (const QString& text : here)
    if (!there.contains(text)) out << text;
  return out.join('\n');
}

class LanguageTest : public testing::Test {
protected:
  void SetUp() override {
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_dir.path());
    QSettings().clear();
    WindowLanguage::instance().setChoice(LanguageChoice::English);
  }
  void TearDown() override { WindowLanguage::instance().setChoice(LanguageChoice::English); }

  // On a walk, at a moment at which every view shows something.
  static std::unique_ptr<MainWindow> windowAt(const QString& function) {
    auto window = std::make_unique<MainWindow>();
    window->resize(1280, 800);
    window->show();
    EXPECT_TRUE(window->openPath(Walk));
    while (window->walk().recording()) QApplication::processEvents();
    window->walk().toNextCall(function);
    for (const QString& view : viewNames()) window->showView(view), settle();
    return window;
  }
  QTemporaryDir m_dir;
};

TEST_F(LanguageTest, IsChangedAtOnceAndEverywhere) {
  const auto window = windowAt("tcp_ack");
  const QStringList english = textsOf(*window);
  WindowLanguage::instance().setChoice(LanguageChoice::Chinese);
  settle();
  const QStringList switched = textsOf(*window), born = textsOf(*windowAt("tcp_ack"));
  EXPECT_EQ(difference(switched, born).toStdString(), "");
  EXPECT_EQ(difference(born, switched).toStdString(), "");
  WindowLanguage::instance().setChoice(LanguageChoice::English);
  settle();
  EXPECT_EQ(difference(textsOf(*window), english).toStdString(), "");
}

// "Buffer", a tab, and "buffers", a button, are one word in Chinese.
TEST_F(LanguageTest, OfWordsThatAreOneInChineseEachIsSaidAgain) {
  const QStringList english = textsOf(*windowAt("tcp_ack"));
  WindowLanguage::instance().setChoice(LanguageChoice::Chinese);
  const auto window = windowAt("tcp_ack");
  WindowLanguage::instance().setChoice(LanguageChoice::English);
  settle();
  EXPECT_EQ(difference(textsOf(*window), english).toStdString(), "");
  EXPECT_EQ(difference(english, textsOf(*window)).toStdString(), "");
}

TEST_F(LanguageTest, LeavesNothingInEnglish) {
  WindowLanguage::instance().setChoice(LanguageChoice::Chinese);
  const auto window = windowAt("tcp_ack");
  // Two words side by side, and no Chinese; calls and packets say what they are in no language.
  const QRegularExpression words("(?!struct )\\b[a-z]{2,} [a-z]{2,}"), chinese("[\\x{4e00}-\\x{9fff}]");
  QStringList left;
  for (const QString& text : textsOf(*window))
    if (text.section(": ", 1).contains(words) && !text.contains(chinese)) left << text;
  EXPECT_EQ(left.join('\n').toStdString(), "");
}

// Whether a label or a button shows less than it says. One that may be made smaller than its text cuts it with dots.
bool isCut(const QWidget& widget) {
  if (const auto* label = qobject_cast<const QLabel*>(&widget))
    if (label->wordWrap() || label->text().isEmpty()) return false;
  if (!qobject_cast<const QLabel*>(&widget) && !qobject_cast<const QAbstractButton*>(&widget)) return false;
  if (widget.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored) return false;
  return widget.minimumSizeHint().width() > widget.width() || widget.minimumSizeHint().height() > widget.height();
}

QStringList cutIn(const QWidget& window) {
  QStringList cut;
  for (const QWidget* widget : window.findChildren<QWidget*>())
    if (widget->isVisible() && isCut(*widget))
      cut << QString("%1 %2x%3 of %4x%5: %6")
                 .arg(widget->metaObject()->className())
                 .arg(widget->width())
                 .arg(widget->height())
                 .arg(widget->minimumSizeHint().width())
                 .arg(widget->minimumSizeHint().height())
                 .arg(widget->property("text").toString());
  cut.removeDuplicates();
  return cut;
}

TEST_F(LanguageTest, FitsItsPlaces) {
  WindowLanguage::instance().setChoice(LanguageChoice::Chinese);
  const auto window = windowAt("tcp_ack");
  for (const QString& view : viewNames()) {
    window->showView(view);
    settle();
    EXPECT_EQ(cutIn(*window).join('\n').toStdString(), "") << view.toStdString();
  }
}

TEST_F(LanguageTest, FitsItsPlacesInDialogs) {
  WindowLanguage::instance().setChoice(LanguageChoice::Chinese);
  TapDialog tap;
  LiveCaptureDialog capture;
  for (QDialog* dialog : std::initializer_list<QDialog*>{&tap, &capture}) {
    dialog->show();
    settle();
    EXPECT_EQ(cutIn(*dialog).join('\n').toStdString(), "") << dialog->windowTitle().toStdString();
  }
}

TEST_F(LanguageTest, IsCutWhereThereIsNoRoom) { // the measure of the two above
  QWidget window;
  QLabel label(&window);
  label.setText(QStringLiteral("这里放不下"));
  label.setFixedWidth(20);
  window.show();
  EXPECT_EQ(cutIn(window).size(), 1);
}

TEST_F(LanguageTest, IsKept) {
  EXPECT_EQ(wantedLanguage(), LanguageChoice::Desktop);
  keepLanguage(LanguageChoice::Chinese);
  EXPECT_EQ(wantedLanguage(), LanguageChoice::Chinese);
}

} // namespace
} // namespace sockwalk
