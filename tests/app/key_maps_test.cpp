#include "app/key_maps.h"
#include "app/status_line.h"
#include "app/transport_bar.h"
#include <gtest/gtest.h>
#include <QSet>

namespace sockwalk {
namespace {

TEST(KeyMaps, EveryCommandHasKeysOfItsOwnInBothMaps) {
  for (KeyMap map : {KeyMap::Debugger, KeyMap::Qtenv}) {
    QSet<QString> taken{"Ctrl+P",  "Ctrl+O", "Ctrl+S",   "Ctrl+Q",    "F1",
                        "Ctrl+\\", "Ctrl+B", "Alt+Left", "Alt+Right", "Ctrl+,"}; // the menus' own
    for (int i = 0; i < commandCount; ++i) {
      const auto keys = keysOf(static_cast<Command>(i), map);
      ASSERT_FALSE(keys.isEmpty());
      EXPECT_FALSE(commandText(static_cast<Command>(i)).isEmpty());
      EXPECT_FALSE(commandPurpose(static_cast<Command>(i)).isEmpty());
      for (const QKeySequence& key : keys) {
        const QString name = key.toString(QKeySequence::PortableText);
        EXPECT_FALSE(name.isEmpty()) << i;
        EXPECT_FALSE(taken.contains(name)) << name.toStdString() << " twice in " << keyMapId(map).toStdString();
        taken << name;
      }
    }
  }
}

TEST(KeyMaps, AreWhatPeopleKnow) {
  EXPECT_EQ(keysOf(Command::StepInto, KeyMap::Debugger)[0], QKeySequence("F11"));
  EXPECT_EQ(keysOf(Command::StepOver, KeyMap::Debugger)[0], QKeySequence("F10"));
  EXPECT_EQ(keysOf(Command::StepOut, KeyMap::Debugger)[0], QKeySequence("Shift+F11"));
  EXPECT_EQ(keysOf(Command::Run, KeyMap::Debugger)[0], QKeySequence("F5"));
  EXPECT_EQ(keysOf(Command::StepInto, KeyMap::Qtenv)[0], QKeySequence("F4"));
  EXPECT_EQ(keysOf(Command::Run, KeyMap::Qtenv)[0], QKeySequence("F5"));
  EXPECT_EQ(keysOf(Command::RunFast, KeyMap::Qtenv)[0], QKeySequence("F6"));
  EXPECT_EQ(keysOf(Command::RunExpress, KeyMap::Qtenv)[0], QKeySequence("F7"));
  EXPECT_EQ(keysOf(Command::Pause, KeyMap::Qtenv)[0], QKeySequence("F8"));
  EXPECT_EQ(keyMapFromId(keyMapId(KeyMap::Qtenv)), KeyMap::Qtenv);
  EXPECT_EQ(keyMapFromId("nonsense"), KeyMap::Debugger);
}

TEST(StatusLine, WritesTimeInGroupsOfThree) {
  EXPECT_EQ(simulatedTime(2140), "0.000 002 140 s");
  EXPECT_EQ(simulatedTime(12345678901), "12.345 678 901 s");
}

TEST(TransportBar, SpeedAndPlaceAreInverse) {
  for (int place = 0; place <= 100; ++place) EXPECT_EQ(TransportBar::placeOf(TransportBar::speedAt(place)), place);
  EXPECT_GT(TransportBar::speedAt(100), TransportBar::speedAt(0) * 500);
}

} // namespace
} // namespace sockwalk
