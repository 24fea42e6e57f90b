// The stops of the tour: what each says, what it waits for, and which part of the window it speaks of.
#pragma once
#include <functional>
#include <QObject>
#include <QRect>
#include <QString>
#include <vector>

namespace sockwalk {

class MainWindow;

struct TourStop {
  QString title, text;
  QString task; // the key to press; "" if there is nothing to do
  // Calls `done` once the person has pressed it.
  std::function<QMetaObject::Connection(QObject* context, std::function<void()> done)> wait;
  std::function<QString()> after; // what has come of it
  QString view;                   // is brought to the front when the stop begins; "" for parts that are always there
  std::function<QRect()> target;  // in the window's coordinates
  std::function<QRect()> room{};  // that the part needs besides, for what opens there
};

// In the language of now.
std::vector<TourStop> tourStops(MainWindow& window);

} // namespace sockwalk
