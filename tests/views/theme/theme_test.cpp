#include "views/theme/desktop_wishes.h"
#include "views/theme/icons.h"
#include "views/theme/motion.h"
#include "views/theme/paint.h"
#include "views/theme/style_sheet.h"
#include "views/theme/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontMetricsF>
#include <QPainter>
#include <QPushButton>
#include <QTemporaryDir>
#include <QVariantAnimation>

#include <set>

namespace sockwalk {
namespace {

constexpr Shade shades[]{Shade::Light, Shade::Dark, Shade::Contrast};

std::string where(Shade shade) {
  return shade == Shade::Light ? "light" : shade == Shade::Dark ? "dark" : "high contrast";
}

TEST(Palette, contrastIsWcags) {
  EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 0.01);
  EXPECT_NEAR(contrast(Qt::white, Qt::white), 1.0, 0.01);
  EXPECT_NEAR(contrast(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.01);
}

TEST(Palette, wordsAreLegibleWhereTheyStand) {
  const std::pair<Role, std::vector<Role>> uses[]{
      {Role::Text,
       {Role::Page, Role::Card, Role::Raised, Role::AccentTint, Role::ChangedFill, Role::DangerFill, Role::InfoFill}},
      {Role::Title, {Role::Page, Role::Card, Role::Raised, Role::AccentTint, Role::ChangedFill}},
      {Role::Muted, {Role::Page, Role::Card, Role::Raised, Role::AccentTint, Role::ChangedFill, Role::DangerFill}},
      {Role::Accent, {Role::Page, Role::Card, Role::Raised, Role::AccentTint, Role::ChangedFill}},
      {Role::OnAccent, {Role::Accent}},
      {Role::Changed, {Role::Card, Role::Page, Role::Raised, Role::AccentTint, Role::ChangedFill}},
      {Role::Danger, {Role::Card, Role::Page, Role::Raised, Role::AccentTint, Role::DangerFill}},
      {Role::OnDanger, {Role::Danger}},
      {Role::Good, {Role::Card, Role::Page, Role::Raised, Role::AccentTint}},
      {Role::Info, {Role::Card, Role::InfoFill, Role::AccentTint}},
  };
  for (Shade shade : shades)
    for (const auto& [text, backgrounds] : uses)
      for (Role background : backgrounds)
        EXPECT_GE(contrast(roleColor(text, shade), roleColor(background, shade)), leastContrast(shade))
            << where(shade) << ": role " << static_cast<int>(text) << " on " << static_cast<int>(background);
}

void expectLegible(const LayerColors& colors, Shade shade, const std::string& name) {
  SCOPED_TRACE(where(shade) + " " + name);
  const double legible = leastContrast(shade);
  EXPECT_GE(contrast(colors.textOnFill, colors.fill), legible);
  EXPECT_GE(contrast(colors.text, colors.band), legible);
  for (Role behind : {Role::Card, Role::Page, Role::Raised, Role::AccentTint}) // rows and lines of source, lit or not
    EXPECT_GE(contrast(colors.text, roleColor(behind, shade)), legible) << static_cast<int>(behind);
  for (const QColor& background : {colors.band, colors.faintFill}) {
    EXPECT_GE(contrast(roleColor(Role::Text, shade), background), legible);
    EXPECT_GE(contrast(roleColor(Role::Title, shade), background), legible);
  }
  EXPECT_GE(contrast(roleColor(Role::Muted, shade), colors.band), legible);
}

TEST(Palette, layersAndPacketPartsAreLegible) {
  for (Shade shade : shades) {
    for (Layer layer : allLayers) expectLegible(layerColors(layer, shade), shade, std::string(layerName(layer)));
    for (int part = 0; part <= static_cast<int>(PacketPart::SharedInfo); ++part)
      expectLegible(packetColors(static_cast<PacketPart>(part), shade), shade, "part " + std::to_string(part));
  }
}

// What is no text but must be seen (WCAG 2, 1.4.11): borders of what is chosen, lines, the ring of what has the keys.
TEST(Palette, linesOfHighContrastAreAtFullStrength) {
  constexpr Shade strong = Shade::Contrast;
  for (Role line : {Role::Hairline, Role::PathEdge, Role::FutureEdge, Role::AccentLine, Role::ChangedLine,
                    Role::Playhead, Role::Faint})
    EXPECT_GE(contrast(roleColor(line, strong), roleColor(Role::Card, strong)), 7) << static_cast<int>(line);
  for (Layer layer : allLayers) {
    EXPECT_GE(contrast(layerColors(layer, strong).line, roleColor(Role::Card, strong)), 7) << layerName(layer);
    EXPECT_GE(contrast(layerColors(layer, strong).faintLine, roleColor(Role::Card, strong)), 4.5) << layerName(layer);
  }
  for (Shade shade : shades)
    for (Role behind : {Role::Page, Role::Card, Role::Raised, Role::AccentTint})
      EXPECT_GE(contrast(roleColor(Role::Focus, shade), roleColor(behind, shade)), 3) << where(shade);
}

TEST(Palette, lightLayersAreOkabeAndItos) {
  const char* const wanted[]{"#6b7280", "#8a6d3b", "#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7"};
  for (Layer layer : allLayers)
    EXPECT_EQ(layerColors(layer, Shade::Light).fill.name().toStdString(), wanted[static_cast<int>(layer)]);
  EXPECT_EQ(roleColor(Role::Page, Shade::Dark).name().toStdString(), "#15181d");
}

TEST(Palette, darkLayersKeepTheirHueAndAreLighter) {
  for (Layer layer : allLayers) {
    const QColor light = layerColors(layer, Shade::Light).fill, dark = layerColors(layer, Shade::Dark).fill;
    EXPECT_GT(dark.lightness(), light.lightness()) << layerName(layer);
    const int turn = std::abs(dark.hslHue() - light.hslHue());
    EXPECT_LE(std::min(turn, 360 - turn), 14) << layerName(layer);
  }
}

TEST(Layers, namesAndLayersAnswerEachOther) {
  for (Layer layer : allLayers) EXPECT_EQ(layerFromName(layerName(layer)), layer);
  EXPECT_FALSE(layerFromName("phlogiston").has_value());
}

TEST(ThemeTest, largeTypeGrowsEverything) {
  const Theme normal(Shade::Light), large(Shade::Light, 1.5);
  EXPECT_EQ(normal.sans(12).pixelSize(), 12);
  EXPECT_EQ(large.sans(12).pixelSize(), 18);
  EXPECT_EQ(large.mono(12).pixelSize(), 18);
  EXPECT_TRUE(styleSheet(large).contains("font-size: 18px"));
}

TEST(ThemeTest, numbersOfTheMonoFontLineUp) {
  const QFontMetricsF metrics(Theme().mono());
  EXPECT_EQ(metrics.horizontalAdvance("1111"), metrics.horizontalAdvance("0000"));
  EXPECT_EQ(metrics.horizontalAdvance("iiii"), metrics.horizontalAdvance("WWWW"));
}

TEST(ThemeTest, theStyleSheetHasNoOpenPlaces) {
  for (Shade shade : shades) {
    const QString sheet = styleSheet(Theme(shade));
    EXPECT_FALSE(sheet.contains('@'));
    EXPECT_EQ(sheet.count('{'), sheet.count('}'));
    EXPECT_FALSE(sheet.contains(": ;"));
    EXPECT_FALSE(sheet.contains("solid ;"));
  }
}

TEST(ThemeTest, aChoiceReachesPaletteAndListeners) {
  ThemeHub& hub = ThemeHub::instance();
  hub.setChoice(ThemeChoice::Light);
  int told = 0;
  const auto connection = QObject::connect(&hub, &ThemeHub::themeChanged, [&told] { ++told; });
  hub.setChoice(ThemeChoice::Dark);
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(theme().isDark());
  EXPECT_EQ(QApplication::palette().color(QPalette::Window), theme().color(Role::Page));
  hub.setChoice(ThemeChoice::Dark);
  EXPECT_EQ(told, 1) << "nothing changed, nobody should be told";
  hub.setChoice(ThemeChoice::Light);
  EXPECT_EQ(told, 2);
  EXPECT_FALSE(theme().isDark());
  QObject::disconnect(connection);
}

TEST(MotionTest, speedScalesAndReducedMotionStops) {
  Motion::setReduced(false);
  Motion::setSpeed(1);
  EXPECT_EQ(Motion::duration(Motion::Pace::Quick), 180);
  EXPECT_EQ(Motion::duration(Motion::Pace::Slow), 250);
  Motion::setSpeed(2);
  EXPECT_EQ(Motion::duration(Motion::Pace::Slow), 125);
  Motion::setSpeed(1);
  Motion::setReduced(true);
  EXPECT_EQ(Motion::duration(), 0);
  Motion::setReduced(false);
  qputenv("SOCKWALK_REDUCED_MOTION", "1");
  EXPECT_EQ(Motion::duration(), 0);
  qputenv("SOCKWALK_REDUCED_MOTION", "0");
  EXPECT_EQ(Motion::duration(), 220);
  qunsetenv("SOCKWALK_REDUCED_MOTION");
}

// The person's own choice counts, then the environment's, then the desktop's.
TEST(MotionTest, theDesktopIsFollowedWhereNothingWasChosen) {
  QTemporaryDir config;
  const auto say = [&](const char* name, const char* text) {
    QDir(config.path()).mkpath(QFileInfo(name).path());
    QFile file(config.filePath(name));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  };
  EXPECT_FALSE(wishesInFiles(config.path()).reducedMotion);
  say("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n");
  EXPECT_FALSE(wishesInFiles(config.path()).reducedMotion);
  say("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n");
  EXPECT_TRUE(wishesInFiles(config.path()).reducedMotion);
  say("kdeglobals", "");
  say("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=false\ngtk-theme-name=HighContrastInverse\n");
  EXPECT_TRUE(wishesInFiles(config.path()).reducedMotion);
  EXPECT_TRUE(wishesInFiles(config.path()).highContrast);
  DesktopWishes gnome;
  addWishesOfGnome("org.gnome.desktop.interface enable-animations false\n"
                   "org.gnome.desktop.interface clock-show-date true\n",
                   gnome);
  EXPECT_TRUE(gnome.reducedMotion);
  EXPECT_FALSE(gnome.highContrast);
  addWishesOfGnome("org.gnome.desktop.a11y.interface high-contrast true\n", gnome);
  EXPECT_TRUE(gnome.reducedMotion);
  EXPECT_TRUE(gnome.highContrast);
}

TEST(ThemeTest, theDesktopsHighContrastIsFollowedAsItsShadeIs) {
  ThemeHub& hub = ThemeHub::instance();
  hub.setChoice(ThemeChoice::System);
  hub.setSystemContrast(true);
  EXPECT_EQ(theme().shade(), Shade::Contrast);
  hub.setChoice(ThemeChoice::Light);
  EXPECT_EQ(theme().shade(), Shade::Light) << "the person's choice counts";
  hub.setSystemContrast(false);
}

TEST(MotionTest, reducedMotionIsAtTheEndAtOnce) {
  QVariantAnimation animation;
  animation.setStartValue(0.0);
  animation.setEndValue(10.0);
  Motion::setReduced(true);
  Motion::run(animation);
  EXPECT_EQ(animation.currentValue().toDouble(), 10.0);
  EXPECT_EQ(animation.state(), QAbstractAnimation::Stopped);
  Motion::setReduced(false);
  Motion::run(animation);
  EXPECT_EQ(animation.state(), QAbstractAnimation::Running);
}

QImage drawn(Icon icon, QIcon::Mode mode = QIcon::Normal) {
  return makeIcon(icon).pixmap(QSize(24, 24), mode).toImage().convertToFormat(QImage::Format_ARGB32);
}

TEST(Icons, eachIsDrawnAndUnlikeTheOthers) {
  std::set<QByteArray> seen;
  for (int i = 0; i < iconCount; ++i) {
    const QImage image = drawn(static_cast<Icon>(i));
    int ink = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) ink += qAlpha(image.pixel(x, y)) > 128;
    EXPECT_GT(ink, 20) << "icon " << i;
    EXPECT_TRUE(seen.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes())).second)
        << "icon " << i << " looks like another";
  }
}

TEST(Icons, followTheThemeWithoutBeingMadeAnew) {
  ThemeHub::instance().setChoice(ThemeChoice::Light);
  const QIcon icon = makeIcon(Icon::Run);
  const QColor light = icon.pixmap(16, 16).toImage().pixelColor(7, 8);
  ThemeHub::instance().setChoice(ThemeChoice::Dark);
  const QColor dark = icon.pixmap(16, 16).toImage().pixelColor(7, 8);
  ThemeHub::instance().setChoice(ThemeChoice::Light);
  EXPECT_EQ(light, roleColor(Role::Text, Shade::Light));
  EXPECT_EQ(dark, roleColor(Role::Text, Shade::Dark));
}

TEST(Paint, aPillFitsItsNameAndIsFilledWhileItRuns) {
  const QSizeF size = pillSize("tcp_v4_init_sock");
  EXPECT_GT(size.width(), QFontMetricsF(theme().mono(12, QFont::Bold)).horizontalAdvance("tcp_v4_init_sock"));
  QImage image(size.toSize(), QImage::Format_ARGB32);
  for (Tense tense : {Tense::Running, Tense::Future}) {
    image.fill(Qt::transparent);
    QPainter painter(&image);
    drawPill(painter, QRectF(QPointF(0, 0), size), Layer::Transport, tense, "");
    painter.end();
    const QColor middle = image.pixelColor(image.width() / 2, image.height() / 2);
    EXPECT_EQ(middle, tense == Tense::Running ? theme().layer(Layer::Transport).fill : theme().color(Role::Card));
  }
}

} // namespace
} // namespace sockwalk
