// One theme maps meaning to look. Views ask `theme()` for a colour or a font when they paint, and repaint
// on `ThemeHub::themeChanged`; they keep no colours of their own.
//
//   painter.setPen(theme().layer(Layer::Inet).line);
//   label->setFont(theme().mono());
//   connect(&ThemeHub::instance(), &ThemeHub::themeChanged, view, [view] { view->update(); });
#pragma once

#include "views/theme/palette.h"

#include <QFont>
#include <QObject>

class QApplication;

namespace sockwalk {

// A value: two themes of the same shade and type scale are the same.
class Theme {
public:
  explicit Theme(Shade shade = Shade::Light, double typeScale = 1.0);

  Shade shade() const { return m_shade; }
  bool isDark() const { return m_shade != Shade::Light; }
  double typeScale() const { return m_typeScale; }

  QColor color(Role role) const { return roleColor(role, m_shade); }
  const LayerColors& layer(Layer layer) const { return m_layers[static_cast<std::size_t>(layer)]; }
  LayerColors packet(PacketPart part) const { return packetColors(part, m_shade); }

  // Fonts in px at scale 1; every size goes through the type scale.
  QFont sans(double px = 12.5, int weight = QFont::Normal) const;
  QFont mono(double px = 12, int weight = QFont::Normal) const;
  QFont title() const { return sans(13, QFont::Bold); }
  QFont small() const { return sans(11); }
  // A length that grows with the type: row heights, paddings around text.
  double scaled(double px) const { return px * m_typeScale; }

private:
  Shade m_shade;
  double m_typeScale;
  std::array<LayerColors, layerCount> m_layers;
};

enum class ThemeChoice { System, Light, Dark, Contrast };
inline constexpr int themeChoiceCount = static_cast<int>(ThemeChoice::Contrast) + 1;

// Holds the current theme of the application and says when it changes.
class ThemeHub : public QObject {
  Q_OBJECT
public:
  static ThemeHub& instance();

  const Theme& theme() const { return m_theme; }
  ThemeChoice choice() const { return m_choice; }
  void setChoice(ThemeChoice choice);
  // 1 is normal, 1.35 the large type; clamped to 0.75..2.5.
  void setTypeScale(double scale);

  // The desktop asks for high contrast (desktop_wishes.h).
  void setSystemContrast(bool high);

  // Called once by applyTheme(); from then on palette and style sheet follow every change.
  void attach(QApplication& app);

signals:
  void themeChanged();

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  ThemeHub() = default;
  void readSystem();
  Shade wantedShade() const;
  void refresh(bool force);

  Theme m_theme;
  ThemeChoice m_choice = ThemeChoice::System;
  bool m_systemDark = false, m_systemContrast = false;
  bool m_refreshing = false;
  double m_typeScale = 1.0;
  QApplication* m_app = nullptr;
};

inline const Theme& theme() { return ThemeHub::instance().theme(); }

// Gives the application its palette, fonts and style sheet; call it once after constructing QApplication.
void applyTheme(QApplication& app);

// The system names of the sans and mono families in use (best first), for style sheets and rich text.
QStringList sansFamilies();
QStringList monoFamilies();

} // namespace sockwalk
