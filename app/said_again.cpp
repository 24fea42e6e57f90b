#include "app/said_again.h"
#include <algorithm>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QMetaProperty>
#include <QSet>
#include <QTabBar>
#include <QWidget>
#include <tuple>

namespace sockwalk {
namespace {

constexpr const char* Properties[] = {"text",
                                      "title",
                                      "windowTitle",
                                      "toolTip",
                                      "statusTip",
                                      "whatsThis",
                                      "placeholderText",
                                      "accessibleName",
                                      "accessibleDescription"};

QSet<QByteArray> classesOfWidgets() {
  QSet<QByteArray> names;
  for (const QWidget* widget : QApplication::allWidgets())
    for (const QMetaObject* m = widget->metaObject(); m; m = m->superClass()) names << m->className();
  return names;
}

class Retelling {
public:
  explicit Retelling(const SaidTexts& before) : m_before(before), m_classes(classesOfWidgets()) {}

  void object(QObject& object) const {
    const QMetaObject& m = *object.metaObject();
    for (const char* name : Properties) {
      if (qobject_cast<QLineEdit*>(&object) && qstrcmp(name, "text") == 0) continue; // the person's
      const int index = m.indexOfProperty(name);
      if (index < 0) continue;
      const QString shown = m.property(index).read(&object).toString();
      if (const QString now = again(shown, &object); now != shown) m.property(index).write(&object, now);
    }
    if (auto* tabs = qobject_cast<QTabBar*>(&object)) ofTabs(*tabs);
    if (auto* box = qobject_cast<QComboBox*>(&object))
      for (int i = 0; i < box->count(); ++i) box->setItemText(i, again(box->itemText(i), box));
  }

private:
  void ofTabs(QTabBar& tabs) const {
    for (int i = 0; i < tabs.count(); ++i) {
      tabs.setTabText(i, again(tabs.tabText(i), &tabs));
      tabs.setTabToolTip(i, again(tabs.tabToolTip(i), &tabs));
    }
  }
  // Of a menu's entry, "name<tab>keys", the name.
  QString again(const QString& shown, const QObject* of) const {
    if (shown.isEmpty()) return shown;
    QList<SaidTexts::Words> words = m_before.of(shown);
    if (words.isEmpty()) {
      const qsizetype tab = shown.indexOf('\t');
      return tab < 0 ? shown : again(shown.left(tab), of) + shown.mid(tab);
    }
    const SaidTexts::Words& meant = *std::ranges::min_element(
        words, {}, [&](const SaidTexts::Words& w) { return std::tuple(distance(w.context, of), w.context, w.source); });
    return QCoreApplication::translate(meant.context, meant.source);
  }
  // Two contexts may have said the same with other words: that of the object is meant, or of what holds it most
  // closely; then one that is no class of widgets, for such a class speaks for its own.
  int distance(const QByteArray& context, const QObject* object) const {
    int distance = 0;
    for (; object; object = object->parent(), ++distance)
      for (const QMetaObject* m = object->metaObject(); m; m = m->superClass())
        if (context == m->className()) return distance;
    return m_classes.contains(context) ? distance + 1 : distance;
  }

  const SaidTexts& m_before;
  const QSet<QByteArray> m_classes;
};

} // namespace

void SaidTexts::remember(const QString& shown, const char* context, const char* source) {
  QList<Words>& known = m_words[shown];
  const Words words{context, source};
  if (!known.contains(words)) known << words;
}

void sayAgain(const SaidTexts& before) {
  const Retelling retelling(before);
  QSet<QAction*> actions;
  for (QWidget* window : QApplication::topLevelWidgets()) {
    QEvent change(QEvent::LanguageChange); // Qt's own widgets know what to do
    QApplication::sendEvent(window, &change);
  }
  for (QWidget* widget : QApplication::allWidgets()) {
    retelling.object(*widget);
    for (QAction* action : widget->actions()) actions << action;
    for (QAction* action : widget->findChildren<QAction*>(QString(), Qt::FindDirectChildrenOnly)) actions << action;
    widget->updateGeometry();
    widget->update();
  }
  for (QAction* action : std::as_const(actions)) retelling.object(*action);
}

} // namespace sockwalk
