#include "app/perspectives.h"
#include "views/theme/theme.h"
#include <QActionGroup>
#include <QMenu>
#include <QSettings>

namespace sockwalk {
namespace {

constexpr double ClassType = 1.35; // for the last row

QString titleOf(const Perspective& p) { return Perspectives::tr(p.title); }
QString keyOf(const Perspective& p) { return QStringLiteral("perspectives/%1").arg(QLatin1String(p.id)); }

} // namespace

const QList<Perspective>& Perspectives::all() {
  static const QList<Perspective> perspectives{
      {"walk", QT_TR_NOOP("Walk"), {"call-path"}, "timeline", {}, {}},
      {"packets", QT_TR_NOOP("Packets"), {"call-path"}, "packets", {}, {"lesson", "source"}, true, true},
      {"tcp", QT_TR_NOOP("TCP"), {"ladder", "sequence", "tables"}, "packets", {}, {"lesson"}},
      {"memory", QT_TR_NOOP("Memory"), {"objects"}, "timeline", {}, {"lesson", "source"}},
      {"class",
       QT_TR_NOOP("Class"),
       {"call-path"},
       "timeline",
       {"structure", "source", "walk"},
       {},
       false,
       false,
       ClassType},
  };
  return perspectives;
}

const Perspective& Perspectives::find(const QString& id) {
  for (const Perspective& p : all())
    if (id == QLatin1String(p.id)) return p;
  return all().first();
}

QStringList Perspectives::ids() {
  QStringList names;
  for (const Perspective& p : all()) names << QLatin1String(p.id);
  return names;
}

Perspectives::Perspectives(Window window, QObject* parent)
    : QObject(parent), m_window(std::move(window)), m_current(QLatin1String(all().first().id)) {}

void Perspectives::keep() { QSettings().setValue(keyOf(find(m_current)), m_window.state()); }

void Perspectives::enter(const Perspective& perspective) {
  m_current = QLatin1String(perspective.id);
  ThemeHub& hub = ThemeHub::instance();
  const double now = theme().typeScale();
  if (perspective.type > now) {
    if (m_typeBefore <= 0) m_typeBefore = now;
    hub.setTypeScale(perspective.type);
  } else if (perspective.type <= 1 && m_typeBefore > 0) {
    hub.setTypeScale(std::exchange(m_typeBefore, 0.0));
  }
  check();
}

void Perspectives::setCurrent(const QString& id) {
  if (ids().contains(id) && id != m_current) enter(find(id));
}

void Perspectives::go(const QString& id) {
  if (id == m_current) return check();
  keep();
  const Perspective& wanted = find(id);
  const QString kept = QSettings().value(keyOf(wanted)).toString();
  enter(wanted);
  if (kept.isEmpty()) m_window.make(wanted);
  else m_window.restore(kept);
  emit edited(tr("layout for %1").arg(titleOf(wanted)));
}

void Perspectives::reset() {
  const Perspective& mine = find(m_current);
  QSettings().remove(keyOf(mine));
  enter(mine);
  m_window.make(mine);
  emit edited(tr("reset the layout"));
}

void Perspectives::fill(QMenu* menu) {
  m_actions = new QActionGroup(this);
  int number = 0;
  for (const Perspective& p : all()) {
    auto* action = new QAction(titleOf(p), this);
    connect(action, &QAction::triggered, this, [this, id = QString(QLatin1String(p.id))] { go(id); });
    menu->addAction(action);
    action->setShortcut(QKeySequence(QStringLiteral("Ctrl+Alt+%1").arg(++number)));
    action->setCheckable(true);
    action->setData(QLatin1String(p.id));
    m_actions->addAction(action);
  }
  menu->addSeparator();
  auto* reset = new QAction(tr("&Reset this layout"), this);
  connect(reset, &QAction::triggered, this, &Perspectives::reset);
  menu->addAction(reset);
  check();
}

void Perspectives::check() {
  if (!m_actions) return;
  for (QAction* action : m_actions->actions()) action->setChecked(action->data().toString() == m_current);
}

} // namespace sockwalk
