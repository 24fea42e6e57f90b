// The page of a walk wears the program's colours: assets/page/page.css has them written out.
#include "views/theme/palette.h"
#include <gtest/gtest.h>
#include <QFile>
#include <QRegularExpression>

using namespace sockwalk;

namespace {

// "--page" -> "#f3f5f8", of the rule that begins so.
QHash<QString, QString> colorsOf(const QString& css, const QString& rule) {
  const auto begin = css.indexOf(rule + " {");
  const QString body = css.mid(begin, css.indexOf('}', begin) - begin);
  QHash<QString, QString> out;
  static const QRegularExpression color("(--[a-z0-9-]+): (#[0-9a-f]{6});");
  for (const auto& match : color.globalMatch(body)) out[match.captured(1)] = match.captured(2);
  return out;
}

QString css() {
  QFile file(SOCKWALK_SOURCE_ROOT "/assets/page/page.css");
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QString::fromUtf8(file.readAll());
}

void expectPalette(const QHash<QString, QString>& colors, Shade shade) {
  const std::pair<const char*, Role> roles[]{{"--page", Role::Page},
                                             {"--card", Role::Card},
                                             {"--raised", Role::Raised},
                                             {"--hairline", Role::Hairline},
                                             {"--text", Role::Text},
                                             {"--title", Role::Title},
                                             {"--muted", Role::Muted},
                                             {"--accent", Role::Accent},
                                             {"--on-accent", Role::OnAccent},
                                             {"--changed", Role::Changed},
                                             {"--changed-fill", Role::ChangedFill},
                                             {"--changed-line", Role::ChangedLine},
                                             {"--danger", Role::Danger},
                                             {"--danger-fill", Role::DangerFill},
                                             {"--path-edge", Role::PathEdge},
                                             {"--future-edge", Role::FutureEdge},
                                             {"--focus", Role::Focus}};
  for (const auto& [name, role] : roles) EXPECT_EQ(colors[name], roleColor(role, shade).name()) << name;
  for (const Layer layer : allLayers)
    EXPECT_EQ(colors[QStringLiteral("--layer-%1").arg(int(layer))], layerColors(layer, shade).fill.name());
  EXPECT_EQ(colors["--payload"], packetColors(PacketPart::Payload, shade).fill.name());
}

} // namespace

TEST(PageColors, AreThoseOfTheProgram) {
  expectPalette(colorsOf(css(), ":root"), Shade::Light);
  expectPalette(colorsOf(css(), ":root.dark"), Shade::Dark);
}
