#include "views/theme/theme.h"

#include "views/theme/focus_ring.h"
#include "views/theme/style_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QLineEdit>
#include <QScopeGuard>
#include <QStyleFactory>
#include <QTimer>

#include <algorithm>

namespace sockwalk {

Theme::Theme(Shade shade, double typeScale) : m_shade(shade), m_typeScale(typeScale) {
  for (Layer layer : allLayers) m_layers[static_cast<std::size_t>(layer)] = layerColors(layer, shade);
}

namespace {

// Families that are installed, in the order wished for; the system's own choice closes the list.
QStringList installed(const QStringList& wishes, QFontDatabase::SystemFont fallback) {
  const QStringList present = QFontDatabase::families();
  QStringList found;
  for (const QString& family : wishes)
    if (present.contains(family)) found << family;
  found << QFontDatabase::systemFont(fallback).family();
  found.removeDuplicates();
  return found;
}

QFont makeFont(const QStringList& families, double px, int weight) {
  QFont font(families);
  // Whole pixels keep hinted text crisp.
  font.setPixelSize(std::max(8, qRound(px)));
  font.setWeight(static_cast<QFont::Weight>(weight));
  return font;
}

} // namespace

QStringList sansFamilies() {
  static const QStringList families = [] {
    QStringList list = installed({"Inter"}, QFontDatabase::GeneralFont);
    return list << "Noto Sans CJK SC"
                << "Noto Sans";
  }();
  return families;
}

QStringList monoFamilies() {
  static const QStringList families = [] {
    QStringList list = installed({"DejaVu Sans Mono", "JetBrains Mono", "Noto Sans Mono"}, QFontDatabase::FixedFont);
    return list << "Noto Sans Mono CJK SC";
  }();
  return families;
}

QFont Theme::sans(double px, int weight) const { return makeFont(sansFamilies(), px * m_typeScale, weight); }

QFont Theme::mono(double px, int weight) const {
  QFont font = makeFont(monoFamilies(), px * m_typeScale, weight);
  font.setStyleHint(QFont::Monospace);
  font.setFixedPitch(true);
  return font;
}

ThemeHub& ThemeHub::instance() {
  // Never destroyed: widgets may still ask while the program ends.
  static ThemeHub* hub = new ThemeHub;
  return *hub;
}

void ThemeHub::setChoice(ThemeChoice choice) {
  if (choice == m_choice) return;
  m_choice = choice;
  refresh(false);
}

void ThemeHub::setTypeScale(double scale) {
  m_typeScale = std::clamp(scale, 0.75, 2.5);
  refresh(false);
}

void ThemeHub::attach(QApplication& app) {
  if (m_app == &app) return;
  m_app = &app;
  readSystem();
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  app.installEventFilter(this);
  connect(&app, &QObject::destroyed, this, [this] { m_app = nullptr; });
  refresh(true);
}

// The desktop's shade shows in the palette that the platform would give us; ours is lifted to see it.
void ThemeHub::readSystem() {
  const QPalette ours = QApplication::palette();
  QApplication::setPalette(QPalette());
  const QPalette system = QApplication::palette();
  m_systemDark = system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
  QApplication::setPalette(ours);
}

// A style sheet's words of a line that is empty are half transparent, and too pale to be read.
static void makePlaceholderLegible(QLineEdit& line) {
  QPalette palette = line.palette();
  const QColor wanted = theme().color(Role::Muted);
  if (palette.color(QPalette::PlaceholderText) == wanted) return;
  palette.setColor(QPalette::PlaceholderText, wanted);
  line.setPalette(palette);
}

bool ThemeHub::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Show || event->type() == QEvent::StyleChange)
    if (auto* line = qobject_cast<QLineEdit*>(watched)) makePlaceholderLegible(*line);
  if (event->type() == QEvent::ThemeChange && !m_refreshing) {
    m_refreshing = true;
    // Later, and once: the event goes to every window in turn.
    QTimer::singleShot(0, this, [this] {
      const auto done = qScopeGuard([this] { m_refreshing = false; });
      if (!m_app) return;
      readSystem();
      refresh(false);
    });
  }
  return QObject::eventFilter(watched, event);
}

Shade ThemeHub::wantedShade() const {
  switch (m_choice) {
  case ThemeChoice::Light: return Shade::Light;
  case ThemeChoice::Dark: return Shade::Dark;
  case ThemeChoice::Contrast: return Shade::Contrast;
  case ThemeChoice::System: break;
  }
  return m_systemContrast ? Shade::Contrast : m_systemDark ? Shade::Dark : Shade::Light;
}

void ThemeHub::setSystemContrast(bool high) {
  m_systemContrast = high;
  refresh(false);
}

void ThemeHub::refresh(bool force) {
  const Shade shade = wantedShade();
  if (!force && shade == m_theme.shade() && m_typeScale == m_theme.typeScale()) return;
  m_theme = Theme(shade, m_typeScale);
  if (m_app) {
    QApplication::setPalette(widgetPalette(m_theme));
    QApplication::setFont(m_theme.sans());
    m_app->setStyleSheet(styleSheet(m_theme));
  }
  emit themeChanged();
}

void applyTheme(QApplication& app) {
  ThemeHub::instance().attach(app);
  installFocusRing(app);
}

} // namespace sockwalk
